"""The table of a year: its tree, publishing, throwing a draft away."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.clusters.access import get_year_visible_to, may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.clusters.rules import Stage
from thidua.criteria import actions, queries
from thidua.criteria.access import IMPORT_TABLE, PUBLISH_VERSION, require_may_import, require_may_publish
from thidua.criteria.forms import DiscardForm, PublishForm
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.queries import editor as reads
from thidua.kernel.errors import Absent, Refused
from thidua.web.sentences import sentence


@require_GET
def tree(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The criteria in force as a tree; `?ban=` chooses another version, the draft stands in where none is published."""
    found = get_year_visible_to(request.actor, cluster, year)
    versions = queries.versions(found)
    shown = _chosen(versions, request.GET.get("ban", ""))
    context = frame_of(request.actor, found, "criteria") | {
        "versions": versions,
        "version": shown,
        "in_force": next((v for v in versions if not v.is_draft), None),
        "draft": next((v for v in versions if v.is_draft), None),
        "is_open": found.stage != Stage.CLOSED,
        "may_import": may(IMPORT_TABLE, request.actor, found),
        "may_publish": may(PUBLISH_VERSION, request.actor, found),
    }
    if context["is_open"] and context["may_import"]:
        context["step"] = reads.newest_step(found)
    if shown is not None:
        context |= _summary_of(shown) | {"lines": queries.lines_of(queries.table_of(shown))}
    return render(request, "criteria/tree.html", context)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Look at the draft once more, say what adopts it, and publish it for good."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_publish(request.actor, found)
    draft = _draft_of(found)
    form = PublishForm(request.POST or None, initial={"version": draft.pk}, is_correction=found.stage != Stage.PREPARING)
    if request.method == "POST" and form.is_valid():
        _require_same(draft, form.cleaned_data["version"])
        given = {name: form.cleaned_data.get(name, "") for name in ("decision", "reason")}
        published = form.attempt(actions.publish_version, version=draft, **given, actor=request.actor, now=request.now)
        if published is not None:
            messages.success(request, _("Đã ban hành bản {number}. Các đơn vị đang xem bản này.").format(number=published.number))
            return redirect(_address(found))
    context = frame_of(request.actor, found, "criteria") | {
        "form": form,
        "version": draft,
        "spots": _spots(draft),
        "may_import": may(IMPORT_TABLE, request.actor, found),
    }
    context |= _summary_of(draft)
    return render(request, "criteria/publish.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Ask, then throw the draft away."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_import(request.actor, found)
    draft = _draft_of(found)
    form = DiscardForm(request.POST or None, initial={"version": draft.pk})
    if request.method == "POST" and form.is_valid():
        _require_same(draft, form.cleaned_data["version"])
        actions.discard_draft(version=draft, actor=request.actor, now=request.now)
        messages.success(request, _("Đã bỏ bản dự thảo."))
        return redirect(_address(found))
    context = frame_of(request.actor, found, "criteria") | {"form": form, "version": draft}
    return render(request, "criteria/discard.html", context)


def _chosen(versions: list[CriteriaVersion], number: str) -> CriteriaVersion | None:
    if not number:
        return next((v for v in versions if not v.is_draft), versions[0] if versions else None)
    for version in versions:
        if str(version.number) == number:
            return version
    raise Absent


def _summary_of(version: CriteriaVersion) -> dict[str, object]:
    table = queries.table_of(version)
    notices = queries.notices_of(table) if version.is_draft else []
    return {
        "summary": queries.summary_of(table),
        "notices": [(notice.facts.get("item", ""), sentence(notice.code, dict(notice.facts))) for notice in notices],
    }


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a draft contradicts itself: the row (empty code: the whole table), what is wrong, the row in the editor's address."""

    code: str
    words: str
    query: str


def _spots(draft: CriteriaVersion) -> list[Spot]:
    """What keeps the draft from being published, in the order of the table."""
    table, found = queries.table_of(draft), []
    codes = {row.row: row.code for row in table.criteria}
    for problem in reads.errors_of(table):
        code = codes.get(problem.row, "")
        query = f"?{urlencode({'dong': code})}#r{problem.row}" if code else ""
        found.append(Spot(code, sentence(problem.code, dict(problem.facts)), query))
    return found


def _draft_of(year: ClusterYear) -> CriteriaVersion:
    draft = queries.draft_version(year)
    if draft is None:
        raise Refused("criteria.draft_replaced")
    return draft


def _require_same(draft: CriteriaVersion, looked_at: int) -> None:
    """What the person looked at is what the step is about."""
    if draft.pk != looked_at:
        raise Refused("criteria.draft_replaced")


def _address(year: ClusterYear, version: CriteriaVersion | None = None) -> str:
    page = reverse("criteria:tree", args=[year.cluster.slug, year.year])
    return f"{page}?ban={version.number}" if version else page
