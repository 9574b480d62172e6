"""The slice as a Django application."""

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    """thidua.pledges."""

    name = "thidua.pledges"
