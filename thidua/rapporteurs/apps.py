"""The slice as a Django application."""

from django.apps import AppConfig


class RapporteursConfig(AppConfig):
    """thidua.rapporteurs."""

    name = "thidua.rapporteurs"
