"""What the refusals of this slice say, and its events in the journal: one module for each part."""

from thidua.forecasts.sentences import digests, questions

_PARTS = (questions, digests)

SENTENCES: dict[str, object] = {code: words for part in _PARTS for code, words in part.SENTENCES.items()}
EVENTS: dict[str, object] = {name: words for part in _PARTS for name, words in part.EVENTS.items()}
VALUES: dict[str, object] = {value: words for part in _PARTS for value, words in part.VALUES.items()}
