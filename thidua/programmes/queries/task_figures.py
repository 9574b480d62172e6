"""Figures of a unit's tasks for a span of days, with where each comes from; and whether tasks answer a clause."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.clusters.models import ClusterYear
from thidua.kernel.ports import Figure, FigureKind
from thidua.people.models import Organisation
from thidua.programmes.models import Task, TaskState

TASK_FIGURES: dict[str, FigureKind] = {
    "programmes.tasks_due": FigureKind(gettext_lazy("Nhiệm vụ đến hạn trong kỳ"), gettext_lazy("nhiệm vụ")),
    "programmes.tasks_done": FigureKind(gettext_lazy("Nhiệm vụ làm xong trong kỳ"), gettext_lazy("nhiệm vụ")),
    "programmes.tasks_done_late": FigureKind(gettext_lazy("Nhiệm vụ xong trong kỳ nhưng sau hạn"), gettext_lazy("nhiệm vụ")),
    "programmes.tasks_overdue": FigureKind(gettext_lazy("Nhiệm vụ đã đến hạn mà cuối kỳ chưa xong"), gettext_lazy("nhiệm vụ")),
    "programmes.tasks_open": FigureKind(gettext_lazy("Nhiệm vụ chưa xong ở cuối kỳ"), gettext_lazy("nhiệm vụ")),
    "programmes.clauses_answered": FigureKind(gettext_lazy("Mục của văn bản đã có nhiệm vụ"), gettext_lazy("mục")),
}


def task_figures(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """The figures of TASK_FIGURES for a unit and the days from `starts_on` to `ends_on`, both included; dropped tasks never
    count. "At the end" is the evening of `ends_on`: what was done later was then still open. Three queries."""
    tasks = Task.objects.filter(year=year, unit=unit_id).exclude(state=TaskState.DROPPED)
    due, done = Q(due_on__range=(starts_on, ends_on)), Q(state=TaskState.DONE, done_on__range=(starts_on, ends_on))
    open_then = Q(is_open=True) | Q(done_on__gt=ends_on)
    counts = tasks.order_by().aggregate(
        due=Count("pk", filter=due),
        done=Count("pk", filter=done),
        done_late=Count("pk", filter=done & Q(done_on__gt=F("due_on"))),
        overdue=Count("pk", filter=open_then & Q(due_on__lte=ends_on)),
        open=Count("pk", filter=open_then),
    )
    counts["answered"] = Task.clauses.through.objects.filter(task__in=tasks).values("clause").distinct().count()
    return _with_sources(year, unit_id, starts_on, ends_on, counts)


def _with_sources(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date, counts: dict[str, int]) -> dict[str, Figure]:
    first, last = starts_on.isoformat(), ends_on.isoformat()
    span = _("từ %(first)s đến %(last)s") % {"first": date_format(starts_on), "last": date_format(ends_on)}
    day = date_format(ends_on)
    unit = Organisation.objects.values_list("slug", flat=True).get(pk=unit_id)
    done = {"trang-thai": "done", "xong-tu": first, "xong-den": last}
    sources: dict[str, tuple[str, str, dict[str, str]]] = {
        "tasks_due": ("due", _("nhiệm vụ có hạn %(span)s") % {"span": span}, {"trang-thai": "all", "tu": first, "den": last}),
        "tasks_done": ("done", _("nhiệm vụ xong %(span)s") % {"span": span}, done),
        "tasks_done_late": ("done_late", _("nhiệm vụ xong %(span)s, sau hạn") % {"span": span}, {**done, "tre": "1"}),
        "tasks_overdue": ("overdue", _("nhiệm vụ hạn đến %(day)s mà khi đó chưa xong") % {"day": day},
                          {"trang-thai": "all", "den": last, "mo-ngay": last}),
        "tasks_open": ("open", _("nhiệm vụ chưa xong tối %(day)s") % {"day": day}, {"trang-thai": "all", "mo-ngay": last}),
        "clauses_answered": ("answered", _("mục có nhiệm vụ của đơn vị trả lời"), {"trang-thai": "all", "co-muc": "1"}),
    }  # fmt: skip
    address = reverse("programmes:tasks", args=[year.cluster.slug, year.year])
    return {
        f"programmes.{key}": Figure(Decimal(counts[name]), ((words, f"{address}?{urlencode({'don-vi': unit, **query})}"),))
        for key, (name, words, query) in sources.items()
    }


MOST_TOLD = 30
"""Tasks named one by one in a list of words; the rest is a number."""


def done_list(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> tuple[tuple[str, str], ...]:
    """What the unit finished in the span, as (words, url), in the order in which it was done. One query."""
    done = Task.objects.filter(year=year, unit=unit_id, state=TaskState.DONE, done_on__range=(starts_on, ends_on))
    rows = list(done.order_by("done_on", "pk").values_list("pk", "title", "done_on"))
    told = [
        (
            _("%(task)s (xong %(day)s)") % {"task": title.rstrip("."), "day": date_format(done_on)},
            reverse("programmes:task", args=[year.cluster.slug, year.year, pk]),
        )
        for pk, title, done_on in rows[:MOST_TOLD]
    ]
    if rest := len(rows) - len(told):
        told.append((_("và %(n)d nhiệm vụ khác") % {"n": rest}, reverse("programmes:tasks", args=[year.cluster.slug, year.year])))
    return tuple(told)


def clause_in_use(clause_id: int) -> bool:
    """Whether a task answers the clause, so that it cannot be taken out. One query."""
    return Task.clauses.through.objects.filter(clause=clause_id).exists()
