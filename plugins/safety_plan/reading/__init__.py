"""Stage 1: files become checked records that remember their line."""
