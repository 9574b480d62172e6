"""The slice as a Django application."""

from django.apps import AppConfig


class ForecastsConfig(AppConfig):
    """thidua.forecasts."""

    name = "thidua.forecasts"
