"""What `safety-plan check` finds, in the forms that people and other programs read. Nothing here prints."""
