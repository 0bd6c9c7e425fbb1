"""Safety Plan: a town's public-safety plan, kept as YAML in git, becomes a public website."""

__version__ = "0.1.0"
