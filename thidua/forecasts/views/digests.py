"""Pages of digests: the list, gathering, one digest with its table, and the steps to its issue."""

from collections.abc import Callable
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
from thidua.forecasts.access import DRAFT_DIGEST, get_digest_visible_to, require_may_draft_digest
from thidua.forecasts.actions import digests as actions
from thidua.forecasts.forms.digests import DraftForm, EditForm, RevisionForm, SendBackForm
from thidua.forecasts.models import Digest, DigestState
from thidua.forecasts.papers import digests as papers
from thidua.forecasts.queries import digests as queries
from thidua.forecasts.rules import digests as rules
from thidua.kernel.errors import Absent
from thidua.paperwork.papers import paper_response
from thidua.web.http import refusal_told

GET_POST = require_http_methods(["GET", "POST"])
STATES = {DigestState.DRAFT: "wait", DigestState.CHECKED: "due", DigestState.ISSUED: "ok"}


def _page(request: HttpRequest, template: str, year: ClusterYear, **context: Any) -> HttpResponse:
    """A page of the slice within the year. One that answers a form says that the form was not taken: 422."""
    status = 422 if request.method == "POST" else 200
    return render(request, f"forecasts/{template}.html", frame_of(request.actor, year, "forecasts") | context, status=status)


def _digest_in(request: HttpRequest, cluster: str, year: int, digest: int) -> Digest:
    """The digest of an address with its year, for one who may see it."""
    found = get_year_visible_to(request.actor, cluster, year)
    asked = get_digest_visible_to(request.actor, found, digest)
    asked.year = found
    return asked


def _desk(request: HttpRequest, cluster: str, year: int, digest: int) -> Digest:
    """The digest, for one who drafts in an open year."""
    found = _digest_in(request, cluster, year, digest)
    require_may_draft_digest(request.actor, found.year)
    require_open(found.year)
    return found


def _drafts(request: HttpRequest, year: ClusterYear) -> bool:
    return may(DRAFT_DIGEST, request.actor, year) and year.stage != Stage.CLOSED


def _state(digest: Digest) -> tuple[str, str]:
    """State and word of a digest, for the mark of a cell."""
    if digest.state == DigestState.DRAFT and digest.returned_reason:
        return "late", _("Bị trả lại")
    return STATES[DigestState(digest.state)], str(DigestState(digest.state).label)


