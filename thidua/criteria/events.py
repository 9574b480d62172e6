"""Facts about criteria tables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CriteriaImported:
    """A table was taken in as the year's draft, in the place of an earlier draft. `digest` is of its rows."""

    year_id: int
    version_id: int
    number: int
    title: str
    source_name: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class CriteriaCarriedOver:
    """A new year got the previous year's published table as its draft."""

    year_id: int
    version_id: int
    from_version_id: int
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class CriteriaPublished:
    """A draft was published as version `number`; `reason` says why where the year was past its preparation."""

    year_id: int
    version_id: int
    number: int
    title: str
    decision: str
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class CriteriaDiscarded:
    """A draft was thrown away."""

    year_id: int
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class CriteriaChangeUndone:
    """The newest change of a draft was taken back; `told` says which, `digest` is of the rows that stand again (empty: none)."""

    year_id: int
    told: str
    digest: str


@dataclass(frozen=True, slots=True)
class CriteriaEdited:
    """A draft was edited; `told` says the change in words, `digest` is of the rows after it."""

    year_id: int
    version_id: int
    told: str
    rows: int
    digest: str
