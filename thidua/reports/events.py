"""What happened to reports. Facts in the past tense."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PeriodSet:
    """The head asks for reports over a span of days."""

    year_id: int
    period_id: int
    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class YearLaidOut:
    """All periods of a kind that were still missing were set in one step."""

    year_id: int
    kind: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodChanged:
    """Title, span, signer or instructions of a period were changed."""

    year_id: int
    period_id: int
    title: str


@dataclass(frozen=True, slots=True)
class DueDayMoved:
    """A period is due on another day, for a reason."""

    year_id: int
    period_id: int
    title: str
    old_due_on: date
    due_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ItemsSet:
    """What a period asks for was changed."""

    year_id: int
    period_id: int
    title: str
    items: int


@dataclass(frozen=True, slots=True)
class PeriodRemoved:
    """A period that no unit had opened was taken back."""

    year_id: int
    title: str


@dataclass(frozen=True, slots=True)
class TemplateSaved:
    """A template of the cluster was made or changed."""

    year_id: int
    template_id: int
    title: str
    items: int


@dataclass(frozen=True, slots=True)
class TemplateRemoved:
    """A template of the cluster was removed; periods keep their copies."""

    year_id: int
    title: str


@dataclass(frozen=True, slots=True)
class ReportOpened:
    """A unit began its report, filled in with what it has recorded."""

    year_id: int
    report_id: int
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class ReportEdited:
    """Items of a report, or its practices, were changed."""

    year_id: int
    report_id: int
    unit: str
    period: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportRecomputed:
    """The figures of a report were found anew in what the unit has recorded."""

    year_id: int
    report_id: int
    unit: str
    period: str
    changed: int


@dataclass(frozen=True, slots=True)
class ReportFileAttached:
    """A file was added to a report."""

    year_id: int
    report_id: int
    file_id: int
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReportFileRemoved:
    """A file was taken off a report."""

    year_id: int
    report_id: int
    file_id: int
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReportSubmitted:
    """A leader submitted the report of the unit; `digest` is the SHA-256 of its content."""

    year_id: int
    report_id: int
    unit_id: int
    unit: str
    period: str
    number: int
    days_late: int
    digest: str


@dataclass(frozen=True, slots=True)
class ReportReturned:
    """The head sent a report back to the unit."""

    year_id: int
    report_id: int
    unit_id: int
    unit: str
    period: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReportAccepted:
    """The head received a report."""

    year_id: int
    report_id: int
    unit_id: int
    unit: str
    period: str
    number: int


@dataclass(frozen=True, slots=True)
class ConsolidatedBegun:
    """The head began the consolidated report of a period."""

    year_id: int
    period_id: int
    title: str


@dataclass(frozen=True, slots=True)
class ConsolidatedWritten:
    """Words of the consolidated report, or the practices told in it, were saved."""

    year_id: int
    period_id: int
    title: str
    revision: int


@dataclass(frozen=True, slots=True)
class ConsolidatedIssued:
    """The consolidated report was issued with the reports of so many units; `digest` is the SHA-256 of its content."""

    year_id: int
    period_id: int
    title: str
    ordinal: int
    number_text: str
    issued_on: date
    units: int
    digest: str


@dataclass(frozen=True, slots=True)
class ConsolidatedReopened:
    """An issued consolidated report was opened for correction, for a reason."""

    year_id: int
    period_id: int
    title: str
    ordinal: int
    reason: str
