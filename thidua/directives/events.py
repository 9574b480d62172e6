"""What happened to directives. Facts in the past tense."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DirectiveSent:
    """A document was sent to units. `asked`: "due." and the DueAction, then the due date if there is one (yyyy-mm-dd)."""

    year_id: int
    directive_id: int
    directive: str
    units: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DistributionChanged:
    """What units are asked to do with a document, or by when, was changed after it was sent."""

    year_id: int
    directive_id: int
    directive: str
    units: tuple[str, ...]
    asked_before: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DistributionWithdrawn:
    """A document was taken back from a unit that had not confirmed it yet."""

    year_id: int
    directive_id: int
    directive: str
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class ReceiptConfirmed:
    """A unit said that it has got a document."""

    year_id: int
    directive_id: int
    directive: str
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class StudyRecorded:
    """A unit recorded a study session. Counts only."""

    year_id: int
    session_id: int
    unit_id: int
    unit: str
    directives: tuple[str, ...]
    held_on: date
    invited: int
    attended: int


@dataclass(frozen=True, slots=True)
class StudyEdited:
    """A unit changed what it recorded of a study session; the facts are those after the change."""

    year_id: int
    session_id: int
    unit_id: int
    unit: str
    directives: tuple[str, ...]
    held_on: date
    invited: int
    attended: int
    revision: int


@dataclass(frozen=True, slots=True)
class StudyRemoved:
    """A unit took a study session out again, for a reason; the facts are those it had."""

    year_id: int
    session_id: int
    unit_id: int
    unit: str
    directives: tuple[str, ...]
    held_on: date
    invited: int
    attended: int
    reason: str


@dataclass(frozen=True, slots=True)
class AttendanceListed:
    """Attendance of a session was taken from a list of certificates. The names on it were not kept."""

    year_id: int
    session_id: int
    unit_id: int
    unit: str
    attended_before: int
    attended: int
    revision: int


@dataclass(frozen=True, slots=True)
class UnitSizeSet:
    """A unit entered how many members of the Party it has in the year; `members_before` is 0 the first time."""

    year_id: int
    unit_id: int
    unit: str
    members_before: int
    members: int
