"""Short codes of what a form shows, by which saving notices that somebody else has saved meanwhile. No queries."""

from collections.abc import Iterable
from datetime import UTC

from thidua.conference.models import AgendaItem, Conference
from thidua.conference.queries.hand_over import digest_of
from thidua.conference.rules import Plan


def of_agenda(items: Iterable[AgendaItem]) -> str:
    """SHA-256 of the agenda with its notes, in its order."""
    return digest_of({"agenda": [[item.pk, item.title, item.minutes, item.notes] for item in items]})


def of_plan(conference: Conference | None) -> str:
    """SHA-256 of the plan; also of there being none yet."""
    if conference is None:
        return digest_of({"plan": None})
    values = {name: getattr(conference, name) for name in Plan.__slots__}
    return digest_of({"plan": values | {"starts_at": conference.starts_at.astimezone(UTC).isoformat()}})


def of_remark(text: str) -> str:
    """SHA-256 of the remark under one part of the minutes; empty where there is none."""
    return digest_of({"remark": text})
