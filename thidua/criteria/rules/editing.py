"""Edits of a table row by row: add, change, move, delete, renumber. Pure: the rows of a table in, the rows after the edit out.

Rows are mappings of cells by column name, every heading before its parts, so an edit says nothing that a table could not say;
whether the outcome makes a tree and what contradicts itself in it is for `parse_criteria` to tell. What cannot be done at all is
refused: criteria.row_gone, criteria.code_used, criteria.move_impossible, criteria.last_row, criteria.code_empty.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from thidua.criteria.rules import conventions
from thidua.criteria.rules.cells import cells_of
from thidua.criteria.rules.criterion import ROOT, CriteriaTable, Method
from thidua.criteria.rules.parsing import COLUMNS
from thidua.kernel.errors import Refused

Row = Mapping[str, str]
Rows = tuple[Row, ...]

_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMANS = tuple(tens + ones for tens in ("", "X", "XX") for ones in _ONES)[1:]
"""How the highest parts of a table are numbered."""
_BLANK = dict.fromkeys(COLUMNS, "")


class Place(StrEnum):
    """Where a row goes, seen from another row."""

    BEFORE = "before"
    AFTER = "after"
    INTO = "into"


class Shift(StrEnum):
    """One step of a row: among its siblings, or to another level."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def cells_in_order(table: CriteriaTable) -> Rows:
    """The rows of a table as these edits take them: as the tree is shown, parents first."""
    return tuple(cells_of(row) for row in table.top_down)


def added(rows: Rows, cells: Row, *, target: str = ROOT, place: Place = Place.INTO) -> Rows:
    """With a new row beside or in `target`; into the root: at the end. The first alternative `[mức]` of a row that was granted
    by hand makes it a choice of bands, as the import reads it."""
    code = _new_code(rows, cells["code"])
    parent = target if place is Place.INTO else _row(rows, target)["parent_code"]
    if parent != ROOT:
        _row(rows, parent)
    made = {**_BLANK, **cells, "code": code, "parent_code": parent}
    return _with_choice(_put(rows, (made,), target, place), made)


def changed(rows: Rows, code: str, cells: Row) -> Rows:
    """With these cells in the row; a new code is followed by the rows below it. The row stays in its place."""
    old = _row(rows, code)
    new_code = code if cells["code"].strip() == code else _new_code(rows, cells["code"])
    made = {**old, **cells, "code": new_code, "parent_code": old["parent_code"]}
    moved = (made if row is old else _renamed(row, {code: new_code}) for row in rows)
    return _with_choice(tuple(moved), made)


def moved(rows: Rows, code: str, *, target: str, place: Place) -> Rows:
    """With the row and all below it before, after or (as the last) in `target`. Never into itself."""
    block = subtree(rows, code)
    if any(row["code"] == target for row in block):
        raise Refused("criteria.move_impossible", item=code)
    parent = target if place is Place.INTO else _row(rows, target)["parent_code"]
    if parent != ROOT:
        _row(rows, parent)
    inside = {row["code"] for row in block}
    rest = tuple(row for row in rows if row["code"] not in inside)
    return _put(rest, ({**block[0], "parent_code": parent}, *block[1:]), target, place)


def shifted(rows: Rows, code: str, shift: Shift) -> Rows:
    """One step up or down among its siblings, in (the last part of the row before) or out (after its heading)."""
    row = _row(rows, code)
    siblings = [other["code"] for other in rows if other["parent_code"] == row["parent_code"]]
    index = siblings.index(code)
    if shift is Shift.UP and index > 0:
        return moved(rows, code, target=siblings[index - 1], place=Place.BEFORE)
    if shift is Shift.DOWN and index + 1 < len(siblings):
        return moved(rows, code, target=siblings[index + 1], place=Place.AFTER)
    if shift is Shift.IN and index > 0:
        return moved(rows, code, target=siblings[index - 1], place=Place.INTO)
    if shift is Shift.OUT and row["parent_code"] != ROOT:
        return moved(rows, code, target=row["parent_code"], place=Place.AFTER)
    raise Refused("criteria.move_impossible", item=code)


