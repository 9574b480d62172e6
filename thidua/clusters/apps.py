"""The slice as a Django application."""

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    """thidua.clusters."""

    name = "thidua.clusters"
