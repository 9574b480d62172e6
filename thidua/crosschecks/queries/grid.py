"""The grid criteria × units of a round, every cell ready to be shown to one person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.criteria.rules import CriteriaTable, Criterion
from thidua.crosschecks.access import get_round_visible_to
from thidua.crosschecks.models import CheckRound, CheckTask, Mark, RoundState
from thidua.crosschecks.queries.barring import barred_tasks, counting
from thidua.crosschecks.queries.marks import (
    READ_ALL,
    Eyes,
    RoundMarks,
    checker_names,
    eyes_of,
    line_of,
    read_marks,
    seen_marks,
    tasks_in,
    unmarked,
)
from thidua.crosschecks.queries.settling import line_plan, results_in, words_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent
from thidua.people.models import Organisation
from thidua.scoring import rules
from thidua.scoring.models import Figures, Judgement, ScoreSheet
from thidua.scoring.queries import Entry, Result, Typed, entry_of, levels_of, path_to, sections
from thidua.scoring.queries.sheets import Input, inputs_for, is_frame
from thidua.scoring.queries.words import number

ALL = "tat-ca"
MOST_CELLS = 320
"""A larger grid opens at its first section."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A round as one person sees it: `given` are all marks, `counted` those that make what the round comes to, `seen`
    those for these eyes."""

    year: ClusterYear
    check: CheckRound
    eyes: Eyes
    read: Mapping[int, tuple[ScoreSheet, Result]]
    units: Mapping[int, Organisation]
    given: RoundMarks
    counted: RoundMarks
    seen: RoundMarks
    names: Mapping[int, str]

    @property
    def is_open(self) -> bool:
        """Whether marks are taken now."""
        return self.check.state == RoundState.OPEN and self.year.stage == Stage.CROSS_CHECKING

    @property
    def is_judged_from_outside(self) -> bool:
        """Whether this person has no part in the marking while it goes on: marks nothing, is of no unit checked."""
        return self.check.state in READ_ALL or not (self.eyes.tasks or self.eyes.own)

    @property
    def shows_results(self) -> bool:
        """Whether what the marks come to is told: to who oversees without a part in it, to all once the round is closed."""
        return self.check.state in READ_ALL or (self.eyes.oversees and self.is_judged_from_outside)

    def table_at(self, unit_id: int) -> CriteriaTable:
        """The criteria of a unit's sheet."""
        return self.read[unit_id][1].table

    def task_at(self, unit_id: int, code: str) -> CheckTask | None:
        """The person's own task about a line, if it may still be marked."""
        task = self.eyes.task_for(unit_id, self.given.codes, code)
        writable = task is not None and task.done_at is None and self.read[unit_id][0].checked_at is None
        return task if writable and self.is_open else None

    def mark_of(self, task: CheckTask | None, code: str) -> Mark | None:
        """What was marked in a task at a line."""
        if task is None:
            return None
        return next((mark for other, mark in self.given.of(task.unit_id, code) if other.pk == task.pk), None)