def deleted(rows: Rows, code: str) -> Rows:
    """Without the row and all below it. The last row stays: a table without rows is none."""
    gone = {row["code"] for row in subtree(rows, code)}
    if len(gone) == len(rows):
        raise Refused("criteria.last_row")
    return tuple(row for row in rows if row["code"] not in gone)


def renumbered(rows: Rows, code: str) -> Rows:
    """With the codes below the row counted anew: `I` has `I.1`, `I.2` with `I.2.1`… The row keeps its own code."""
    block = subtree(rows, code)
    new = {code: code}
    count: dict[str, int] = {}
    for row in block[1:]:
        parent = row["parent_code"]
        count[parent] = count.get(parent, 0) + 1
        new[row["code"]] = f"{new[parent]}.{count[parent]}"
    inside = {row["code"] for row in block}
    taken = {row["code"] for row in rows if row["code"] not in inside} & set(new.values())
    if taken:
        _refuse_used(rows, min(taken))
    return tuple(_renamed({**row, "code": new.get(row["code"], row["code"])}, new) for row in rows)


def proposed_code(rows: Rows, parent: str, *, is_top: bool = False) -> str:
    """A code for one more part of `parent` that no row has: the one after its last part, `I.2.3` after `I.2.2`, `III` after `II`.
    The first of a table's highest parts (`is_top`) is `I`."""
    used = {row["code"] for row in rows}
    siblings = [row["code"] for row in rows if row["parent_code"] == parent]
    if is_top and (not siblings or siblings[-1] in _ROMANS):
        after = _ROMANS[_ROMANS.index(siblings[-1]) + 1 :] if siblings else _ROMANS
        free = next((code for code in after if code not in used), None)
        if free is not None:
            return free
    number = len(siblings) + 1
    stem = "" if is_top or parent == ROOT else f"{parent}."
    while f"{stem}{number}" in used:
        number += 1
    return f"{stem}{number}"


def subtree(rows: Rows, code: str) -> Rows:
    """The row and all rows below it, in their order."""
    found = [_row(rows, code)]
    inside = {code}
    for row in rows[rows.index(found[0]) + 1 :]:
        if row["parent_code"] in inside:
            inside.add(row["code"])
            found.append(row)
    return tuple(found)


def _row(rows: Rows, code: str) -> Row:
    for row in rows:
        if row["code"] == code:
            return row
    raise Refused("criteria.row_gone", item=code)


def _put(rows: Rows, block: Sequence[Row], target: str, place: Place) -> Rows:
    """The block before the target, or behind all that is below it: there a row after it and its last part both begin."""
    if target == ROOT:
        return (*rows, *block)
    around = subtree(rows, target)
    at = rows.index(around[0])
    at = at if place is Place.BEFORE else at + len(around)
    return (*rows[:at], *block, *rows[at:])


def _renamed(row: Row, new: Mapping[str, str]) -> Row:
    """The row below the new code of its heading."""
    return {**row, "parent_code": new[row["parent_code"]]} if row["parent_code"] in new else row


def _with_choice(rows: Rows, made: Row) -> Rows:
    if not conventions.is_band(made["rule_text_vi"]) or made["parent_code"] == ROOT:
        return rows
    parent = _row(rows, made["parent_code"])
    if parent["method"] != Method.AWARD.value:
        return rows
    return tuple({**row, "method": Method.BANDS.value} if row is parent else row for row in rows)


def _new_code(rows: Rows, text: str) -> str:
    code = text.strip()
    if not code:
        raise Refused("criteria.code_empty", field="code")
    if any(row["code"] == code for row in rows):
        _refuse_used(rows, code)
    return code


def _refuse_used(rows: Rows, code: str) -> None:
    title = next(row["title_vi"] for row in rows if row["code"] == code)
    raise Refused("criteria.code_used", item=code, title=title, field="code")
