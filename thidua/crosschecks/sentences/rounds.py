"""Arranging rounds."""

SENTENCES: dict[str, object] = {}
EVENTS: dict[str, object] = {}
VALUES: dict[str, object] = {}
