"""Addresses of rapporteurs and collaborators: one list a part."""

from django.urls import URLPattern, path

from thidua.rapporteurs.views import corps

app_name = "rapporteurs"

_YEAR = "cum/<slug:cluster>/<int:year>/"

_CORPS = [
    path(f"{_YEAR}bao-cao-vien/", corps.front, name="corps"),
]

urlpatterns: list[URLPattern] = [*_CORPS]
