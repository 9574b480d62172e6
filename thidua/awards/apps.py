"""The slice as a Django application."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """thidua.awards."""

    name = "thidua.awards"
