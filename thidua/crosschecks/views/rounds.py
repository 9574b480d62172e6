"""Vòng thẩm định: the rounds of a year, and one round: who checks whom and how far."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.clusters.access import get_year_visible_to, may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of, members
from thidua.clusters.rules import Stage
from thidua.crosschecks.access import ARRANGE, get_round_visible_to, require_may_arrange
from thidua.crosschecks.actions import rounds as actions
from thidua.crosschecks.forms.rounds import DrawForm, GivePersonForm, GiveUnitForm, RoundForm
from thidua.crosschecks.models import CheckRound, Mode, RoundState
from thidua.crosschecks.queries.board import draw_of, labels_of, matrix_table, round_list, round_page
from thidua.crosschecks.queries.rounds import tasks_of
from thidua.crosschecks.rules.plan import RoundPlan
from thidua.scoring.queries import check_pages, judges_to_choose
from thidua.web.forms import Form
from thidua.web.workbook import workbook_response


def address(check: CheckRound, name: str = "round") -> str:
    """The address of a page of the round."""
    return reverse(f"crosschecks:{name}", args=[check.year.cluster.slug, check.year.year, check.number])


@require_GET
def rounds(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The rounds that this person may see."""
    found = get_year_visible_to(request.actor, cluster, year)
    entries = round_list(request.actor, found)
    running = any(entry.check.state != RoundState.SETTLED for entry in entries)
    arranges = may(ARRANGE, request.actor, found) and found.stage in actions.STAGES
    context = {**frame_of(request.actor, found, "checks"), "pages": check_pages(request.actor, found)}
    context |= {"entries": entries, "may_make": arranges and not running, "arranges": arranges}
    return render(request, "crosschecks/rounds.html", context)


def make(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The head begins a round."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_arrange(request.actor, found)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(actions.make_round, year=found, plan=form.plan(), actor=request.actor, now=request.now)
        if made is not None:
            return redirect(address(made))
    return _form_page(request, found, form, None)


def edit(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """What is laid down for a round, to change it."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_arrange(request.actor, found)
    check = get_round_visible_to(request.actor, found, number)
    form = RoundForm(request.POST or None, initial=RoundPlan.of(check).values())
    if request.method == "POST" and form.is_valid():
        form.attempt(actions.edit_round, check=check, plan=form.plan(), actor=request.actor, now=request.now)
        if not form.errors:
            return redirect(address(check))
    return _form_page(request, found, form, check)


def _form_page(request: HttpRequest, year: ClusterYear, form: Form, check: CheckRound | None) -> HttpResponse:
    context = {**frame_of(request.actor, year, "checks"), "form": form, "check": check}
    return render(request, "crosschecks/round_form.html", context, status=422 if form.errors else 200)


@require_GET
def round_of(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """Who checks whom and how far; the head arranges it here."""
    found = get_year_visible_to(request.actor, cluster, year)
    return page_of(request, get_round_visible_to(request.actor, found, number))


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """Who checks whom and how far, as XLSX: the rows that this person sees on the page."""
    found = get_year_visible_to(request.actor, cluster, year)
    check = get_round_visible_to(request.actor, found, number)
    headers, rows = matrix_table(round_page(request.actor, check, request.now))
    note = _("Số liệu minh hoạ") if found.illustrative else ""
    name = f"ai-cham-{found.cluster.slug}-{found.year}-{number}"
    return workbook_response(name, f"{check.title} · {found}", headers, rows, note)


def page_of(request: HttpRequest, check: CheckRound, **typed: Form) -> HttpResponse:
    """The page of a round; `typed`: forms (`draw`, `give`) that were refused."""
    page = round_page(request.actor, check, request.now)
    forms: dict[str, Form] = {}
    if page.may_arrange:
        forms = forms_of(request, check)
    opens = page.may_arrange and check.state == RoundState.DRAFT
    mine = tasks_of(request.actor, check.year) if check.state == RoundState.OPEN else []
    context = {
        **frame_of(request.actor, check.year, "checks"),
        "page": page,
        "check": check,
        "forms": forms | typed,
        "draw": draw_of(page),
        "mine": [task for task in mine if task.round_id == check.pk],
        "may_open": opens and page.given and not page.bare and not page.barred and check.year.stage == Stage.CROSS_CHECKING,
        "may_close": page.may_arrange and check.state == RoundState.OPEN,
        "may_reopen": check.state == RoundState.CLOSED and may(ARRANGE, request.actor, check.year),
        "labels": labels_of(check.year) if check.mode == Mode.BY_ROW and page.may_arrange else [],
    }
    return render(request, "crosschecks/round.html", context, status=422 if typed else 200)


def forms_of(request: HttpRequest, check: CheckRound, data: object = None) -> dict[str, Form]:
    """The forms by which the round is arranged: `draw` (while a pairwise round is a draft) and `give`."""
    if check.mode == Mode.PAIRWISE:
        units = [(unit.pk, unit.name_vi) for unit in members(check.year)]
        forms: dict[str, Form] = {"give": GiveUnitForm(data, units=units)}
        if check.state == RoundState.DRAFT:
            forms["draw"] = DrawForm(data, names_hidden=check.names_hidden)
        return forms
    judges = judges_to_choose(check.year, request.now)
    people = {person.pk: f"{person.name} · {place.short}" for person, place in judges}
    labels = labels_of(check.year) if check.mode == Mode.BY_ROW else None
    return {"give": GivePersonForm(data, people=list(people.items()), labels=labels)}
