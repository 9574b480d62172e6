"""What happens here when the next year is opened."""

from datetime import datetime

from thidua.clusters.events import YearOpened
from thidua.clusters.models import ClusterYear
from thidua.conference.actions import draw_up_hand_over
from thidua.kernel.actor import Actor


def hand_over_the_office(event: YearOpened, actor: Actor, now: datetime) -> None:
    """A year that follows another comes with a hand-over to sign."""
    if event.previous_year_id is not None:
        years = ClusterYear.objects.in_bulk([event.previous_year_id, event.year_id])
        draw_up_hand_over(from_year=years[event.previous_year_id], to_year=years[event.year_id], now=now)


REACTIONS: dict[type, tuple[list, list]] = {YearOpened: ([hand_over_the_office], [])}
