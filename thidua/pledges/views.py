"""Pages of the pledge."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import get_year_visible_to, may, require_stage
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of, members
from thidua.clusters.rules import Stage
from thidua.criteria.queries import published_version
from thidua.kernel.errors import Absent, Refused
from thidua.paperwork.papers import paper_response
from thidua.pledges import actions, forms, papers, queries, rules
from thidua.pledges.access import (
    CONFIRM_PLEDGE,
    DRAFT_PLEDGE,
    FREEZE_PLEDGE,
    SET_TARGETS,
    get_own_unit,
    require_may_confirm,
    require_may_draft,
    require_may_freeze,
    require_may_set_targets,
    units_of,
)
from thidua.pledges.models import Pledge
from thidua.web.forms import Form
from thidua.web.sentences import sentence_of

GET_POST = require_http_methods(["GET", "POST"])


def _year(request: HttpRequest, cluster: str, year: int) -> ClusterYear:
    return get_year_visible_to(request.actor, cluster, year)


def _pledge(year: ClusterYear) -> Pledge:
    found = queries.pledge_of(year)
    if found is None:
        raise Absent
    return found


def _back(year: ClusterYear) -> HttpResponse:
    return redirect("pledges:pledge", year.cluster.slug, year.year)


def _page(request: HttpRequest, year: ClusterYear, template: str, **context) -> HttpResponse:
    return render(request, f"pledges/{template}.html", frame_of(request.actor, year, "pledge") | context)


@require_GET
def pledge(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The text, each unit's targets, who has confirmed, and the step that is this person's to take."""
    found = _year(request, cluster, year)
    current, version = queries.pledge_of(found), published_version(found)
    context: dict[str, object] = {
        "preparing": found.stage == Stage.PREPARING,
        "may_draft": may(DRAFT_PLEDGE, request.actor, found),
        "may_freeze": may(FREEZE_PLEDGE, request.actor, found),
        "published": version is not None,
    }
    if current is None:
        return _page(request, found, "none", **context)
    rows = queries.board(current, members(found))
    text, problem = _text(current, found, rows)
    signing = units_of(CONFIRM_PLEDGE, request.actor, found)
    context |= {
        "pledge": current,
        "rows": rows,
        "lines": rules.read(text),
        "problem": problem,
        "outdated": queries.is_outdated(current, found, version.pk if version else None),
        "signed": sum(row.confirmation is not None for row in rows),
        "to_sign": [row.unit for row in rows if row.unit.pk in signing and row.confirmation is None],
        "own": units_of(SET_TARGETS, request.actor, found),
    }
    return _page(request, found, "pledge", **context)


def _text(current: Pledge, year: ClusterYear, rows: list[queries.UnitRow]) -> tuple[str, str]:
    """The text, or why it cannot be put together."""
    try:
        return queries.text_of(current, year, rows), ""
    except Refused as refused:
        return "", sentence_of(refused)


