"""The slice as a Django application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """thidua.demo."""

    name = "thidua.demo"
