"""Thẩm định: who appraises whom, one sheet row by row, the unit's answers, the end of the check."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of, members
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.kernel.text import small_int
from thidua.people.models import Organisation, Person
from thidua.scoring import actions, queries
from thidua.scoring.access import reads_proof, require_may_answer, require_may_appraise, require_may_assign
from thidua.scoring.forms import AnswerForm, AssignForm, line_from, told, typed_row
from thidua.scoring.models import AppraiserAssignment, Judgement
from thidua.scoring.queries import CheckDesk, Result, Typed
from thidua.scoring.queries.moving import moved_by, moved_words, standings_of
from thidua.scoring.views.place import address, place, with_reason
from thidua.scoring.views.rows import render_rows
from thidua.web.http import refusal_told


def _words() -> dict[str, str]:
    return {
        "confirmed": _("đồng ý"), "changed": _("thay đổi"), "unconfirmed": _("chưa thẩm định"),
        "one": ngettext("minh chứng", "minh chứng", 1), "several": ngettext("minh chứng", "minh chứng", 2),
        "unproved": _("không có minh chứng"),
        "said": _("Đơn vị tự chấm"), "found": _("Thẩm định"), "agree": pgettext("check", "Đồng ý"), "reason": _("Lý do thay đổi"),
        "maximum": _("Tối đa"), "answer": _("Trả lời…"), "story": _("Diễn biến"),
        "days": _("Xem ngày chậm"),
    }  # fmt: skip


@require_GET
def checks(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Who appraises whom, and how far."""
    found = get_year_visible_to(request.actor, cluster, year)
    return _checks_page(request, found)


def _checks_page(request: HttpRequest, year: ClusterYear, form: AssignForm | None = None) -> HttpResponse:
    page = queries.check_list(request.actor, year)
    if page is None:
        raise Absent
    if page.may_assign and form is None:
        form = _assign_form(request, year)
    context = {**frame_of(request.actor, year, "checks"), "page": page, "form": form if page.may_assign else None}
    context["pages"] = queries.check_pages(request.actor, year)
    return render(request, "scoring/checks.html", context, status=422 if form and form.errors else 200)


def _assign_form(request: HttpRequest, year: ClusterYear, data: object = None) -> AssignForm:
    people = queries.appraisers_to_choose(year, request.now)
    return AssignForm(data, people=people, units=[(unit.pk, unit.name_vi) for unit in members(year)])


