"""The slice as a Django application."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """thidua.reports."""

    name = "thidua.reports"
