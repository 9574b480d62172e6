"""What is done in the background."""

from django.utils import timezone
from django_tasks import task

from thidua.scoring.actions import run_recomputation


@task()
def recompute(recomputation_id: int) -> int:
    """Run what `ask_recomputation` has written down; how many standings changed."""
    return run_recomputation(recomputation_id, timezone.now)
