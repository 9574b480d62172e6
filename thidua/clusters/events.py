"""Facts about clusters and their years."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClusterFormed:
    """A superior body formed a cluster."""

    cluster_id: int
    superior_body_id: int
    name: str


@dataclass(frozen=True, slots=True)
class RotationAgreed:
    """The order in which units hold the head's office was set."""

    cluster_id: int
    organisation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearOpened:
    """A cluster year was opened; `previous_year_id` when it follows one."""

    year_id: int
    cluster_id: int
    year: int
    head_id: int
    previous_year_id: int | None


@dataclass(frozen=True, slots=True)
class MembersSet:
    """The member units of the year were set."""

    year_id: int
    organisation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HeadNamed:
    """Head and deputy of the year were named."""

    year_id: int
    head_id: int
    deputy_id: int | None


@dataclass(frozen=True, slots=True)
class CalendarSet:
    """The dates of the stages were set: (stage, starts_on or "", due_on or "")."""

    year_id: int
    dates: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class RulesAgreed:
    """Tie-break and from which stage units see the ranking."""

    year_id: int
    tie_break: tuple[str, ...]
    ranking_from: str


@dataclass(frozen=True, slots=True)
class StageEntered:
    """The year moved on to a stage."""

    year_id: int
    came_from: str
    stage: str


@dataclass(frozen=True, slots=True)
class StageSteppedBack:
    """The year went back one stage, with the reason."""

    year_id: int
    came_from: str
    stage: str
    reason: str
