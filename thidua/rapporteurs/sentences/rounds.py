"""Rounds and reports of collaborators: refusals, and events in the journal."""

SENTENCES: dict[str, object] = {}
EVENTS: dict[str, object] = {}
VALUES: dict[str, object] = {}
