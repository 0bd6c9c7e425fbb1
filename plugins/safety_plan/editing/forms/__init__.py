"""Forms in the browser: one configuration for the editors Decap CMS and Sveltia CMS, and the page that opens them."""
