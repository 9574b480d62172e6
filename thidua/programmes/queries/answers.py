"""Which tasks answer which clauses: the rows that coverage, progress by directive and reminders count."""

from django.db.models import F, QuerySet

from thidua.clusters.models import ClusterYear
from thidua.programmes.models import Task


def answers(year: ClusterYear, **clauses: object) -> QuerySet:
    """The pairs (clause, task) of units' tasks in the year, for the clauses that the lookups (`clause__…`) name.

    The year is compared as a sum, which no index serves: without statistics SQLite would else begin with all tasks of the year
    in place of the few that answer those clauses.
    """
    pairs = Task.clauses.through.objects.annotate(in_year=F("task__year_id") + 0)
    return pairs.filter(in_year=year.pk, task__unit__isnull=False, **clauses).order_by()
