"""Reads of units' reports."""

from datetime import date

from django.urls import reverse

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.reports.models import Entry, Report, ReportPeriod, ReportStatus
from thidua.reports.rules.lateness import lateness

WITH_THE_HEAD = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)


def report_address(name: str, year: ClusterYear, period_id: int, unit_slug: str, *more: object) -> str:
    """The address of a page of a unit's report."""
    return reverse(f"reports:{name}", args=[year.cluster.slug, year.year, period_id, unit_slug, *more])


def entries_of(period: ReportPeriod) -> dict[int, dict[int, Entry]]:
    """What the units have reported: unit id → item id → entry, of reports that lie with the head (submitted or accepted; what
    was sent back does not count until it comes again). One query."""
    found: dict[int, dict[int, Entry]] = {}
    for entry in Entry.objects.filter(report__period=period, report__status__in=WITH_THE_HEAD).select_related("report"):
        found.setdefault(entry.report.unit_id, {})[entry.item_id] = entry
    return found


def lateness_of(year: ClusterYear, unit_id: int, today: date) -> list[tuple[str, int, int, str]]:
    """For scoring: (title of the period, days late, times returned, address of the report) of each period for which the unit
    has submitted or should have. Days late are those of the first submission; what never came is late until today. Two queries
    (members apart)."""
    unit = next((unit for unit in members(year) if unit.pk == unit_id), None)
    if unit is None:
        return []
    reports = {report.period_id: report for report in Report.objects.filter(period__year=year, unit=unit_id)}
    found = []
    for period in ReportPeriod.objects.filter(year=year).order_by("due_on", "pk"):
        report = reports.get(period.pk)
        late = lateness(report.status if report else "", report.days_late if report else None, period.due_on, today)
        if late is not None:
            times = report.times_returned if report else 0
            found.append((period.title, late, times, report_address("report", year, period.pk, unit.slug)))
    return found
