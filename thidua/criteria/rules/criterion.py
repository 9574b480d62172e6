"""A criterion, and the table (tree) of criteria a cluster scores with. The terms are those of commands.md, "Criteria table"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from thidua.kernel.errors import Refused

ROOT = ""
"""The parent code of the top rows."""


class Kind(StrEnum):
    """What a row is: the fifth column of the table."""

    POINTS = "points"
    RATIO = "ratio"
    COUNT = "count"
    BONUS = "bonus"
    PENALTY = "penalty"
    GATE = "gate"


class Method(StrEnum):
    """How the value of a row is found; the formulas are in thidua.scoring.rules.methods."""

    AWARD = "award"
    PROPORTIONAL = "proportional"
    INVERSE = "inverse"
    RELATIVE_TO_LEADER = "relative_to_leader"
    PER_CASE = "per_case"
    BANDS = "bands"
    PASS_FAIL = "pass_fail"
    GRADE = "grade"
    LATENESS = "lateness"
    POOL = "pool"
    WEIGHTED = "weighted"


class Proof(StrEnum):
    """What a row asks to be proved with: left open, evidence is asked for; without what is required a sheet is not submitted."""

    ASKED = ""
    REQUIRED = "required"
    NOT_NEEDED = "none"


ADDITIVE_KINDS = frozenset({Kind.POINTS, Kind.RATIO, Kind.COUNT})
ADJUSTMENT_KINDS = frozenset({Kind.BONUS, Kind.PENALTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One row of a criteria table. Points are in the table's own unit; `row` is the row of the file (the header is row 1).

    `adjust_cap` bounds the sum of the bonus and penalty children on both sides, `bonus_cap` and `penalty_cap` (both written
    positive) one side only: the README's "a cap over a whole item stands in the parent's rule". `assessor` names who follows
    and scores the row, `not_assigned` are the slugs of the units to which it is not assigned.
    """

    code: str
    parent: str = ROOT
    title: str = ""
    max_points: Decimal | None = None
    kind: Kind = Kind.POINTS
    rule_text: str = ""
    unit: str = ""
    source_url: str = ""
    method: Method = Method.AWARD
    is_band: bool = False
    per_case: Decimal | None = None
    cap: Decimal | None = None
    over_rate: Decimal | None = None
    over_cap: Decimal | None = None
    adjust_cap: Decimal | None = None
    bonus_cap: Decimal | None = None
    penalty_cap: Decimal | None = None
    floor: Decimal | None = None
    grades: tuple[tuple[str, Decimal], ...] = ()
    pool: tuple[Decimal, ...] = ()
    evidence: Proof = Proof.ASKED
    assessor: str = ""
    not_assigned: tuple[str, ...] = ()
    row: int = 0

    @property
    def is_additive(self) -> bool:
        """Adds up to its parent: points, ratio or count, and not an alternative `[mức]`."""
        return self.kind in ADDITIVE_KINDS and not self.is_band

    @property
    def is_adjustment(self) -> bool:
        """A bonus or a penalty."""
        return self.kind in ADJUSTMENT_KINDS and not self.is_band

    @property
    def is_gate(self) -> bool:
        """Takes a unit out of the ranking when it fails; carries no points."""
        return self.kind is Kind.GATE

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Lowest and highest value of the row (None: the source states none); a cap may be written with either sign."""
        cap = self.max_points if self.cap is None else self.cap
        if self.kind is Kind.PENALTY:
            return (None if cap is None else -abs(cap)), Decimal(0)
        return Decimal(0), (None if cap is None else abs(cap))


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """Criteria in the order of the table, with their tree. Build it with `CriteriaTable.of`."""

    criteria: tuple[Criterion, ...]
    by_code: Mapping[str, Criterion]
    children_of: Mapping[str, tuple[Criterion, ...]]
    parts_of: Mapping[str, tuple[Criterion, ...]]
    adjustments_of: Mapping[str, tuple[Criterion, ...]]
    bottom_up: tuple[Criterion, ...]
    """Every criterion after all of its children: sums are made in this order, without recursion."""

    @classmethod
    def of(cls, criteria: Iterable[Criterion]) -> "CriteriaTable":
        """The table of these rows. Refuses `criteria.duplicate_code`, `criteria.unknown_parent` and `criteria.cycle`."""
        rows = tuple(criteria)
        by_code: dict[str, Criterion] = {}
        for row in rows:
            if row.code in by_code:
                raise Refused("criteria.duplicate_code", item=row.code, first=by_code[row.code].row)
            by_code[row.code] = row
        children: dict[str, list[Criterion]] = {}
        for row in rows:
            if row.parent != ROOT and row.parent not in by_code:
                raise Refused("criteria.unknown_parent", item=row.code, parent=row.parent)
            children.setdefault(row.parent, []).append(row)
        children_of = {code: tuple(group) for code, group in children.items()}
        top_down = _top_down(children_of)
        if len(top_down) < len(rows):
            reached = {row.code for row in top_down}
            raise Refused("criteria.cycle", item=next(row.code for row in rows if row.code not in reached))
        headings = {code for code in children_of if code != ROOT and by_code[code].is_adjustment}
        parts = {code: _parts(group, code in headings) for code, group in children_of.items()}
        adjustments = {code: _adjustments(group) for code, group in children_of.items() if code not in headings}
        return cls(rows, by_code, children_of, parts, adjustments, tuple(reversed(top_down)))

    @property
    def roots(self) -> tuple[Criterion, ...]:
        """The rows without a parent; a unit's total is the sum of the additive ones and the bonuses and penalties among them."""
        return self.children(ROOT)

    @property
    def top_down(self) -> tuple[Criterion, ...]:
        """Every criterion before its children."""
        return tuple(reversed(self.bottom_up))

    def children(self, code: str) -> tuple[Criterion, ...]:
        """The rows whose parent is `code`, in the order of the table."""
        return self.children_of.get(code, ())

    def parts(self, code: str) -> tuple[Criterion, ...]:
        """The children whose values make up this row's value: the additive ones; all of a bonus or penalty heading's."""
        return self.parts_of.get(code, ())

    def adjustments(self, code: str) -> tuple[Criterion, ...]:
        """The bonus and penalty children that are added to this row's value."""
        return self.adjustments_of.get(code, ())

    def bands(self, code: str) -> tuple[Criterion, ...]:
        """The `[mức]` children: alternatives of which one is chosen."""
        return tuple(c for c in self.children(code) if c.is_band)

    def subtree(self, code: str) -> tuple[Criterion, ...]:
        """The row itself and everything below it, parents first."""
        found, waiting = [], [self.by_code[code]]
        while waiting:
            row = waiting.pop()
            found.append(row)
            waiting.extend(reversed(self.children(row.code)))
        return tuple(found)

    def frame(self) -> dict[str, Decimal]:
        """The points each row stands for when everything is assigned.

        A heading stands for the sum of its parts when all of them state their points, otherwise for what it states itself; a row
        with alternatives and no figure of its own for the best of them. Gates carry none. Weights are not points: a heading of
        weighted rows that states its points stands for those.
        """
        frame: dict[str, Decimal] = {}
        for row in self.bottom_up:
            frame[row.code] = _frame_of(row, self, frame)
        return frame


def _parts(group: tuple[Criterion, ...], of_adjustment: bool) -> tuple[Criterion, ...]:
    return tuple(row for row in group if row.is_additive or (of_adjustment and row.is_adjustment))


def _adjustments(group: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    return tuple(row for row in group if row.is_adjustment)


def _frame_of(row: Criterion, table: CriteriaTable, frame: Mapping[str, Decimal]) -> Decimal:
    if row.is_gate:
        return Decimal(0)
    parts = table.parts(row.code) if row.is_additive else ()
    known = sum((frame[part.code] for part in parts), Decimal(0))
    all_state_points = all(frame[part.code] and part.method is not Method.WEIGHTED for part in parts)
    if parts and (row.max_points is None or all_state_points):
        return known
    if row.max_points is not None:
        return row.max_points
    return max((frame[band.code] for band in table.bands(row.code)), default=Decimal(0))


def _top_down(children_of: Mapping[str, tuple[Criterion, ...]]) -> list[Criterion]:
    found: list[Criterion] = []
    waiting = list(reversed(children_of.get(ROOT, ())))
    while waiting:
        row = waiting.pop()
        found.append(row)
        waiting.extend(reversed(children_of.get(row.code, ())))
    return found
