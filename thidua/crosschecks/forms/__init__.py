"""What is typed in rounds."""
