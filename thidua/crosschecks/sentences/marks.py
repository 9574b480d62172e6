"""Marks and settling."""

SENTENCES: dict[str, object] = {}
EVENTS: dict[str, object] = {}
VALUES: dict[str, object] = {}
