"""The site as files that another engine builds, with no plugin."""