def desk_at(actor: Actor, year: ClusterYear, number: int) -> Desk:
    """The round for one who sees any of its units; Absent otherwise. Some ten queries, however many units and checkers."""
    check = get_round_visible_to(actor, year, number)
    tasks = tasks_in(check)
    for task in tasks:
        task.round = check
    eyes = eyes_of(actor, check, tasks)
    read = results_in(check, tasks)
    given = read_marks(check, {unit: result.table for unit, (_sheet, result) in read.items()}, tasks)
    units = {task.unit_id: task.unit for task in tasks if task.unit_id in eyes.units}
    names = checker_names(check, eyes, tasks)
    counted = counting(given, barred_tasks(check, tasks))
    return Desk(year, check, eyes, read, units, given, counted, seen_marks(check, eyes, given), names)


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit at one criterion. `because` is the unit's reason, `proofs` how many pieces of evidence it gave. `inputs` are there
    where this person may mark; `others` are the other marks that it sees; `result` is what the marks come to, `few` how many
    checkers gave one where some did not."""

    key: str
    unit: Organisation
    code: str
    path: str
    said: str
    inputs: tuple[Input, ...]
    state: str
    own: str
    reason: str
    asks_reason: bool
    revision: int
    others: str
    few: str
    result: str
    difference: str
    falls: bool
    agreed: bool
    waits: bool
    because: str = ""
    proofs: int = 0
    remarks: int = 0
    problem: str = ""

    @property
    def differs(self) -> bool:
        """Whether any mark that is seen, or what they come to, is another than the unit's."""
        return self.state == Judgement.CHANGED or bool(self.difference) or self.waits


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion across the units."""

    n: int
    code: str
    title: str
    hint: str
    level: int
    maximum: str
    cells: tuple[Cell | None, ...]

    @property
    def is_heading(self) -> bool:
        """Whether nothing is marked in the row itself."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Column:
    """A unit on top of the grid: how far the person's own task about it is."""

    unit: Organisation
    task: CheckTask | None
    waiting: int
    lines: int
    editable: bool
    note: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The page. `sections` are (code, title) to choose from, `section` the chosen one."""

    rows: list[Row]
    columns: list[Column]
    sections: list[tuple[str, str]]
    section: str
    editable: bool


FILTERS = {"": lambda cell: True, "khac": lambda cell: cell.differs, "con-lai": lambda cell: bool(cell.inputs) and not cell.state}
"""What `?loc=` shows: everything, lines that differ from the self-score, lines that this person has not marked."""


def grid_of(desk: Desk, *, section: str = "", only: str = "", kept: Mapping[str, Typed] | None = None) -> Grid:
    """The grid of the units this person sees. No query."""
    units = [unit for pk, unit in desk.units.items() if pk in desk.read]
    columns = [column_of(desk, unit) for unit in units]
    table = max((desk.table_at(unit.pk) for unit in units), key=lambda one: len(one.criteria), default=None)
    if table is None:
        return Grid([], columns, [], "", False)
    chosen = [(row.code, row.title) for row in sections(table)]
    known = {code for code, _title in chosen}
    if section not in known and section != ALL:
        section = chosen[0][0] if chosen and len(table.criteria) * len(units) > MOST_CELLS else ALL
    within = None if section == ALL else {row.code for row in table.subtree(section)}
    rows = _rows(desk, table, units, within, kept or {})
    return Grid(_filtered(rows, table, only), columns, chosen, section, any(column.editable for column in columns))


def _rows(
    desk: Desk, table: CriteriaTable, units: list[Organisation], within: set[str] | None, kept: Mapping[str, Typed]
) -> list[Row]:
    levels = levels_of(table)
    return [
        Row(
            n=n,
            code=row.code,
            title=row.title,
            hint=row.rule_text,
            level=levels[row.code],
            maximum=number(row.max_points) if row.max_points is not None and not row.is_gate else "",
            cells=tuple(cell_of(desk, unit.pk, row.code, kept.get(f"{unit.pk}-{row.code}")) for unit in units),
        )
        for n, row in enumerate(table.criteria)
        if not row.is_band and not is_frame(row, table) and (within is None or row.code in within)
    ]


def _filtered(rows: list[Row], table: CriteriaTable, only: str) -> list[Row]:
    test = FILTERS.get(only, FILTERS[""])
    if test is FILTERS[""]:
        return rows
    shown: set[str] = set()
    for row in rows:
        if any(cell is not None and (test(cell) or cell.problem) for cell in row.cells):
            shown.update(path_to(table, row.code))
    return [row for row in rows if row.code in shown]


def column_of(desk: Desk, unit: Organisation) -> Column:
    """The top of a unit's column. No query."""
    sheet, result = desk.read[unit.pk]
    lines = {code: line.as_rule() for code, line in result.lines.items()}
    mine = [task for task in desk.eyes.tasks.values() if task.unit_id == unit.pk]
    waiting = total = 0
    for task in mine:
        codes = desk.given.codes.get(task.pk, frozenset())
        marked = [key[1] for key, pairs in desk.given.marks.items() if any(t.pk == task.pk for t, _m in pairs)]
        waiting += len(unmarked(codes, result.table, lines, marked))
        total += len(unmarked(codes, result.table, lines, ()))
    running = next((task for task in mine if task.done_at is None), None)
    editable = running is not None and desk.is_open and sheet.checked_at is None
    note = _("đã thẩm định xong") if sheet.checked_at is not None else ""
    return Column(unit, running or (mine[0] if mine else None), waiting, total, editable, note)


