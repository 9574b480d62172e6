"""What happened to the forms of listeners. An answer is no event: a chained row would carry its time."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class FeedbackOpened:
    """Listeners of a talk are asked, until a moment."""

    year_id: int
    talk_id: int
    unit_id: int
    held_on: date
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class FeedbackClosed:
    """A form was closed, by hand or because its time had come. Says nothing of how many answered."""

    year_id: int
    talk_id: int
    unit_id: int
    held_on: date


@dataclass(frozen=True, slots=True)
class RemarksModerated:
    """Somebody has decided which remarks of a form may be read."""

    year_id: int
    talk_id: int
    unit_id: int
    held_on: date
