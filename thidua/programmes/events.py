"""What happened to programmes. Facts in the past tense."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ProgrammeOpened:
    """A unit began a programme, with so many planned tasks made of clauses."""

    year_id: int
    programme_id: int
    unit_id: int
    unit: str
    title: str
    tasks: int


@dataclass(frozen=True, slots=True)
class ProgrammeEdited:
    """What a programme says was changed."""

    year_id: int
    programme_id: int
    title: str
    revision: int


@dataclass(frozen=True, slots=True)
class ProgrammePresented:
    """A programme was laid before the unit's leader."""

    year_id: int
    programme_id: int
    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class ProgrammeApproved:
    """The unit's leader approved the content with that digest as a version."""

    year_id: int
    programme_id: int
    unit: str
    title: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class ProgrammeReturned:
    """The unit's leader sent a programme that was presented back, for a reason."""

    year_id: int
    programme_id: int
    unit: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProgrammeWithdrawn:
    """A programme that was presented was taken back by the unit before the leader approved it."""

    year_id: int
    programme_id: int
    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class ProgrammeDiscarded:
    """A draft that was never approved was thrown away."""

    year_id: int
    programme_id: int
    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class IndicatorFigureRecorded:
    """What an indicator stood at on a day."""

    year_id: int
    programme_id: int
    indicator_id: int
    indicator: str
    as_of: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class IndicatorFigureCorrected:
    """The figure of a day was put right; `before` is what stood there."""

    year_id: int
    programme_id: int
    indicator_id: int
    indicator: str
    as_of: date
    before: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class IndicatorFigureRemoved:
    """The figure of a day was taken out."""

    year_id: int
    programme_id: int
    indicator_id: int
    indicator: str
    as_of: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class NextYearDrafted:
    """The head began the cluster's programme of the next year."""

    year_id: int
    programme_id: int
    title: str


@dataclass(frozen=True, slots=True)
class RemarksOpened:
    """The units were asked for remarks on the cluster's programme."""

    year_id: int
    programme_id: int


@dataclass(frozen=True, slots=True)
class RemarkMade:
    """A unit remarked on the cluster's programme."""

    year_id: int
    programme_id: int
    remark_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class RemarkAnswered:
    """The head answered a unit's remark."""

    year_id: int
    programme_id: int
    remark_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class ProgrammeAdopted:
    """The conference adopted the cluster's programme by show of hands."""

    year_id: int
    programme_id: int
    version: int
    digest: str
    votes_for: int
    votes_against: int
    votes_abstained: int


@dataclass(frozen=True, slots=True)
class ProgrammeCopied:
    """The adopted programme was copied into units of the next year, whose drafts it begins."""

    year_id: int
    programme_id: int
    units: tuple[str, ...]
    copies: int


@dataclass(frozen=True, slots=True)
class TaskAdded:
    """A task was added to a programme; `unit_id` is None for the cluster's own."""

    year_id: int
    unit_id: int | None
    programme_id: int
    task_id: int
    title: str


@dataclass(frozen=True, slots=True)
class TaskEdited:
    """What a task says was changed."""

    year_id: int
    unit_id: int | None
    task_id: int
    title: str
    revision: int


@dataclass(frozen=True, slots=True)
class TaskRemoved:
    """A task on which nobody had worked was taken away."""

    year_id: int
    unit_id: int | None
    task_id: int
    title: str


@dataclass(frozen=True, slots=True)
class TaskProgressed:
    """Progress of a task was noted; `despite` names open tasks that it needed, `file` the file that proves it."""

    year_id: int
    unit_id: int | None
    task_id: int
    title: str
    state: str
    percent: int
    reason: str
    despite: str
    file: str


@dataclass(frozen=True, slots=True)
class TaskNeedSet:
    """A task waits for another."""

    year_id: int
    unit_id: int | None
    task_id: int
    title: str
    needed_id: int
    needed: str


@dataclass(frozen=True, slots=True)
class TaskNeedLifted:
    """A task no longer waits for another."""

    year_id: int
    unit_id: int | None
    task_id: int
    title: str
    needed_id: int
    needed: str


@dataclass(frozen=True, slots=True)
class TaskRepeated:
    """A task was written out for each period until a day; `count` with the first."""

    year_id: int
    unit_id: int | None
    task_id: int
    title: str
    every: str
    count: int
    until: date


@dataclass(frozen=True, slots=True)
class TasksChanged:
    """Several tasks of a unit got the same change; `change` says which, field=value."""

    year_id: int
    unit_id: int | None
    task_ids: tuple[int, ...]
    count: int
    change: str


@dataclass(frozen=True, slots=True)
class TasksImported:
    """Tasks were taken in from an uploaded table; `digest` is the SHA-256 of the file."""

    year_id: int
    unit_id: int | None
    programme_id: int
    count: int
    file: str
    digest: str


@dataclass(frozen=True, slots=True)
class ChecklistStepAdded:
    """A step was put on a task's checklist."""

    year_id: int
    unit_id: int | None
    task_id: int
    title: str
    step: str


@dataclass(frozen=True, slots=True)
class ChecklistStepTicked:
    """A step was ticked (`done`), or its tick taken away."""

    year_id: int
    unit_id: int | None
    task_id: int
    title: str
    step: str
    done: bool


@dataclass(frozen=True, slots=True)
class ChecklistStepRemoved:
    """A step that was not done was taken off the checklist."""

    year_id: int
    unit_id: int | None
    task_id: int
    title: str
    step: str
