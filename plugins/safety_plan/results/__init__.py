"""Stage 3: what the plan says on a given day. Pure functions; "today" is the argument `as_of`."""
