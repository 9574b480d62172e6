"""What is done in the background."""

from datetime import datetime

from django_tasks import task

from thidua.rapporteurs.actions import feedback


@task()
def close_forms(at: str) -> int:
    """Close the forms whose time has come by the moment `at` (ISO 8601), and say how many; asked for when a form is opened, to
    be done at its closing. A form takes no answers after its time in any case: this puts away what it kept of phones."""
    return feedback.close_due(now=datetime.fromisoformat(at))
