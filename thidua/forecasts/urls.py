"""Addresses of digests and forecasts."""

app_name = "forecasts"
urlpatterns: list = []
