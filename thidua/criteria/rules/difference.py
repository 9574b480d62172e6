"""The difference between two criteria tables: which rows came, went, moved or changed, and what that does to the points."""

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from thidua.criteria.rules.cells import cells_of
from thidua.criteria.rules.criterion import ROOT, CriteriaTable, Criterion

_PLACES = ("code", "parent_code")
"""Cells that say where a row stands: a new code is told as such, a new parent as a move."""
_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that says something else, as text; "" is an empty cell."""

    column: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row of either table beside its like in the other: None where it has none. `moved`: under another heading, or to another
    place among the rows that stayed under its heading."""

    was: Criterion | None
    becomes: Criterion | None
    cells: tuple[CellChange, ...] = ()
    moved: bool = False

    @property
    def row(self) -> Criterion:
        """The row as it is now, or was last."""
        found = self.becomes or self.was
        assert found is not None
        return found

    @property
    def marks(self) -> tuple[str, ...]:
        """What happened to it: added or removed alone; otherwise any of recoded, moved, changed; nothing when it is the same."""
        if self.was is None:
            return ("added",)
        if self.becomes is None:
            return ("removed",)
        recoded = self.was.code != self.becomes.code
        changed = any(cell.column not in _PLACES for cell in self.cells)
        told = (("recoded", recoded), ("moved", self.moved), ("changed", changed))
        return tuple(mark for mark, is_so in told if is_so)


@dataclass(frozen=True, slots=True)
class PointsChange:
    """What a section (or, without a row, the whole table) stood for and stands for; None where it is not there."""

    row: Criterion | None
    was: Decimal | None
    becomes: Decimal | None

    @property
    def change(self) -> Decimal:
        """How many points more (or less, negative)."""
        return (self.becomes or Decimal(0)) - (self.was or Decimal(0))


