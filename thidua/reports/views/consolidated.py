"""Pages of the consolidated report."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import get_year_visible_to, may, require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.clusters.rules import Stage
from thidua.kernel.errors import Absent
from thidua.kernel.text import small_int
from thidua.reports import actions
from thidua.reports.access import CONSOLIDATE, get_period, require_may_consolidate
from thidua.reports.forms.consolidated import ConsolidatedForm, IssueForm, ReopenForm
from thidua.reports.models import Consolidated, Issue, ReportPeriod
from thidua.reports.queries import consolidated as queries
from thidua.reports.rules.summary import from_plain
from thidua.reports.rules.wording import proposed

GET_POST = require_http_methods(["GET", "POST"])


def _place(request: HttpRequest, cluster: str, year: int, period: int) -> tuple[ClusterYear, ReportPeriod]:
    found = get_year_visible_to(request.actor, cluster, year)
    asked = get_period(found, period)
    asked.year = found
    return found, asked


def _draft(request: HttpRequest, year: ClusterYear, period: ReportPeriod) -> Consolidated:
    """The draft, for those who run an open year."""
    require_may_consolidate(request.actor, year)
    require_open(year)
    found = queries.consolidated_of(period)
    if found is None:
        raise Absent
    found.period = period
    return found


def _page(request: HttpRequest, template: str, period: ReportPeriod, **context: Any) -> HttpResponse:
    frame = frame_of(request.actor, period.year, "reports")
    return render(request, f"reports/{template}.html", frame | {"period": period} | context)


def _back(period: ReportPeriod) -> HttpResponse:
    return redirect(queries.address(period.year, period))


@require_GET
def consolidated(request: HttpRequest, cluster: str, year: int, period: int) -> HttpResponse:
    """The report in force for whoever sees the year; the draft for those who run it; before that what has to be done first.
    `?lan=` names an earlier issue."""
    found, asked = _place(request, cluster, year, period)
    runs = may(CONSOLIDATE, request.actor, found)
    issues = queries.issues_of(asked)
    issue = _issue_asked_for(request, issues)
    context = {"runs": runs and found.stage != Stage.CLOSED, "issues": issues}
    in_force = bool(issues and issues[0].in_force)
    if issue is None and runs and not in_force:
        return _work_page(request, asked, context)
    issue = issue or (issues[0] if issues else None)
    if issue is None:
        return _page(request, "consolidated_none", asked, **context, summary=None)
    summary = from_plain(issue.content)
    newest = issue.ordinal == issues[0].ordinal
    late = queries.late_comers(summary, asked) if runs and newest else []
    return _page(request, "consolidated", asked, **context, issue=issue, newest=newest, summary=summary, late_comers=late)


def _issue_asked_for(request: HttpRequest, issues: list[Issue]) -> Issue | None:
    ordinal = small_int(request.GET.get("lan", ""))
    if ordinal is None:
        return None
    found = next((issue for issue in issues if issue.ordinal == ordinal), None)
    if found is None:
        raise Absent
    return found


def _work_page(request: HttpRequest, period: ReportPeriod, context: dict[str, Any]) -> HttpResponse:
    """The draft, or how to begin it."""
    draft = queries.consolidated_of(period)
    if draft is None:
        summary = queries.summary_of(period)
        overdue = queries.days_overdue(period, localdate(request.now))
        return _page(request, "consolidated_none", period, **context, summary=summary, overdue=overdue)
    draft.period = period
    return _page(request, "consolidated", period, **context, draft=draft, newest=True, summary=queries.draft_of(draft))


@require_POST
def begin(request: HttpRequest, cluster: str, year: int, period: int) -> HttpResponse:
    """Begin the consolidated report."""
    found, asked = _place(request, cluster, year, period)
    actions.open_consolidated(period=asked, actor=request.actor, now=request.now)
    messages.success(request, _("Đã soạn lời đầu tiên từ số liệu. Hãy đọc, sửa cho đúng với cụm rồi ban hành."))
    return redirect("reports:consolidated_edit", found.cluster.slug, found.year, asked.pk)


@GET_POST
def edit(request: HttpRequest, cluster: str, year: int, period: int) -> HttpResponse:
    """Write the three parts and choose practices."""
    found, asked = _place(request, cluster, year, period)
    draft = _draft(request, found, asked)
    candidates = queries.candidates_of(draft)
    form = ConsolidatedForm(request.POST if request.method == "POST" else None, draft, candidates)
    saved = None
    if request.method == "POST" and form.is_valid():
        form.attempt(
            actions.write_consolidated, consolidated=draft, words=form.words(), chosen=form.chosen(),
            revision=form.cleaned_data["revision"], actor=request.actor, now=request.now,
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, _("Đã lưu bản nháp báo cáo tổng hợp."))
            return _back(asked)
        saved = _saved_meanwhile(form, asked)
    summary = queries.draft_of(draft, candidates)
    first = proposed(summary)
    context = {"draft": draft, "form": form, "saved": saved, "summary": summary, "first": first}
    return _page(request, "consolidated_edit", asked, **context)


def _saved_meanwhile(form: ConsolidatedForm, period: ReportPeriod) -> Consolidated | None:
    """What another has saved since the form was opened, if so."""
    saved = queries.consolidated_of(period)
    if saved is None or saved.revision == form.cleaned_data["revision"]:
        return None
    form.see(saved.revision)
    return saved


@GET_POST
def issue(request: HttpRequest, cluster: str, year: int, period: int) -> HttpResponse:
    """What would be issued, number and day; then issue it."""
    found, asked = _place(request, cluster, year, period)
    draft = _draft(request, found, asked)
    summary = queries.draft_of(draft)
    fingerprint = queries.fingerprint_of(summary)
    posted = request.method == "POST"
    form = IssueForm(request.POST) if posted else IssueForm(initial={"seen": fingerprint, "issued_on": localdate(request.now)})
    if posted and form.is_valid():
        form.attempt(actions.issue_consolidated, consolidated=draft, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã ban hành báo cáo tổng hợp. Mọi người trong cụm đọc được."))
            return _back(asked)
        form.see(fingerprint)
    return _page(request, "consolidated_issue", asked, draft=draft, form=form, summary=summary)


@GET_POST
def reopen(request: HttpRequest, cluster: str, year: int, period: int) -> HttpResponse:
    """Open an issued report for correction, with a reason."""
    found, asked = _place(request, cluster, year, period)
    draft = _draft(request, found, asked)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.reopen_consolidated, consolidated=draft, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.warning(request, _("Đã mở lại để sửa. Bản đã ban hành vẫn đọc được cho tới lần ban hành sau."))
            return _back(asked)
    return _page(request, "consolidated_reopen", asked, form=form)
