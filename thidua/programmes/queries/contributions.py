"""What programmes as documents show on the pages of lower slices: the tab, and what waits for a leader or the head."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Tab, Work
from thidua.programmes.models import Programme, ProgrammeKind, Remark

MOST_WORK = 10
"""Rows for one person; one more leads to the list."""


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """The programmes of the year, for everyone who sees it. No query."""
    return [Tab("programmes", _("Chương trình, nhiệm vụ"), reverse("programmes:programmes", args=[year.cluster.slug, year.year]))]


def document_work(actor: Actor, now: datetime) -> list[Work]:
    """Programmes laid before the leader; remarks of units that the head has not answered. One query."""
    leads, heads = actor.organisations(Role.UNIT_LEADER), actor.organisations(Role.HEAD_SECRETARY)
    if not leads and not heads:
        return []
    unanswered = Exists(Remark.objects.filter(programme=OuterRef("pk"), answer=""))
    waiting = Programme.objects.exclude(year__stage=Stage.CLOSED).filter(
        Q(unit__in=leads, presented_at__isnull=False) | Q(unanswered, kind=ProgrammeKind.NEXT_YEAR, year__head__in=heads)
    )
    listed = list(waiting.select_related("year__cluster", "unit").order_by("presented_at", "pk")[: MOST_WORK + 1])
    found = [_work_of(programme) for programme in listed[:MOST_WORK]]
    if len(listed) > MOST_WORK:
        year = listed[MOST_WORK].year
        address = reverse("programmes:programmes", args=[year.cluster.slug, year.year])
        found.append(Work(_("Các chương trình khác chờ duyệt"), year, f"{address}?trang-thai=waiting", None))
    return found


def _work_of(programme: Programme) -> Work:
    year = programme.year
    where = [year.cluster.slug, year.year]
    if programme.unit is None:
        return Work(_("Trả lời góp ý chương trình năm sau"), year, reverse("programmes:next_year", args=where), None)
    title = format_lazy(_("Duyệt “{title}”"), title=programme.title)
    return Work(title, programme.unit, reverse("programmes:approve", args=[*where, programme.pk]), None)
