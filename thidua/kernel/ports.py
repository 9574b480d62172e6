"""Where a higher slice contributes to a lower one. Values only; the lists are filled on one page, config/wiring.py."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from thidua.kernel.actor import Actor, Power


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that must be there before a cluster year may move on. `code` and `facts` make the sentence."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit's state in one column of the year's board. `state`: ok, due, late or wait; `text` is translated."""

    state: str
    text: object
    url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table unit × stage: cells by organisation id; a unit without a cell shows a dash."""

    title: object
    cells: dict[int, Cell]


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the cluster year in the year's navigation."""

    key: str
    title: object
    url: str


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that waits for a person: what, where (`place`), by when, and the page that is one step from done."""

    title: object
    place: object
    url: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Panel:
    """A small card on the year's page: `rows` are (text, note, url); the note and the url may be empty."""

    title: object
    rows: list[tuple[object, object, str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure found in what a unit has recorded: `value` (None: nothing to count), and where it comes from as (words, url)."""

    value: Decimal | None
    basis: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A figure that a slice can find for a unit and a span of days: its title and unit of measure."""

    title: object
    unit_of_measure: object


@dataclass(frozen=True, slots=True)
class Citable:
    """Something a unit has recorded that can be cited as evidence: `kind` and `pk` name it, `title` and `words` say what it is
    at this moment, `day` when it happened, `url` where it stands."""

    kind: str
    pk: int
    title: str
    words: str
    day: date | None
    url: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A kind of thing that units still owe, for reminders: `title` heads a column; `heading` is the line of a letter above the
    things, with "{n}" for their number, and `short` stands after a number ("2 báo cáo chưa nộp"), both in Vietnamese whoever
    reads; `lines` by unit id, the most urgent first."""

    title: object
    heading: str
    short: str
    lines: dict[int, list[str]]


TABS: list[Callable[[Actor, Any], list[Tab]]] = []
"""(actor, year) → the tabs that this person may open."""
COLUMNS: list[Callable[[Actor, Any], list[Column]]] = []
"""(actor, year) → columns of the board."""
PANELS: list[Callable[[Actor, Any], list[Panel]]] = []
"""(actor, year) → cards beside the board."""
CODES: list[Callable[[Any], frozenset[str]]] = []
"""(year) → codes of criteria that the year's rules may name; empty while there are none."""
STEP_BACK_CHECKS: list[Callable[[Any], list[Missing]]] = []
"""(year) → what must be ended before the year may step back."""
STAGE_CHECKS: dict[str, list[Callable[[Any], list[Missing]]]] = {}
"""stage to be entered → what is missing in (year)."""
WORK: list[Callable[[Actor, datetime], list[Work]]] = []
"""(actor, now) → what waits for this person."""
POWERS: list[Power] = []
"""Every power of every slice, for the page role × action."""
CLAUSE_IN_USE: list[Callable[[int], bool]] = []
"""(clause id) → whether something answers the clause, so that it cannot be taken out."""
OWED: list[Callable[[Any, date], list[Owed]]] = []
"""(year, today) → what units owe, for the page of reminders."""
ANSWERS: list[Callable[[Actor, Any, Collection[tuple[int, int]]], dict[tuple[int, int], Tab]]] = []
"""(actor, year, pairs of unit id and document id that ask for a programme) → where this person answers them, by pair."""
CHECK_PAGES: list[Callable[[Actor, Any], list[Tab]]] = []
"""(actor, year) → pages of higher slices to which the page of checks leads."""
READS_SHEETS: list[Callable[[Actor, Any], frozenset[int]]] = []
"""(actor, year) → ids of units whose score sheets this person reads because somebody gave them the unit to check."""
PINNED: list[Callable[[Actor, Any], dict[int, list[tuple[object, str]]]]] = []
"""(actor, year) → what rests on a version of the year's criteria and keeps it, by the version's id: (words, url)."""
ROUND_GATHERED: list[Callable[[int], bool]] = []
"""(round id) → whether a digest has gathered the round's counts, so that what has been sent stays."""
CITING: list[Callable[[Actor, Any, int, str, int], str]] = []
"""(actor, year, unit id, kind of source, pk) → the page where it is cited as evidence; empty when this person may not."""


def citing_url(actor: Actor, year: Any, unit_id: int, kind: str, pk: int) -> str:
    """The address behind "Dùng làm minh chứng" for something a unit has recorded; empty when there is none."""
    return next(filter(None, (offer(actor, year, unit_id, kind, pk) for offer in CITING)), "")


def round_gathered(round_id: int) -> bool:
    """Whether some digest has gathered the counts of a round of collaborators."""
    return any(gathered(round_id) for gathered in ROUND_GATHERED)


def pinned_to_versions(actor: Actor, year: Any) -> dict[int, list[tuple[object, str]]]:
    """What pledges and sheets rest on the versions of the year's criteria: (words, url) by the version's id;
    the url is empty where this person may not go."""
    found: dict[int, list[tuple[object, str]]] = {}
    for offer in PINNED:
        for version, pins in offer(actor, year).items():
            found.setdefault(version, []).extend(pins)
    return found


def sheets_read_by(actor: Actor, year: Any) -> frozenset[int]:
    """Ids of units whose score sheets this person reads because a higher slice gave them the unit to check."""
    return frozenset().union(*(units(actor, year) for units in READS_SHEETS))


def answers_to(actor: Actor, year: Any, asked: Collection[tuple[int, int]]) -> dict[tuple[int, int], Tab]:
    """Where this person answers documents that ask units for a programme, by (unit id, document id)."""
    return {pair: tab for offer in ANSWERS for pair, tab in offer(actor, year, asked).items()} if asked else {}
