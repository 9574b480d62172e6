"""The slice as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """thidua.people."""

    name = "thidua.people"
