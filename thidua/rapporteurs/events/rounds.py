"""What happened to rounds and reports of collaborators."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RoundSet:
    """Collaborators are asked to report over a span of days."""

    year_id: int
    round_id: int
    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class RoundsLaidOut:
    """All rounds of a rhythm that were still missing were set in one step."""

    year_id: int
    rhythm: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundChanged:
    """Title, span or topics of a round were changed."""

    year_id: int
    round_id: int
    title: str


@dataclass(frozen=True, slots=True)
class RoundDueDayMoved:
    """A round is due on another day, for a reason."""

    year_id: int
    round_id: int
    title: str
    old_due_on: date
    due_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class RoundRemoved:
    """A round to which nobody had sent a report was taken back."""

    year_id: int
    title: str


@dataclass(frozen=True, slots=True)
class CountsSaved:
    """A collaborator's draft was saved. Neither topics nor counts are told."""

    year_id: int
    round_id: int
    report_id: int


@dataclass(frozen=True, slots=True)
class ReportSent:
    """A collaborator's report was sent, so many days late. Neither topics nor counts are told, nor whether there were any."""

    year_id: int
    round_id: int
    report_id: int
    days_late: int


@dataclass(frozen=True, slots=True)
class ReportTakenBack:
    """A report that was sent is a draft again."""

    year_id: int
    round_id: int
    report_id: int
