"""Pages of clusters and their years."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thidua.clusters import queries
from thidua.clusters.access import get_year_visible_to


def years(request: HttpRequest) -> HttpResponse:
    """The cluster years that the person may see."""
    return render(request, "clusters/years.html", {"years": queries.years_for(request.actor)})


def year(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Where the year stands."""
    found = get_year_visible_to(request.actor, cluster, year)
    return render(request, "clusters/year.html", queries.frame_of(request.actor, found, "year"))
