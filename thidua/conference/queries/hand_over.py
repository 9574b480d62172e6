"""What is handed over."""

import hashlib
import json
from typing import Any

from thidua.awards.queries import nominations_of, standings_of
from thidua.ballots.queries import polls_of
from thidua.clusters.queries import members
from thidua.conference.models import Conference, Delegate, HandOver


def facts_of(hand_over: HandOver) -> dict[str, Any]:
    """What the record says, as plain values: frozen once someone has signed, drawn from the year until then.

    Keys: year, next_year, outgoing, incoming (names of units), units (names), conference (held_on, place, present, called; or
    None), ranking (awards' Place.values), nominations ([unit, title, status, number]), polls, once closed ([title, ballots]).
    """
    if hand_over.is_frozen:
        return hand_over.facts
    year = hand_over.from_year
    return {
        "year": year.year,
        "next_year": hand_over.to_year.year,
        "outgoing": year.head.name_vi,
        "incoming": hand_over.to_year.head.name_vi,
        "units": [unit.name_vi for unit in members(year)],
        "conference": _conference_facts(Conference.objects.filter(year=year).first()),
        "ranking": [place.values for place in standings_of(year)],
        "nominations": [
            [n.unit.name_vi, n.other_title or n.title, n.status, n.decision_number] for n in nominations_of(year)
        ],
        "polls": [[held.poll.title, held.poll.ballots] for held in polls_of(year) if held.poll.closed_at],
    }


def _conference_facts(conference: Conference | None) -> dict[str, object] | None:
    if conference is None:
        return None
    called = list(Delegate.objects.filter(conference=conference).values_list("present", flat=True))
    held = (conference.started_at or conference.starts_at).isoformat()
    return {"held_at": held, "place": conference.place, "present": sum(called), "called": len(called)}


def digest_of(facts: dict[str, Any]) -> str:
    """SHA-256 of the facts in one canonical form, so that a signer signs what was read."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
