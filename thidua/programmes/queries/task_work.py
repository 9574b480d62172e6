"""What waits for a person among tasks (WORK)."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear, Membership
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Work
from thidua.programmes.access import UNIT
from thidua.programmes.models import Task
from thidua.programmes.queries.tasks import OPEN, capped_count
from thidua.programmes.rules.tasks import RUNGS

MOST_WORK = 10


def work(actor: Actor, now: datetime) -> list[Work]:
    """Open tasks of the person's units that are overdue or due within the ladder's 30 days, in years that run: those of the
    person's own posts first; at most ten, then one row for the others. Two queries at most."""
    places = actor.organisations(*UNIT)
    if not places:
        return []
    tasks = _due(actor, places, now)
    rows = list(tasks.select_related("year__cluster", "unit").order_by("mine", "due_on", "pk")[: MOST_WORK + 1])
    found = [Work(task.title, task.unit, _address("task", task.year, task.pk), task.due_on) for task in rows[:MOST_WORK]]
    if len(rows) > MOST_WORK:
        count = capped_count(tasks) - MOST_WORK
        title = _("và %(count)d nhiệm vụ khác quá hạn hoặc sắp đến hạn") % {"count": count}
        last = rows[MOST_WORK]
        url = f"{_address('tasks', last.year)}?{urlencode({'don-vi': last.unit.slug})}"
        found.append(Work(title, last.year, url, last.due_on))
    return found


def _due(actor: Actor, places: frozenset[int], now: datetime) -> QuerySet[Task]:
    """The years by a subquery, so that the index unit, year, is_open, due_on serves."""
    running = Membership.objects.filter(organisation__in=places).exclude(year__stage=Stage.CLOSED).values("year")
    posts = [holding.post_id for holding in actor.holdings]
    mine = Case(When(owner_post__in=posts, then=Value(0)), default=Value(1), output_field=IntegerField())
    until = localdate(now) + timedelta(RUNGS[-1])
    tasks = Task.objects.filter(unit__in=places, year__in=running, is_open=OPEN, due_on__lte=until)
    return tasks.annotate(mine=mine).defer("detail", "state_reason", "folded")


def _address(page: str, year: ClusterYear, *more: int) -> str:
    return reverse(f"programmes:{page}", args=[year.cluster.slug, year.year, *more])
