"""Coverage of directives: which unit has answered which clause, asked of clauses and tasks each time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.clusters.rules import Stage
from thidua.directives.models import Clause, Directive, Distribution
from thidua.directives.rules import addressed
from thidua.kernel.actor import Actor
from thidua.kernel.text import fold
from thidua.people.models import Organisation
from thidua.programmes.access import WRITE_PROGRAMME, may_see_tasks
from thidua.programmes.models import Programme, TaskState
from thidua.programmes.queries.answers import answers
from thidua.programmes.rules.coverage import BLANKS, NOTHING, Answer, Tally, Total, answer, total

ROWS = 50
STATES = {
    Answer.BLANK: "due",
    Answer.BLANK_LATE: "late",
    Answer.DOING: "wait",
    Answer.OVERDUE: "late",
    Answer.DONE: "ok",
}
"""The colour of a cell (see web's tag `cell`); a unit that is not asked has none."""
FILTERS: dict[str, Callable[[Answer], bool]] = {
    "trong": lambda found: found in BLANKS,
    "qua-han": lambda found: found in (Answer.BLANK_LATE, Answer.OVERDUE),
}
"""`?loc=`: clauses with at least one such cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the matrix: colour, words and where they lead; `blank` stands out."""

    asked: bool
    answer: Answer
    state: str
    text: str
    url: str

    @property
    def blank(self) -> bool:
        """Asked for, and no task yet."""
        return self.answer in BLANKS


@dataclass(frozen=True, slots=True)
class Row:
    """A clause with its cells in the order of the units."""

    clause: Clause
    cells: list[Cell]
    total: Total
    is_late: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """Clauses × units. `totals` are those of the units over all clauses, whatever the filter shows; `clauses` counts them all."""

    units: list[Organisation]
    rows: list[Row]
    totals: list[Total]
    total: Total
    clauses: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A directive with clauses: how many, and the cells of all units and of the person's own."""

    directive: Directive
    clauses: int
    total: Total
    own: Total


def covered_directives(
    actor: Actor, year: ClusterYear, today: date, *, words: str = "", sent: bool = False, page: str = ""
) -> tuple[Page, list[CoverageRow]]:
    """A page of the directives that have clauses, newest first, each with its coverage. `sent`: only those sent to a unit in this
    year. Four queries (members apart)."""
    found = Directive.objects.filter(Exists(Clause.objects.filter(directive=OuterRef("pk"))), cluster=year.cluster_id)
    for word in fold(words).split():
        found = found.filter(folded__contains=word)
    if sent:
        found = found.filter(Exists(Distribution.objects.filter(directive=OuterRef("pk"), year=year)))
    shown = Paginator(found.defer("text", "folded", "note"), ROWS).get_page(page)
    clauses: dict[int, list[Clause]] = {directive.pk: [] for directive in shown}
    for clause in Clause.objects.filter(directive__in=list(clauses)).defer("text"):
        clauses[clause.directive_id].append(clause)
    tallies = _tallies(year, today, clause__directive__in=list(clauses))
    units = members(year)
    asks, own = _asks(year, units), actor.organisations() & {unit.pk for unit in units}
    rows = []
    for directive in shown:
        cells = [
            (unit.pk, *_answer(clause, unit.pk, asks(clause), tallies, today))
            for clause in clauses[directive.pk]
            for unit in units
        ]
        rows.append(
            CoverageRow(
                directive=directive,
                clauses=len(clauses[directive.pk]),
                total=total((asked, given) for _unit, asked, given in cells),
                own=total((asked, given) for unit, asked, given in cells if unit in own),
            )
        )
    return shown, rows


def has_clauses(year: ClusterYear) -> bool:
    """Whether a directive of the register has clauses, sent or not. One query."""
    return Clause.objects.filter(directive__cluster=year.cluster_id).exists()


def matrix(
    actor: Actor, year: ClusterYear, directive: Directive, today: date, *, only: str = "", blanks_first: bool = False,
    unit: str = "",
) -> Matrix:  # fmt: skip
    """The matrix of a directive. `only` is a key of FILTERS, `unit` the slug of the one unit wanted. Two queries, three for
    people of units (members apart)."""
    units = members(year)
    units = [wanted for wanted in units if wanted.slug == unit] or units
    asks = _asks(year, members(year))
    tallies = _tallies(year, today, clause__directive=directive)
    links = _Links(actor, year, directive, units)
    rows = [_row(clause, units, asks(clause), tallies, links, today) for clause in directive.clauses.all()]
    test = FILTERS.get(only)
    shown = [row for row in rows if test is None or any(cell.asked and test(cell.answer) for cell in row.cells)]
    if blanks_first:
        shown.sort(key=lambda row: -row.total.blank)
    return Matrix(
        units=units,
        rows=shown,
        totals=[total((row.cells[n].asked, row.cells[n].answer) for row in rows) for n in range(len(units))],
        total=total((cell.asked, cell.answer) for row in rows for cell in row.cells),
        clauses=len(rows),
    )


Tallies = dict[tuple[int, int], Tally]


def _tallies(year: ClusterYear, today: date, **clauses: object) -> Tallies:
    """(clause, unit) → the tasks that answer it, those dropped left out. One query."""
    is_open = Q(task__is_open=True)
    groups = answers(year, **clauses).exclude(task__state=TaskState.DROPPED).values_list("clause_id", "task__unit_id")
    rows = groups.annotate(
        done=Count("pk", filter=~is_open),
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(task__due_on__lt=today)),
        percents=Sum("task__percent", filter=is_open, default=0),
    )
    return {(clause, unit): Tally(*counts) for clause, unit, *counts in rows}


