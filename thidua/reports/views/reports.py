"""Pages of one unit's report: writing, submitting, receiving, its history."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import may, member_ids, require_open
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Power
from thidua.kernel.errors import Absent, Refused
from thidua.kernel.ports import citing_url
from thidua.kernel.text import small_int
from thidua.people.models import Organisation
from thidua.reports import actions
from thidua.reports.access import (
    RECEIVE_REPORT,
    SUBMIT_REPORT,
    WRITE_REPORT,
    get_report,
    may_see_report,
    require_may_receive,
    require_may_submit,
    require_may_write,
)
from thidua.reports.forms.reports import ReasonForm, ReportForm
from thidua.reports.models import Report, ReportPeriod, ReportStatus
from thidua.reports.queries import grid as grids
from thidua.reports.queries import reports as queries
from thidua.reports.queries.content import content_of
from thidua.reports.views.periods import page, period_in
from thidua.web.http import refusal_told

GET_POST = require_http_methods(["GET", "POST"])


def report_in(request: HttpRequest, cluster: str, year: int, period: int, unit: str) -> Report:
    """The report of an address, for one who may read it; Absent otherwise."""
    asked = period_in(request, cluster, year, period)
    found = get_report(request.actor, asked.year, period, unit)
    found.period = asked
    return found


def address(name: str, report: Report, *more: object) -> str:
    """The address of a page of the report."""
    return queries.report_address(name, report.period.year, report.period_id, report.unit.slug, *more)


def report_page(request: HttpRequest, report: Report, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the report, which says how it stands."""
    stand = grids.stand_of(report.period, report, localdate(request.now))
    common = {"report": report, "period": report.period, "unit": report.unit, "stand": stand}
    common["words"] = grids.words_of(stand, report.period.due_on, report.period.year.year)
    return page(request, report.period.year, template, status, **common | context)


def allows(power: Power, request: HttpRequest, report: Report) -> bool:
    """Whether this person may do that to the report in an open year; for showing what leads there."""
    year = report.period.year
    return year.stage != Stage.CLOSED and may(power, request.actor, year, report.unit_id)


@GET_POST
def report(request: HttpRequest, cluster: str, year: int, period: int, unit: str) -> HttpResponse:
    """A unit's report: its form while the unit writes it, else what it says."""
    asked = period_in(request, cluster, year, period)
    found = Report.objects.filter(period=asked, unit__slug=unit).exists()
    if not found:
        return _not_opened(request, asked, unit)
    current = report_in(request, cluster, year, period, unit)
    if request.method == "POST":
        require_may_write(request.actor, current.period.year, current.unit_id)
        return _save(request, current)
    if current.is_editable and allows(WRITE_REPORT, request, current):
        return _desk(request, current, _form(current))
    return _shown(request, current)


def _not_opened(request: HttpRequest, period: ReportPeriod, slug: str) -> HttpResponse:
    unit = _unit(request, period, slug)
    writes = may(WRITE_REPORT, request.actor, period.year, unit.pk) and period.year.stage != Stage.CLOSED
    stand = grids.stand_of(period, None, localdate(request.now))
    words = grids.words_of(stand, period.due_on, period.year.year)
    return page(request, period.year, "report_none", period=period, unit=unit, writes=writes, stand=stand, words=words)


def _unit(request: HttpRequest, period: ReportPeriod, slug: str) -> Organisation:
    """The member unit of an address, for one who may read its reports. Absent otherwise."""
    found = Organisation.objects.filter(slug=slug, pk__in=member_ids(period.year)).first()
    if found is None or not may_see_report(request.actor, period.year, found.pk):
        raise Absent
    return found


@require_POST
def open_report(request: HttpRequest, cluster: str, year: int, period: int, unit: str) -> HttpResponse:
    """Begin the report, filled in with what the unit has recorded."""
    asked = period_in(request, cluster, year, period)
    own = _unit(request, asked, unit)
    made = actions.open_report(period=asked, unit=own, actor=request.actor, now=request.now)
    found = sum(entry.computed is not None for entry in made.entries.all())
    if found:
        told = ngettext("Đã điền sẵn %(n)d số liệu đơn vị đã ghi trong kỳ. Hãy kiểm tra từng số.",
                        "Đã điền sẵn %(n)d số liệu đơn vị đã ghi trong kỳ. Hãy kiểm tra từng số.", found)  # fmt: skip
        messages.success(request, told % {"n": found})
    return redirect(queries.report_address("report", asked.year, asked.pk, own.slug))


def _form(report: Report, data: Any = None) -> ReportForm:
    return ReportForm(data, queries.lines_of(report), list(report.practices.all()))


