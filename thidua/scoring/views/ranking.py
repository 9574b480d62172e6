"""Xếp hạng: who stands where, why, how firmly; what if; and all that is needed to compute it again."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.clusters.access import get_year_visible_to, may
from thidua.clusters.models import ClusterYear, StageChoice
from thidua.clusters.queries import frame_of
from thidua.scoring import papers, queries
from thidua.scoring.access import RECOMPUTE, require_may_see_ranking, seen_units
from thidua.scoring.queries import firmness, supposing


def _year(request: HttpRequest, cluster: str, year: int) -> ClusterYear:
    """The year, for one who may see its ranking."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_see_ranking(request.actor, found)
    return found


@require_GET
def ranking(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The ranking, with the reasons of one unit's place (`?don-vi=`; one's own or the first to begin with)."""
    found = _year(request, cluster, year)
    page = queries.ranking(found)
    own = request.actor.organisations()
    first = next((row.unit.slug for row in page.rows if row.unit.pk in own), page.rows[0].unit.slug if page.rows else "")
    why = queries.why_rank(page, request.GET.get("don-vi", first))
    context = {
        **frame_of(request.actor, found, "ranking"),
        "page": page, "why": why, "own": own, "seen": seen_units(request.actor, found),
        "firmness": firmness.firmness_of(page, why.row.sheet) if why else [], "alike": firmness.same_for_all(page),
        "from_stage": StageChoice(found.ranking_from).label, "may_recompute": may(RECOMPUTE, request.actor, found),
    }  # fmt: skip
    return render(request, "scoring/ranking.html", context)


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The ranking as XLSX, with live totals."""
    found = _year(request, cluster, year)
    return papers.ranking_workbook(found, queries.ranking(found))


@require_GET
def what_if(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The ranking under what the address supposes, beside the ranking as it is; 422 where that cannot be supposed."""
    found = _year(request, cluster, year)
    page = supposing.what_if(queries.proving(found), request.GET)
    status = 422 if page.refused else 200
    return render(request, "scoring/what_if.html", {**frame_of(request.actor, found, "ranking"), "page": page}, status=status)


@require_GET
def verification(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The workbook that computes every point and place again."""
    found = _year(request, cluster, year)
    return papers.verification_workbook(found, queries.proving(found))


@require_GET
def verification_data(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The data behind that workbook."""
    found = _year(request, cluster, year)
    data = papers.verification_data(found, queries.proving(found))
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="kiem-chung-{found.cluster.slug}-{found.year}.json"'
    return response
