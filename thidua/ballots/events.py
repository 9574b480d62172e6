"""Facts about polls. None of them ever says who voted, when someone voted, or how."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PollCreated:
    """A poll was set up with its items and threshold."""

    year_id: int
    poll_id: int
    title: str
    items: int
    threshold: str
    base: str


@dataclass(frozen=True, slots=True)
class PollDiscarded:
    """A poll that nobody had voted in was taken away before it was opened."""

    year_id: int
    poll_id: int
    title: str


@dataclass(frozen=True, slots=True)
class PollOpened:
    """The roll was frozen and voting began."""

    year_id: int
    poll_id: int
    title: str
    voters: int


@dataclass(frozen=True, slots=True)
class ItemTotal:
    """The count on one item; `reference` is what the slice that made the poll calls it."""

    item_id: int
    reference: str
    nominee_id: int
    yes: int
    no: int
    abstain: int
    carried: bool


@dataclass(frozen=True, slots=True)
class BallotClosed:
    """Voting ended; the totals of each item, and nothing finer. No totals unless `outcome` is "counted"."""

    year_id: int
    poll_id: int
    title: str
    ballots: int
    outcome: str
    totals: tuple[ItemTotal, ...]
