"""What the corps asks of a unit's officer: terms to renew, members without a decision."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Work
from thidua.rapporteurs.models import CorpsMember
from thidua.rapporteurs.rules.corps import SOON, State

MOST_WORK = 10
"""Most rows on one person's list; the rest is one row."""


def corps_work(actor: Actor, now: datetime) -> list[Work]:
    """For officers of a unit or of the superior body: members of their own corps whose last term ends within 60 days (ten rows,
    then one for the rest), and one row a unit for members without any decision. One query. Nothing is asked of a closed year."""
    places = actor.organisations(Role.UNIT_OFFICER, Role.UNIT_LEADER, Role.SUPERIOR_OFFICER)
    if not places:
        return []
    today = localdate(now)
    waiting = (
        CorpsMember.objects.filter(unit__in=places, left_on=None)
        .annotate(
            last=Max("terms__ends_on"), number=_newest_open("year"), cluster=_newest_open("cluster__slug"),
            unit_name=F("unit__name_vi"),
        )
        .filter(Q(last=None) | Q(last__gte=today, last__lte=today + timedelta(days=SOON)), number__isnull=False)
        .order_by("last", "pk")
        .values("pk", "unit", "name", "last", "number", "cluster", "unit_name")
    )  # fmt: skip
    rows = list(waiting)
    ending, without = [row for row in rows if row["last"]], [row for row in rows if row["last"] is None]
    return [*_ending(ending, today), *_without(without)]


def _ending(rows: list[dict[str, Any]], today: date) -> list[Work]:
    found = []
    for row in rows[:MOST_WORK]:
        url = reverse("rapporteurs:member", args=[row["cluster"], row["number"], row["pk"]])
        found.append(Work(format_lazy(_("Công nhận lại: {name}"), name=row["name"]), row["unit_name"], url, row["last"]))
    if len(rows) > MOST_WORK:
        row = rows[MOST_WORK]
        asked = {"xep": "han"} if row["number"] < today.year else {"tinh-trang": State.ENDS_SOON.value}
        title = format_lazy(_("và {count} người khác sắp hết nhiệm kỳ"), count=len(rows) - MOST_WORK)
        found.append(Work(title, row["unit_name"], _listed(row, **asked), row["last"]))
    return found


def _without(rows: list[dict[str, Any]]) -> list[Work]:
    counts = Counter(row["unit"] for row in rows)
    units = {row["unit"]: row for row in rows}
    found = []
    for unit, row in list(units.items())[:MOST_WORK]:
        title = format_lazy(_("Ghi quyết định công nhận: {count} người chưa có"), count=counts[unit])
        found.append(Work(title, row["unit_name"], _listed(row, **{"tinh-trang": State.NO_TERM.value}), None))
    return found


def _listed(row: dict[str, Any], **asked: str) -> str:
    """The list of the unit's members, filtered or sorted as asked: in a year that is over, no term on the list ends soon."""
    address = reverse("rapporteurs:corps", args=[row["cluster"], row["number"]])
    return f"{address}?{urlencode({'don-vi': row['unit'], **asked})}"


def _newest_open(name: str) -> Subquery:
    """Of the newest open year to which the member's unit belongs, as a member unit or as the body above."""
    unit = OuterRef("unit")
    years = ClusterYear.objects.filter(Q(memberships__organisation=unit) | Q(cluster__superior_body=unit))
    return Subquery(years.exclude(stage=Stage.CLOSED).order_by("-year", "pk").values(name)[:1])
