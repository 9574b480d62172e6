"""What the refusals of this slice say, and its events in the journal; one module a part."""

from thidua.crosschecks.sentences import marks, rounds

_PARTS = (rounds, marks)

SENTENCES: dict[str, object] = {code: words for part in _PARTS for code, words in part.SENTENCES.items()}
EVENTS: dict[str, object] = {event: words for part in _PARTS for event, words in part.EVENTS.items()}
VALUES: dict[str, object] = {value: words for part in _PARTS for value, words in part.VALUES.items()}