def _save(request: HttpRequest, report: Report) -> HttpResponse:
    """Save what was typed; then stay, compute anew or go on to submitting."""
    form = _form(report, request.POST)
    if not form.is_valid():
        return _desk(request, report, form, 422)
    saved = form.attempt(
        actions.save_report, report=report, typed=form.typed(), practices=form.typed_practices(),
        actor=request.actor, now=request.now,
    )  # fmt: skip
    if saved is None:
        return _desk(request, report, form, 422)
    if not saved.is_whole:
        newest = _form(report, request.POST)
        newest.tell(saved)
        return _desk(request, report, newest, 422)
    return _after_save(request, report)


def _after_save(request: HttpRequest, report: Report) -> HttpResponse:
    if "recompute" in request.POST:
        changed = actions.recompute_report(report=report, actor=request.actor, now=request.now)
        told = ngettext("Đã tính lại: %(n)d mục đổi.", "Đã tính lại: %(n)d mục đổi.", changed) % {"n": changed}
        messages.success(request, told if changed else _("Đã tính lại: không có mục nào đổi."))
    elif "submit" in request.POST:
        return redirect(address("submit", report))
    else:
        messages.success(request, _("Đã lưu báo cáo."))
    return redirect(address("report", report))


def _desk(request: HttpRequest, report: Report, form: ReportForm, status: int = 200) -> HttpResponse:
    """The page on which the report is written."""
    returned = report.submissions.filter(returned_at__isnull=False).last() if report.status == ReportStatus.RETURNED else None
    lines = queries.lines_of(report) if status != 200 else form.lines
    return report_page(
        request, report, "desk", status, form=form, gaps=queries.gaps_of(lines), returned=returned,
        files=list(report.files.select_related("file")), submits=allows(SUBMIT_REPORT, request, report),
        sourced=any(line.item.source for line in lines),
    )  # fmt: skip


def _shown(request: HttpRequest, report: Report) -> HttpResponse:
    """What the report says now, its submissions, and what the head may do with it."""
    submissions = list(report.submissions.defer("content"))
    cite = ""
    if report.first_submitted_at:
        cite = citing_url(request.actor, report.period.year, report.unit_id, "report", report.pk)
    return report_page(
        request, report, "report", content=content_of(report), submissions=submissions, cite=cite,
        last=submissions[-1] if submissions else None, files=list(report.files.select_related("file")),
        receives=report.status in queries.WITH_THE_HEAD and allows(RECEIVE_REPORT, request, report),
    )  # fmt: skip


@GET_POST
def submit(request: HttpRequest, cluster: str, year: int, period: int, unit: str) -> HttpResponse:
    """What will be submitted, by whom, how late; then submit."""
    current = report_in(request, cluster, year, period, unit)
    by = require_may_submit(request.actor, current.period.year, current.unit_id)
    require_open(current.period.year)
    if not current.is_editable:
        raise Refused("reports.not_editable")
    if request.method == "POST":
        with refusal_told(request):
            revision = small_int(request.POST.get("revision", ""))
            actions.submit_report(report=current, revision=revision or 0, actor=request.actor, now=request.now)
            messages.success(request, _("Đã nộp báo cáo. Cụm trưởng sẽ tiếp nhận hoặc trả lại kèm lý do."))
            return redirect(address("report", current))
        return redirect(address("submit", current))
    late = max(0, (localdate(request.now) - current.period.due_on).days)
    gaps = queries.gaps_of(queries.lines_of(current))
    return report_page(
        request, current, "submit", by=by.using, gaps=gaps, late=late, late_words=queries.late_words(late),
        content=content_of(current), number=current.submissions.count() + 1,
    )  # fmt: skip


@require_POST
def accept(request: HttpRequest, cluster: str, year: int, period: int, unit: str) -> HttpResponse:
    """The head receives the report."""
    current = report_in(request, cluster, year, period, unit)
    with refusal_told(request):
        actions.accept_report(report=current, actor=request.actor, now=request.now)
        messages.success(request, _("Đã tiếp nhận báo cáo của %(unit)s.") % {"unit": current.unit})
    return redirect(address("report", current))


@GET_POST
def send_back(request: HttpRequest, cluster: str, year: int, period: int, unit: str) -> HttpResponse:
    """The head sends the report back, with a reason."""
    current = report_in(request, cluster, year, period, unit)
    require_may_receive(request.actor, current.period.year)
    require_open(current.period.year)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.return_report, report=current, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã trả lại báo cáo cho %(unit)s.") % {"unit": current.unit})
            return redirect(address("report", current))
    return report_page(request, current, "send_back", 422 if form.errors else 200, form=form)


@require_GET
def submission(request: HttpRequest, cluster: str, year: int, period: int, unit: str, number: int) -> HttpResponse:
    """A report as it was submitted that time."""
    current = report_in(request, cluster, year, period, unit)
    found = current.submissions.filter(number=number).first()
    if found is None:
        raise Absent
    due_then = date.fromisoformat(found.content["period"]["due_on"])
    return report_page(request, current, "submission", submission=found, content=found.content, due_then=due_then)
