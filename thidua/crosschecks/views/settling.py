"""Chốt vòng: agreed values, the preview of every line, and settling."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.queries import frame_of
from thidua.clusters.rules import Stage
from thidua.crosschecks.access import get_round_visible_to, require_may_settle
from thidua.crosschecks.actions import settling
from thidua.crosschecks.forms.grid import AgreeForm, is_empty, line_from, typed_cell
from thidua.crosschecks.models import RoundState
from thidua.crosschecks.queries.grid import Desk, unit_at
from thidua.crosschecks.queries.settling import preview_of, settlement_of
from thidua.crosschecks.views.grid import base_of, desk_for, story_page
from thidua.kernel.errors import Absent, Refused
from thidua.people.models import Organisation
from thidua.scoring.queries import entry_of
from thidua.web.http import refusal_told


def settle(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """What settling would write, line by line; and the settling itself.

    While the round is open, whoever has a part in the marking is told to wait (crosschecks.after_closing).
    """
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_settle(request.actor, found)
    check = get_round_visible_to(request.actor, found, number)
    if check.state == RoundState.DRAFT:
        raise Absent
    if request.method == "POST":
        with refusal_told(request):
            stamp = request.POST.get("stamp", "")
            settling.settle_round(check=check, stamp=stamp or "-", actor=request.actor, now=request.now)
            messages.success(request, _("Đã chốt vòng; kết quả đã vào phiếu của từng đơn vị."))
        return redirect("crosschecks:settle", cluster, year, number)
    desk = desk_for(request, cluster, year, number)
    if not desk.is_judged_from_outside:
        raise Refused("crosschecks.after_closing")
    settlement = settlement_of(check)
    closed = check.state == RoundState.CLOSED and found.stage == Stage.CROSS_CHECKING
    context = {
        **frame_of(request.actor, found, "checks"),
        "check": check, "settlement": settlement, "units": preview_of(settlement), "base": base_of(desk),
        "may_settle": closed and not settlement.waiting and not settlement.ended, "closed": closed,
    }  # fmt: skip
    return render(request, "crosschecks/settle.html", context)


@require_POST
def agree(request: HttpRequest, cluster: str, year: int, number: int, unit: str, code: str) -> HttpResponse:
    """Put down an agreed value, or withdraw it (`withdraw`)."""
    desk = desk_for(request, cluster, year, number)
    require_may_settle(request.actor, desk.year)
    place = unit_at(desk, unit)
    if code not in desk.table_at(place.pk).by_code:
        raise Absent
    form = AgreeForm(request.POST)
    done = form.is_valid() and form.attempt(_agree, request=request, desk=desk, unit=place, code=code, form=form)
    if not done:
        return story_page(request, desk, place, code, agree=form)
    messages.success(request, _("Đã ghi giá trị thống nhất.") if done == "agreed" else _("Đã bỏ giá trị thống nhất."))
    return redirect("crosschecks:cell", cluster, year, number, unit, code)


def _agree(*, request: HttpRequest, desk: Desk, unit: Organisation, code: str, form: AgreeForm) -> str:
    values = {"check": desk.check, "unit": unit, "reason": form.cleaned_data["reason"]}
    values |= {"actor": request.actor, "now": request.now}
    if "withdraw" in request.POST:
        settling.withdraw_agreement(code=code, **values)
        return "withdrawn"
    result = desk.read[unit.pk][1]
    row, said = result.table.by_code[code], result.lines.get(code)
    pure = said.as_rule() if said else None
    entry = entry_of(row, result.table, pure)
    typed = typed_cell(request.POST, f"agree-{code}", entry) if entry else None
    if typed is None or entry is None or is_empty(typed):
        raise Refused("crosschecks.nothing_typed")
    line = line_from(typed, row, result.table, entry, pure)
    settling.agree_value(line=line, revision=typed.revision, **values)
    return "agreed"
