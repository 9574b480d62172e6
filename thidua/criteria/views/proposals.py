"""Taking a table in: from a file, pasted, from the library or another year; looked at before it becomes the draft."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.clusters.access import get_year_visible_to, may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.clusters.rules import Stage
from thidua.criteria import actions, queries, rules
from thidua.criteria.access import IMPORT_TABLE, require_may_import
from thidua.criteria.forms import LibraryForm, TableForm
from thidua.criteria.models import TableProposal
from thidua.criteria.queries.editor import unit_names
from thidua.web.forms import Form


@require_http_methods(["GET", "POST"])
def import_(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Give a table, from a file or pasted: every cell to be mended is listed, otherwise it is shown before it is taken in."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_import(request.actor, found)
    form = TableForm(request.POST or None, request.FILES or None, initial={"title": _proposed_title(found)})
    if request.method == "POST" and form.is_valid():
        names = ("rows", "title", "source_name", "found", "stamp", "any_version")
        given = {name: form.cleaned_data[name] for name in names}
        kept = form.attempt(actions.propose_table, year=found, **given, actor=request.actor, now=request.now)
        if kept is not None:
            if form.unknown_columns:
                left_out = _("Các cột không có trong mẫu đã được bỏ qua: {names}.").format(names=", ".join(form.unknown_columns))
                messages.warning(request, left_out)
            return redirect(_address(kept))
    context = frame_of(request.actor, found, "criteria") | {
        "form": form,
        "draft": queries.draft_version(found),
        "is_open": found.stage != Stage.CLOSED,
    }
    return render(request, "criteria/import.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, cluster: str, year: int, proposal_id: int) -> HttpResponse:
    """What would change; yes takes the whole table in as the draft, no drops it."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_import(request.actor, found)
    kept = queries.get_proposal(request.actor, found, proposal_id)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_bound and "drop" in request.POST:
        actions.drop_proposal(proposal=kept, actor=request.actor)
        messages.success(request, _("Đã bỏ bảng vừa xem. Dự thảo không thay đổi."))
        return redirect("criteria:import", cluster, year)
    if form.is_bound and form.is_valid():
        draft = form.attempt(actions.accept_proposal, proposal=kept, actor=request.actor, now=request.now)
        if draft is not None:
            messages.success(
                request, _("Đã nhập bảng làm dự thảo. Hãy xem lại rồi ban hành; trang soạn bảng hoàn tác được việc nhập.")
            )
            return redirect(reverse("criteria:tree", args=[cluster, year]) + f"?ban={draft.number}")
    context = frame_of(request.actor, found, "criteria") | {"form": form, "proposal": kept} | _beside(found, kept)
    return render(request, "criteria/proposal.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def library(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Examples and other tables to start from; choosing one proposes it, as if it had been imported."""
    found = get_year_visible_to(request.actor, cluster, year)
    form = LibraryForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        require_may_import(request.actor, found)
        if form.is_valid() and (kept := _proposed(request, found, form)) is not None:
            return redirect(_address(kept))
    context = frame_of(request.actor, found, "criteria") | {
        "form": form,
        "examples": queries.EXAMPLES,
        "tables": queries.tables_to_copy(request.actor, found),
        "may_import": may(IMPORT_TABLE, request.actor, found) and found.stage != Stage.CLOSED,
    }
    return render(request, "criteria/library.html", context, status=422 if form.is_bound else 200)


def _proposed(request: HttpRequest, year: ClusterYear, form: LibraryForm) -> TableProposal | None:
    """The proposal made of what was chosen; None where it was refused."""
    by = {"actor": request.actor, "now": request.now}
    if form.cleaned_data["version"]:
        return form.attempt(actions.propose_copy, year=year, version_id=form.cleaned_data["version"], **by)
    chosen = queries.get_example(form.cleaned_data["example"])
    named = _("Ví dụ: {title}").format(title=chosen.title)
    given = {"rows": chosen.rows, "title": _proposed_title(year), "source_name": named}
    return form.attempt(actions.propose_table, year=year, **given, **by)


def _beside(year: ClusterYear, kept: TableProposal) -> dict[str, object]:
    """The proposed table beside what stands there: the draft, else the criteria in force, else nothing."""
    draft = queries.draft_version(year)
    base = draft or queries.published_version(year)
    old = queries.table_of(base) if base else rules.CriteriaTable.of([])
    table = rules.parse_criteria(kept.rows).table or rules.CriteriaTable.of([])
    is_stale = kept.base != (draft.digest if draft else "")
    known = unit_names(year)
    strangers = [(row.code, slug) for row in table.criteria for slug in row.not_assigned if slug not in known]
    told = {"base": base, "draft": draft, "is_stale": is_stale, "strangers": strangers}
    return told | {"compared": queries.compared(old, table)}


def _proposed_title(year: ClusterYear) -> str:
    return _("Bảng tiêu chí năm {year}").format(year=year.year)


def _address(kept: TableProposal) -> str:
    return reverse("criteria:proposal", args=[kept.year.cluster.slug, kept.year.year, kept.pk])
