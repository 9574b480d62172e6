"""What waits for a rapporteur: to plan or record a talk. Without it the first page of one who speaks would be empty."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Work
from thidua.rapporteurs.models import CorpsKind, CorpsMember, Talk, Term
from thidua.rapporteurs.rules.talks import quarter_at, quarter_span

AHEAD = timedelta(days=30)
"""A talk planned within so many days is enough for now."""
MOST = 3
"""Rows of one person, who may hold the posts of several rapporteurs."""


def speaker_work(actor: Actor, now: datetime) -> list[Work]:
    """For a rapporteur in term whose unit is in an open year of today: one row that leads to a new talk, unless the quarter has a
    talk, held or planned, and another one is planned within thirty days. One query, none for people without such a post."""
    posts = [h.post_id for h in actor.holdings if Role.RAPPORTEUR in h.roles]
    if not posts:
        return []
    today = localdate(now)
    span = quarter_span(today.year, quarter_at(today.year, today))
    talks = Talk.objects.filter(speaker=OuterRef("pk"))
    in_term = Term.objects.filter(member=OuterRef("pk"), starts_on__lte=today, ends_on__gte=today)
    there = (
        CorpsMember.objects.filter(Exists(in_term), kind=CorpsKind.RAPPORTEUR, post__in=posts)
        .filter(Q(left_on__isnull=True) | Q(left_on__gt=today))
        .annotate(
            spoke=Exists(talks.filter(held_on__range=(span.starts_on, span.ends_on))),
            planned=Exists(talks.filter(listeners=0, held_on__range=(today, today + AHEAD))),
            cluster=_open_year("cluster__slug", today.year),
            unit_name=F("unit__name_vi"),
        )
        .filter(Q(spoke=False) | Q(planned=False), cluster__isnull=False)
        .order_by("pk")
    )
    rows = there.values("pk", "spoke", "cluster", "unit_name")[:MOST]
    return [_work(row["pk"], row["spoke"], row["unit_name"], [row["cluster"], today.year]) for row in rows]


def _work(member: int, spoke: bool, unit: str, address: list[object]) -> Work:
    words = _("Ghi buổi tuyên truyền, hoặc lên kế hoạch buổi tới")
    if not spoke:
        words = _("Quý này bạn chưa có buổi nào: ghi hoặc lên kế hoạch")
    return Work(words, unit, f"{reverse('rapporteurs:record_talk', args=address)}?bao-cao-vien={member}", None)


def _open_year(name: str, number: int) -> Subquery:
    """Of an open year of that number to which the member's unit belongs, as a member unit or as the body above."""
    unit = OuterRef("unit")
    years = ClusterYear.objects.filter(Q(memberships__organisation=unit) | Q(cluster__superior_body=unit), year=number)
    return Subquery(years.exclude(stage=Stage.CLOSED).order_by("pk").values(name)[:1])