@require_POST
def draft(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Begin the pledge, or put the usual articles back."""
    found = _year(request, cluster, year)
    actions.draft_pledge(year=found, actor=request.actor, now=request.now)
    messages.success(request, _("Đã soạn dự thảo. Hãy đọc, sửa cho đúng với cụm rồi chốt."))
    return _back(found)


@GET_POST
def edit(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Edit preamble and articles."""
    found = _year(request, cluster, year)
    current = _pledge(found)
    require_may_draft(request.actor, found)
    require_stage(found, Stage.PREPARING)
    form = forms.PledgeForm(request.POST) if request.method == "POST" else forms.PledgeForm.of(current)
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.edit_pledge, pledge=current, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã lưu dự thảo giao ước."))
            return _back(found)
        _see_newest(form, "revision", str(queries.pledge_of(found).revision))
    return _page(request, found, "edit", form=form, pledge=current)


def _see_newest(form: Form, field: str, value: str) -> None:
    """After a refusal the form shows what is newest as seen, so that saving again is a decision and not an accident."""
    data = form.data.copy()
    data[field] = value
    form.data = data


@GET_POST
def targets(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """A unit's own targets."""
    found = _year(request, cluster, year)
    current, own = _pledge(found), get_own_unit(request.actor, found, unit)
    require_may_set_targets(request.actor, found, own.pk)
    require_stage(found, Stage.PREPARING)
    saved = queries.targets_of(current, own)
    seen = forms.SeenForm(request.POST or None, initial={"seen": queries.fingerprint(saved)})
    formset = forms.targets_formset(request.POST or None, saved)
    if request.method == "POST" and seen.is_valid() and formset.is_valid():
        seen.attempt(
            actions.set_targets, pledge=current, unit=own, targets=forms.targets_in(formset), **seen.cleaned_data,
            actor=request.actor, now=request.now,
        )  # fmt: skip
        if seen.is_valid():
            messages.success(request, _("Đã lưu chỉ tiêu của %(unit)s.") % {"unit": own.name_vi})
            return redirect(request.path) if "more" in request.POST else _back(found)
        _see_newest(seen, "seen", queries.fingerprint(saved))
    return _page(request, found, "targets", seen=seen, formset=formset, unit=own, pledge=current)


@GET_POST
def freeze(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """What freezing means and what is still empty; then freeze."""
    found = _year(request, cluster, year)
    current = _pledge(found)
    require_may_freeze(request.actor, found)
    require_stage(found, Stage.PREPARING)
    if request.method == "POST":
        actions.freeze_pledge(pledge=current, actor=request.actor, now=request.now)
        messages.success(request, _("Đã chốt giao ước. Lãnh đạo các đơn vị có thể xác nhận."))
        return _back(found)
    rows = queries.board(current, members(found))
    _unused, problem = _text(current, found, rows)
    without = [row.unit for row in rows if not row.targets]
    return _page(request, found, "freeze", pledge=current, problem=problem, without=without, units=len(rows))


@GET_POST
def reopen(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Open a frozen pledge for changes, with a reason."""
    found = _year(request, cluster, year)
    current = _pledge(found)
    require_may_freeze(request.actor, found)
    require_stage(found, Stage.PREPARING)
    form = forms.ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.reopen_pledge, pledge=current, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.warning(request, _("Đã mở lại giao ước. Sau khi chốt, các đơn vị ký lại từ đầu."))
            return _back(found)
    return _page(request, found, "reopen", pledge=current, form=form, signed=current.confirmations.count())


@GET_POST
def confirm(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """A leader confirms the text for the unit."""
    found = _year(request, cluster, year)
    current, own = _pledge(found), get_own_unit(request.actor, found, unit)
    by = require_may_confirm(request.actor, found, own.pk)
    require_stage(found, Stage.PREPARING)
    if request.method == "POST":
        actions.confirm_pledge(
            pledge=current, unit=own, digest=request.POST.get("digest", ""), actor=request.actor, now=request.now
        )
        messages.success(request, _("Đã ghi nhận xác nhận của %(unit)s.") % {"unit": own.name_vi})
        return _back(found)
    if not current.is_open:
        raise Refused("pledges.not_frozen")
    return _page(request, found, "confirm", pledge=current, unit=own, by=by.using, lines=rules.read(current.frozen_text))


@require_GET
def paper(request: HttpRequest, cluster: str, year: int, kind: str) -> HttpResponse:
    """The pledge as PDF or DOCX; as the very text whose SHA-256 is shown (txt)."""
    found = _year(request, cluster, year)
    current = _pledge(found)
    rows = queries.board(current, members(found))
    text, name = queries.text_of(current, found, rows), f"giao-uoc-{found.cluster.slug}-{found.year}"
    if kind == "txt":
        response = HttpResponse(text.encode(), content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.txt"'
        return response
    return paper_response(papers.paper_of(current, found, text, rows), kind, name)
