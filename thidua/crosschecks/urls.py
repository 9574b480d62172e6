"""Addresses of cross-check rounds."""

app_name = "crosschecks"
urlpatterns: list = []
