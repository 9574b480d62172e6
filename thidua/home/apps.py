"""The slice as a Django application."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """thidua.home."""

    name = "thidua.home"
