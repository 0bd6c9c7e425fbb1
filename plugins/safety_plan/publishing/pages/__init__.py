"""One module for each kind of page: a function that takes the studio and gives pages."""
