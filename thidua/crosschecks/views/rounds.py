"""Vòng thẩm định: the rounds of a year, one round, and how it is arranged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.queries import frame_of
from thidua.crosschecks.access import rounds_visible_to
from thidua.scoring.queries import check_pages


@require_GET
def rounds(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The rounds that this person may see."""
    found = get_year_visible_to(request.actor, cluster, year)
    context = {**frame_of(request.actor, found, "checks"), "pages": check_pages(request.actor, found)}
    context["rounds"] = rounds_visible_to(request.actor, found)
    return render(request, "crosschecks/rounds.html", context)
