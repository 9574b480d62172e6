"""Độ lệch: checkers far from the others, criteria that decide nothing, units whose self-score was cut most."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.clusters.access import where_in
from thidua.clusters.queries import frame_of
from thidua.crosschecks.access import SEE_ALL
from thidua.crosschecks.queries.outliers import outlier_page
from thidua.crosschecks.views.grid import base_of, desk_for
from thidua.kernel.errors import Refused
from thidua.people.access import require


@require_GET
def outliers(request: HttpRequest, cluster: str, year: int, number: int) -> HttpResponse:
    """The page, for who oversees the round. Whoever marks in it or is of a unit checked
    sees it once the round is closed (crosschecks.after_closing)."""
    desk = desk_for(request, cluster, year, number)
    require(SEE_ALL, request.actor, where_in(desk.year))
    if not desk.is_judged_from_outside:
        raise Refused("crosschecks.after_closing")
    context = {**frame_of(request.actor, desk.year, "checks"), "desk": desk, "page": outlier_page(desk), "base": base_of(desk)}
    return render(request, "crosschecks/outliers.html", context)
