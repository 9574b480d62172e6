"""The corps: who was entered, appointed, renewed, who left."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MemberEntered:
    """Someone was entered as rapporteur or collaborator of a unit. `kind` is "corps." and the CorpsKind."""

    year_id: int
    member_id: int
    unit_id: int
    unit: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class MemberEdited:
    """What is written of a member was changed; the name is the one after the change."""

    year_id: int
    member_id: int
    unit_id: int
    unit: str
    name: str
    revision: int


@dataclass(frozen=True, slots=True)
class MemberPostChanged:
    """A member signs in through another post, or through one at all: titles of the posts, "corps.no_post" for none. Whoever holds
    the post acts for the member, so linking and unlinking are told apart from other edits."""

    year_id: int
    member_id: int
    unit_id: int
    unit: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TermEntered:
    """A decision that appoints or renews was entered. `kind` is "term." and the TermKind."""

    year_id: int
    member_id: int
    unit_id: int
    unit: str
    name: str
    kind: str
    decision: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class TermEdited:
    """A term was corrected; the facts are those after the change, `before` names decision and days as they were."""

    year_id: int
    member_id: int
    unit_id: int
    unit: str
    name: str
    decision: str
    starts_on: date
    ends_on: date
    before: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class TermRemoved:
    """A term that had been entered by mistake was taken out."""

    year_id: int
    member_id: int
    unit_id: int
    unit: str
    name: str
    decision: str
    starts_on: date
    ends_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """Someone no longer belongs to the corps from a day on."""

    year_id: int
    member_id: int
    unit_id: int
    unit: str
    name: str
    left_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class LeavingUndone:
    """A leaving was entered by mistake. `kept_post`: whether the member signs in through the same post as before."""

    year_id: int
    member_id: int
    unit_id: int
    unit: str
    name: str
    kept_post: bool


@dataclass(frozen=True, slots=True)
class MemberRemoved:
    """Someone who had been entered by mistake was taken out, with their terms; nothing stood on them."""

    year_id: int
    member_id: int
    unit_id: int
    unit: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class CorpsImported:
    """A unit's corps was taken in from a spreadsheet: how many were entered, and how many got a further term."""

    year_id: int
    unit_id: int
    unit: str
    entered: int
    renewed: int
