"""What programmes as documents show on the pages of lower slices: the tab, and what waits for a leader or the head."""

from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear, Membership
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Tab, Work
from thidua.programmes.access import REMARK, WRITE_PROGRAMME
from thidua.programmes.models import Programme, ProgrammeKind, Remark

MOST_WORK = 10
"""Rows for one person; one more leads to the list."""


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """The programmes of the year, for everyone who sees it. No query."""
    return [Tab("programmes", _("Chương trình, nhiệm vụ"), reverse("programmes:programmes", args=[year.cluster.slug, year.year]))]


def document_work(actor: Actor, now: datetime) -> list[Work]:
    """Programmes laid before the leader, or sent back to those who wrote them; the cluster's draft that the person's unit has
    not remarked on; remarks of units that the head has not answered. One query."""
    if not actor.organisations(*REMARK.roles, Role.HEAD_SECRETARY):
        return []
    listed = list(_waiting(actor)[: MOST_WORK + 1])
    found = [work for programme in listed[:MOST_WORK] for work in _work_of(programme)]
    if len(listed) > MOST_WORK:
        year = listed[MOST_WORK].year
        address = reverse("programmes:programmes", args=[year.cluster.slug, year.year])
        found.append(Work(_("Các chương trình khác chờ duyệt"), year, f"{address}?trang-thai=waiting", None))
    return found


def _waiting(actor: Actor) -> QuerySet[Programme]:
    """What waits for the person; of the cluster's own, `unanswered` and `unremarked` say for what."""
    leads, writes = actor.organisations(Role.UNIT_LEADER), actor.organisations(*WRITE_PROGRAMME.roles)
    heads, remarks = actor.organisations(Role.HEAD_SECRETARY), Remark.objects.filter(programme=OuterRef("pk"))
    remarked = Remark.objects.filter(programme=OuterRef(OuterRef("pk")), unit=OuterRef("organisation"))
    places = Membership.objects.filter(year=OuterRef("year"), organisation__in=actor.organisations(*REMARK.roles))
    discussed = Q(kind=ProgrammeKind.NEXT_YEAR, presented_at__isnull=False, approved_version=0)
    programmes = Programme.objects.exclude(year__stage=Stage.CLOSED).annotate(
        unanswered=Case(
            When(Exists(remarks.filter(answer="")), kind=ProgrammeKind.NEXT_YEAR, year__head__in=heads, then=True), default=False
        ),
        unremarked=Case(When(discussed & Exists(places.exclude(Exists(remarked))), then=True), default=False),
    )
    own = Q(unit__in=leads, presented_at__isnull=False)
    returned = Q(unit__in=writes, presented_at=None, returned_at__isnull=False)
    found = programmes.filter(own | returned | Q(unanswered=True) | Q(unremarked=True))
    return found.select_related("year__cluster", "unit").order_by("presented_at", "pk")


def _work_of(programme: Programme) -> list[Work]:
    year = programme.year
    where = [year.cluster.slug, year.year]
    if programme.unit is None:
        address, titles = f"{reverse('programmes:next_year', args=where)}#gop-y", []
        if getattr(programme, "unremarked", False):
            titles.append(_("Góp ý chương trình năm sau"))
        if getattr(programme, "unanswered", False):
            titles.append(_("Trả lời góp ý chương trình năm sau"))
        return [Work(title, year, address, None) for title in titles]
    if programme.presented_at is None:
        title = format_lazy(_("Sửa “{title}” bị trả lại: {reason}"), title=programme.title, reason=programme.return_reason)
        return [Work(title, programme.unit, reverse("programmes:programme", args=[*where, programme.pk]), None)]
    title = format_lazy(_("Duyệt “{title}”"), title=programme.title)
    return [Work(title, programme.unit, reverse("programmes:approve", args=[*where, programme.pk]), None)]
