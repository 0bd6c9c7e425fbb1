"""What departments are asked for, as the workbook of `safety-plan template` says it."""
