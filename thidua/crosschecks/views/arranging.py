"""The buttons of a round's page: draw, give, take back, open, close, open again, discard."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.queries import frame_of
from thidua.crosschecks.access import get_round_visible_to, require_may_arrange
from thidua.crosschecks.actions import arranging, rounds
from thidua.crosschecks.forms.rounds import ReasonForm
from thidua.crosschecks.models import CheckRound, CheckTask, Mode
from thidua.crosschecks.rules.plan import LARGEST_SEED
from thidua.crosschecks.views.rounds import address, forms_of, page_of
from thidua.kernel.errors import Absent
from thidua.kernel.text import small_int
from thidua.people.models import Organisation, Person
from thidua.web.http import refusal_told


def _round(request: HttpRequest, cluster: str, year: int, number: int) -> CheckRound:
    """The round, for whoever arranges rounds."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_arrange(request.actor, found)
    return get_round_visible_to(request.actor, found, number)


@require_POST
def draw(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """Draw who checks whom, by the seed typed or one that is made up."""
    check = _round(request, cluster, year, number)
    form = forms_of(request, check, request.POST).get("draw")
    if form is None:
        with refusal_told(request):
            rounds.draw_checks(check=check, seed=1, actor=request.actor, now=request.now)
        return redirect(address(check))
    if form.is_valid():
        seed = form.cleaned_data["seed"] or secrets.randbelow(LARGEST_SEED) + 1
        form.attempt(rounds.draw_checks, check=check, seed=seed, actor=request.actor, now=request.now)
    return page_of(request, check, draw=form) if form.errors else redirect(address(check))


@require_POST
def give(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """Give a unit to a unit, or all units (rows of an assessor) to a person."""
    check = _round(request, cluster, year, number)
    form = forms_of(request, check, request.POST)["give"]
    if form.is_valid():
        typed, who = form.cleaned_data, {"check": check, "actor": request.actor, "now": request.now}
        if check.mode == Mode.PAIRWISE:
            units = Organisation.objects.in_bulk([int(typed["checker"]), int(typed["unit"])])
            checker, unit = units[int(typed["checker"])], units[int(typed["unit"])]
            form.attempt(arranging.give_unit, checker=checker, unit=unit, **who)
        else:
            person = Person.objects.get(pk=typed["person"])
            left = form.attempt(arranging.give_person, person=person, label=typed.get("label", ""), **who)
            if left:
                names = ", ".join(unit.short for unit in left)
                words = _("Không giao %(units)s cho %(person)s: đơn vị mình hoặc vướng xung đột lợi ích.")
                messages.warning(request, words % {"units": names, "person": person.name})
    return page_of(request, check, give=form) if form.errors else redirect(address(check))


@require_POST
def take(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """Take back one task (`task`), or all tasks of a person for an assessor (`person`, `label`)."""
    check = _round(request, cluster, year, number)
    tasks = CheckTask.objects.filter(round=check)
    if "person" in request.POST:
        tasks = tasks.filter(person=small_int(request.POST["person"]) or 0, label=request.POST.get("label", ""))
    else:
        tasks = tasks.filter(pk=small_int(request.POST.get("task", "")) or 0)
    found = list(tasks)
    if not found:
        raise Absent
    with refusal_told(request):
        arranging.take_tasks(check=check, tasks=found, actor=request.actor, now=request.now)
    return redirect(address(check))


@require_POST
def start(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """Open the round for marks."""
    check = _round(request, cluster, year, number)
    with refusal_told(request):
        rounds.open_round(check=check, actor=request.actor, now=request.now)
        messages.success(request, _("Vòng thẩm định đã mở. Người được giao thấy phần việc ở trang Việc của tôi."))
    return redirect(address(check))


def close(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """Close the round; asks for the reason where some have not finished."""
    check = _round(request, cluster, year, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].required = check.tasks.filter(done_at=None).exists()
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        form.attempt(rounds.close_round, check=check, reason=reason, actor=request.actor, now=request.now)
        if not form.errors:
            return redirect(address(check))
    context = {**frame_of(request.actor, check.year, "checks"), "form": form, "check": check}
    return render(request, "crosschecks/round_close.html", context, status=422 if form.errors else 200)


@require_POST
def discard(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """Give up a round that was never opened."""
    check = _round(request, cluster, year, number)
    with refusal_told(request):
        rounds.discard_round(check=check, actor=request.actor, now=request.now)
        messages.success(request, _("Đã bỏ vòng “%(title)s”.") % {"title": check.title})
        return redirect("crosschecks:rounds", cluster, year)
    return redirect(address(check))


def reopen(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """Take marks again in a closed round; asks for the reason."""
    check = _round(request, cluster, year, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        form.attempt(rounds.reopen_round, check=check, reason=reason, actor=request.actor, now=request.now)
        if not form.errors:
            return redirect(address(check))
    context = {**frame_of(request.actor, check.year, "checks"), "form": form, "check": check}
    return render(request, "crosschecks/round_reopen.html", context, status=422 if form.errors else 200)
