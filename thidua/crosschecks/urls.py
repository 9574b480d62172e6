"""Addresses of cross-check rounds."""

from django.urls import include, path

from thidua.crosschecks.views import rounds

app_name = "crosschecks"

_ROUNDS = [
    path("", rounds.rounds, name="rounds"),
]
_GRID: list = []
_YEAR = [path("tham-dinh/vong/", include([*_ROUNDS, *_GRID]))]
urlpatterns = [path("cum/<slug:cluster>/<int:year>/", include(_YEAR))]
