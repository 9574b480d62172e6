"""Counting a poll of yes, no and abstain, and judging the count by the threshold that was set beforehand. Pure.

No rule of law fixes how a cluster votes: practice knows two thirds, more than a half and nine tenths, of all members, of those
present, or of the ballots cast. So the threshold is data, chosen before the poll is opened, and every verdict has its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from thidua.kernel.errors import Refused

FEWEST_BALLOTS = 3
"""Fewer ballots are not counted: with one or two, each voter would know how the other voted."""

LARGEST_NUMBER = 1_000_000_000_000_000_000
"""Numbers of ballots are drawn from 1 to this (below 2^63): at random, so that their order says nothing."""


class Choice(StrEnum):
    """What a voter may say about one item."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


_KNOWN = frozenset(choice.value for choice in Choice)


class Base(StrEnum):
    """Of what the threshold is a part: all who have the vote, those present at the opening, or the ballots cast."""

    MEMBERS = "members"
    PRESENT = "present"
    CAST = "cast"


class Outcome(StrEnum):
    """How a closed poll ended: counted, not counted for too few ballots, or not counted since roll and urn disagree."""

    COUNTED = "counted"
    TOO_FEW = "too_few"
    MISMATCH = "mismatch"


@dataclass(frozen=True, slots=True)
class Threshold:
    """Carried when yes ≥ numerator/denominator of the base; when `strict`, only when yes is more than that."""

    numerator: int
    denominator: int
    strict: bool
    base: Base


@dataclass(frozen=True, slots=True)
class Tally:
    """The ballots on one item."""

    yes: int
    no: int
    abstain: int

    @property
    def cast(self) -> int:
        """All ballots, abstentions included."""
        return self.yes + self.no + self.abstain


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an item is carried and why: `yes` of `of`, where `needed` were needed."""

    carried: bool
    yes: int
    of: int
    needed: int


def check_threshold(threshold: Threshold) -> None:
    """Refuses a fraction outside 0 < n/d ≤ 1, and "more than the whole" (ballots.threshold_impossible, field numerator)."""
    part, whole = threshold.numerator, threshold.denominator
    if part < 1 or whole < 1 or part > whole or (threshold.strict and part == whole):
        raise Refused("ballots.threshold_impossible", field="numerator")


def check_choices(choices: Sequence[str], items: int) -> tuple[Choice, ...]:
    """The choices of one ballot, one for each item in order. Refuses ballots.incomplete and ballots.unknown_choice."""
    if len(choices) != items or any(not choice for choice in choices):
        raise Refused("ballots.incomplete", missing=max(items - sum(1 for choice in choices if choice), 1))
    if not _KNOWN.issuperset(choices):
        raise Refused("ballots.unknown_choice")
    return tuple(Choice(choice) for choice in choices)


def tally(ballots: Sequence[Sequence[str]], items: int) -> tuple[Tally, ...]:
    """The count for each item, in order."""
    columns = [[ballot[index] for ballot in ballots] for index in range(items)]
    return tuple(Tally(*(column.count(choice) for choice in Choice)) for column in columns)


def outcome(ballots: int, voted: int) -> Outcome:
    """How a poll ends with so many ballots in the urn and so many marks on the roll."""
    if ballots != voted:
        return Outcome.MISMATCH
    return Outcome.COUNTED if ballots >= FEWEST_BALLOTS else Outcome.TOO_FEW


def needed(threshold: Threshold, of: int) -> int:
    """The fewest yes that reach the threshold when the base is `of`. Whole numbers only, so nothing is rounded."""
    exact = threshold.numerator * of
    if threshold.strict:
        return exact // threshold.denominator + 1
    return -(-exact // threshold.denominator)


def decide(count: Tally, threshold: Threshold, *, members: int, present: int) -> Decision:
    """Judge one count. Nothing is carried on a base of nobody."""
    of = {Base.MEMBERS: members, Base.PRESENT: present, Base.CAST: count.cast}[threshold.base]
    least = needed(threshold, of)
    return Decision(of > 0 and count.yes >= least, count.yes, of, least)
