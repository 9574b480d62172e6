"""What this slice shows on pages of the slices below."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Cell, Column, Tab, Work
from thidua.reports.access import SUBMIT_REPORT, WRITE_REPORT
from thidua.reports.models import Entry, PeriodItem, Report, ReportPeriod, ReportStatus
from thidua.reports.queries.consolidated import consolidate_work
from thidua.reports.queries.grid import words_of
from thidua.reports.queries.reports import WITH_THE_HEAD
from thidua.reports.rules.lateness import standing
from thidua.reports.rules.periods import short_title

SOON = timedelta(days=7)
"""A period due within so many days is what the board shows; before that it shows the one that was due last."""
AHEAD = timedelta(days=30)
"""Reports due within so many days wait for their unit."""
MOST_WORK = 10
"""Most rows on one person's list; the rest is one row."""


def grid_address(year: ClusterYear) -> str:
    """The page of the year's reports."""
    return reverse("reports:reports", args=[year.cluster.slug, year.year])


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """The reports, for everyone who sees the year. No query."""
    return [Tab("reports", _("Báo cáo"), grid_address(year))]


def columns(actor: Actor, year: ClusterYear) -> list[Column]:
    """How each unit stands at the latest period that is due, or soon will be. One query (members apart)."""
    today, url = localdate(), grid_address(year)
    periods = ReportPeriod.objects.filter(year=year)
    latest = periods.filter(due_on__lte=today + SOON).order_by("-due_on", "-pk").values("pk")[:1]
    names = ("title", "due_on", "reports__unit_id", "reports__status", "reports__days_late")
    rows = list(periods.filter(pk=Subquery(latest)).values_list(*names))
    if not rows:
        return []
    title, due_on = rows[0][:2]
    there = {unit: (status, late) for _title, _due, unit, status, late in rows if unit}
    cells = {}
    for unit in member_ids(year):
        status, late = there.get(unit, ("", None))
        stand = standing(status, late, due_on, today)
        cells[unit] = Cell(stand.state, words_of(stand, due_on, year.year), url)
    short = short_title(title, year.year)
    return [Column(format_lazy(_("Báo cáo {period}"), period=short[:1].lower() + short[1:]), cells)]


def work(actor: Actor, now: datetime) -> list[Work]:
    """For a unit: reports to write or, for its leader, to submit, and those sent back. For the head's secretary: reports to
    receive, and periods to consolidate. Three queries at most; ten rows of each, then one for the rest."""
    return [*_work_of_units(actor, localdate(now)), *_work_of_heads(actor), *consolidate_work(actor, now)]


def _work_of_units(actor: Actor, today: date) -> list[Work]:
    places, leads = actor.organisations(*WRITE_REPORT.roles), actor.organisations(*SUBMIT_REPORT.roles)
    if not places:
        return []
    report = Report.objects.filter(period=OuterRef("pk"), unit=OuterRef("year__memberships__organisation"))
    whole = Q(status__isnull=False, lacks=False, unit__in=leads)
    waiting = (
        ReportPeriod.objects.filter(year__memberships__organisation__in=places)
        .exclude(year__stage=Stage.CLOSED)
        .annotate(status=Subquery(report.values("status")[:1]), unit=F("year__memberships__organisation"), lacks=_lacks())
        .filter(Q(due_on__lte=today + AHEAD) | Q(status=ReportStatus.RETURNED) | whole)
        .filter(Q(status__isnull=True) | ~Q(status__in=WITH_THE_HEAD))
        .order_by("due_on", "pk")
        .values(
            "unit", "status", "lacks", "title", "due_on", period=F("pk"), year_number=F("year__year"),
            cluster_slug=F("year__cluster__slug"), unit_name=F("year__memberships__organisation__name_vi"),
            unit_slug=F("year__memberships__organisation__slug"),
        )
    )  # fmt: skip
    return _some([(row, _title_for_unit(row, row["unit"] in leads)) for row in waiting])


def _lacks() -> Exists:
    """Whether the unit's report still lacks an item that the period asks for."""
    filled = Entry.objects.filter(Q(figure__isnull=False) | ~Q(text=""), item=OuterRef("pk"))
    filled = filled.filter(report__unit=OuterRef(OuterRef("year__memberships__organisation")))
    return Exists(PeriodItem.objects.filter(~Exists(filled), period=OuterRef("pk"), required=True))


def _title_for_unit(row: dict[str, Any], leads: bool) -> object:
    if row["status"] == ReportStatus.RETURNED:
        pattern = _("Sửa và nộp lại: {period}")
    elif row["status"] and leads and not row["lacks"]:
        pattern = _("Xem và nộp: {period}")
    else:
        pattern = _("Soạn: {period}")
    return format_lazy(pattern, period=row["title"])


def _work_of_heads(actor: Actor) -> list[Work]:
    heads = actor.organisations(Role.HEAD_SECRETARY)
    if not heads:
        return []
    waiting = (
        Report.objects.filter(status=ReportStatus.SUBMITTED, period__year__head__in=heads)
        .exclude(period__year__stage=Stage.CLOSED)
        .order_by("period__due_on", "pk")
        .values(
            "period", title=F("period__title"), due_on=F("period__due_on"), year_number=F("period__year__year"),
            cluster_slug=F("period__year__cluster__slug"), unit_name=F("unit__name_vi"), unit_slug=F("unit__slug"),
        )
    )  # fmt: skip
    return _some([(row | {"due_on": None}, format_lazy(_("Tiếp nhận: {period}"), period=row["title"])) for row in waiting])


def _some(rows: list[tuple[dict[str, Any], object]]) -> list[Work]:
    """The first ten; for the others one row that leads to the grid."""
    found = []
    for row, title in rows[:MOST_WORK]:
        address = [row["cluster_slug"], row["year_number"], row["period"], row["unit_slug"]]
        found.append(Work(title, row["unit_name"], reverse("reports:report", args=address), row["due_on"]))
    if len(rows) > MOST_WORK:
        row, _title = rows[MOST_WORK]
        rest = format_lazy(_("và {count} báo cáo khác"), count=len(rows) - MOST_WORK)
        url = reverse("reports:reports", args=[row["cluster_slug"], row["year_number"]])
        found.append(Work(rest, row["unit_name"], url, row["due_on"]))
    return found
