"""The page on which a draft is edited row by row: a tree, the row that is open beside it, and one button each for what is done.

Every change is a POST that comes back to the page; scripts only make keys and dragging press the same buttons.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.clusters.rules import Stage
from thidua.criteria import actions, queries
from thidua.criteria.access import require_may_import
from thidua.criteria.forms import RowForm
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.queries import editor as reads
from thidua.criteria.rules import ROOT, CriteriaTable
from thidua.criteria.rules.cells import cells_of
from thidua.criteria.rules.editing import Place, Shift
from thidua.kernel.errors import Absent, Refused
from thidua.web.sentences import sentence_of


@require_GET
def page(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The draft as a tree; `?dong=` opens a row beside it, `?them=&cho=` a new row there. Without a draft: how to begin."""
    found = _year_to_edit(request, cluster, year)
    draft = queries.draft_version(found)
    if draft is None:
        return _beginning(request, found)
    table = queries.table_of(draft)
    form = None
    if "them" in request.GET:
        form = _form_to_add(found, table, request.GET["them"], request.GET.get("cho", ""))
    elif code := request.GET.get("dong", ""):
        form = _form_to_change(found, table, code)
    return _shown(request, found, draft, form)


@require_POST
def start(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Begin a draft with what is in force, or empty."""
    found = _year_to_edit(request, cluster, year)
    try:
        how = actions.Start(request.POST.get("start", ""))
    except ValueError:
        raise Absent from None
    title = _("Bảng tiêu chí năm {year}").format(year=found.year)
    in_force = queries.published_version(found)
    if how is actions.Start.IN_FORCE and in_force is not None:
        title = in_force.title
    try:
        draft = actions.start_draft(year=found, start=how, title=title, actor=request.actor, now=request.now)
        if how is actions.Start.EMPTY:
            first = urlencode({"them": reads.end_of(queries.table_of(draft)), "cho": Place.INTO.value})
            return redirect(f"{_address(found)}?{first}#soan")
    except Refused as refused:
        messages.error(request, sentence_of(refused))
    return redirect(_address(found))


@require_POST
def row(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Save a row that was there, or add one; what cannot be kept stands at its field with all that was typed."""
    found = _year_to_edit(request, cluster, year)
    draft = queries.draft_version(found)
    if draft is None:
        return redirect(_address(found))
    form = _bound(request, found, queries.table_of(draft))
    if form.is_valid():
        given, code = form.cleaned_data, form.cells["code"].strip()
        by = {"year": found, "cells": form.cells, "actor": request.actor, "now": request.now}
        if given["at"]:
            saved = form.attempt(actions.change_row, code=given["at"], stamp=given["stamp"], **by)
        else:
            saved = form.attempt(actions.add_row, target=given["target"], place=_place(given["place"]), **by)
        if saved is not None:
            messages.success(request, _("Đã lưu dòng {code}.").format(code=code))
            return redirect(_address(found, code, saved))
    return _shown(request, found, draft, form, status=422)


@require_POST
def preview(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """What the row being typed would be: its formula in words, and what would contradict it. Saves nothing."""
    found = _year_to_edit(request, cluster, year)
    draft = queries.draft_version(found)
    table = queries.table_of(draft) if draft else CriteriaTable.of([])
    form = _bound(request, found, table)
    seen = reads.Preview("", [])
    if form.is_valid():
        given = form.cleaned_data
        seen = reads.preview(table, given["at"], form.cells, target=given["target"], place=_place(given["place"]))
    return render(request, "criteria/editor.html#formula", {"seen": seen})


@require_POST
def move(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Move a row one step (`shift`), or before, after or into another (`target`, `place`)."""
    found = _year_to_edit(request, cluster, year)
    code, shift = request.POST.get("code", ""), request.POST.get("shift", "")
    by = {"year": found, "code": code, "actor": request.actor, "now": request.now}
    try:
        if shift in set(Shift):
            draft = actions.shift_row(shift=Shift(shift), **by)
        else:
            draft = actions.move_row(target=request.POST.get("target", ""), place=_place(request.POST.get("place", "")), **by)
    except Refused as refused:
        messages.error(request, sentence_of(refused))
        return redirect(_address(found, code))
    return redirect(_address(found, code, draft))


@require_POST
def renumber(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Count the codes below a row anew."""
    found = _year_to_edit(request, cluster, year)
    code = request.POST.get("code", "")
    try:
        actions.renumber_rows(year=found, code=code, actor=request.actor, now=request.now)
        messages.success(request, _("Đã đánh số lại các mục con của {code}.").format(code=code))
    except Refused as refused:
        messages.error(request, sentence_of(refused))
    return redirect(_address(found, code))


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Show what goes with a row, then delete it."""
    found = _year_to_edit(request, cluster, year)
    draft = queries.draft_version(found)
    code = (request.POST if request.method == "POST" else request.GET).get("dong", "")
    table = queries.table_of(draft) if draft else CriteriaTable.of([])
    if request.method == "POST":
        try:
            actions.delete_row(year=found, code=code, stamp=request.POST.get("stamp", ""), actor=request.actor, now=request.now)
            messages.success(request, _("Đã xóa. Bấm “Hoàn tác” nếu xóa nhầm."))
        except Refused as refused:
            messages.error(request, sentence_of(refused))
        return redirect(_address(found, table.by_code[code].parent if code in table.by_code else ""))
    if code not in table.by_code:
        return _gone(request, found, code)
    rows = table.subtree(code)
    context = {"row": rows[0], "below": rows[1:], "stamp": actions.stamp_of(table, code, with_below=True), "version": draft}
    return render(request, "criteria/delete_row.html", frame_of(request.actor, found, "criteria") | context)


@require_POST
def undo(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Take the newest change of the draft back, and go to the row that it had changed; an open row (`dong`) stays open."""
    found = _year_to_edit(request, cluster, year)
    step, draft = request.POST.get("step", ""), queries.draft_version(found)
    before = queries.table_of(draft) if draft else CriteriaTable.of([])
    try:
        restored = actions.undo_draft(year=found, step=int(step) if step.isdecimal() else 0, actor=request.actor, now=request.now)
        messages.success(request, _("Đã hoàn tác."))
    except Refused as refused:
        messages.error(request, sentence_of(refused))
        return redirect(_address(found))
    if restored is None:
        return redirect(_address(found))
    after, code = queries.table_of(restored), request.POST.get("dong", "")
    changed = after.by_code.get(reads.first_changed(before, after))
    anchor = f"#r{changed.row}" if changed else ""
    return redirect(_address(found, code if code in after.by_code else "") + anchor)


def _year_to_edit(request: HttpRequest, cluster: str, year: int) -> ClusterYear:
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_import(request.actor, found)
    return found


def _beginning(request: HttpRequest, year: ClusterYear) -> HttpResponse:
    context = {
        "in_force": queries.published_version(year),
        "step": reads.newest_step(year),
        "is_open": year.stage != Stage.CLOSED,
    }
    return render(request, "criteria/start.html", frame_of(request.actor, year, "criteria") | context)


def _shown(
    request: HttpRequest, year: ClusterYear, draft: CriteriaVersion, form: RowForm | None, *, status: int = 200
) -> HttpResponse:
    table = queries.table_of(draft)
    open_row = str(form["at"].value() or "") if form else ""
    seen = None
    if form is not None and open_row in table.by_code:
        place = Place.INTO
        seen = reads.preview(table, open_row, cells_of(table.by_code[open_row]), target=ROOT, place=place)
    context = {
        "draft": draft,
        "summary": queries.summary_of(table),
        "lines": reads.editor_lines(table, reads.unit_names(year)),
        "errors": len(reads.errors_of(table)),
        "unchecked": reads.unchecked_of(table),
        "step": reads.newest_step(year),
        "end": reads.end_of(table),
        "form": form,
        "open_row": table.by_code.get(open_row),
        "seen": seen,
        "assessors": reads.assessors_of(table),
        "is_open": year.stage != Stage.CLOSED,
    }
    return render(request, "criteria/editor.html", frame_of(request.actor, year, "criteria") | context, status=status)


def _form_to_change(year: ClusterYear, table: CriteriaTable, code: str) -> RowForm | None:
    if code not in table.by_code:
        return None
    cells = cells_of(table.by_code[code])
    initial = RowForm.initial_of(cells) | {"at": code, "stamp": actions.stamp_of(table, code)}
    return RowForm(initial=initial, old=cells, units=reads.unit_names(year).items())


def _form_to_add(year: ClusterYear, table: CriteriaTable, target: str, where: str) -> RowForm | None:
    if target != ROOT and target not in table.by_code:
        return None
    place = _place(where)
    initial = RowForm.initial_of(reads.blank_row(table, target, place)) | {"target": target, "place": place.value}
    return RowForm(initial=initial, units=reads.unit_names(year).items())


def _bound(request: HttpRequest, year: ClusterYear, table: CriteriaTable) -> RowForm:
    at = table.by_code.get(request.POST.get("at", ""))
    return RowForm(request.POST, old=cells_of(at) if at else None, units=reads.unit_names(year).items())


def _gone(request: HttpRequest, year: ClusterYear, code: str) -> HttpResponse:
    messages.error(request, sentence_of(Refused("criteria.row_gone", item=code)))
    return redirect(_address(year))


def _place(text: str) -> Place:
    return Place(text) if text in set(Place) else Place.INTO


def _address(year: ClusterYear, code: str = "", draft: CriteriaVersion | None = None) -> str:
    """The editor, with a row open and in sight."""
    address = reverse("criteria:editor", args=[year.cluster.slug, year.year])
    if not code:
        return address
    found = queries.table_of(draft).by_code.get(code) if draft else None
    return f"{address}?{urlencode({'dong': code})}" + (f"#r{found.row}" if found else "")
