"""What `safety-plan diff` tells, in the forms that people and other programs read. Nothing here prints."""
