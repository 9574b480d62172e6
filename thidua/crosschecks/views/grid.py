"""Bảng chấm: criteria × units like a spreadsheet, each cell saved as it is typed; the story of one cell."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.queries import frame_of
from thidua.crosschecks.actions import marks, remarks
from thidua.crosschecks.forms.grid import AgreeForm, RemarkForm, is_empty, line_from, told, typed_cell
from thidua.crosschecks.models import CheckTask
from thidua.crosschecks.queries.cell import remark_counts, story_of
from thidua.crosschecks.queries.grid import (
    ALL,
    Desk,
    cell_inputs,
    cell_of,
    column_of,
    desk_at,
    grid_of,
    grid_table,
    unit_at,
    with_remarks,
)
from thidua.crosschecks.queries.marks import line_of
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.people.models import Organisation
from thidua.scoring.queries import Typed, entry_of
from thidua.scoring.queries.sheets import Input
from thidua.web.http import refusal_told
from thidua.web.workbook import workbook_response


def base_of(desk: Desk) -> str:
    """The address of the round."""
    return reverse("crosschecks:grid", args=[desk.year.cluster.slug, desk.year.year, desk.check.number]).removesuffix("bang/")


def desk_for(request: HttpRequest, cluster: str, year: int, number: int) -> Desk:
    """The round of an address for this person; Absent for who sees nothing of it."""
    found = get_year_visible_to(request.actor, cluster, year)
    return desk_at(request.actor, found, number)


def grid(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """The grid; a form without JavaScript saves all cells that say something new."""
    desk = desk_for(request, cluster, year, number)
    kept: dict[str, Typed] = {}
    if request.method == "POST":
        saved, kept = _save_all(request, desk)
        if saved:
            messages.success(request, ngettext("Đã lưu %(n)d ô.", "Đã lưu %(n)d ô.", saved) % {"n": saved})
        if not kept:
            return redirect(request.get_full_path())
        desk = desk_for(request, cluster, year, number)
    return _grid_page(request, desk, kept)


def _grid_page(request: HttpRequest, desk: Desk, kept: dict[str, Typed]) -> HttpResponse:
    section, only = request.GET.get("phan", ""), request.GET.get("loc", "")
    page = with_remarks(grid_of(desk, section=section, only=only, kept=kept), remark_counts(desk))
    filters = [("", _("Tất cả")), ("khac", _("Khác tự chấm"))]
    if page.editable:
        filters.append(("con-lai", _("Chưa chấm")))
    context = {
        **frame_of(request.actor, desk.year, "checks"),
        "desk": desk, "page": page, "base": base_of(desk), "only": only, "all": ALL,
        "filters": [(key, title, _query(request, loc=key)) for key, title in filters],
        "problems": [(key, typed.problem) for key, typed in kept.items()],
    }  # fmt: skip
    return render(request, "crosschecks/grid.html", context, status=422 if kept else 200)


def _query(request: HttpRequest, **values: str) -> str:
    query: QueryDict = request.GET.copy()
    for name, value in values.items():
        query[name] = value
        if not value:
            del query[name]
    return "?" + query.urlencode()


def _save_all(request: HttpRequest, desk: Desk) -> tuple[int, dict[str, Typed]]:
    saved, kept = 0, {}
    for pk in desk.units:
        for row in desk.table_at(pk).criteria if pk in desk.read else ():
            try:
                saved += _save(request, desk, pk, row.code)
            except (Absent, Forbidden):
                raise
            except Refused as refused:
                kept[f"{pk}-{row.code}"] = _told(request, desk, pk, row.code, refused)
    return saved, kept


def _save(request: HttpRequest, desk: Desk, unit_id: int, code: str) -> int:
    """Save one cell if it says something new: 1, or 0. An empty cell says nothing. Typed on a page from before the round was
    closed or the task finished, it is refused like any other mark."""
    _sheet, result = desk.read[unit_id]
    row, task = result.table.by_code[code], desk.eyes.task_for(unit_id, desk.given.codes, code)
    said = result.lines[code].as_rule() if code in result.lines else None
    entry = entry_of(row, result.table, said)
    typed = typed_cell(request.POST, f"{unit_id}-{code}", entry) if entry and task else None
    if typed is None or task is None or entry is None or is_empty(typed):
        return 0
    line = line_from(typed, row, result.table, entry, said)
    mark = desk.mark_of(task, code)
    if mark is not None and line_of(mark, code) == line and mark.reason == typed.reason.strip():
        return 0
    given = {"line": line, "reason": typed.reason, "revision": typed.revision}
    marks.give_mark(task=task, **given, actor=request.actor, now=request.now)
    return 1


def _told(request: HttpRequest, desk: Desk, unit_id: int, code: str, refused: Refused) -> Typed:
    _sheet, result = desk.read[unit_id]
    line = result.lines.get(code)
    entry = entry_of(result.table.by_code[code], result.table, line.as_rule() if line else None)
    return told(typed_cell(request.POST, f"{unit_id}-{code}", entry), refused)


@require_POST
def mark(request: HttpRequest, cluster: str, year: int, number: int, unit: str, code: str) -> HttpResponse:
    """One cell as it is typed: answers with the parts of the page that changed, 422 when it could not be saved."""
    desk = desk_for(request, cluster, year, number)
    pk = unit_at(desk, unit).pk
    _require_task(desk, pk, code)
    kept: Typed | None = None
    try:
        _save(request, desk, pk, code)
    except (Absent, Forbidden):
        raise
    except Refused as refused:
        kept = _told(request, desk, pk, code, refused)
    if not request.headers.get("HX-Request"):
        if kept is None:
            return redirect("crosschecks:cell", cluster, year, number, unit, code)
        return story_page(request, desk, unit_at(desk, unit), code, kept=kept)
    desk = desk_for(request, cluster, year, number)
    column = column_of(desk, desk.units[pk])
    asked = f"reason.{pk}-{code}" in request.POST
    same = any(value.strip() == "=" for name, value in request.POST.items() if name.endswith(f".{pk}-{code}"))
    context = {
        "desk": desk, "base": base_of(desk), "c": cell_of(desk, pk, code, kept), "column": column, "oob": True,
        "reason_there": asked, "typed_same": same and kept is None,
    }  # fmt: skip
    return render(request, "crosschecks/grid.html#saved", context, status=422 if kept else 200)


def _require_task(desk: Desk, unit_id: int, code: str) -> None:
    """The person's own task about the line: 404 for rows that are not there, 403 for lines of others."""
    if code not in desk.table_at(unit_id).by_code:
        raise Absent
    if desk.eyes.task_for(unit_id, desk.given.codes, code) is None:
        raise Forbidden("crosschecks.not_your_task")


