"""The first page."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from thidua.home import queries
from thidua.home.actions import note_visit
from thidua.home.rules import begins_visit, first_step

_SINCE = "home_since"


@login_not_required
@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for the person, what happened meanwhile, and the person's clusters; readers are led to the news."""
    if not request.user.is_authenticated:
        return redirect("news:front")
    actor, since = request.actor, _since(request)
    new, earlier = queries.happenings(actor, since, request.now)
    context = {
        "groups": queries.work_of(actor, request.now),
        "years": queries.own_years(actor),
        "new": new,
        "earlier": earlier,
        "since": since,
        "today": localtime(request.now).date(),
        "first_step": first_step(actor),
    }
    return render(request, "home/my_work.html", context)


def _since(request: HttpRequest) -> datetime | None:
    """When the visit before this one was; kept with the session while this visit lasts."""
    person = request.user
    if begins_visit(person.last_visit, request.now):
        request.session[_SINCE] = person.last_visit.isoformat() if person.last_visit else ""
    note_visit(person_id=person.pk, now=request.now)
    kept = request.session.get(_SINCE)
    return datetime.fromisoformat(kept) if kept else person.last_visit if kept is None else None
