"""The slice as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """thidua.web."""

    name = "thidua.web"
