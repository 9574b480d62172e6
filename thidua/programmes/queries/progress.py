"""Figures of progress, counted by the database: by unit, by directive, for the cluster; the ladder; the board's column."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.directives.models import Clause, Directive
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Cell, Column
from thidua.people.models import Organisation
from thidua.programmes.models import Indicator, IndicatorFigure, Programme, Task, TaskState
from thidua.programmes.queries.answers import answers
from thidua.programmes.rules.progress import NOTHING, Part, Progress, bar
from thidua.programmes.rules.tasks import OVERDUE, RUNGS, Rung, days_of

ROWS = 50
OPEN_STATES = (TaskState.PLANNED, TaskState.DOING, TaskState.WAITING)
STILL_OPEN = [True]
"""For `is_open__in`: Django writes `is_open=True` as a bare column on SQLite, and a bare column uses no index."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Indicators that have a target: how many, and how many have reached it with their latest figure."""

    targets: int = 0
    reached: int = 0

    def __add__(self, other: "Reached") -> "Reached":
        """Both together."""
        return Reached(self.targets + other.targets, self.reached + other.reached)


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """The figures of a unit or a directive (`of`), and its bar."""

    of: Organisation | Directive
    progress: Progress
    reached: Reached
    bar: list[Part]


def progress_by_unit(year: ClusterYear, today: date) -> list[ProgressRow]:
    """The members in the order of the papers. Two queries (members apart)."""
    counts = _of_units(year, today)
    reached = _reached(year, "programme__unit_id", today)
    return [_row(unit, counts.get(unit.pk, NOTHING), reached.get(unit.pk, Reached())) for unit in members(year)]


def sum_of(rows: Iterable[ProgressRow]) -> tuple[Progress, Reached, list[Part]]:
    """The figures of the whole cluster out of those of its units."""
    progress, reached = NOTHING, Reached()
    for row in rows:
        progress, reached = progress + row.progress, reached + row.reached
    return progress, reached, bar(progress)


def progress_by_directive(year: ClusterYear, today: date, page: str) -> tuple[Page, list[ProgressRow]]:
    """A page of the directives that have clauses or programmes in the year, newest first: the tasks that answer their clauses (a
    task that answers several clauses of one directive counts once). Four queries."""
    programmes = Programme.objects.filter(year=year, directive=OuterRef("pk"))
    clauses = Clause.objects.filter(directive=OuterRef("pk"))
    found = Directive.objects.filter(Exists(clauses) | Exists(programmes), cluster=year.cluster_id)
    shown = Paginator(found.defer("text", "folded", "note"), ROWS).get_page(page)
    wanted = [directive.pk for directive in shown]
    counts = _of_directives(year, wanted, today)
    reached = _reached(year, "programme__directive_id", today, programme__directive__in=wanted)
    return shown, [_row(d, counts.get(d.pk, NOTHING), reached.get(d.pk, Reached())) for d in shown]


def _row(of: Organisation | Directive, progress: Progress, reached: Reached) -> ProgressRow:
    return ProgressRow(of, progress, reached, bar(progress))


def _of_units(year: ClusterYear, today: date) -> dict[int, Progress]:
    """unit → its figures. One query that reads nothing but the index `programmes_tasks_in_figures`."""
    groups = Task.objects.filter(year=year).order_by().values_list("unit_id", "state")
    return _figures(groups.annotate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today))))


def _of_directives(year: ClusterYear, directives: list[int], today: date) -> dict[int, Progress]:
    """directive → the figures of the tasks that answer its clauses. One query."""
    groups = answers(year, clause__directive__in=directives).values_list("clause__directive_id", "task__state")
    late = Count("task_id", distinct=True, filter=Q(task__due_on__lt=today))
    return _figures(groups.annotate(number=Count("task_id", distinct=True), late=late))


def _figures(rows: Iterable[tuple[int, str, int, int]]) -> dict[int, Progress]:
    """Out of (group, state, how many tasks, how many of them past their day)."""
    found: dict[int, dict[str, int]] = {}
    for key, state, number, late in rows:
        counts = found.setdefault(key, {"overdue": 0})
        counts[state] = number
        counts["overdue"] += late if state in OPEN_STATES else 0
    return {key: Progress(**counts) for key, counts in found.items()}


