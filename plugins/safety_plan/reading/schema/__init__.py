"""The data format: one pydantic model for each kind of thing a plan holds.

These models are the format's only definition. What they do not name cannot stand in `data/`.
"""