def _own_tasks(desk: Desk, unit: Organisation) -> list[CheckTask]:
    tasks = [task for task in desk.eyes.tasks.values() if task.unit_id == unit.pk]
    if not tasks:
        raise Forbidden("crosschecks.not_your_task")
    return tasks


@require_POST
def agree_rest(request: HttpRequest, cluster: str, year: int, number: int, unit: str) -> HttpResponse:
    """Agree with the unit at every line not marked yet."""
    desk = desk_for(request, cluster, year, number)
    with refusal_told(request):
        tasks = [task for task in _own_tasks(desk, unit_at(desk, unit)) if task.done_at is None]
        count = sum(marks.confirm_rest_of_task(task=task, actor=request.actor, now=request.now) for task in tasks)
        messages.success(request, ngettext("Đã đồng ý %(n)d dòng.", "Đã đồng ý %(n)d dòng.", count) % {"n": count})
    return redirect("crosschecks:grid", cluster, year, number)


@require_POST
def finish_task(request: HttpRequest, cluster: str, year: int, number: int, unit: str) -> HttpResponse:
    """Tell that every line of the unit has been looked at."""
    desk = desk_for(request, cluster, year, number)
    place = unit_at(desk, unit)
    with refusal_told(request):
        for task in _own_tasks(desk, place):
            if task.done_at is None:
                marks.finish_task(task=task, actor=request.actor, now=request.now)
        messages.success(request, _("Đã chấm xong “%(unit)s”.") % {"unit": place.name_vi})
    return redirect("crosschecks:grid", cluster, year, number)


@require_POST
def resume_task(request: HttpRequest, cluster: str, year: int, number: int, unit: str) -> HttpResponse:
    """Go on marking a unit."""
    desk = desk_for(request, cluster, year, number)
    with refusal_told(request):
        for task in _own_tasks(desk, unit_at(desk, unit)):
            if task.done_at is not None:
                marks.resume_task(task=task, actor=request.actor, now=request.now)
    return redirect("crosschecks:grid", cluster, year, number)


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """The grid as XLSX: what this person sees of it."""
    desk = desk_for(request, cluster, year, number)
    headers, rows = grid_table(desk)
    note = _("Số liệu minh hoạ") if desk.year.illustrative else ""
    title = f"{desk.check.title} · {desk.year}"
    return workbook_response(f"bang-cham-{desk.year.cluster.slug}-{desk.year.year}-{number}", title, headers, rows, note)


def cell(request: HttpRequest, cluster: str, year: int, number: int, unit: str, code: str) -> HttpResponse:
    """The story of one line, and the conversation about it."""
    desk = desk_for(request, cluster, year, number)
    place = unit_at(desk, unit)
    form = RemarkForm(request.POST or None)
    if request.method == "POST":
        values = {"year": desk.year, "unit": place, "code": code, "actor": request.actor, "now": request.now}
        if form.is_valid() and form.attempt(remarks.say_remark, text=form.cleaned_data["text"], **values):
            messages.success(request, _("Đã gửi ý kiến."))
            return redirect("crosschecks:cell", cluster, year, number, unit, code)
    return story_page(request, desk, place, code, form=form)


def story_page(
    request: HttpRequest,
    desk: Desk,
    unit: Organisation,
    code: str,
    *,
    form: RemarkForm | None = None,
    agree: AgreeForm | None = None,
    kept: Typed | None = None,
) -> HttpResponse:
    """The page of one line with the forms as they were sent, 422 when one was refused."""
    story = story_of(request.actor, desk, unit, code)
    wrong = kept is not None or bool(form and form.errors) or bool(agree and agree.errors)
    context = {
        **frame_of(request.actor, desk.year, "checks"),
        "desk": desk, "story": story, "base": base_of(desk),
        "c": cell_of(desk, unit.pk, code, kept), "form": form or RemarkForm(),
        "agree": agree or AgreeForm(), "agree_inputs": agree_inputs(request, desk, unit, code, typed=agree is not None),
    }  # fmt: skip
    return render(request, "crosschecks/cell.html", context, status=422 if wrong else 200)


def agree_inputs(request: HttpRequest, desk: Desk, unit: Organisation, code: str, *, typed: bool) -> tuple[Input, ...]:
    """The fields of the value to be agreed: what was typed, what is agreed already, or nothing yet."""
    result = desk.read[unit.pk][1]
    row, line = result.table.by_code[code], result.lines.get(code)
    said = line.as_rule() if line else None
    entry = entry_of(row, result.table, said)
    kept = typed_cell(request.POST, f"agree-{code}", entry) if typed and entry else None
    return cell_inputs(row, result.table, said, desk.seen.agreements.get((unit.pk, code)), kept)
