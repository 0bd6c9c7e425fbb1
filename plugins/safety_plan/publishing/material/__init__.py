"""What Material gets from us, and what is mended in or taken out of what it writes."""
