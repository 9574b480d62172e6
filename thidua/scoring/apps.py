"""The slice as a Django application."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """thidua.scoring."""

    name = "thidua.scoring"