def _reached(year: ClusterYear, by: str, today: date, **which: object) -> dict[int, Reached]:
    """What indicators are grouped by → how many reach their target with the latest figure up to today. One query."""
    latest = IndicatorFigure.objects.filter(indicator=OuterRef("pk"), as_of__lte=today).order_by("-as_of").values("value")[:1]
    reaches = Q(lower_is_better=False, latest__gte=F("target")) | Q(lower_is_better=True, latest__lte=F("target"))
    rows = (
        Indicator.objects.filter(programme__year=year, programme__unit__isnull=False, target__isnull=False, **which)
        .annotate(latest=Subquery(latest))
        .order_by()
        .values_list(by)
        .annotate(targets=Count("pk"), reached=Count("pk", filter=reaches))
    )
    return {key: Reached(targets, reached) for key, targets, reached in rows}


LADDER: tuple[Rung, ...] = (OVERDUE, *RUNGS)


@dataclass(frozen=True, slots=True)
class LadderRow:
    """A unit with its open tasks on each rung, in the order of LADDER."""

    unit: Organisation
    counts: list[int]
    total: int


def ladder(year: ClusterYear, today: date) -> list[LadderRow]:
    """How many open tasks of each member stand on each rung, those with most overdue first. One query (members apart)."""
    ends = [days_of(rung, today)[1] for rung in LADDER]
    units = members(year)
    tasks = Task.objects.filter(year=year, unit__in=units, is_open__in=STILL_OPEN, due_on__lte=ends[-1])
    up_to = {f"up_to_{n}": Count("pk", filter=Q(due_on__lte=end)) for n, end in enumerate(ends[:-1])} | {"all": Count("*")}
    sums = {unit: counts for unit, *counts in tasks.order_by().values_list("unit_id").annotate(**up_to)}
    rows = [_ladder_row(unit, sums.get(unit.pk, [0] * len(ends))) for unit in units]
    return sorted(rows, key=lambda row: [-number for number in row.counts])


def _ladder_row(unit: Organisation, sums: list[int]) -> LadderRow:
    """`sums`: how many tasks stand on each rung or above it."""
    return LadderRow(unit, [upto - above for upto, above in zip(sums, [0, *sums], strict=False)], sums[-1])


def due_tasks(year: ClusterYear, unit_id: int, rung: Rung, today: date, page: str) -> Page:
    """A page of a unit's open tasks on a rung (None: on all), the most urgent first. Two queries."""
    first, last = days_of(rung, today) if rung is not None else (None, days_of(RUNGS[-1], today)[1])
    tasks = Task.objects.filter(year=year, unit=unit_id, is_open__in=STILL_OPEN, due_on__lte=last)
    if first is not None:
        tasks = tasks.filter(due_on__gte=first)
    shown = tasks.select_related("programme", "owner_post").defer("detail", "programme__grounds", "programme__measures")
    return Paginator(shown.order_by("due_on", "pk"), ROWS).get_page(page)


def columns(actor: Actor, year: ClusterYear) -> list[Column]:
    """Each unit's tasks by the worst: overdue, still open, all done. One query, on an index alone; nothing while there is no
    task (a cluster that plans elsewhere sees no empty column)."""
    counts = _of_units(year, timezone.localdate())
    if not counts:
        return []
    url = reverse("programmes:progress", args=[year.cluster.slug, year.year])
    cells = {unit: _cell(counts[unit], url) for unit in member_ids(year) & counts.keys()}
    return [Column(pgettext("heading", "Nhiệm vụ"), cells)]


def _cell(progress: Progress, url: str) -> Cell:
    if progress.overdue:
        return Cell("late", _("%(n)d quá hạn") % {"n": progress.overdue}, url)
    if not progress.total:
        return Cell("wait", _("thôi làm"), url)
    return Cell("due" if progress.open else "ok", f"{progress.done}/{progress.total}", url)
