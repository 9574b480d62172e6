"""Reads of cross-check rounds."""

from datetime import datetime

from thidua.crosschecks.queries.rounds import read_units, tasks_of
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Work

__all__ = ["read_units", "tasks_of", "work"]


def work(actor: Actor, now: datetime) -> list[Work]:
    """WORK: units that wait to be checked, and rounds that wait to be settled."""
    return []
