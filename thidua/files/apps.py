"""The slice as a Django application."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """thidua.files."""

    name = "thidua.files"
