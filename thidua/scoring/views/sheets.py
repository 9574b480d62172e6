"""Tự chấm: the list of sheets, one sheet, its cells, and what a leader or the head does with it as a whole."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.queries import dates_of, frame_of
from thidua.clusters.rules import Stage
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.kernel.text import small_int
from thidua.scoring import actions, papers, queries
from thidua.scoring.access import reads_proof, require_may_score, require_may_withhold
from thidua.scoring.forms import ReasonForm, entry_typed, line_from, told_beside, typed_row
from thidua.scoring.models import SheetSnapshot
from thidua.scoring.queries import Desk, Typed
from thidua.scoring.views.place import address, place, reason_page, with_reason
from thidua.scoring.views.rows import render_rows
from thidua.web.http import refusal_told


def words() -> dict[str, str]:
    """The short words that stand in every row, translated once for the page."""
    return {
        "why": _("Vì sao?"),
        "missing": _("chưa chấm"),
        "unassigned": _("không giao"),
        "unproved": _("cần ít nhất 1"),
        "one": ngettext("minh chứng", "minh chứng", 1),
        "several": ngettext("minh chứng", "minh chứng", 2),
        "add": _("Thêm minh chứng"),
        "more": _("Thêm…"),
        "whole": _("chấm gộp"),
        "before": _("Năm trước"),
        "typed": _("Bạn nhập"),
        "take": _("Lấy số của người kia"),
        "saved": _("vừa lưu"),
        "maximum": _("Tối đa"),
        "points": _("Tự chấm"),
        "reason": _("Lý do"),
        "proof": _("Minh chứng"),
        "days": _("Xem ngày chậm"),
    }


@require_GET
def sheets(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Which unit is how far. People of one unit only are led straight to their sheet."""
    found = get_year_visible_to(request.actor, cluster, year)
    page = queries.sheet_list(request.actor, found, request.now)
    if page is None:
        raise Absent
    if len(page.entries) == 1 and page.entries[0].is_own:
        return redirect("scoring:sheet", cluster, year, page.entries[0].unit.slug)
    return render(request, "scoring/sheets.html", {**frame_of(request.actor, found, "sheets"), "page": page})


