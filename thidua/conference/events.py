"""Facts about conferences and the hand-over of the head's office."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ConferencePlanned:
    """When and where the conference is, was set or changed."""

    year_id: int
    conference_id: int
    starts_at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class AgendaSet:
    """The agenda, with the notes of what was said, was set or changed."""

    year_id: int
    conference_id: int
    items: int


@dataclass(frozen=True, slots=True)
class DelegatesCalled:
    """Delegates were put on the list."""

    year_id: int
    conference_id: int
    delegate_ids: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class DelegateRemoved:
    """A delegate was taken off the list."""

    year_id: int
    conference_id: int
    delegate_id: int
    name: str


@dataclass(frozen=True, slots=True)
class VoteGranted:
    """A delegate got the right to vote."""

    year_id: int
    conference_id: int
    delegate_id: int
    name: str


@dataclass(frozen=True, slots=True)
class VoteTaken:
    """A delegate lost the right to vote."""

    year_id: int
    conference_id: int
    delegate_id: int
    name: str


@dataclass(frozen=True, slots=True)
class AttendanceMarked:
    """Delegates came in or went out."""

    year_id: int
    conference_id: int
    arrived: tuple[int, ...]
    left: tuple[int, ...]
    present: int


@dataclass(frozen=True, slots=True)
class ConferenceStarted:
    """The conference began."""

    year_id: int
    conference_id: int


@dataclass(frozen=True, slots=True)
class ConferenceEnded:
    """The conference ended."""

    year_id: int
    conference_id: int


@dataclass(frozen=True, slots=True)
class MinutesRemarked:
    """A remark in the minutes was written or changed."""

    year_id: int
    conference_id: int
    section: str


@dataclass(frozen=True, slots=True)
class HandOverSigned:
    """One side signed the hand-over; `facts_digest` says over which facts."""

    year_id: int
    hand_over_id: int
    side: str
    facts_digest: str
