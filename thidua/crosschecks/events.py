"""Facts about cross-check rounds."""
