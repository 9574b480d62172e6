"""Facts about commendations."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class UnitNominated:
    """A unit was put forward for a title."""

    year_id: int
    nomination_id: int
    unit_id: int
    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class NominationWithdrawn:
    """A nomination was taken back before anything was decided."""

    year_id: int
    nomination_id: int
    unit_id: int
    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class DecisionRecorded:
    """What the superior body decided was written down (again, when it had been written wrongly): granted or declined."""

    year_id: int
    nomination_id: int
    unit: str
    title: str
    outcome: str
    number: str
    day: date
