"""Who checks whom: the tasks of an actor, and what a round looks like."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.crosschecks.access import SEE_ROUNDS, tasks_open_to
from thidua.crosschecks.models import CheckTask, RoundState
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Tab, Work


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


def work(actor: Actor, now: datetime) -> list[Work]:
    """WORK: units that wait to be checked, and rounds that wait to be settled."""
    return []
