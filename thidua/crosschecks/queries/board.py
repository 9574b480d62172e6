"""The pages of rounds: the list, and one round with who checks whom and how far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.criteria.queries import published_version, table_of
from thidua.crosschecks.access import ARRANGE, CHECKERS, SEE_ALL, people_behind, rounds_visible_to
from thidua.crosschecks.models import CheckRound, CheckTask, Mode, RoundState
from thidua.crosschecks.queries.rounds import barred_slugs, tasks_in_conflict, units_to_check
from thidua.crosschecks.rules.assignment import assign
from thidua.crosschecks.rules.rows import rows_by_assessor
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.people.models import Organisation

STATES = {RoundState.DRAFT: "wait", RoundState.OPEN: "due", RoundState.CLOSED: "due", RoundState.SETTLED: "ok"}
"""How the state of a round looks in a cell."""


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """A round in the list."""

    check: CheckRound
    state: str
    tasks: int
    done: int


def round_list(actor: Actor, year: ClusterYear) -> list[RoundEntry]:
    """The rounds that the actor may see, newest first, with how many tasks are done. One query."""
    done = Count("tasks", filter=Q(tasks__done_at__isnull=False))
    found = rounds_visible_to(actor, year).annotate(given=Count("tasks"), done=done)
    return [RoundEntry(check, STATES[RoundState(check.state)], check.given, check.done) for check in found]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a checker and a unit meet in the matrix. `state`: own (the checker's own unit), none (not given), new, begun, done;
    `barred`: given, but a conflict of interest stands."""

    unit: Organisation
    state: str
    task: CheckTask | None = None
    barred: bool = False


@dataclass(frozen=True, slots=True)
class CheckerRow:
    """A checker's row of the matrix: a unit or a person (with the assessor for whom the rows are checked)."""

    name: str
    label: str
    person: int | None
    places: list[Place]
    done: int
    given: int


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round as this person sees it. `whole`: all rows are shown; otherwise only those of the person's own tasks."""

    check: CheckRound
    state: str
    units: list[Organisation]
    rows: list[CheckerRow]
    whole: bool
    may_arrange: bool
    given: int
    done: int
    bare: list[Organisation]
    barred: int


def round_page(actor: Actor, check: CheckRound, now: datetime) -> RoundPage:
    """Who checks whom and how far. Where names are hidden, units and checkers see their own rows only. Four queries, and four for
    each person of the round."""
    year = check.year
    tasks = list(check.tasks.annotate(marked=Count("marks")).select_related("unit", "checker", "person"))
    whole = not check.names_hidden or may(SEE_ALL, actor, year)
    shown = tasks if whole else [task for task in tasks if _is_own(actor, task)]
    barred = tasks_in_conflict(year, tasks, now) if may(SEE_ALL, actor, year) else frozenset()
    checked = {task.unit_id for task in tasks}
    units = members(year)
    return RoundPage(
        check=check,
        state=STATES[RoundState(check.state)],
        units=units,
        rows=_matrix(check, units, shown, barred, whole),
        whole=whole,
        may_arrange=check.state in (RoundState.DRAFT, RoundState.OPEN) and may(ARRANGE, actor, year),
        given=len(tasks),
        done=sum(task.done_at is not None for task in tasks),
        bare=[unit for unit in units_to_check(year) if unit.pk not in checked],
        barred=len(barred),
    )


def _is_own(actor: Actor, task: CheckTask) -> bool:
    return task.checker_id in actor.organisations(*CHECKERS) or task.person_id in people_behind(actor)


def _matrix(
    check: CheckRound, units: list[Organisation], tasks: Iterable[CheckTask], barred: frozenset[int], whole: bool
) -> list[CheckerRow]:
    """A row for each checker; in a pairwise round that is seen whole one for each unit, also those that check nobody."""
    found: dict[tuple[str, str], dict[int, CheckTask]] = {}
    names: dict[str, str] = {}
    if check.mode == Mode.PAIRWISE and whole:
        for unit in units:
            found[f"u{unit.pk}", ""], names[f"u{unit.pk}"] = {}, unit.short
    for task in tasks:
        key = f"u{task.checker_id}" if task.checker_id else f"p{task.person_id}"
        names.setdefault(key, task.checker.short if task.checker else str(task.person))
        found.setdefault((key, task.label), {})[task.unit_id] = task
    return [
        CheckerRow(
            name=names[key],
            label=label,
            person=int(key[1:]) if key.startswith("p") else None,
            places=[_place(unit, given.get(unit.pk), key == f"u{unit.pk}", barred) for unit in units],
            done=sum(task.done_at is not None for task in given.values()),
            given=len(given),
        )
        for (key, label), given in found.items()
    ]


def _place(unit: Organisation, task: CheckTask | None, own: bool, barred: frozenset[int]) -> Place:
    if task is None:
        return Place(unit, "own" if own else "none")
    begun = "begun" if task.marked else "new"
    return Place(unit, "done" if task.done_at is not None else begun, task, task.pk in barred)


def matrix_table(page: RoundPage) -> tuple[list[str], list[list[object]]]:
    """The matrix of a round as the headings and rows of a workbook: each cell in words. No query."""
    headers = [_("Người chấm"), *(unit.short for unit in page.units), _("Xong"), _("Được giao")]
    return headers, [
        [f"{row.name} · {row.label}" if row.label else row.name, *map(_in_words, row.places), row.done, row.given]
        for row in page.rows
    ]


def _in_words(place: Place) -> str:
    if place.barred:
        return _("xung đột")
    if place.task is not None and place.state == "begun":
        return _("%(n)d dòng") % {"n": place.task.marked}
    return {"own": "×", "none": "", "new": _("chưa chấm"), "done": _("xong")}[place.state]


@dataclass(frozen=True, slots=True)
class Draw:
    """What is needed to compute an assignment again, and whether it is still as drawn: `added` and `taken` pairs of names."""

    seed: int
    each: int
    slugs: list[str]
    barred: list[tuple[str, str]]
    added: list[tuple[str, str]]
    taken: list[tuple[str, str]]
    holds: bool


def draw_of(page: RoundPage) -> Draw | None:
    """The draw of a pairwise round that is seen whole, computed again now: what was changed by hand since, and whether conflicts
    have come between (`holds` is false when today's conflicts leave no such assignment). Units that were out of the ranking when
    lots were drawn have no part in it. None for other rounds. Four queries at most."""
    check = page.check
    if check.mode != Mode.PAIRWISE or not page.whole or not check.seed:
        return None
    barred = barred_slugs(check.year)
    kept = {(task.checker.slug, task.unit.slug) for row in page.rows for place in row.places if (task := place.task)}
    drawn_then = {unit.slug for unit in units_to_check(check.year)} | {slug for pair in kept for slug in pair}
    names = {unit.slug: unit.short for unit in page.units if unit.slug in drawn_then}
    try:
        drawn = set(assign(names, check.per_unit, check.seed, barred))
    except Refused:
        drawn = None
    added = [] if drawn is None else sorted((names[c], names[u]) for c, u in kept - drawn)
    taken = [] if drawn is None else sorted((names[c], names[u]) for c, u in drawn - kept)
    walls = sorted({tuple(sorted(pair)) for pair in barred})
    return Draw(check.seed, check.per_unit, sorted(names), walls, added, taken, drawn is not None)


def labels_of(year: ClusterYear) -> list[tuple[str, int]]:
    """The assessors that the criteria in force name, with how many rows or headings each follows; "" for rows without one. One
    query."""
    version = published_version(year)
    if version is None:
        return []
    return [(label, len(codes)) for label, codes in rows_by_assessor(table_of(version)).items()]
