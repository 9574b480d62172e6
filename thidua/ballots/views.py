"""The booth, and what is shown of a poll. A ballot on its way travels in the page itself, never in the session."""

from secrets import SystemRandom

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from thidua.ballots import actions, queries
from thidua.ballots.access import get_poll_visible_to, get_roll_entry_of
from thidua.ballots.forms import BallotForm
from thidua.ballots.models import Poll
from thidua.ballots.rules import FEWEST_BALLOTS
from thidua.clusters.access import get_year_visible_to
from thidua.clusters.queries import frame_of


@never_cache
@require_http_methods(["GET", "POST"])
def booth(request: HttpRequest, cluster: str, year: int, poll: int) -> HttpResponse:
    """The ballot to fill in; before, the word to wait; after, only that the vote counts. POST casts what was read over."""
    found = get_poll_visible_to(request.actor, cluster, year, poll)
    entry = get_roll_entry_of(request.actor, found)
    if request.method == "GET":
        form = None if entry.has_voted or not found.is_open else _ballot(found)
        return _booth(request, found, form, voted=entry.has_voted)
    form = _ballot(found, request.POST)
    if not form.is_valid() or "change" in request.POST:
        return _booth(request, found, form, status=200 if form.is_valid() else 422)
    if not form.attempt(_cast, poll=found, choices=form.choices, actor=request.actor):
        return _booth(request, found, form, status=409)
    return redirect("ballots:booth", cluster, year, poll)


@never_cache
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, cluster: str, year: int, poll: int) -> HttpResponse:
    """The ballot to read over before the one confirmation. Nothing is kept yet."""
    found = get_poll_visible_to(request.actor, cluster, year, poll)
    entry = get_roll_entry_of(request.actor, found)
    if request.method == "GET" or entry.has_voted or not found.is_open:
        return redirect("ballots:booth", cluster, year, poll)
    form = _ballot(found, request.POST)
    if not form.is_valid():
        return _booth(request, found, form, status=422)
    return render(request, "ballots/review.html", {"year": found.year, "poll": found, "form": form})


@require_safe
def poll(request: HttpRequest, cluster: str, year: int, poll: int) -> HttpResponse:
    """Turnout while the poll is open, totals and reasons after it is closed."""
    found = get_poll_visible_to(request.actor, cluster, year, poll)
    context = queries.frame_of_poll(request.actor, found) | {"fewest": FEWEST_BALLOTS}
    name = "ballots/poll.html#state" if request.htmx else "ballots/poll.html"
    return render(request, name, context)


@require_safe
def protected(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """What the simple poll protects, and what it does not."""
    found = get_year_visible_to(request.actor, cluster, year)
    return render(request, "ballots/protected.html", frame_of(request.actor, found, "conference") | {"fewest": FEWEST_BALLOTS})


def _cast(**values: object) -> bool:
    actions.cast(**values, rng=SystemRandom())
    return True


def _ballot(poll: Poll, data: object = None) -> BallotForm:
    return BallotForm(list(poll.items.select_related("nominee").order_by("position")), data)


def _booth(
    request: HttpRequest, poll: Poll, form: BallotForm | None, *, voted: bool = False, status: int = 200
) -> HttpResponse:
    context = {"year": poll.year, "poll": poll, "form": form, "voted": voted}
    return render(request, "ballots/booth.html", context, status=status)
