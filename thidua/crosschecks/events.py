"""Facts about cross-check rounds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkChanged:
    """A checker's figures differ from the unit's, or from its own before: `was` and `becomes` are the figures in words."""

    year_id: int
    round_id: int
    task_id: int
    unit_id: int
    unit: str
    code: str
    was: str
    becomes: str
    reason: str


@dataclass(frozen=True, slots=True)
class TaskFinished:
    """A checker has looked at every line of a task. `digest` is SHA-256 of its marks."""

    year_id: int
    round_id: int
    task_id: int
    unit_id: int
    unit: str
    marks: int
    changed: int
    digest: str


@dataclass(frozen=True, slots=True)
class TaskResumed:
    """A checker goes on with a task that was finished."""

    year_id: int
    round_id: int
    task_id: int
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class ValueAgreed:
    """A value was agreed for a line in place of what the marks come to; `was` is what had been agreed before, if anything."""

    year_id: int
    round_id: int
    unit_id: int
    unit: str
    code: str
    was: str
    becomes: str
    reason: str


@dataclass(frozen=True, slots=True)
class AgreementWithdrawn:
    """What was agreed no longer counts: the marks decide again."""

    year_id: int
    round_id: int
    unit_id: int
    unit: str
    code: str
    was: str
    reason: str


@dataclass(frozen=True, slots=True)
class RoundSettled:
    """The marks of a round became verdicts. `digest` is SHA-256 of what was found."""

    year_id: int
    round_id: int
    number: int
    title: str
    units: int
    changed: int
    digest: str


@dataclass(frozen=True, slots=True)
class RemarkMade:
    """Unit or checkers said something in the conversation about a line."""

    year_id: int
    sheet_id: int
    unit_id: int
    unit: str
    code: str
    from_unit: bool
    text: str


@dataclass(frozen=True, slots=True)
class CheckRoundMade:
    """The head began to arrange a round."""

    year_id: int
    round_id: int
    number: int
    title: str
    mode: str


@dataclass(frozen=True, slots=True)
class CheckRoundChanged:
    """The head changed what is arranged for a round."""

    year_id: int
    round_id: int
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class ChecksDrawn:
    """Who checks whom was drawn by the seed: `per_unit` each, `pairs` in all."""

    year_id: int
    round_id: int
    number: int
    title: str
    seed: int
    per_unit: int
    pairs: int


@dataclass(frozen=True, slots=True)
class CheckGiven:
    """Somebody was given units (or the rows of an assessor) to check, by hand."""

    year_id: int
    round_id: int
    number: int
    title: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class CheckTaken:
    """What somebody was given to check was taken back."""

    year_id: int
    round_id: int
    number: int
    title: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class CheckRoundOpened:
    """A round was opened for marks."""

    year_id: int
    round_id: int
    number: int
    title: str
    tasks: int


@dataclass(frozen=True, slots=True)
class CheckRoundClosed:
    """A round was closed; so many tasks were not finished, and why it did not wait for them."""

    year_id: int
    round_id: int
    number: int
    title: str
    unfinished: int
    reason: str


@dataclass(frozen=True, slots=True)
class CheckRoundReopened:
    """A closed round takes marks again, with the reason."""

    year_id: int
    round_id: int
    number: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckRoundDiscarded:
    """A round that was never opened was given up."""

    year_id: int
    round_id: int
    number: int
    title: str
