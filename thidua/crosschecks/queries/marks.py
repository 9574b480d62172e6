"""The marks of a round, and which of them a person sees. What is not for this person's eyes leaves this module nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from django.utils.translation import gettext as _

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.criteria.rules import CriteriaTable
from thidua.crosschecks.access import SEE_ALL, SETTLE
from thidua.crosschecks.models import Agreement, CheckRound, CheckTask, Mark, RoundState, Visibility
from thidua.crosschecks.queries.rounds import tasks_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent
from thidua.people.models import Organisation
from thidua.scoring import rules
from thidua.scoring.models import FIGURES, Figures, ScoreSheet
from thidua.scoring.queries import entry_of, figures_of

READ_ALL = (RoundState.CLOSED, RoundState.SETTLED)
"""From then on nobody is influenced by what others gave."""


def line_of(kept: Figures | None, code: str) -> rules.ScoreLine:
    """What a mark or an agreed value says, as a line of the rules."""
    return rules.ScoreLine(code=code) if kept is None else rules.ScoreLine(code=code, **kept.figures())


def plain_figures(line: rules.ScoreLine | None) -> dict[str, object]:
    """The filled columns as JSON keeps them: decimals as text."""
    return {name: f"{value:f}" if isinstance(value, Decimal) else value for name, value in figures_of(line).items()}


def line_kept(code: str, kept: Mapping[str, object]) -> rules.ScoreLine:
    """The line of `plain_figures`."""
    text = ("grade", "passed")
    return rules.ScoreLine(
        code=code,
        **{name: value if name in text else Decimal(str(value)) for name, value in kept.items() if name in FIGURES},
    )


def sheet_to_check(year: ClusterYear, unit: Organisation) -> ScoreSheet:
    """The unit's sheet, which must be there (Absent). One query."""
    sheet = ScoreSheet.objects.filter(year=year, unit=unit).select_related("version", "unit").first()
    if sheet is None:
        raise Absent
    sheet.year = year
    return sheet


def rows_of_task(task: CheckTask, table: CriteriaTable) -> frozenset[str]:
    """Codes of the rows a task is about: those named, with all below them; every row where none is named."""
    if not task.codes:
        return frozenset(table.by_code)
    return frozenset(row.code for code in task.codes if code in table.by_code for row in table.subtree(code))


def waiting_codes(task: CheckTask, table: CriteriaTable, lines: Mapping[str, rules.ScoreLine]) -> list[str]:
    """Codes of the task's rows where the unit has figures and the checker gave no mark yet, in the order of the table. One
    query."""
    marked = set(Mark.objects.filter(task=task).values_list("code", flat=True))
    return unmarked(rows_of_task(task, table), table, lines, marked)


def unmarked(
    codes: frozenset[str], table: CriteriaTable, lines: Mapping[str, rules.ScoreLine], marked: Iterable[str]
) -> list[str]:
    """The rows among `codes` with figures of the unit and no mark, in the order of the table."""
    done = set(marked)
    return [
        row.code
        for row in table.criteria
        if row.code in codes
        and row.code not in done
        and (line := lines.get(row.code)) is not None
        and line.has_figures
        and entry_of(row, table, line) is not None
    ]


@dataclass(frozen=True, slots=True)
class Eyes:
    """What one person may see and do in a round. `units` are those whose column is shown; `tasks` the person's own by id."""

    units: frozenset[int]
    own: frozenset[int]
    tasks: Mapping[int, CheckTask]
    oversees: bool
    may_settle: bool

    def task_for(self, unit_id: int, codes: Mapping[int, frozenset[str]], code: str) -> CheckTask | None:
        """The person's own task that is about the line; `codes` are the rows of each task."""
        return next((t for t in self.tasks.values() if t.unit_id == unit_id and code in codes.get(t.pk, ())), None)


@dataclass(frozen=True, slots=True)
class RoundMarks:
    """Everything given in a round, by (unit id, code); `codes` are the rows of each task."""

    tasks: tuple[CheckTask, ...]
    codes: Mapping[int, frozenset[str]]
    marks: Mapping[tuple[int, str], tuple[tuple[CheckTask, Mark], ...]]
    agreements: Mapping[tuple[int, str], Agreement]

    def asked(self, unit_id: int, code: str) -> int:
        """How many checkers the line was given to."""
        return sum(task.unit_id == unit_id and code in self.codes[task.pk] for task in self.tasks)

    def of(self, unit_id: int, code: str) -> tuple[tuple[CheckTask, Mark], ...]:
        """The marks of a line with their tasks."""
        return self.marks.get((unit_id, code), ())


