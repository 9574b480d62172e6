"""The slice as a Django application."""

from django.apps import AppConfig


class CrosschecksConfig(AppConfig):
    """thidua.crosschecks."""

    name = "thidua.crosschecks"
