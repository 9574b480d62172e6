"""Pages of commendations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.awards import actions, papers, queries
from thidua.awards.access import (
    NOMINATE,
    RECORD_DECISION,
    get_nomination_in,
    require_may_nominate,
    require_may_record_decision,
)
from thidua.awards.forms import DecisionForm, NominationForm
from thidua.clusters.access import get_year_visible_to, may, require_stage
from thidua.clusters.queries import frame_of, members
from thidua.clusters.rules import Stage
from thidua.paperwork.papers import paper_response
from thidua.scoring.access import may_see_ranking
from thidua.web.http import refusal_told
from thidua.web.workbook import workbook_response

GET_POST = require_http_methods(["GET", "POST"])


@require_safe
def awards(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Who was put forward for what, on what ground, and what was decided."""
    found = get_year_visible_to(request.actor, cluster, year)
    context = frame_of(request.actor, found, "awards") | {
        "nominations": queries.nominations_of(found),
        "shows_ranking": may_see_ranking(request.actor, found),
        "nominates": may(NOMINATE, request.actor, found) and found.stage == Stage.CONFERENCE,
        "records": may(RECORD_DECISION, request.actor, found) and found.stage == Stage.DECIDED,
        "before_conference": not found.has_reached(Stage.CONFERENCE),
    }
    return render(request, "awards/awards.html", context)


@GET_POST
def nominate(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Put a unit forward."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_nominate(request.actor, found)
    require_stage(found, Stage.CONFERENCE)
    form = NominationForm(request.POST or None, units=members(found))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(actions.nominate, year=found, actor=request.actor, now=request.now, **form.cleaned_data)
        if made:
            messages.success(request, _("Đã suy tôn %(unit)s: %(title)s.") % {"unit": made.unit, "title": made.title_text})
            return redirect("awards:awards", cluster, year)
    context = frame_of(request.actor, found, "awards") | {"form": form, "standings": queries.standings_of(found)}
    return render(request, "awards/nominate.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, cluster: str, year: int, nomination: int) -> HttpResponse:
    """Take a nomination back."""
    found = get_year_visible_to(request.actor, cluster, year)
    taken = get_nomination_in(found, nomination)
    with refusal_told(request):
        actions.withdraw_nomination(nomination=taken, actor=request.actor, now=request.now)
        messages.success(request, _("Đã rút suy tôn %(unit)s.") % {"unit": taken.unit})
    return redirect("awards:awards", cluster, year)


@GET_POST
def decide(request: HttpRequest, cluster: str, year: int, nomination: int) -> HttpResponse:
    """Write down what was decided."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_record_decision(request.actor, found)
    judged = get_nomination_in(found, nomination)
    judged.year = found
    require_stage(found, Stage.DECIDED)
    form = DecisionForm(request.POST or None, initial=DecisionForm.values_of(judged))
    if request.method == "POST" and form.is_valid():
        form.attempt(
            actions.record_decision, nomination=judged, decision=form.decision, actor=request.actor, now=request.now
        )
        if form.is_valid():
            messages.success(request, _("Đã ghi quyết định về %(unit)s.") % {"unit": judged.unit})
            return redirect("awards:awards", cluster, year)
    context = frame_of(request.actor, found, "awards") | {"form": form, "nomination": judged}
    return render(request, "awards/decide.html", context, status=422 if form.errors else 200)


@require_safe
def paper(request: HttpRequest, cluster: str, year: int, kind: str) -> HttpResponse:
    """The list as PDF, DOCX or XLSX."""
    found = get_year_visible_to(request.actor, cluster, year)
    nominations = queries.nominations_of(found)
    with_places = may_see_ranking(request.actor, found)
    name = f"khen-thuong-{found.cluster.slug}-{found.year}"
    if kind == "xlsx":
        note = _("Số liệu minh hoạ") if found.illustrative else ""
        rows = papers.rows(nominations, with_places=with_places)
        return workbook_response(name, papers.list_title(found), papers.HEADERS, rows, note)
    return paper_response(papers.list_of(found, nominations, with_places=with_places), kind, name)