@require_GET
def digests(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The year's digests: what is issued; drafts too, and what may be gathered, for those who draft."""
    found = get_year_visible_to(request.actor, cluster, year)
    rows = [(row, *_state(row.digest)) for row in queries.list_of(request.actor, found)]
    drafts = _drafts(request, found)
    waiting = [one for one in queries.rounds_to_gather(found, localdate(request.now)) if one.sent] if drafts else []
    return _page(request, "digests", found, rows=rows, drafts=drafts, waiting=waiting)


@GET_POST
def digest_new(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Choose rounds, read what gathering means (`confirm`), and gather them into a draft (`gather`)."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_draft_digest(request.actor, found)
    require_open(found)
    free = queries.rounds_to_gather(found, localdate(request.now))
    choices, empty = [one for one in free if one.sent], [one.round for one in free if not one.sent]
    form = DraftForm(request.POST if request.method == "POST" else None, choices)
    if request.method == "POST" and form.is_valid() and "again" not in request.POST:
        given = {"year": found, **form.cleaned_data, "actor": request.actor, "now": request.now}
        if "gather" in request.POST:
            made = form.attempt(actions.draft_digest, **given)
            if made is not None:
                messages.success(request, _("Đã gom số liệu. Hãy đọc bảng, viết nhận định rồi nhờ người khác kiểm tra."))
                return redirect(queries.digest_address(made))
        else:
            plan = form.attempt(actions.plan_digest, **given)
            if plan is not None:
                context = frame_of(request.actor, found, "forecasts") | {"plan": plan}
                return render(request, "forecasts/digest_gather.html", context)
    return _page(request, "digest_new", found, form=form, choices=choices, empty=empty)


@require_GET
def digest(request: HttpRequest, cluster: str, year: int, digest: int) -> HttpResponse:
    """One digest: sources, the published table with bars, what changed, the head's words; for those who draft the next step."""
    found = _digest_in(request, cluster, year, digest)
    drafts = _drafts(request, found.year)
    content = rules.from_plain(found.table)
    previous = queries.previous_of(found)
    before = rules.from_plain(previous.table) if previous else None
    sides = papers.sides()
    own = found.drafted_by_id == request.actor.person_id
    asks = drafts and own and found.state == DigestState.DRAFT
    context = {
        "checkers": queries.others_who_check(request.actor, found.year, localdate(request.now)) if asks else [],
        "digest": found, "content": content, "state": _state(found), "drafts": drafts, "previous": previous,
        "own": own, "sides": sides,
        "sums": list(zip(sides, content.sums, strict=True)), "why": papers.why_withheld(),
        "lines": [_line(line, sides) for line in content.lines],
        "changed": [(one, list(zip(sides, one.cells, strict=True))) for one in rules.changes(content, before)] if before else [],
        "appeared": rules.named_only_now(content, before) if before else [],
        "late": queries.late_reports(found) if drafts and found.state != DigestState.ISSUED else 0,
    }  # fmt: skip
    return _page(request, "digest", found.year, **context)


def _line(line: rules.DigestLine, sides: list[str]) -> dict[str, Any]:
    """A line of the table as its template wants it."""
    return {
        "line": line,
        "title": papers.title_of(line),
        "trend": papers.TRENDS[line.trend],
        "parts": rules.parts_of(line),
        "cells": list(zip(sides, line.cells, strict=True)),
    }


@GET_POST
def digest_edit(request: HttpRequest, cluster: str, year: int, digest: int) -> HttpResponse:
    """Change title and words of a draft."""
    found = _desk(request, cluster, year, digest)
    form = EditForm(request.POST if request.method == "POST" else None, found)
    saved = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = form.attempt(actions.edit_digest, digest=found, **values, actor=request.actor, now=request.now)
        if done is not None:
            messages.success(request, _("Đã lưu dự thảo."))
            return redirect(queries.digest_address(found))
        if found.revision != values["revision"]:
            saved = found
            form.see(found.revision)
    return _page(request, "digest_edit", found.year, digest=found, form=form, saved=saved)


@GET_POST
def digest_return(request: HttpRequest, cluster: str, year: int, digest: int) -> HttpResponse:
    """Send a draft, or a checked one, back with a reason."""
    found = _desk(request, cluster, year, digest)
    posted = request.method == "POST"
    form = SendBackForm(request.POST) if posted else SendBackForm(initial={"revision": found.revision})
    if posted and form.is_valid():
        done = form.attempt(actions.send_back_digest, digest=found, **form.cleaned_data, actor=request.actor, now=request.now)
        if done is not None:
            messages.warning(request, _("Đã trả lại. Người soạn thấy lý do ở Việc của tôi và ở trang dự thảo."))
            return redirect(queries.digest_address(found))
        form.see(found.revision)
    return _page(request, "digest_return", found.year, digest=found, form=form)


@require_POST
def digest_check(request: HttpRequest, cluster: str, year: int, digest: int) -> HttpResponse:
    """Somebody other than the drafter finds the draft right."""
    told = _("Đã kiểm tra. Bản này chờ ban hành.")
    return _step(request, _desk(request, cluster, year, digest), actions.check_digest, told)


@require_POST
def digest_issue(request: HttpRequest, cluster: str, year: int, digest: int) -> HttpResponse:
    """Issue a checked digest."""
    told = _("Đã ban hành. Mọi người trong cụm đọc được; bản này không sửa được nữa.")
    return _step(request, _desk(request, cluster, year, digest), actions.issue_digest, told)


def _step(request: HttpRequest, found: Digest, action: Callable[..., Digest], told: str) -> HttpResponse:
    """A button on the digest's page: what is refused stands there as a message."""
    form = RevisionForm(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else 0
    with refusal_told(request):
        action(digest=found, revision=revision, actor=request.actor, now=request.now)
        messages.success(request, told)
    return redirect(queries.digest_address(found))


@require_GET
def digest_paper(request: HttpRequest, cluster: str, year: int, digest: int, kind: str) -> HttpResponse:
    """The digest as PDF or DOCX, its table as XLSX."""
    found = _digest_in(request, cluster, year, digest)
    content = rules.from_plain(found.table)
    name = f"du-luan-{found.year.cluster.slug}-{found.pk}"
    if kind == "xlsx":
        return papers.digest_workbook(found, content, name)
    if kind not in ("pdf", "docx"):
        raise Absent
    previous = queries.previous_of(found)
    changed = rules.changes(content, rules.from_plain(previous.table)) if previous else []
    return paper_response(papers.digest_paper(found, content, changed, previous), kind, name)
