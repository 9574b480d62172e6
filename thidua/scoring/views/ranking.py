"""Xếp hạng: who stands where, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import StageChoice
from thidua.clusters.queries import frame_of
from thidua.scoring import papers, queries
from thidua.scoring.access import require_may_see_ranking, seen_units


@require_GET
def ranking(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The ranking, with the reasons of one unit's place (`?don-vi=`; one's own or the first to begin with)."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_see_ranking(request.actor, found)
    page = queries.ranking(found)
    own = request.actor.organisations()
    first = next((row.unit.slug for row in page.rows if row.unit.pk in own), page.rows[0].unit.slug if page.rows else "")
    context = {
        **frame_of(request.actor, found, "ranking"),
        "page": page, "why": queries.why_rank(page, request.GET.get("don-vi", first)), "own": own,
        "seen": seen_units(request.actor, found), "from_stage": StageChoice(found.ranking_from).label,
    }  # fmt: skip
    return render(request, "scoring/ranking.html", context)


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The ranking as XLSX, with live totals."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_see_ranking(request.actor, found)
    return papers.ranking_workbook(found, queries.ranking(found))