def cell_of(desk: Desk, unit_id: int, code: str, kept: Typed | None = None) -> Cell | None:
    """One cell; None at headings and at rows that the unit's criteria do not hold. No query."""
    _sheet, result = desk.read[unit_id]
    row = result.table.by_code.get(code)
    line = result.lines.get(code)
    said = line.as_rule() if line is not None else None
    if row is None or entry_of(row, result.table, said) is None:
        return None
    own_task = desk.eyes.task_for(unit_id, desk.given.codes, code)
    mark = desk.mark_of(own_task, code)
    writable = desk.task_at(unit_id, code) is not None
    shown = _shown(desk, unit_id, row, result, mark)
    return Cell(
        key=f"{unit_id}-{code}",
        unit=desk.units[unit_id],
        code=code,
        path=quote(code, safe=""),
        said=words_of(said, row.is_gate) if said is not None or row.is_gate else "",
        because=line.reason if line is not None else "",
        proofs=result.evidence.get(code, 0),
        inputs=cell_inputs(row, result.table, said, mark, kept) if writable else (),
        state=str(mark.judgement) if mark else "",
        own=words_of(line_of(mark, code), row.is_gate) if mark else "",
        reason=kept.reason if kept else mark.reason if mark else "",
        asks_reason=bool(mark and mark.judgement == Judgement.CHANGED) or bool(kept),
        revision=kept.revision if kept else mark.revision if mark else 0,
        problem=kept.problem if kept else "",
        **shown,
    )


def _shown(desk: Desk, unit_id: int, row: Criterion, result: Result, own: Mark | None) -> dict[str, Any]:
    """What the cell says of other marks, and of what all come to where this person may know."""
    others = [mark for _task, mark in desk.seen.of(unit_id, row.code) if own is None or mark.pk != own.pk]
    facts: dict[str, Any] = {
        "others": " · ".join(words_of(line_of(m, row.code), True) if row.is_gate else number(m.value) for m in others)
    }
    facts |= {"few": "", "result": "", "difference": "", "falls": False, "agreed": False, "waits": False}
    if not desk.shows_results or (not desk.given.of(unit_id, row.code) and (unit_id, row.code) not in desk.seen.agreements):
        return facts
    plan = line_plan(desk.check, unit_id, row, result, desk.counted)
    if plan.summary.missing:
        facts["few"] = _("%(given)d/%(asked)d người đã chấm") % {"given": plan.summary.given, "asked": plan.summary.asked}
    found = plan.value
    facts["result"] = "" if found is None else words_of(plan.found, True) if row.is_gate else number(found)
    facts["difference"] = plan.change_words()
    facts["falls"], facts["agreed"], facts["waits"] = plan.change < 0, plan.agreed is not None, plan.waits
    return facts


def cell_inputs(
    row: Criterion, table: CriteriaTable, said: rules.ScoreLine | None, mark: Figures | None, kept: Typed | None
) -> tuple[Input, ...]:
    """The fields of a cell: what was marked, empty until something was. A gate is chosen from "holds" and "has occurred"."""
    entry = entry_of(row, table, said)
    found = line_of(mark, row.code) if mark is not None else None
    fields = inputs_for(entry, row, table, found, kept.values if kept else None)
    if entry is not Entry.GATE:
        return fields
    held = "" if mark is None else "0" if found.passed is False else "1"
    value = kept.values.get("passed", "") if kept else held
    choices = (("", "…"), ("1", _("Không xảy ra")), ("0", _("Có xảy ra")))
    return (Input("passed", fields[0].label, value, tuple((key, words, key == value) for key, words in choices)),)


def with_remarks(grid: Grid, counts: Mapping[tuple[int, str], int]) -> Grid:
    """The grid with the number of remarks at each cell."""
    rows = [
        replace(row, cells=tuple(cell and replace(cell, remarks=counts.get((cell.unit.pk, cell.code), 0)) for cell in row.cells))
        for row in grid.rows
    ]
    return replace(grid, rows=rows)


def unit_at(desk: Desk, slug: str) -> Organisation:
    """A unit whose column this person sees and whose sheet is in; Absent otherwise."""
    found = next((unit for pk, unit in desk.units.items() if unit.slug == slug and pk in desk.read), None)
    if found is None:
        raise Absent
    return found


def grid_table(desk: Desk) -> tuple[list[str], list[list[object]]]:
    """The whole grid as a table of figures: for each unit its own, the marks seen, and what they come to. No query."""
    units = [unit for pk, unit in desk.units.items() if pk in desk.read]
    headers = [_("Mã"), _("Tiêu chí"), _("Tối đa")]
    for unit in units:
        headers += [f"{unit.short}: {words}" for words in (_("tự chấm"), _("điểm đã cho"), _("kết quả"))]
    rows: list[list[object]] = []
    for row in grid_of(desk, section=ALL).rows:
        line: list[object] = [row.code, row.title, row.maximum]
        for cell in row.cells:
            given = [] if cell is None else [cell.own, cell.others]
            line += ["", "", ""] if cell is None else [cell.said, " · ".join(filter(None, given)), cell.result]
        rows.append(line)
    return headers, rows
