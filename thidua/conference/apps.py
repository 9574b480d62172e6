"""The slice as a Django application."""

from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    """thidua.conference."""

    name = "thidua.conference"
