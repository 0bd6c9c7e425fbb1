"""Measurements, run by `make bench`. Nothing here is asserted by the tests: a slow machine is no fault."""
