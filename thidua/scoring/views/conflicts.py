"""Xung đột lợi ích: who should not judge whom, declared by those concerned, decided by the head."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thidua.clusters.access import get_year_visible_to, may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of, members
from thidua.clusters.rules import Stage
from thidua.people.models import Organisation, Person
from thidua.scoring import actions
from thidua.scoring.access import (
    DECLARE,
    conflicts_visible_to,
    get_conflict_to_weigh,
    may_dismiss,
    may_weigh,
    require_may_declare_some,
)
from thidua.scoring.forms import ConflictForm, ReasonForm
from thidua.scoring.models import Conflict, ConflictState
from thidua.scoring.queries.conflicts import check_pages, conflict_rows, judges_to_choose
from thidua.web.http import refusal_told


def conflicts(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The conflicts that this person may read; who is concerned declares one here."""
    found = get_year_visible_to(request.actor, cluster, year)
    conflicts_visible_to(request.actor, found)
    if request.method == "POST":
        require_may_declare_some(request.actor, found)
    declares = may(DECLARE, request.actor, found) and not found.has_reached(Stage.CONFERENCE)
    form = _form(request, found) if declares or request.method == "POST" else None
    if request.method == "POST" and form is not None and form.is_valid() and (made := _declare(request, found, form)):
        if made.state == ConflictState.STANDING:
            messages.success(request, _("Đã ghi xung đột lợi ích. Từ lúc này hai bên không được giao thẩm định nhau."))
        else:
            messages.success(request, _("Đã ghi lời khai. Người không liên quan sẽ xem xét; tới lúc đó phân công chưa đổi."))
        return redirect("scoring:conflicts", cluster, year)
    context = {
        **frame_of(request.actor, found, "checks"),
        "pages": check_pages(request.actor, found),
        "rows": conflict_rows(request.actor, found),
        "form": form,
        "may_search": declares and may_weigh(request.actor, found),
    }
    return render(request, "scoring/conflicts.html", context, status=422 if form is not None and form.errors else 200)


def _form(request: HttpRequest, year: ClusterYear) -> ConflictForm:
    judges = judges_to_choose(year, request.now)
    people = {f"p:{person.pk}": f"{person.name} · {place.short}" for person, place in judges}
    units = [(unit.pk, unit.name_vi) for unit in members(year)]
    return ConflictForm(request.POST or None, people=list(people.items()), units=units)


def _declare(request: HttpRequest, year: ClusterYear, form: ConflictForm) -> Conflict | None:
    person, checker = form.sides()
    return form.attempt(
        actions.declare_conflict,
        year=year,
        kind=form.cleaned_data["kind"],
        person=Person.objects.get(pk=person) if person else None,
        checker=Organisation.objects.get(pk=checker) if checker else None,
        unit=Organisation.objects.get(pk=form.cleaned_data["unit"]),
        words=form.cleaned_data["words"],
        actor=request.actor,
        now=request.now,
    )


@require_POST
def search(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The head has the records searched for possible conflicts."""
    found = get_year_visible_to(request.actor, cluster, year)
    with refusal_told(request):
        made = actions.propose_conflicts(year=found, actor=request.actor, now=request.now)
        words = ngettext("Có %(n)d đề nghị mới chờ xét.", "Có %(n)d đề nghị mới chờ xét.", made) % {"n": made}
        messages.success(request, words if made else _("Không tìm thấy xung đột nào mới."))
    return redirect("scoring:conflicts", cluster, year)


def weigh(request: HttpRequest, cluster: str, year: int, conflict_id: int) -> HttpResponse:
    """The head confirms a conflict (`confirm`), or says with a reason that it is none."""
    found = get_year_visible_to(request.actor, cluster, year)
    conflict = get_conflict_to_weigh(request.actor, found, conflict_id)
    if request.method == "POST" and "confirm" in request.POST:
        with refusal_told(request):
            actions.confirm_conflict(conflict=conflict, actor=request.actor, now=request.now)
        return redirect("scoring:conflicts", cluster, year)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        form.attempt(actions.dismiss_conflict, conflict=conflict, reason=reason, actor=request.actor, now=request.now)
        if not form.errors:
            return redirect("scoring:conflicts", cluster, year)
    context = {**frame_of(request.actor, found, "checks"), "conflict": conflict, "form": form}
    context["may_dismiss"] = may_dismiss(request.actor, conflict)
    return render(request, "scoring/conflict.html", context, status=422 if form.errors else 200)
