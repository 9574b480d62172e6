"""What scoring does when something happens below."""

from datetime import datetime

from thidua.clusters.events import MembersSet, RulesAgreed
from thidua.kernel.actor import Actor
from thidua.scoring.actions.standings import keep_after_commit


def store_standings(event: MembersSet | RulesAgreed, actor: Actor, now: datetime) -> None:
    """Who is ranked, and how equal points are told apart, has changed: what is stored must be of it."""
    keep_after_commit(event.year_id, now)


REACTIONS: dict = {MembersSet: ([store_standings], []), RulesAgreed: ([store_standings], [])}
