"""Addresses of rapporteurs and collaborators."""

app_name = "rapporteurs"
urlpatterns: list = []
