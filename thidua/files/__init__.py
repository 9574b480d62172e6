"""Evidence and attachments."""
