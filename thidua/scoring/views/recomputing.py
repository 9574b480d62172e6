"""Tính lại xếp hạng: ask for it, and see how far it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.clusters.access import get_year_visible_to
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.clusters.rules import Stage
from thidua.scoring import actions
from thidua.scoring.access import require_may_recompute, require_may_recompute_all
from thidua.scoring.queries.recomputing import last_runs, stored_of
from thidua.scoring.tasks import recompute
from thidua.web.http import refusal_told


@require_http_methods(["GET", "POST"])
def year_run(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """What is stored for the year, the last runs over it, and the button that asks for another."""
    found = get_year_visible_to(request.actor, cluster, year)
    require_may_recompute(request.actor, found)
    if request.method == "POST":
        return _asked(request, found, "scoring:recompute", cluster, year)
    context = {
        **frame_of(request.actor, found, "ranking"),
        "runs": last_runs(found, request.now), "stored": stored_of(found), "may_ask": found.stage != Stage.CLOSED,
    }  # fmt: skip
    return render(request, _template(request, "scoring/recompute.html"), context)


@require_http_methods(["GET", "POST"])
def all_runs(request: HttpRequest) -> HttpResponse:
    """The same for all open years."""
    require_may_recompute_all(request.actor)
    if request.method == "POST":
        return _asked(request, None, "scoring:recompute_all")
    return render(request, _template(request, "scoring/recompute_all.html"), {"runs": last_runs(None, request.now)})


def _asked(request: HttpRequest, year: ClusterYear | None, back: str, *place: object) -> HttpResponse:
    with refusal_told(request):
        asked = actions.ask_recomputation(year=year, actor=request.actor, now=request.now)
        recompute.enqueue(asked.pk)
        messages.success(request, _("Đã ghi yêu cầu. Phần mềm tính trong nền, trang này tự cập nhật."))
    return redirect(back, *place)


def _template(request: HttpRequest, name: str) -> str:
    """The runs alone for what refreshes them."""
    return "scoring/recompute_runs.html" if request.headers.get("HX-Request") else name
