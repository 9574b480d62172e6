"""The slice as a Django application."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    """thidua.news."""

    name = "thidua.news"
