"""What the refusals of this slice say, and its events in the journal; one module a part."""

from thidua.rapporteurs.sentences import assessment, corps, feedback, rounds, talks

_PARTS = (corps, talks, feedback, rounds, assessment)

SENTENCES: dict[str, object] = {code: words for part in _PARTS for code, words in part.SENTENCES.items()}
EVENTS: dict[str, object] = {event: words for part in _PARTS for event, words in part.EVENTS.items()}
VALUES: dict[str, object] = {value: words for part in _PARTS for value, words in part.VALUES.items()}
