"""My work, the journal page."""
