"""A consolidated report as a value: the same for a draft on the screen, for the paper, and kept for good once issued. Pure.

Kept as plain JSON (`to_plain`, `from_plain`): decimals and days as text, so that what is read back is what was written.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from thidua.reports.rules.totals import Change, How, Total

Plain = dict[str, Any]
"""A value as JSON holds it."""
IN_TIME, LATE, RETURNED, DRAFTING, NOTHING = "in_time", "late", "returned", "drafting", "nothing"
HEAD = "Cụm trưởng"
"""Who signs for the cluster unless the head says otherwise: not the post that signs the units' reports."""
COUNTED = (IN_TIME, LATE)
"""States of units whose figures count: submitted, or accepted."""


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit and how its report stands; `days_late` of its first submission. `is_member`: still of the year's cluster."""

    pk: int
    name: str
    short: str
    state: str
    days_late: int = 0
    is_member: bool = True

    @property
    def counted(self) -> bool:
        """Whether its figures are in the totals."""
        return self.state in COUNTED


@dataclass(frozen=True, slots=True)
class Row:
    """One figure over the units: by unit id; what they make together; the difference to the last period.

    `comparable` is False where the last period did not ask for it.
    """

    title: str
    unit_of_measure: str
    figures: dict[int, Decimal]
    total: Total
    change: Change | None
    comparable: bool


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its title and days."""

    title: str
    kind: str
    starts_on: date
    ends_on: date
    due_on: date
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The three parts that the head writes, and in which office the paper is signed."""

    situation: str = ""
    assessment: str = ""
    directions: str = ""
    signer: str = HEAD


@dataclass(frozen=True, slots=True)
class Told:
    """A practice of a unit, told in the consolidated report."""

    unit_id: int
    unit: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The consolidated report: who reported, the figures, the practices chosen, the words. `last` is the period compared with."""

    period: Period
    last: Period | None
    units: tuple[UnitState, ...]
    rows: tuple[Row, ...]
    practices: tuple[Told, ...] = ()
    words: Words = field(default_factory=Words)

    def in_state(self, *states: str) -> tuple[UnitState, ...]:
        """The units whose reports stand so."""
        return tuple(unit for unit in self.units if unit.state in states)

    @property
    def counted(self) -> tuple[UnitState, ...]:
        """The units whose figures are in the totals."""
        return self.in_state(*COUNTED)

    @property
    def new_rows(self) -> tuple[Row, ...]:
        """Those that the last period did not ask for; none where there is no last period."""
        return tuple(row for row in self.rows if self.last and not row.comparable)

    @property
    def unmatched_rows(self) -> tuple[Row, ...]:
        """Those asked for both times, for which no unit gave a figure both times."""
        return tuple(row for row in self.rows if self.last and row.comparable and row.change is None)

    @property
    def absent(self) -> tuple[UnitState, ...]:
        """The units without a report in force."""
        return self.in_state(RETURNED, DRAFTING, NOTHING)


def to_plain(summary: Summary) -> Plain:
    """The summary as JSON holds it."""
    plain: Plain = json.loads(json.dumps(asdict(summary), default=str, ensure_ascii=False))
    return plain


def from_plain(plain: Plain) -> Summary:
    """The summary out of its plain form."""
    return Summary(
        period=_period(plain["period"]),
        last=_period(plain["last"]) if plain["last"] else None,
        units=tuple(UnitState(**unit) for unit in plain["units"]),
        rows=tuple(_row(row) for row in plain["rows"]),
        practices=tuple(Told(**practice) for practice in plain["practices"]),
        words=Words(**plain["words"]),
    )


def _period(plain: Plain) -> Period:
    days = {name: date.fromisoformat(plain[name]) for name in ("starts_on", "ends_on", "due_on")}
    return Period(**(plain | days))


def _row(plain: Plain) -> Row:
    total, change = plain["total"], plain["change"]
    return Row(
        title=plain["title"],
        unit_of_measure=plain["unit_of_measure"],
        figures={int(unit): Decimal(value) for unit, value in plain["figures"].items()},
        total=Total(_decimal(total["value"]), How(total["how"]), tuple(total["given"]), tuple(total["missing"])),
        change=change and _change(change),
        comparable=plain["comparable"],
    )


def _change(plain: Plain) -> Change:
    figures = {name: Decimal(plain[name]) for name in ("now", "before", "difference")}
    return Change(**(plain | figures | {"percent": _decimal(plain["percent"]), "units": tuple(plain["units"])}))


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
