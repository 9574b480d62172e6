"""What a round comes to, line by line: the preview of settling, and what settling then writes."""

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from urllib.parse import quote

from django.utils.translation import gettext as _

from thidua.criteria.rules import Criterion
from thidua.crosschecks.models import Agreement, CheckRound, CheckTask, Mark
from thidua.crosschecks.queries.barring import barred_tasks, counting
from thidua.crosschecks.queries.marks import RoundMarks, line_of, plain_figures, read_marks, tasks_in
from thidua.crosschecks.rules import aggregation
from thidua.crosschecks.rules.aggregation import Given, Summary
from thidua.crosschecks.rules.valuing import points_of
from thidua.people.models import Organisation
from thidua.scoring import rules
from thidua.scoring.models import ScoreLine, ScoreSheet, SheetStatus
from thidua.scoring.queries import Result, entry_of, results_of, sheets_of
from thidua.scoring.queries.entry import MOST_LETTERS
from thidua.scoring.queries.words import change, figures_in_words, number
from thidua.scoring.rules.rounding import shown

_EXACT = 6
"""Decimals of points that were given: all that can be typed."""


@dataclass(frozen=True, slots=True)
class LinePlan:
    """One line when the round is settled. `found` is the line to be written, None where nothing decides: with marks or under
    agreement it then waits for an agreed value (`open`), without marks the appraisers go on. `claimed` and `value` are points."""

    code: str
    title: str
    said: rules.ScoreLine | None
    claimed: Decimal
    values: tuple[Decimal, ...]
    summary: Summary
    agreed: Agreement | None
    found: rules.ScoreLine | None
    value: Decimal | None
    reason: str
    is_gate: bool

    @property
    def waits(self) -> bool:
        """Whether there are marks that decide nothing."""
        return self.found is None and bool(self.values)

    @property
    def changes(self) -> bool:
        """Whether the line becomes another than the unit's."""
        return self.found is not None and plain_figures(self.found) != plain_figures(self.said)

    def change_words(self, places: int = 2) -> str:
        """The difference of both points as shown in so many decimals: whoever subtracts them finds it. Empty for none."""
        if self.value is None or self.value == self.claimed:
            return ""
        return change(shown(self.value, places) - shown(self.claimed, places), places)

    @property
    def change(self) -> Decimal:
        """Points more (or fewer) than the unit's."""
        return Decimal(0) if self.value is None else self.value - self.claimed


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit's lines; `sheet` is submitted and neither withheld nor without an end."""

    unit: Organisation
    sheet: ScoreSheet
    result: Result
    lines: tuple[LinePlan, ...]

    @property
    def waiting(self) -> list[LinePlan]:
        """Lines with marks that decide nothing."""
        return [line for line in self.lines if line.waits]

    @property
    def unmarked(self) -> list[LinePlan]:
        """Lines of the unit that no one marked: they stay with the appraisers."""
        return [line for line in self.lines if line.found is None and not line.values]

    @property
    def changed(self) -> list[LinePlan]:
        """Lines that become others than the unit's."""
        return [line for line in self.lines if line.changes]

    @property
    def change(self) -> Decimal:
        """Points of all lines together, rules above the lines left aside."""
        return sum((line.change for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Settlement:
    """What settling would write. `stamp` names the state it was made from, so that what is confirmed is what was shown. `barred`
    are tasks with marks that do not count, since a conflict of interest stands."""

    check: CheckRound
    units: tuple[UnitPlan, ...]
    outside: tuple[Organisation, ...]
    barred: tuple[CheckTask, ...]
    stamp: str

    @property
    def waiting(self) -> int:
        """Lines that wait for an agreed value."""
        return sum(len(unit.waiting) for unit in self.units)

    @property
    def ended(self) -> list[UnitPlan]:
        """Units whose check has ended otherwise: the round is settled once it is open again."""
        return [unit for unit in self.units if unit.sheet.checked_at is not None and not self.check.settled_at]

    @property
    def changed(self) -> int:
        """Lines that become others than the unit's."""
        return sum(len(unit.changed) for unit in self.units)


def results_in(check: CheckRound, tasks: list[CheckTask]) -> dict[int, tuple[ScoreSheet, Result]]:
    """Submitted sheets of the units of a round with their results, by unit id, in the order of the tasks. Four queries."""
    sheets = sheets_of(check.year)
    wanted = {
        task.unit_id: sheet
        for task in tasks
        if (sheet := sheets.get(task.unit_id)) is not None and sheet.status == SheetStatus.SUBMITTED
    }
    results = results_of(list(wanted.values()), sheets.values())
    units = {task.unit_id: task.unit for task in tasks}
    for unit_id, sheet in wanted.items():
        sheet.year, sheet.unit = check.year, units[unit_id]
    return {unit_id: (sheet, results[sheet.pk]) for unit_id, sheet in wanted.items()}


def settlement_of(check: CheckRound) -> Settlement:
    """The whole round as it would be settled now. Ten queries at most, however many units and checkers."""
    tasks = tasks_in(check)
    read = results_in(check, tasks)
    marks = read_marks(check, {unit: result.table for unit, (_sheet, result) in read.items()}, tasks)
    barred = barred_tasks(check, tasks)
    given = counting(marks, barred)
    marked = {task.pk for pairs in marks.marks.values() for task, _mark in pairs}
    units = {task.unit_id: task.unit for task in tasks}
    plans = tuple(_unit_plan(check, units[pk], sheet, result, given) for pk, (sheet, result) in read.items())
    outside = tuple(unit for pk, unit in units.items() if pk not in read)
    left = tuple(task for task in tasks if task.pk in barred and task.pk in marked)
    return Settlement(check, plans, outside, left, _stamp(check, plans))


def line_plan(check: CheckRound, unit_id: int, row: Criterion, result: Result, given: RoundMarks) -> LinePlan:
    """One line of a unit as the marks make it."""
    line = result.lines.get(row.code)
    said = line.as_rule() if line is not None else None
    marks = [mark for _task, mark in given.of(unit_id, row.code)]
    asked = given.asked(unit_id, row.code)
    summary = aggregation.summarise(check.aggregation, [mark.value for mark in marks], asked)
    agreed = given.agreements.get((unit_id, row.code))
    claimed = _claimed(result, row, said)
    found, value = _found(check, row, said, claimed, marks, asked, agreed, result)
    return LinePlan(
        code=row.code,
        title=row.title,
        said=said,
        claimed=claimed,
        values=tuple(mark.value for mark in marks),
        summary=summary,
        agreed=agreed,
        found=found,
        value=value,
        reason=_reason(check, summary, marks, agreed),
        is_gate=row.is_gate,
    )


def _unit_plan(check: CheckRound, unit: Organisation, sheet: ScoreSheet, result: Result, given: RoundMarks) -> UnitPlan:
    lines = []
    for row in result.table.criteria:
        plan = line_plan(check, unit.pk, row, result, given)
        filled = plan.said is not None and plan.said.has_figures
        if plan.values or plan.agreed or (filled and entry_of(row, result.table, plan.said) is not None):
            lines.append(plan)
    return UnitPlan(unit, sheet, result, tuple(lines))


def _claimed(result: Result, row: Criterion, said: rules.ScoreLine | None) -> Decimal:
    return Decimal(0) if said is None else points_of(result.table, said, _best(result, row)) or Decimal(0)


def _best(result: Result, row: Criterion) -> dict[str, Decimal]:
    """The greatest excess of the cluster, as the evaluation of the sheet names it at a row relative to the leader."""
    found = (reason.facts.get("best_excess") for reason in result.claimed.reasons.get(row.code, ()))
    best = next((excess for excess in found if isinstance(excess, Decimal)), None)
    return {} if best is None else {row.code: best}


def _found(
    check: CheckRound,
    row: Criterion,
    said: rules.ScoreLine | None,
    claimed: Decimal,
    marks: list[Mark],
    asked: int,
    agreed: Agreement | None,
    result: Result,
) -> tuple[rules.ScoreLine | None, Decimal | None]:
    """The line to be written and its points. What comes to the unit's own points leaves the unit's own figures; against the
    unit's own word a gate needs that of everyone asked, since one checker alone must not take a unit out of the ranking."""
    if agreed is not None:
        line = line_of(agreed, row.code)
        return line, points_of(result.table, line, _best(result, row)) or Decimal(0)
    if row.is_gate:
        alike = aggregation.unanimous([Given(line_of(mark, row.code), mark.value) for mark in marks])
        decided = alike is not None and (len(marks) == asked or plain_figures(alike) == plain_figures(said))
        return (alike, Decimal(0)) if decided else (None, None)
    found = aggregation.found_from(check.aggregation, [Given(line_of(mark, row.code), mark.value) for mark in marks])
    if found is None:
        return None, None
    if found.figures is not None:
        return found.figures, found.points
    if said is not None and said.has_figures and found.points == claimed:
        return said, claimed
    return rules.ScoreLine(code=row.code, points=found.points), found.points


def _reason(check: CheckRound, summary: Summary, marks: list[Mark], agreed: Agreement | None) -> str:
    if agreed is not None:
        return _("Vòng %(n)d, giá trị thống nhất: %(reason)s") % {"n": check.number, "reason": agreed.reason}
    how = str(check.get_aggregation_display())
    facts = {
        "n": check.number, "how": how[:1].lower() + how[1:], "given": summary.given, "asked": summary.asked,
        "values": "; ".join(number(mark.value, 6) for mark in sorted(marks, key=lambda mark: mark.value)),
    }  # fmt: skip
    text = _("Vòng %(n)d, %(how)s, %(given)d/%(asked)d người chấm đã cho điểm (%(values)s).") % facts
    reasons = dict.fromkeys(mark.reason.rstrip(".") for mark in marks if mark.reason)
    return (text + (" " + "; ".join(reasons) + "." if reasons else ""))[:MOST_LETTERS]


def _stamp(check: CheckRound, plans: tuple[UnitPlan, ...]) -> str:
    rows = [
        f"{plan.sheet.stamp}|{line.code}|{sorted(plain_figures(line.found).items()) if line.found else ''}|{line.reason}"
        for plan in plans
        for line in plan.lines
    ]
    return sha256("\n".join([f"{check.pk}|{check.state}", *rows]).encode()).hexdigest()


def words_of(line: rules.ScoreLine | ScoreLine | None, is_gate: bool = False) -> str:
    """The figures of a line; of a gate whether what it excludes has occurred."""
    if is_gate:
        return _("có xảy ra") if line is not None and line.passed is False else _("không xảy ra")
    return figures_in_words(line)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the preview in words."""

    code: str
    path: str
    title: str
    said: str
    values: str
    given: str
    result: str
    difference: str
    falls: bool
    state: str
    """confirmed, changed, waits or unmarked."""
    agreed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the preview; `rows` begin with what waits, then what changes, then the rest."""

    plan: UnitPlan
    rows: list[LineRow]
    claimed: str
    change: str
    falls: bool


def preview_of(settlement: Settlement) -> list[UnitRow]:
    """The settlement as shown. No query."""
    order = ("waits", "unmarked", "changed", "confirmed")
    found = []
    for plan in settlement.units:
        rows = sorted((_line_row(line) for line in plan.lines), key=lambda row: order.index(row.state))
        total = plan.change
        claimed = number(plan.result.claimed.total)
        found.append(UnitRow(plan, rows, claimed, change(total) if total else "", total < 0))
    return found


def _line_row(line: LinePlan) -> LineRow:
    state = "changed" if line.changes else "confirmed" if line.found is not None else "waits" if line.waits else "unmarked"
    return LineRow(
        code=line.code,
        path=quote(line.code, safe=""),
        title=line.title,
        said=words_of(line.said, line.is_gate) if line.said is not None or line.is_gate else "–",
        values="" if line.is_gate else " · ".join(number(value) for value in line.values),
        given=f"{line.summary.given}/{line.summary.asked}",
        result="" if line.found is None else words_of(line.found, line.is_gate),
        difference=line.change_words(_EXACT if line.found is not None and line.found.points is not None else 2),
        falls=line.change < 0,
        state=state,
        agreed=line.agreed is not None,
        reason=line.reason if line.changes or line.agreed else "",
    )
