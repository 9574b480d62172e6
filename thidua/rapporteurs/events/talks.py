"""What happened to topics and talks."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TopicSet:
    """The head or the superior body set a topic of the year."""

    year_id: int
    topic_id: int
    topic: str


@dataclass(frozen=True, slots=True)
class TopicEdited:
    """A topic was changed."""

    year_id: int
    topic_id: int
    topic: str
    revision: int


@dataclass(frozen=True, slots=True)
class TopicProposed:
    """A unit proposed a topic."""

    year_id: int
    topic_id: int
    topic: str
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class TopicAgreed:
    """A proposed topic was agreed to."""

    year_id: int
    topic_id: int
    topic: str
    unit: str


@dataclass(frozen=True, slots=True)
class TopicTurnedDown:
    """A proposed topic was turned down."""

    year_id: int
    topic_id: int
    topic: str
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class TopicMoved:
    """A topic changed its place in the order; `place` counts from 1."""

    year_id: int
    topic_id: int
    topic: str
    place: int


@dataclass(frozen=True, slots=True)
class TopicRetired:
    """A topic is no longer offered."""

    year_id: int
    topic_id: int
    topic: str


@dataclass(frozen=True, slots=True)
class TopicRestored:
    """A retired topic is offered again."""

    year_id: int
    topic_id: int
    topic: str


@dataclass(frozen=True, slots=True)
class TopicRemoved:
    """A topic that nothing used was taken out."""

    year_id: int
    topic_id: int
    topic: str


@dataclass(frozen=True, slots=True)
class TalkPlanned:
    """A talk to come was written down."""

    year_id: int
    talk_id: int
    unit_id: int
    unit: str
    speaker: str
    held_on: date
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TalkPlanChanged:
    """A planned talk was changed, and is still planned."""

    year_id: int
    talk_id: int
    unit_id: int
    unit: str
    speaker: str
    held_on: date
    topics: tuple[str, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class TalkRecorded:
    """A talk was recorded with its audience."""

    year_id: int
    talk_id: int
    unit_id: int
    unit: str
    speaker: str
    held_on: date
    topics: tuple[str, ...]
    listeners: int


@dataclass(frozen=True, slots=True)
class TalkEdited:
    """The audience of a planned talk was written in."""

    year_id: int
    talk_id: int
    unit_id: int
    unit: str
    speaker: str
    held_on: date
    topics: tuple[str, ...]
    listeners: int
    revision: int


@dataclass(frozen=True, slots=True)
class TalkCorrected:
    """A talk that has been held was corrected."""

    year_id: int
    talk_id: int
    unit_id: int
    unit: str
    speaker: str
    held_on: date
    topics: tuple[str, ...]
    listeners: int
    listeners_before: int
    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class TalkRemoved:
    """A planned talk was taken out."""

    year_id: int
    talk_id: int
    unit_id: int
    unit: str
    speaker: str
    held_on: date
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MaterialAdded:
    """A file was added to a talk."""

    year_id: int
    talk_id: int
    unit: str
    held_on: date
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class MaterialRemoved:
    """A file was taken off a talk."""

    year_id: int
    talk_id: int
    unit: str
    held_on: date
    name: str
    sha256: str
