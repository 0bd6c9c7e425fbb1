"""The print editions: the site's own pages bound into documents that can be printed, read as PDF, or sent by mail."""
