"""Small numbers: what can be worked out from what is published, and what to withhold so that nothing small can."""
