"""Addresses. Vietnamese words in the address bar, English names in code."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from thidua.web.views import language


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the process answers."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("", include("thidua.home.urls")),
    path("", include("thidua.news.urls")),
    path("healthz", healthz, name="healthz"),
    path("ngon-ngu/", language, name="set_language"),
    path("tai-khoan/", include("thidua.config.account_urls")),
    path("", include("thidua.people.urls")),
    path("", include("thidua.clusters.urls")),
    path("", include("thidua.criteria.urls")),
    path("", include("thidua.directives.urls")),
    path("", include("thidua.programmes.urls")),
    path("", include("thidua.rapporteurs.urls")),
    path("", include("thidua.forecasts.urls")),
    path("", include("thidua.reports.urls")),
    path("", include("thidua.crosschecks.urls")),
    path("", include("thidua.scoring.urls")),
    path("", include("thidua.pledges.urls")),
    path("", include("thidua.ballots.urls")),
    path("", include("thidua.awards.urls")),
    path("", include("thidua.conference.urls")),
]