@require_POST
def assign(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The head's secretary gives a unit to an appraiser, or takes it away (`remove`)."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_assign(request.actor, found)
    if removed := request.POST.get("remove"):
        given = AppraiserAssignment.objects.filter(year=found, pk=small_int(removed))
        assignment = given.select_related("year__cluster", "person", "unit").first()
        if assignment is None:
            raise Absent
        with refusal_told(request):
            actions.unassign_appraiser(assignment=assignment, actor=request.actor, now=request.now)
        return redirect("scoring:checks", cluster, year)
    form = _assign_form(request, found, request.POST)
    if form.is_valid():
        person = Person.objects.get(pk=form.cleaned_data["person"])
        unit = Organisation.objects.get(pk=form.cleaned_data["unit"])
        form.attempt(actions.assign_appraiser, year=found, person=person, unit=unit, actor=request.actor, now=request.now)
    return _checks_page(request, found, form) if form.errors else redirect("scoring:checks", cluster, year)


def _desk(request: HttpRequest, cluster: str, year: int, unit: str) -> CheckDesk:
    found, organisation = place(request, cluster, year, unit)
    desk = queries.check_desk(request.actor, found, organisation)
    if desk is None:
        raise Refused("scoring.not_submitted", unit=organisation.name_vi)
    return desk


def check(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """One sheet under check; the unit reads along. Without JavaScript the form saves every changed row."""
    desk = _desk(request, cluster, year, unit)
    if request.method != "POST":
        return _page(request, desk)
    require_may_appraise(request.actor, desk.year, desk.unit.pk)
    result, kept, saved, before = queries.result_of(desk.sheet), {}, 0, standings_of(desk.year)
    for row in result.table.criteria:
        try:
            saved += _save(request, desk, result, row.code)
        except (Absent, Forbidden):
            raise
        except Refused as refused:
            if refused.facts.get("field") != row.code:
                raise
            kept[row.code] = _told(request, result, row.code, refused)
    if moved := moved_words(desk.year, before, standings_of(desk.year), desk.unit.pk):
        messages.info(request, _("Đơn vị khác đổi theo: %(moved)s.") % {"moved": "; ".join(moved)})
    if kept:
        return _page(request, _desk(request, cluster, year, unit), kept, status=422)
    messages.success(request, ngettext("Đã lưu %(n)d dòng.", "Đã lưu %(n)d dòng.", saved) % {"n": saved})
    return redirect(request.get_full_path())


def _page(request: HttpRequest, desk: CheckDesk, kept: dict[str, Typed] | None = None, status: int = 200) -> HttpResponse:
    only = request.GET.get("loc", "")
    only = only if only in queries.CHECK_FILTERS else ""
    result = queries.result_of(desk.sheet)
    order = {row.code: n for n, row in enumerate(result.table.criteria)}
    context = {
        **frame_of(request.actor, desk.year, "checks"),
        "desk": desk, "base": address("check", desk.year, desk.unit), "words": _words(), "only": only,
        "filters": [("", _("Tất cả")), ("con-lai", _("Chưa thẩm định")), ("thay-doi", _("Thay đổi"))],
        "sheet_url": address("sheet", desk.year, desk.unit), "totals": queries.check_totals(result, desk.sheet.checked_at),
        "problems": [(order[code], code, typed.problem) for code, typed in (kept or {}).items()],
    }  # fmt: skip
    rows = queries.check_rows(result, only=only, kept=kept)
    context["reads_proof"] = reads_proof(request.actor, desk.year, desk.unit.pk)
    shared = (context["base"], desk.editable, desk.may_answer, context["reads_proof"])
    context["body"] = render_rows("scoring/check.html#row", rows, context, *shared)
    return render(request, "scoring/check.html", context, status=status)


def _save(request: HttpRequest, desk: CheckDesk, result: Result, code: str) -> int:
    """Save one row of the check if it says something new: 1, or 0. An empty field says nothing; a tick agrees with the unit."""
    row, line, verdict = result.table.by_code[code], result.lines.get(code), result.verdicts.get(code)
    said = line.as_rule() if line else None
    entry = queries.entry_of(row, result.table, said)
    typed = typed_row(request.POST, code, entry) if entry else None
    if typed is None:
        return 0
    new = line_from(typed, row, result.table, entry)
    undone = verdict is not None and verdict.judgement == Judgement.CHANGED and entry is queries.Entry.GATE
    if not new.has_figures and not undone:
        if f"ok-{code}" not in request.POST or said is None:
            return 0
        new = said
    before = verdict.revision if verdict else 0
    give = {"sheet": desk.sheet, "reason": typed.reason.replace("\r\n", "\n"), "revision": typed.revision}
    given = actions.give_verdict(**give, line=new, actor=request.actor, now=request.now)
    return int(given.revision != before)


def _told(request: HttpRequest, result: Result, code: str, refused: Refused) -> Typed:
    line = result.lines.get(code)
    entry = queries.entry_of(result.table.by_code[code], result.table, line.as_rule() if line else None)
    return told(typed_row(request.POST, code, entry), refused)


@require_POST
def verdict(request: HttpRequest, cluster: str, year: int, unit: str, code: str) -> HttpResponse:
    """One row of the check as it is typed: answers with the parts of the page that changed, 422 when it could not be saved."""
    desk = _desk(request, cluster, year, unit)
    require_may_appraise(request.actor, desk.year, desk.unit.pk)
    result, kept = queries.result_of(desk.sheet), {}
    if code not in result.table.by_code:
        raise Absent
    before = standings_of(desk.year)
    try:
        _save(request, desk, result, code)
    except (Absent, Forbidden):
        raise
    except Refused as refused:
        kept[code] = _told(request, result, code, refused)
    desk = _desk(request, cluster, year, unit)
    result = queries.result_of(desk.sheet)
    rows = queries.check_rows(result, kept=kept, codes=set(queries.path_to(result.table, code)))
    context = {
        "desk": desk, "base": address("check", desk.year, desk.unit), "words": _words(), "oob": True,
        "reads_proof": True, "changed": rows,
        "saved": [row for row in rows if row.code == code], "totals": queries.check_totals(result),
        "moved": moved_words(desk.year, before, standings_of(desk.year), desk.unit.pk),
    }  # fmt: skip
    return render(request, "scoring/check.html#saved", context, status=422 if kept else 200)


@require_POST
def confirm_rest(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """Agree with every line about which nothing was said yet."""
    desk = _desk(request, cluster, year, unit)
    with refusal_told(request):
        number = actions.confirm_all_remaining(sheet=desk.sheet, actor=request.actor, now=request.now)
        messages.success(request, ngettext("Đã xác nhận %(n)d dòng.", "Đã xác nhận %(n)d dòng.", number) % {"n": number})
    return redirect("scoring:check", cluster, year, unit)


@require_POST
def finish(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """Close the check."""
    desk = _desk(request, cluster, year, unit)
    with refusal_told(request):
        actions.finish_check(sheet=desk.sheet, actor=request.actor, now=request.now)
        messages.success(request, _("Đã hoàn thành thẩm định."))
    return redirect("scoring:check", cluster, year, unit)


def reopen(request: HttpRequest, cluster: str, year: int, unit: str) -> HttpResponse:
    """Open a finished check again."""
    desk = _desk(request, cluster, year, unit)
    require_may_appraise(request.actor, desk.year, desk.unit.pk)
    hint = _("Các dòng sửa được trở lại. Lý do được ghi vào nhật ký và đơn vị đọc được.")
    return with_reason(request, desk.year, desk.unit, actions.reopen_check, _("Mở lại thẩm định"), hint, "check")


def answer(request: HttpRequest, cluster: str, year: int, unit: str, code: str) -> HttpResponse:
    """One line's story: what the unit said, each change and its reason, the unit's answer; the unit answers here."""
    desk = _desk(request, cluster, year, unit)
    result = queries.result_of(desk.sheet)
    given = result.verdicts.get(code)
    if given is None:
        raise Absent
    form = AnswerForm(request.POST or None, initial={"answer": given.unit_answer})
    if request.method == "POST":
        require_may_answer(request.actor, desk.year, desk.unit.pk)
        values = {"sheet": desk.sheet, "code": code, "actor": request.actor, "now": request.now}
        if form.is_valid() and form.attempt(actions.answer_verdict, answer=form.cleaned_data["answer"], **values):
            messages.success(request, _("Đã gửi ý kiến tới người thẩm định."))
            return redirect("scoring:check", cluster, year, unit)
    context = {
        **frame_of(request.actor, desk.year, "checks"),
        "desk": desk, "form": form if desk.may_answer and given.judgement == Judgement.CHANGED else None,
        "row": queries.check_rows(result, codes={code})[0], "history": queries.history_of(given),
        "moved": moved_by(request.actor, desk.sheet, result.table.by_code[code]), "back": address("check", desk.year, desk.unit),
    }  # fmt: skip
    return render(request, "scoring/answer.html", context, status=422 if form.errors else 200)
