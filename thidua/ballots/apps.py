"""The slice as a Django application."""

from django.apps import AppConfig


class BallotsConfig(AppConfig):
    """thidua.ballots."""

    name = "thidua.ballots"
