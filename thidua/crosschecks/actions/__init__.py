"""Writes of cross-check rounds."""
