"""The year-end conference."""
