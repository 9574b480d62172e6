"""The slice as a Django application."""

from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    """thidua.paperwork."""

    name = "thidua.paperwork"
