"""Spreadsheets that departments fill in: what stands in their cells, and what each cell means. Nothing is guessed."""