def sheet(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """One sheet. Without JavaScript its form saves every changed row: good ones are kept, bad ones told at their cell."""
    found, organisation = place(request, cluster, year, unit)
    desk = queries.desk_of(request.actor, found, organisation)
    if request.method != "POST":
        return _page(request, desk)
    kept, saved = _save_rows(request, desk)
    if kept:
        return _page(request, queries.desk_of(request.actor, found, organisation), kept, status=422)
    messages.success(request, ngettext("Đã lưu %(n)d dòng.", "Đã lưu %(n)d dòng.", saved) % {"n": saved})
    _cite_reports(request, desk)
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{request.path}?{query}" if query else request.path)


def _cite_reports(request: HttpRequest, desk: Desk) -> None:
    """Cite the reports whose days late were saved (`bao-cao`, for the criterion `dan-cho`). One that another person has cited
    meanwhile is cited all the same; what else is refused is told."""
    code, cited = request.POST.get("dan-cho", ""), 0
    values = {"year": desk.year, "unit": desk.unit, "code": code, "kind": "report", "actor": request.actor, "now": request.now}
    for number in filter(None, map(small_int, request.POST.getlist("bao-cao"))):
        with refusal_told(request):
            try:
                actions.cite_source(**values, source=number)
                cited += 1
            except Refused as refused:
                if refused.code != "scoring.already_cited":
                    raise
    if cited:
        told = ngettext("Đã dẫn %(n)d báo cáo làm minh chứng.", "Đã dẫn %(n)d báo cáo làm minh chứng.", cited)
        messages.success(request, told % {"n": cited})


def _page(request: HttpRequest, desk: Desk, kept: dict[str, Typed] | None = None, status: int = 200) -> HttpResponse:
    only = request.GET.get("loc", "")
    only = only if only in queries.FILTERS else ""
    context = {
        **frame_of(request.actor, desk.year, "sheets"), **_standing(request, desk),
        "desk": desk, "base": address("sheet", desk.year, desk.unit), "words": words(), "only": only,
        "filters": _filters(desk),
    }  # fmt: skip
    context["newer"] = queries.newer_version(desk.sheet, desk.year)
    context["reads_proof"] = reads_proof(request.actor, desk.year, desk.unit.pk)
    if desk.version is not None:
        result = queries.desk_result(desk)
        context |= {"totals": queries.totals_of(result), "submits": queries.who_submits(desk, result, request.now)}
        beside = _beside(request, desk, result, only, context["snapshot"])
        context["with_before"] = bool(beside.before)
        context["body"] = _body(result, beside, request.GET.get("gop", ""), kept, context)
        order = {row.code: n for n, row in enumerate(result.table.criteria)}
        context["problems"] = [(order[code], code, typed.problem) for code, typed in (kept or {}).items()]
    return render(request, "scoring/sheet.html", context, status=status)


_BODIES: queries.Memory[SafeString] = queries.Memory(16)
"""The rows of whole sheets as last shown, some 200 KB each: right while everything that they show is the same."""


def _body(
    result: queries.Result, beside: queries.Beside, whole: str, kept: dict[str, Typed] | None, context: dict[str, object]
) -> SafeString:
    """All rows of a sheet. What could not be saved is shown once and not remembered."""
    desk: Desk = context["desk"]  # type: ignore[assignment]
    only = str(context["only"])
    shared = (context["base"], desk.editable, desk.may_cite, context["with_before"], context["reads_proof"])
    shown = (tuple(beside.before.items()), tuple(beside.news.items()), beside.mine)
    key = (result.key, get_language(), only, whole, *shared, *shown)
    body = None if kept else _BODIES.get(key)
    if body is None:
        rows = queries.rows_of(result, only=only, whole=whole, kept=kept, beside=beside)
        body = render_rows("scoring/sheet.html#row", rows, context, *shared)
        if not kept:
            _BODIES.keep(key, body)
    return body


def _standing(request: HttpRequest, desk: Desk) -> dict[str, object]:
    """What was submitted last and, for a leader, until when it may be recalled."""
    dates = dates_of(desk.year).get(Stage.SELF_SCORING)
    due = dates.due_on if dates else None
    late = due is not None and localdate(request.now) > due
    return {
        "snapshot": queries.last_submitted(desk.sheet),
        "recall": desk.may_recall and not late,
        "too_late": due if desk.may_recall and late else None,
    }


def _filters(desk: Desk) -> list[tuple[str, str]]:
    found = [("", _("Tất cả")), ("thieu", _("Còn thiếu")), ("minh-chung", _("Thiếu minh chứng")), ("thay-doi", _("Mới đổi"))]
    return [*found, ("cua-toi", _("Tôi phụ trách"))] if desk.editable else found


def _beside(
    request: HttpRequest, desk: Desk, result: queries.Result, only: str, snapshot: SheetSnapshot | None
) -> queries.Beside:
    """Last year's points always; what changed and whose rows they are when they are asked for."""
    actor, table = request.actor, result.table
    return queries.Beside(
        before=queries.points_before(actor, desk.year, desk.unit, desk.version),
        news=queries.news_of(actor, result, snapshot) if only == "thay-doi" else {},
        mine=queries.rows_of_person(actor, desk.year, desk.unit, table) if only == "cua-toi" else frozenset(),
    )


def _save_rows(request: HttpRequest, desk: Desk) -> tuple[dict[str, Typed], int]:
    """Save what changed. What could not be saved, by code, with its sentence; and how many rows were saved."""
    require_may_score(request.actor, desk.year, desk.unit.pk)
    if desk.version is None:
        raise Refused("scoring.no_criteria")
    result = queries.desk_result(desk)
    kept: dict[str, Typed] = {}
    saved = 0
    for row in result.table.criteria:
        try:
            saved += _save_row(request, desk, result, row.code)
        except (Absent, Forbidden):
            raise
        except Refused as refused:
            if refused.facts.get("field") != row.code:
                raise
            kept[row.code] = _told(request, desk, row.code, refused)
    return kept, saved


def _save_row(request: HttpRequest, desk: Desk, result: queries.Result, code: str) -> int:
    """Save one typed row if it was sent and differs from what is there: 1, or 0."""
    row, line = result.table.by_code[code], result.lines.get(code)
    said = line.as_rule() if line else None
    entry = entry_typed(request.POST, row, result.table, said)
    typed = typed_row(request.POST, code, entry) if entry else None
    if typed is None:
        return 0
    new = line_from(typed, row, result.table, entry)
    before = (queries.figures_of(said), line.reason if line else "")
    if before == (queries.figures_of(new), typed.reason.replace("\r\n", "\n").strip()):
        return 0
    opened = actions.open_sheet(year=desk.year, unit=desk.unit, actor=request.actor, now=request.now)
    reason = typed.reason.replace("\r\n", "\n")
    values = {"reason": reason, "revision": typed.revision, "actor": request.actor, "now": request.now}
    saved = actions.save_line(sheet=opened, line=new, **values)
    return int(line is None or saved.revision != line.revision)


def _told(request: HttpRequest, desk: Desk, code: str, refused: Refused) -> Typed:
    """What was typed with the sentence why it was not saved, beside what another person has written there meanwhile."""
    result = queries.desk_result(queries.desk_of(request.actor, desk.year, desk.unit))
    row, line = result.table.by_code[code], result.lines.get(code)
    entry = entry_typed(request.POST, row, result.table, line.as_rule() if line else None)
    return told_beside(typed_row(request.POST, code, entry), refused, row, result.table, line, entry)


@require_POST
def save_row(request: HttpRequest, cluster: str, year: int, unit: str, code: str) -> HttpResponse:
    """One row as it is typed: answers with the parts of the page that changed, 422 when the row could not be saved. What another
    person has written in the row since it was read comes with it."""
    found, organisation = place(request, cluster, year, unit)
    desk = queries.desk_of(request.actor, found, organisation)
    require_may_score(request.actor, found, organisation.pk)
    if desk.version is None:
        raise Refused("scoring.no_criteria")
    result = queries.desk_result(desk)
    if code not in result.table.by_code:
        raise Absent
    kept: dict[str, Typed] = {}
    stale = _is_stale(request, result, code)
    try:
        _save_row(request, desk, result, code)
    except (Absent, Forbidden):
        raise
    except Refused as refused:
        kept[code] = _told(request, desk, code, refused)
    desk = queries.desk_of(request.actor, found, organisation)
    result = queries.desk_result(desk)
    path = queries.path_to(result.table, code)
    rows = queries.rows_of(result, kept=kept, codes=path)
    context = {
        "desk": desk, "base": address("sheet", found, organisation), "words": words(), "oob": True, "stale": stale,
        "changed": rows, "saved": [row for row in rows if row.code == code], "totals": queries.totals_of(result),
        "submits": queries.who_submits(desk, result, request.now), "reads_proof": True,
    }  # fmt: skip
    return render(request, "scoring/sheet.html#saved", context, status=422 if kept else 200)


def _is_stale(request: HttpRequest, result: queries.Result, code: str) -> bool:
    """Whether the writer looked at an older state of the row than the one that stands there."""
    line = result.lines.get(code)
    return (small_int(request.POST.get(f"revision-{code}", "")) or 0) != (line.revision if line else 0)


def withhold(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """The head's secretary takes the unit out of the ranking."""
    found, organisation = place(request, cluster, year, unit)
    require_may_withhold(request.actor, found)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {"year": found, "unit": organisation, "actor": request.actor, "now": request.now}
        if form.attempt(actions.withhold_unit, reason=form.cleaned_data["reason"], **values):
            return redirect("scoring:sheet", cluster, year, unit)
    title = _("Không xếp hạng đơn vị")
    hint = _("Đơn vị có tên trong bảng xếp hạng kèm lý do này, không có hạng. Phần đã chấm vẫn được giữ.")
    return reason_page(request, found, organisation, form, title, hint)


def readmit(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """The head's secretary lets the unit back in."""
    found, organisation = place(request, cluster, year, unit)
    require_may_withhold(request.actor, found)
    hint = _("Đơn vị trở lại trạng thái trước đó và được xếp hạng như các đơn vị khác.")
    return with_reason(request, found, organisation, actions.readmit_unit, _("Xếp hạng lại đơn vị"), hint)


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """The sheet as XLSX, with live sums."""
    found, organisation = place(request, cluster, year, unit)
    desk = queries.desk_of(request.actor, found, organisation)
    if desk.version is None:
        raise Refused("scoring.no_criteria")
    return papers.sheet_workbook(desk, queries.desk_result(desk))
