"""Stage 4: the Plan and its results become a Site: pages as ready HTML that any engine can wrap."""
