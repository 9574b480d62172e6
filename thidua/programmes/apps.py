"""The slice as a Django application."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """thidua.programmes."""

    name = "thidua.programmes"
