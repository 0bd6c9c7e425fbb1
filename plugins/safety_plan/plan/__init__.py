"""Stage 2: checked records become the Plan, in which every reference leads somewhere."""
