"""Who checks whom: the tasks of an actor, and what a round looks like."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.clusters.rules import Stage
from thidua.crosschecks.access import SEE_ROUNDS, tasks_open_to
from thidua.crosschecks.models import CheckRound, CheckTask, RoundState
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Missing, Tab
from thidua.people.models import Organisation
from thidua.people.queries import actor_of
from thidua.scoring.access import conflicted_units
from thidua.scoring.models import ScoreSheet, SheetStatus
from thidua.scoring.queries import barred_pairs


def tasks_of(actor: Actor, year: ClusterYear, *states: RoundState) -> list[CheckTask]:
    """The tasks that the actor may do in the open round (or in rounds of the states), with round, unit, checker and person; in
    the order in which they were given. One query."""
    tasks = tasks_open_to(actor, year, *states).select_related("round", "unit", "checker", "person")
    found = list(tasks)
    for task in found:
        task.round.year = year
    return found


def read_units(actor: Actor, year: ClusterYear) -> frozenset[int]:
    """READS_SHEETS: ids of the units whose sheets the actor reads because a round that is open or closed gives them to check.
    One query."""
    tasks = tasks_open_to(actor, year, RoundState.OPEN, RoundState.CLOSED)
    return frozenset(tasks.values_list("unit_id", flat=True))


def check_pages(actor: Actor, year: ClusterYear) -> list[Tab]:
    """CHECK_PAGES: the page of rounds. No query."""
    if not may(SEE_ROUNDS, actor, year):
        return []
    return [Tab("rounds", _("Vòng thẩm định"), reverse("crosschecks:rounds", args=[year.cluster.slug, year.year]))]


def still_running(year: ClusterYear) -> list[Missing]:
    """STEP_BACK_CHECKS: a round that takes marks or waits to be settled keeps the year at its cross-check. At a later stage it
    does not: stepping back is then the way to settle it. One query."""
    if year.stage != Stage.CROSS_CHECKING:
        return []
    running = CheckRound.objects.filter(year=year, state__in=(RoundState.OPEN, RoundState.CLOSED))
    return [Missing("crosschecks.round_unsettled", {"title": check.title}) for check in running]


def barred_slugs(year: ClusterYear) -> frozenset[tuple[str, str]]:
    """Pairs of units between which a conflict stands, by the slugs under which the draw knows them. Two queries at most."""
    slugs = {unit.pk: unit.slug for unit in members(year)}
    return frozenset((slugs[a], slugs[b]) for a, b in barred_pairs(year) if a in slugs and b in slugs)


def units_to_check(year: ClusterYear) -> list[Organisation]:
    """The members that are not out of the ranking, in the order of the papers. Two queries at most."""
    withheld = set(ScoreSheet.objects.filter(year=year, status=SheetStatus.WITHHELD).values_list("unit_id", flat=True))
    return [unit for unit in members(year) if unit.pk not in withheld]


def tasks_in_conflict(year: ClusterYear, tasks: Iterable[CheckTask], now: datetime) -> frozenset[int]:
    """Ids of the tasks that nobody should do: a conflict of interest stands, or the person has come to hold a post at the unit.
    One query, and four for each person of the round."""
    found, pairs, walls = set(), barred_pairs(year), {}
    for task in tasks:
        if task.person is None:
            barred = (task.checker_id, task.unit_id) in pairs
        else:
            if task.person_id not in walls:
                checker = actor_of(task.person, now)
                walls[task.person_id] = checker.organisations() | conflicted_units(checker, year)
            barred = task.unit_id in walls[task.person_id]
        if barred:
            found.add(task.pk)
    return frozenset(found)
