"""Reads of units' reports."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.kernel.ports import Citable
from thidua.reports.models import Entry, PeriodItem, Report, ReportPeriod, ReportStatus
from thidua.reports.queries.periods import items_of
from thidua.reports.rules import content as rules
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


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late one report of a unit came: `kind` of its period in words, `returned` how often it was sent back, `sent_back_on`
    the last time while it has not come again; `report` is its key where it came and may be
    cited (kind "report"), else None."""

    title: str
    kind: str
    days: int
    returned: int
    url: str
    report: int | None
    sent_back_on: date | None = None

    @property
    def waits(self) -> str:
        """Why the days run on, for a report that was sent back and has not come again; else nothing."""
        if self.sent_back_on is None:
            return ""
        return _("bị trả lại ngày %(day)s, chưa nộp lại") % {"day": date_format(self.sent_back_on)}


def lateness_of(year: ClusterYear, unit_id: int, today: date) -> list[Lateness]:
    """For scoring: each period for which the unit has submitted or should have, with the days late that `rules.lateness` counts.
    Two queries (members apart)."""
    unit = next((unit for unit in members(year) if unit.pk == unit_id), None)
    if unit is None:
        return []
    mine = Report.objects.filter(period__year=year, unit=unit_id).annotate(sent_back=Max("submissions__returned_at"))
    reports, found = {report.period_id: report for report in mine}, []
    for period in ReportPeriod.objects.filter(year=year).order_by("due_on", "pk"):
        report = reports.get(period.pk)
        status, first = (report.status, report.days_late) if report else ("", None)
        back = localdate(report.sent_back) if report and status == ReportStatus.RETURNED else None
        late = lateness(status, first, period.due_on, today, back)
        if late is not None:
            times, came = (report.times_returned, report.first_submitted_at) if report else (0, None)
            url, kind = report_address("report", year, period.pk, unit.slug), period.get_kind_display()
            found.append(Lateness(period.title, kind, late, times, url, report.pk if report and came else None, back))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """An item of a report with what the unit says there (None: nothing yet)."""

    item: PeriodItem
    entry: Entry | None

    @property
    def is_changed(self) -> bool:
        """Whether the figure is not the computed one."""
        return self.entry is not None and rules.is_changed(self.entry.figure, self.entry.computed)

    @property
    def gap(self) -> str:
        """What keeps the line from being submitted: "empty", "why" (a changed figure without a reason), or nothing."""
        filled = self.entry is not None and rules.is_filled(self.item.kind, self.entry.figure, self.entry.text)
        if self.item.required and not filled:
            return "empty"
        return "why" if self.is_changed and not self.entry.why_changed else ""


def lines_of(report: Report) -> list[Line]:
    """The report in the order of its items. Two queries."""
    entries = {entry.item_id: entry for entry in Entry.objects.filter(report=report)}
    return [Line(item, entries.get(item.pk)) for item in items_of(report.period)]


def gaps_of(lines: Sequence[Line]) -> list[Line]:
    """The lines that must be mended before the report can be submitted."""
    return [line for line in lines if line.gap]


def practices_seen(rows: Sequence[tuple[str, str]]) -> str:
    """A short code of the practices (title, text) as they stand, by which a form notices that someone else has saved."""
    kept = [[title, rules.clean_text(text)] for title, text in rows]
    return hashlib.sha256(json.dumps(kept, ensure_ascii=False).encode()).hexdigest()[:16]


def report_of(period: ReportPeriod, unit_id: int) -> Report | None:
    """The unit's report for the period, if it has been opened. One query."""
    return Report.objects.filter(period=period, unit=unit_id).select_related("period__year__cluster", "unit").first()


def late_words(days: int) -> str:
    """How late a report came, in words."""
    if not days:
        return _("đúng hạn")
    return ngettext("chậm %(days)d ngày", "chậm %(days)d ngày", days) % {"days": days}


def citables(year: ClusterYear, unit_id: int) -> list[Citable]:
    """The reports that the unit has submitted, as evidence; the newest first. One query."""
    return [_citable(report) for report in _submitted(year, unit_id).order_by("-first_submitted_at", "-pk")]


def citable(year: ClusterYear, unit_id: int, kind: str, pk: int) -> Citable | None:
    """One of them, if it is there. One query."""
    found = _submitted(year, unit_id).filter(pk=pk).first() if kind == "report" else None
    return _citable(found) if found else None


def _submitted(year: ClusterYear, unit_id: int):
    reports = Report.objects.filter(period__year=year, unit=unit_id, first_submitted_at__isnull=False)
    return reports.select_related("period__year__cluster", "unit")


def _citable(report: Report) -> Citable:
    day = localdate(report.first_submitted_at)
    words = _("Nộp ngày %(day)s, %(late)s; %(status)s.") % {
        "day": date_format(day), "late": late_words(report.days_late), "status": report.get_status_display().lower(),
    }  # fmt: skip
    url = report_address("report", report.period.year, report.period_id, report.unit.slug)
    return Citable("report", report.pk, report.period.title, words, day, url)
