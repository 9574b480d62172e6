"""What a collaborator counts: opinions on a topic by direction, and a trend. Numbers only; there is no place for words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from thidua.kernel.errors import Refused

DIRECTIONS = ("supportive", "concerned", "neutral", "mixed")
MOST_COUNT = 1_000_000
"""No collaborator hears more; a longer number is a slip of the hand."""
LARGE_COUNT = 100_000
"""Above this the collaborator confirms that the number is meant."""


@dataclass(frozen=True, slots=True)
class Line:
    """Opinions heard on a topic, by direction, and whether there are more or fewer than before."""

    topic_id: int
    supportive: int = 0
    concerned: int = 0
    neutral: int = 0
    mixed: int = 0
    trend: str = "steady"

    @property
    def total(self) -> int:
        """All opinions on the topic."""
        return self.supportive + self.concerned + self.neutral + self.mixed


@dataclass(frozen=True, slots=True)
class Sums:
    """What one collaborator counted in all, by direction."""

    supportive: int
    concerned: int
    neutral: int
    mixed: int

    @property
    def total(self) -> int:
        """All opinions."""
        return self.supportive + self.concerned + self.neutral + self.mixed


def sums_of(lines: Iterable[Line]) -> Sums:
    """The sums of one report."""
    every = list(lines)
    return Sums(*(sum(getattr(line, direction) for line in every) for direction in DIRECTIONS))


def check_lines(lines: Iterable[Line], topics: Collection[int], trends: Collection[str], *, confirmed: bool) -> list[Line]:
    """The lines that count something. Refuses a topic that the round does not ask for, or twice (rapporteurs.topic_not_asked), a
    trend that is none (rapporteurs.no_such_trend), a number below 0 or above a million (rapporteurs.count_outside) and one above
    100,000 that nobody has confirmed (rapporteurs.count_large)."""
    kept: list[Line] = []
    seen: set[int] = set()
    for line in lines:
        for direction in DIRECTIONS:
            _check_count(line.topic_id, direction, getattr(line, direction), confirmed=confirmed)
        if not line.total:
            continue
        if line.topic_id not in topics or line.topic_id in seen:
            raise Refused("rapporteurs.topic_not_asked")
        if line.trend not in trends:
            raise Refused("rapporteurs.no_such_trend", field=f"{line.topic_id}-trend")
        seen.add(line.topic_id)
        kept.append(line)
    return kept


def _check_count(topic_id: int, direction: str, number: int, *, confirmed: bool) -> None:
    if not 0 <= number <= MOST_COUNT:
        raise Refused("rapporteurs.count_outside", field=f"{topic_id}-{direction}", most=MOST_COUNT)
    if number > LARGE_COUNT and not confirmed:
        raise Refused("rapporteurs.count_large", field="confirmed", count=number, large=LARGE_COUNT)
