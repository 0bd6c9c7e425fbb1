"""How fast the pages are, measured by Lighthouse. Not part of the tests: timings differ from machine to machine."""
