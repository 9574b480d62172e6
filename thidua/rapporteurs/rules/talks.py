"""What a topic and a talk must keep to, which topics have reached which units, and the quarters of a year. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from thidua.kernel.errors import Refused
from thidua.kernel.text import fold, letters

MOST_LISTENERS = 1_000_000
"""Of one group at one talk: beyond it somebody's finger slipped."""
MOST_TOPICS = 100
"""Of a year, proposals too: more cannot be told apart in a table."""
MOST_AT_ONCE = 10
"""Topics of one talk."""
MOST_MATERIALS = 20
MOST_BYTES = 25 * 1024 * 1024
"""Largest material, in bytes (25 MiB): an outline with pictures."""
REASON_LENGTH = 10
"""Fewest letters of a reason: "sai" explains nothing."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from one to another, both included; None leaves that side open."""

    starts_on: date | None
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)

    def __str__(self) -> str:
        return " – ".join(day.strftime("%d-%m-%Y") if day else "…" for day in (self.starts_on, self.ends_on))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A topic as the rules of a talk see it. `kept`: the talk has it already, so that it may stay whatever became of it."""

    title: str
    agreed: bool
    retired: bool
    span: Span
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """Talks held and how many listened, each attendance counted."""

    talks: int = 0
    listeners: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.talks + other.talks, self.listeners + other.listeners)


@dataclass(frozen=True, slots=True)
class Line:
    """A topic with a sum for each unit in the order asked for, the sum of them, and how many units it has reached."""

    topic: int
    boxes: tuple[Sum, ...]
    total: Sum
    reached: int


# ---- the year and its quarters ----


def year_span(year: int) -> Span:
    """The days on which the talks of an emulation year are held: its calendar year, as its quarters are counted."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def quarter_span(year: int, quarter: int) -> Span:
    """The days of a quarter, 1 to 4."""
    first = date(year, 3 * quarter - 2, 1)
    after = date(year, 3 * quarter + 1, 1) if quarter < 4 else date(year + 1, 1, 1)
    return Span(first, after - timedelta(days=1))


def quarter_at(year: int, today: date) -> int:
    """The quarter of the year in which today lies; the first before the year, the last after it."""
    if today.year != year:
        return 1 if today.year < year else 4
    return (today.month + 2) // 3


# ---- topics ----


def check_title(title: str) -> str:
    """The title with single spaces. Refuses one without a letter or figure (rapporteurs.topic_without_title)."""
    clean = " ".join(title.split())
    if not any(char.isalnum() for char in fold(clean)):
        raise Refused("rapporteurs.topic_without_title", field="title")
    return clean


def check_topic_span(span: Span) -> None:
    """Refuses rapporteurs.topic_ends_early at the field ends_on."""
    if span.starts_on and span.ends_on and span.ends_on < span.starts_on:
        raise Refused("rapporteurs.topic_ends_early", field="ends_on", day=span.starts_on)


def check_reason(reason: str) -> str:
    """The reason with single spaces. Refuses one of fewer than ten letters (rapporteurs.reason_too_short)."""
    why = " ".join(reason.split())
    if letters(why) < REASON_LENGTH:
        raise Refused("rapporteurs.reason_too_short", field="reason", least=REASON_LENGTH)
    return why


# ---- talks ----


def check_day(held_on: date, year: int) -> None:
    """A talk of the year lies in it. Refuses rapporteurs.talk_outside_year."""
    span = year_span(year)
    if not span.holds(held_on):
        raise Refused("rapporteurs.talk_outside_year", field="held_on", first=span.starts_on, last=span.ends_on)


def is_in_term(day: date, terms: Iterable[Span], left_on: date | None) -> bool:
    """Whether one speaks as rapporteur on that day: within a term, and before the day of leaving."""
    return (left_on is None or day < left_on) and any(term.holds(day) for term in terms)


def check_speaker(name: str, terms: Sequence[Span], left_on: date | None, held_on: date) -> None:
    """Only a rapporteur in term speaks. Refuses rapporteurs.speaker_left, rapporteurs.speaker_without_term and
    rapporteurs.speaker_out_of_term with the days of the terms, all at the field speaker."""
    if is_in_term(held_on, terms, left_on):
        return
    facts = {"field": "speaker", "name": name, "day": held_on}
    if left_on and held_on >= left_on:
        raise Refused("rapporteurs.speaker_left", **facts, left_on=left_on)
    if not terms:
        raise Refused("rapporteurs.speaker_without_term", **facts)
    raise Refused("rapporteurs.speaker_out_of_term", **facts, terms="; ".join(map(str, terms)))


def check_topics(topics: Sequence[Spoken], held_on: date) -> None:
    """A talk has a topic; one that is new to it is agreed, in use, and within its days.

    Refuses rapporteurs.no_topic, rapporteurs.too_many_at_once, rapporteurs.topic_not_agreed, rapporteurs.topic_retired and
    rapporteurs.topic_outside_days, all at the field topics.
    """
    if not topics:
        raise Refused("rapporteurs.no_topic", field="topics")
    if len(topics) > MOST_AT_ONCE:
        raise Refused("rapporteurs.too_many_at_once", field="topics", most=MOST_AT_ONCE)
    for topic in topics:
        if topic.kept:
            continue
        if not topic.agreed:
            raise Refused("rapporteurs.topic_not_agreed", field="topics", topic=topic.title)
        if topic.retired:
            raise Refused("rapporteurs.topic_retired", field="topics", topic=topic.title)
        if not topic.span.holds(held_on):
            raise Refused("rapporteurs.topic_outside_days", field="topics", topic=topic.title, days=str(topic.span))


def check_audience(audience: Mapping[str, int], held_on: date, today: date) -> None:
    """Nobody has listened to a talk to come; a group that is counted had somebody there, and not more than MOST_LISTENERS.

    Refuses rapporteurs.audience_before_talk (at held_on), and at the field of the group (audience_<group>)
    rapporteurs.audience_of_none and rapporteurs.audience_too_big. An empty audience is a talk still planned.
    """
    for group, attended in audience.items():
        if attended < 1:
            raise Refused("rapporteurs.audience_of_none", field=f"audience_{group}")
        if attended > MOST_LISTENERS:
            raise Refused("rapporteurs.audience_too_big", field=f"audience_{group}", most=MOST_LISTENERS)
    if audience and held_on > today:
        raise Refused("rapporteurs.audience_before_talk", field="held_on", day=held_on)


# ---- coverage ----


def coverage(topics: Sequence[int], units: Sequence[int], cells: Iterable[tuple[int, int, Sum]]) -> list[Line]:
    """A line for each topic, those that have reached the fewest units first, then those with the fewest talks; the order of the
    topics breaks ties. `cells` are (topic, unit, sum); several of one topic and unit add up, those of others are left out."""
    sums: dict[tuple[int, int], Sum] = defaultdict(Sum)
    for topic, unit, part in cells:
        sums[topic, unit] += part
    lines = [_line(topic, tuple(sums.get((topic, unit), Sum()) for unit in units)) for topic in topics]
    return sorted(lines, key=lambda line: (line.reached, line.total.talks))


def _line(topic: int, boxes: tuple[Sum, ...]) -> Line:
    return Line(topic, boxes, sum(boxes, Sum()), sum(box.talks > 0 for box in boxes))
