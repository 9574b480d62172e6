"""The slice as a Django application."""

from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    """thidua.criteria."""

    name = "thidua.criteria"
