"""The slice as a Django application."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    """thidua.directives."""

    name = "thidua.directives"
