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


@dataclass(frozen=True, slots=True)
class IssuerEntered:
    """An issuer came into the register."""

    year_id: int
    issuer_id: int
    issuer: str
    symbol: str


@dataclass(frozen=True, slots=True)
class DirectiveRegistered:
    """A document came into the register of the cluster."""

    year_id: int
    directive_id: int
    directive: str
    title: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class DirectiveEdited:
    """What the register knows of a document was changed; the facts are those after the change."""

    year_id: int
    directive_id: int
    directive: str
    title: str
    issued_on: date | None
    revision: int


@dataclass(frozen=True, slots=True)
class DirectiveTextSet:
    """The text of a document was typed or corrected; `length` in characters, 0 when it was taken away."""

    year_id: int
    directive_id: int
    directive: str
    length: int


@dataclass(frozen=True, slots=True)
class DirectiveFileAttached:
    """A file was added to a document."""

    year_id: int
    directive_id: int
    directive: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DirectiveFileRemoved:
    """A file was taken off a document."""

    year_id: int
    directive_id: int
    directive: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DirectivesRelated:
    """A document was put into a relation to another; `kind` is "relation." and the RelationKind."""

    year_id: int
    directive_id: int
    directive: str
    target_id: int
    target: str
    kind: str


@dataclass(frozen=True, slots=True)
class RelationRemoved:
    """A relation between two documents was taken back."""

    year_id: int
    directive_id: int
    directive: str
    target_id: int
    target: str
    kind: str


@dataclass(frozen=True, slots=True)
class ClauseMarked:
    """A passage of a document became a clause."""

    year_id: int
    directive_id: int
    directive: str
    clause_id: int
    clause: str


@dataclass(frozen=True, slots=True)
class ClauseEdited:
    """A clause's words, owner or day were changed."""

    year_id: int
    directive_id: int
    directive: str
    clause_id: int
    clause: str
    revision: int


@dataclass(frozen=True, slots=True)
class ClauseMoved:
    """A clause was moved to another place in the order; `place` counts from 1."""

    year_id: int
    directive_id: int
    directive: str
    clause_id: int
    clause: str
    place: int


@dataclass(frozen=True, slots=True)
class ClauseRemoved:
    """A clause was taken out; the journal keeps its words."""

    year_id: int
    directive_id: int
    directive: str
    clause_id: int
    clause: str
    words: str
