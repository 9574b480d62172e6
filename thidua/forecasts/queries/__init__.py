"""Reads of digests and forecasts."""

from datetime import datetime

from thidua.forecasts.queries.contributions import question_work, tabs
from thidua.forecasts.queries.digests import digest_work, round_gathered
from thidua.forecasts.queries.figures import FIGURES, LISTS, citable, citables, figures_of, lists_of
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Work

_WORK = (question_work, digest_work)


def work(actor: Actor, now: datetime) -> list[Work]:
    """What waits for this person: each part of the slice in turn."""
    return [one for part in _WORK for one in part(actor, now)]


__all__ = [
    "FIGURES",
    "LISTS",
    "citable",
    "citables",
    "figures_of",
    "lists_of",
    "round_gathered",
    "tabs",
    "work",
]