def _asks(year: ClusterYear, units: Iterable[Organisation]) -> Callable[[Clause], frozenset[int]]:
    """clause → ids of the units it asks; clauses with the same kind of owner are answered once."""
    kinds = [(unit.pk, unit.kind) for unit in units]
    known: dict[tuple[str, ...], frozenset[int]] = {}

    def asks(clause: Clause) -> frozenset[int]:
        key = (clause.owner_kind, *clause.unit_kinds)
        if key not in known:
            known[key] = addressed(clause.owner_kind, clause.unit_kinds, kinds, year.head_id)
        return known[key]

    return asks


def _answer(clause: Clause, unit: int, asked: frozenset[int], tallies: Tallies, today: date) -> tuple[bool, Answer]:
    tally = tallies.get((clause.pk, unit), NOTHING)
    return unit in asked, answer(asked=unit in asked, tally=tally, due_on=clause.due_on, today=today)


def _row(clause: Clause, units: list[Organisation], asked: frozenset[int], tallies: Tallies, links: "_Links", today: date) -> Row:
    cells = []
    for unit in units:
        is_asked, found = _answer(clause, unit.pk, asked, tallies, today)
        percent = tallies.get((clause.pk, unit.pk), NOTHING).percent
        cells.append(Cell(is_asked, found, STATES.get(found, ""), words_of(found, percent), links.of(unit, clause, found)))
    is_late = clause.due_on is not None and clause.due_on < today
    return Row(clause, cells, total((cell.asked, cell.answer) for cell in cells), is_late)


def words_of(found: Answer, percent: int) -> str:
    """What a cell says."""
    if found in BLANKS:
        return _("Chưa có")
    if found is Answer.NOT_ASKED:
        return _("không giao")
    if found is Answer.DONE:
        return _("xong")
    return _("quá hạn, %(n)d%%") % {"n": percent} if found is Answer.OVERDUE else f"{percent}%"


class _Links:
    """Where a cell leads: to the tasks for those who may read them; from a blank of one's own unit to a new task. One query."""

    def __init__(self, actor: Actor, year: ClusterYear, directive: Directive, units: list[Organisation]) -> None:
        self.seen = {unit.pk for unit in units if may_see_tasks(actor, year, unit.pk)}
        self.tasks = reverse("programmes:tasks", args=[year.cluster.slug, year.year])
        is_open = year.stage != Stage.CLOSED
        writes = [unit for unit in units if is_open and may(WRITE_PROGRAMME, actor, year, unit.pk)]
        programmes = Programme.objects.filter(year=year, unit__in=writes).values_list("unit_id", "pk", "directive_id")
        # The programme for this directive before any other, the newest of these: the last one set stays.
        order = sorted(programmes, key=lambda found: (found[2] == directive.pk, found[1]))
        self.programmes = {unit: programme for unit, programme, _directive in order}
        self.opened = {unit.pk: self._open(year, directive, unit) for unit in writes}

    def _open(self, year: ClusterYear, directive: Directive, unit: Organisation) -> str:
        if unit.pk in self.programmes:
            return reverse("programmes:new_task", args=[year.cluster.slug, year.year, self.programmes[unit.pk]]) + "?muc="
        return reverse("programmes:new", args=[year.cluster.slug, year.year]) + f"?van-ban={directive.pk}&don-vi={unit.slug}&muc="

    def of(self, unit: Organisation, clause: Clause, found: Answer) -> str:
        """The address behind a cell; empty when it leads nowhere."""
        if found in BLANKS:
            return f"{self.opened[unit.pk]}{clause.pk}" if unit.pk in self.opened else ""
        if found is Answer.NOT_ASKED or unit.pk not in self.seen:
            return ""
        return f"{self.tasks}?don-vi={unit.slug}&muc={clause.pk}&trang-thai=all"
