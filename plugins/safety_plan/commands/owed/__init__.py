"""What is owed, in each of the forms that `safety-plan due` prints."""
