"""Reports as PDF, DOCX and XLSX."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from thidua.clusters.access import get_year_visible_to, may
from thidua.kernel.errors import Absent
from thidua.kernel.text import small_int
from thidua.paperwork.papers import paper_response
from thidua.reports import papers
from thidua.reports.access import CONSOLIDATE, get_period, get_report
from thidua.reports.queries import consolidated as queries
from thidua.reports.queries.content import content_of
from thidua.reports.queries.reports import WITH_THE_HEAD
from thidua.reports.rules.summary import from_plain


@require_GET
def paper(request: HttpRequest, cluster: str, year: int, period: int, unit: str, kind: str) -> HttpResponse:
    """A unit's report: as it was submitted while it lies with the head, else as a draft. `kind`: pdf, docx or xlsx."""
    found = get_year_visible_to(request.actor, cluster, year)
    report = get_report(request.actor, found, period, unit)
    submission = report.submissions.last() if report.status in WITH_THE_HEAD else None
    content = submission.content if submission else content_of(report)
    name = f"bao-cao-{report.unit.slug}-{report.period_id}"
    if kind == "xlsx":
        return papers.report_workbook(report, content, name)
    return paper_response(papers.report_paper(report, content, submission), kind, name)


@require_GET
def consolidated_paper(request: HttpRequest, cluster: str, year: int, period: int, kind: str) -> HttpResponse:
    """The consolidated report: the issue in force (`?lan=`: an earlier one) for whoever sees the year, the draft for those who
    run it (`?lan=0`, or while there is no issue)."""
    found = get_year_visible_to(request.actor, cluster, year)
    asked = get_period(found, period)
    asked.year = found
    issues, draft = queries.issues_of(asked), queries.consolidated_of(asked)
    newest = issues[0].ordinal if issues else 0
    ordinal = small_int(request.GET.get("lan", str(newest)))
    issue = next((one for one in issues if one.ordinal == ordinal), None)
    if issue is None and not (ordinal == 0 and draft is not None and may(CONSOLIDATE, request.actor, found)):
        raise Absent
    if issue is not None:
        summary = from_plain(issue.content)
    else:
        draft.period = asked
        summary = queries.draft_of(draft)
    name = f"bao-cao-tong-hop-{found.cluster.slug}-{asked.pk}"
    if kind == "xlsx":
        return papers.consolidated_workbook(summary, name, illustrative=found.illustrative)
    return paper_response(papers.consolidated_paper(found, summary, issue), kind, name)
