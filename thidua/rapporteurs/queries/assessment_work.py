"""What assessment asks of the superior body's officers: rules to confirm, grades to settle."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear, Membership, StageDates
from thidua.clusters.rules import STAGES, Stage, place
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Work
from thidua.rapporteurs.models import Assessment, AssessmentRules, CorpsKind, Term

SLUGS = {CorpsKind.RAPPORTEUR: "bao-cao-vien", CorpsKind.COLLABORATOR: "cong-tac-vien"}
"""The kinds in addresses."""
NEAR = timedelta(days=30)
"""Grades wait to be settled from so many days before the conference."""
MOST_WORK = 10
_OPEN = STAGES[: place(Stage.CLOSED)]
_CONFIRM = {
    CorpsKind.RAPPORTEUR: _("Xác nhận quy chế đánh giá báo cáo viên"),
    CorpsKind.COLLABORATOR: _("Xác nhận quy chế đánh giá cộng tác viên"),
}
_SETTLE = {CorpsKind.RAPPORTEUR: _("Chốt xếp loại báo cáo viên"), CorpsKind.COLLABORATOR: _("Chốt xếp loại cộng tác viên")}


def assessment_work(actor: Actor, now: datetime) -> list[Work]:
    """For officers of the superior body, of each kind that has people in term in the year and no settled grades: the rules while
    nobody has confirmed them, once self-scoring has begun; then the grades, from thirty days before the conference or once its
    stage has come. Due by the conference's day. One query, none for anyone else; ten rows at most."""
    bodies = actor.organisations(Role.SUPERIOR_OFFICER)
    until = localdate(now) + NEAR
    return [row for year in _years(bodies) for row in _rows(year, until)][:MOST_WORK] if bodies else []


def _years(bodies: Collection[int]) -> QuerySet[ClusterYear]:
    """Open years below those bodies, with what is known of each kind and the conference's day."""
    known: dict[str, Any] = {}
    for kind in CorpsKind:
        of_kind = {"year": OuterRef("pk"), "kind": kind}
        known[f"{kind}_corps"] = Exists(_in_term(kind))
        known[f"{kind}_confirmed"] = Exists(AssessmentRules.objects.filter(confirmed=True, **of_kind).exclude(decision=""))
        known[f"{kind}_settled"] = Exists(Assessment.objects.filter(**of_kind))
    dates = StageDates.objects.filter(year=OuterRef("pk"), stage=Stage.CONFERENCE)
    held_on = Subquery(dates.values_list(Coalesce("starts_on", "due_on"))[:1])
    years = ClusterYear.objects.filter(cluster__superior_body__in=bodies, stage__in=_OPEN)
    return years.select_related("cluster").annotate(**known, held_on=held_on).order_by("year", "pk")


def _in_term(kind: CorpsKind) -> QuerySet[Term]:
    """Terms that touch the year, of members of its units or of the superior body."""
    here = Membership.objects.filter(year=OuterRef(OuterRef("pk")), organisation=OuterRef("member__unit"))
    return Term.objects.filter(
        Q(member__unit=OuterRef("cluster__superior_body")) | Q(Exists(here)),
        Q(member__left_on=None) | Q(member__left_on__year__gte=OuterRef("year")),
        member__kind=kind, starts_on__year__lte=OuterRef("year"), ends_on__year__gte=OuterRef("year"),
    )  # fmt: skip


def _rows(year: Any, until: date) -> Iterator[Work]:
    near = year.has_reached(Stage.CONFERENCE) or (year.held_on is not None and year.held_on <= until)
    for kind in CorpsKind:
        if not getattr(year, f"{kind}_corps") or getattr(year, f"{kind}_settled"):
            continue
        here = [year.cluster.slug, year.year, SLUGS[kind]]
        if not getattr(year, f"{kind}_confirmed"):
            if year.has_reached(Stage.SELF_SCORING):
                yield Work(_CONFIRM[kind], year, reverse("rapporteurs:assessment_rules", args=here), year.held_on)
        elif near:
            yield Work(_SETTLE[kind], year, reverse("rapporteurs:settle_grades", args=here), year.held_on)