def eyes_of(actor: Actor, check: CheckRound, tasks: Iterable[CheckTask]) -> Eyes:
    """Who sees which units of the round; Absent for one who sees none, and while the round is being prepared.

    Who runs the year, the superior body and auditors see all; a checker the units given to it; a unit its own column, where it
    is asked about its lines. What is found of it, it reads later: `is_kept_from`. Whoever holds any post at a unit belongs to it:
    the head's secretary runs the round without reading early what is found of the own unit.
    """
    year = check.year
    if check.state == RoundState.DRAFT:
        raise Absent
    checked = frozenset(task.unit_id for task in tasks)
    mine = {task.pk: task for task in tasks_of(actor, year, RoundState.OPEN, *READ_ALL) if task.round_id == check.pk}
    own = actor.organisations() & checked
    oversees = may(SEE_ALL, actor, year)
    units = checked if oversees else frozenset(task.unit_id for task in mine.values()) | own
    if not units:
        raise Absent
    return Eyes(units, own, mine, oversees, may(SETTLE, actor, year))


def is_kept_from(check: CheckRound, eyes: Eyes, unit_id: int) -> bool:
    """Whether the unit is one's own and what is found of it is not to be read yet: until the round is closed, unless marks are
    open anyhow."""
    return unit_id in eyes.own and check.state not in READ_ALL and check.visibility != Visibility.OPEN


def read_marks(check: CheckRound, tables: Mapping[int, CriteriaTable], tasks: Iterable[CheckTask]) -> RoundMarks:
    """All marks and agreed values of a round; `tables` by unit id. Two queries. For settling; pages go on to `seen_marks`."""
    listed = tuple(task for task in tasks if task.unit_id in tables)
    by_task = {task.pk: task for task in listed}
    found: dict[tuple[int, str], list[tuple[CheckTask, Mark]]] = {}
    for mark in Mark.objects.filter(task__in=by_task).order_by("task_id"):
        task = by_task[mark.task_id]
        found.setdefault((task.unit_id, mark.code), []).append((task, mark))
    agreed = {(one.unit_id, one.code): one for one in Agreement.objects.filter(round=check)}
    codes = {task.pk: rows_of_task(task, tables[task.unit_id]) for task in listed}
    return RoundMarks(listed, codes, {key: tuple(pairs) for key, pairs in found.items()}, agreed)


def tasks_in(check: CheckRound) -> list[CheckTask]:
    """The tasks of a round with unit and checker. One query."""
    return list(CheckTask.objects.filter(round=check).select_related("unit", "checker", "person").order_by("pk"))


def seen_marks(check: CheckRound, eyes: Eyes, given: RoundMarks) -> RoundMarks:
    """What of the marks is for these eyes.

    While the round is open a checker sees the marks of others at the units it checks as the round says: at once, after its own
    is in, or not at all, whatever other post it holds. Who oversees sees the other units whole.
    """
    shown = {
        key: kept
        for key, pairs in given.marks.items()
        if key[0] in eyes.units
        if (kept := tuple(pair for pair in pairs if _sees(check, eyes, given, key, pair[0])))
    }
    agreed = {key: one for key, one in given.agreements.items() if key[0] in eyes.units and not is_kept_from(check, eyes, key[0])}
    return RoundMarks(given.tasks, given.codes, shown, agreed)


def _sees(check: CheckRound, eyes: Eyes, given: RoundMarks, key: tuple[int, str], task: CheckTask) -> bool:
    if task.pk in eyes.tasks or check.state in READ_ALL or check.visibility == Visibility.OPEN:
        return True
    if any(mine.unit_id == key[0] for mine in eyes.tasks.values()):
        own_in = any(other.pk in eyes.tasks for other, _mark in given.of(*key))
        return check.visibility == Visibility.OWN_FIRST and own_in
    return eyes.oversees and key[0] not in eyes.own


def checker_names(check: CheckRound, eyes: Eyes, tasks: Iterable[CheckTask]) -> dict[int, str]:
    """The name of the checker of each task, or where the round hides names from the unit checked, "Người thẩm định 1, 2 …" in an
    order that tells nothing about who they are."""
    listed = list(tasks)
    names = {task.pk: str(task.checker or task.person) for task in listed}
    if not check.names_hidden or eyes.oversees:
        return names
    hidden = sorted((t for t in listed if t.unit_id in eyes.own), key=lambda t: sha256(f"{check.seed}:{t.pk}".encode()).digest())
    counts: dict[int, int] = {}
    for task in hidden:
        counts[task.unit_id] = counts.get(task.unit_id, 0) + 1
        names[task.pk] = _("Người thẩm định %(n)d") % {"n": counts[task.unit_id]}
    return names
