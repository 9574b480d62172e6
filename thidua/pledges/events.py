"""Facts about pledges."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PledgeDrafted:
    """The secretary began the year's pledge, or began it anew."""

    year_id: int
    pledge_id: int


@dataclass(frozen=True, slots=True)
class PledgeEdited:
    """Preamble or articles of the draft were changed."""

    year_id: int
    pledge_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class TargetsSet:
    """A unit set its own targets."""

    year_id: int
    pledge_id: int
    unit_id: int
    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class PledgeFrozen:
    """The text was fixed for the units to confirm; `digest` is its SHA-256."""

    year_id: int
    pledge_id: int
    version_id: int
    unit_ids: tuple[int, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class PledgeConfirmed:
    """A unit's leader confirmed the text with that digest."""

    year_id: int
    pledge_id: int
    unit_id: int
    unit: str
    digest: str


@dataclass(frozen=True, slots=True)
class PledgeReopened:
    """The text was opened for changes again, which voids the confirmations of these units."""

    year_id: int
    pledge_id: int
    reason: str
    digest: str
    voided_unit_ids: tuple[int, ...]
