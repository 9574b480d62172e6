"""Facts about scoring."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetOpened:
    """A unit began its self-score against a version of the criteria."""

    year_id: int
    sheet_id: int
    unit_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class SheetSubmitted:
    """A leader submitted the unit's sheet. `digest` is SHA-256 of all its lines, files and citations."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    total: str
    warnings: int
    digest: str


@dataclass(frozen=True, slots=True)
class SheetRecalled:
    """A leader took the sheet back to go on working at it."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class SheetCarried:
    """A unit's sheet went over to the version of the criteria in force; `old` and `new` are numbers of versions."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class SheetReturned:
    """The head's secretary gave a submitted sheet back to its unit, with the reason."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class RowsGiven:
    """Within a unit, rows of the sheet were given to a person to fill in. `codes` names the first of them."""

    year_id: int
    unit_id: int
    unit: str
    person_id: int
    person: str
    codes: str


@dataclass(frozen=True, slots=True)
class RowsTaken:
    """Within a unit, a row of the sheet is no longer a person's to fill in."""

    year_id: int
    unit_id: int
    unit: str
    person_id: int
    person: str
    code: str


@dataclass(frozen=True, slots=True)
class UnitWithheld:
    """The head took a unit out of this year's ranking, with the reason."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnitReadmitted:
    """The head let a unit back into the ranking."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class CriterionAssigned:
    """The head said whether a criterion concerns a unit."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    code: str
    assigned: bool


@dataclass(frozen=True, slots=True)
class EvidenceAttached:
    """A file was added to a line of a sheet."""

    year_id: int
    sheet_id: int
    code: str
    file_id: int
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EvidenceRemoved:
    """A file was taken off a line of a sheet."""

    year_id: int
    sheet_id: int
    code: str
    file_id: int
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SourceCited:
    """Something the unit has recorded was cited as evidence of a criterion. `kind` and `source` name it."""

    year_id: int
    unit_id: int
    unit: str
    code: str
    kind: str
    source: int
    title: str


@dataclass(frozen=True, slots=True)
class CitationWithdrawn:
    """What was cited is no longer evidence of the criterion."""

    year_id: int
    unit_id: int
    unit: str
    code: str
    kind: str
    source: int
    title: str


@dataclass(frozen=True, slots=True)
class AppraiserAssigned:
    """The head's secretary gave a unit to an appraiser."""

    year_id: int
    appraiser_id: int
    appraiser: str
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class AppraiserUnassigned:
    """The head's secretary took a unit from an appraiser."""

    year_id: int
    appraiser_id: int
    appraiser: str
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class VerdictChanged:
    """An appraiser changed a line: `was` and `becomes` are the figures in words."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    code: str
    was: str
    becomes: str
    reason: str


@dataclass(frozen=True, slots=True)
class OthersMoved:
    """A change of one unit at an indicator scored relative to the leader moved the points of other units; `moved` says whose,
    from what to what."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    code: str
    moved: str


@dataclass(frozen=True, slots=True)
class VerdictAnswered:
    """The unit answered a change."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    code: str
    answer: str


@dataclass(frozen=True, slots=True)
class CheckFinished:
    """The cross-check of a sheet is finished. `digest` is SHA-256 of the verified lines."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    total: str
    changed: int
    digest: str


@dataclass(frozen=True, slots=True)
class CheckReopened:
    """A finished cross-check was opened again, with the reason."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecomputationAsked:
    """The standings of a year, or of all open ones (`year_id` None), are to be computed anew."""

    year_id: int | None
    recomputation_id: int
    years: int


@dataclass(frozen=True, slots=True)
class ConflictDeclared:
    """Somebody declared a conflict of interest between `who` and the unit. The words stay on its page: they may be private."""

    year_id: int
    conflict_id: int
    kind: str
    who: str
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class ConflictProposed:
    """The records suggest a conflict of interest; the head has to decide."""

    year_id: int
    conflict_id: int
    kind: str
    who: str
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class ConflictConfirmed:
    """The head confirmed a conflict of interest."""

    year_id: int
    conflict_id: int
    kind: str
    who: str
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class ConflictDismissed:
    """The head said, with a reason, that something is no conflict of interest."""

    year_id: int
    conflict_id: int
    kind: str
    who: str
    unit_id: int
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class UploadTaken:
    """A sheet that was filled in offline was taken in: `lines` of it changed."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    name: str
    lines: int


@dataclass(frozen=True, slots=True)
class UploadUndone:
    """What an upload had changed was put back."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    name: str
    lines: int


@dataclass(frozen=True, slots=True)
class MinutesWritten:
    """The score minutes of a unit were written, or written anew. `digest` is that of the check they record."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    digest: str
