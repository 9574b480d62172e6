"""The list of questions and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.queries import frame_of


def questions(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The questions of the year."""
    found = get_year_visible_to(request.actor, cluster, year)
    return render(request, "forecasts/questions.html", frame_of(request.actor, found, "forecasts"))