@dataclass(frozen=True, slots=True)
class Difference:
    """All rows of both tables in the order of the newer; removed ones after what stood before them."""

    rows: tuple[RowDifference, ...]
    sections: tuple[PointsChange, ...]
    total: PointsChange

    @property
    def changes(self) -> tuple[RowDifference, ...]:
        """The rows to which something happened."""
        return tuple(row for row in self.rows if row.marks)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each mark; a row may have several."""
        marks = ("added", "removed", "changed", "moved", "recoded")
        return {mark: sum(1 for row in self.rows if mark in row.marks) for mark in marks}


def difference(old: CriteriaTable, new: CriteriaTable) -> Difference:
    """What leads from one table to the other. A table and itself: no changes."""
    like = matches(old, new)
    moved = _moved(old, new, like)
    rows = [_row(old, new, code, like.get(code), code in moved) for code in (row.code for row in new.top_down)]
    return Difference(_with_removed(rows, old, set(like.values())), _sections(old, new, like), _total(old, new))


def matches(old: CriteriaTable, new: CriteriaTable) -> dict[str, str]:
    """Codes of the new table with the codes of the same rows in the old one.

    Same code and same title first; then the same title where it stands once (under the same heading first), so that a row put in
    between does not make all rows after it look like others; then the same code under a new title. Titles are compared without
    regard to capitals and spaces.
    """
    found: dict[str, str] = {}

    def pair(key_of_old: Callable[[Criterion], Hashable], key_of_new: Callable[[Criterion], Hashable]) -> None:
        taken = set(found.values())
        left = _alone((row, key_of_old(row)) for row in old.criteria if row.code not in taken)
        right = _alone((row, key_of_new(row)) for row in new.criteria if row.code not in found)
        found.update({row.code: left[key].code for key, row in right.items() if key in left})

    pair(lambda row: (row.code, _title(row)), lambda row: (row.code, _title(row)))
    pair(
        lambda row: (row.parent, _title(row)) if _title(row) else None,
        lambda row: (found.get(row.parent, ROOT if row.parent == ROOT else None), _title(row)) if _title(row) else None,
    )
    pair(lambda row: _title(row) or None, lambda row: _title(row) or None)
    pair(lambda row: row.code, lambda row: row.code)
    return found


def word_changes(was: str, becomes: str) -> tuple[tuple[str, str], ...]:
    """Two texts as one: pieces ("same" | "out" | "in", text), whole words; the same and out pieces make up the old text, the same
    and in pieces the new one. Texts that share less than half of the shorter one are not woven together: one goes,
    the other comes."""
    left, right = _WORDS.findall(was), _WORDS.findall(becomes)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    kept = sum(1 for start, _at, size in matcher.get_matching_blocks() for word in left[start : start + size] if word.strip())
    if 2 * kept < min(sum(1 for word in words if word.strip()) for words in (left, right)):
        return tuple((mark, text) for mark, text in (("out", was), ("in", becomes)) if text)
    pieces: list[tuple[str, str]] = []
    gone, come = "", ""
    for tag, start, end, begin, stop in matcher.get_opcodes():
        before, after = "".join(left[start:end]), "".join(right[begin:stop])
        if tag != "equal" or (not before.strip() and pieces):  # a blank between changed words is no word that stays
            gone, come = gone + before, come + after
            continue
        pieces += _settled(gone, come)
        gone = come = ""
        pieces.append(("same", before))
    return tuple(pieces + _settled(gone, come))


def _settled(gone: str, come: str) -> list[tuple[str, str]]:
    """What went and what came; what is the same in the end stays."""
    if gone == come:
        return [("same", gone)] if gone else []
    return [(mark, text) for mark, text in (("out", gone), ("in", come)) if text]


def sections_of(table: CriteriaTable) -> tuple[Criterion, ...]:
    """The rows that make up the total: the parts of a single root that has parts, otherwise the roots that add up."""
    tops = [row for row in table.roots if row.is_additive]
    parts = table.parts(tops[0].code) if len(tops) == 1 else ()
    return tuple(parts or tops)


def _title(row: Criterion) -> str:
    return _SPACES.sub(" ", row.title).strip().casefold()


def _alone(keyed: Iterable[tuple[Criterion, Hashable]]) -> dict[Hashable, Criterion]:
    """Rows by key, where no other row has the key."""
    groups: dict[Hashable, list[Criterion]] = {}
    for row, key in keyed:
        if key is not None:
            groups.setdefault(key, []).append(row)
    return {key: rows[0] for key, rows in groups.items() if len(rows) == 1}


def _row(old: CriteriaTable, new: CriteriaTable, code: str, before: str | None, moved: bool) -> RowDifference:
    becomes = new.by_code[code]
    if before is None:
        return RowDifference(None, becomes)
    was = old.by_code[before]
    left, right = cells_of(was), cells_of(becomes)
    names = [name for name in dict.fromkeys((*left, *right)) if name != "parent_code"]
    pairs = ((name, left.get(name, ""), right.get(name, "")) for name in names)
    return RowDifference(was, becomes, tuple(CellChange(*each) for each in pairs if each[1] != each[2]), moved)


def _moved(old: CriteriaTable, new: CriteriaTable, like: Mapping[str, str]) -> set[str]:
    """New codes of rows under another heading, and of as few others as explain the new order of those that stayed."""
    place = {row.code: number for number, row in enumerate(old.top_down)}
    found = set()
    for heading in (ROOT, *(row.code for row in new.criteria)):
        kept = [row.code for row in new.children(heading) if row.code in like]
        before = ROOT if heading == ROOT else like.get(heading)
        stayed = [code for code in kept if old.by_code[like[code]].parent == before]
        found.update(set(kept) - set(stayed))
        in_order = _longest_rise([place[like[code]] for code in stayed])
        found.update(code for number, code in enumerate(stayed) if number not in in_order)
    return found


def _longest_rise(numbers: list[int]) -> set[int]:
    """Indices of a longest rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(tails, number)
        tails[place : place + 1] = [number]
        ends[place : place + 1] = [index]
        before.append(ends[place - 1] if place else -1)
    found, index = set(), ends[-1] if ends else -1
    while index >= 0:
        found.add(index)
        index = before[index]
    return found


def _with_removed(rows: list[RowDifference], old: CriteriaTable, kept: set[str]) -> tuple[RowDifference, ...]:
    after: dict[str, list[RowDifference]] = {}
    last = ROOT
    for row in old.top_down:
        if row.code in kept:
            last = row.code
        else:
            after.setdefault(last, []).append(RowDifference(row, None))
    found = list(after.get(ROOT, []))
    for each in rows:
        found.append(each)
        found += after.get(each.was.code, []) if each.was else []
    return tuple(found)


def _sections(old: CriteriaTable, new: CriteriaTable, like: Mapping[str, str]) -> tuple[PointsChange, ...]:
    was, becomes = old.frame(), new.frame()
    before, now = sections_of(old), sections_of(new)
    found = [PointsChange(row, was[like[row.code]] if row.code in like else None, becomes[row.code]) for row in now]
    told = {like[row.code] for row in now if row.code in like}
    return (*found, *(PointsChange(row, was[row.code], None) for row in before if row.code not in told))


def _total(old: CriteriaTable, new: CriteriaTable) -> PointsChange:
    was, becomes = old.frame(), new.frame()
    sums = [sum((frame[row.code] for row in sections_of(t)), Decimal(0)) for t, frame in ((old, was), (new, becomes))]
    return PointsChange(None, *sums)
