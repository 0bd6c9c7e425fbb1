"""Beside the flow: what staff would otherwise type is written into the plan's files, and nothing else in them moves."""
