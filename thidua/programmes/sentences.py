"""What the refusals of this slice say, and its events in the journal."""

SENTENCES: dict[str, object] = {}
EVENTS: dict[str, object] = {}
VALUES: dict[str, object] = {}
