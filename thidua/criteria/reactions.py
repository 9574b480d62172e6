"""What criteria do when something happens below."""

from datetime import datetime

from thidua.clusters.events import YearOpened
from thidua.criteria.actions import carry_over
from thidua.kernel.actor import Actor


def copy_to_year(event: YearOpened, actor: Actor, now: datetime) -> None:
    """A year that follows another begins with its criteria as a draft."""
    if event.previous_year_id is not None:
        carry_over(year_id=event.year_id, previous_year_id=event.previous_year_id, actor=actor, now=now)


REACTIONS: dict = {YearOpened: ([copy_to_year], [])}
