"""What the log leaves out."""

import logging

PUBLIC_FORM = "/y-kien/"
"""Where listeners answer (rapporteurs.urls)."""


class NoListener(logging.Filter):
    """Leaves out refused requests to the listeners' form: a line with a time would say when somebody tried to answer. Errors of
    the server itself are logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        request = getattr(record, "request", None)
        is_listener = getattr(request, "path", "").startswith(PUBLIC_FORM)
        return not is_listener or getattr(record, "status_code", 0) >= 500
