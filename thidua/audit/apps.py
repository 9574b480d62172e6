"""The slice as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """thidua.audit."""

    name = "thidua.audit"
