"""Reads of the corps."""

from datetime import datetime

from thidua.kernel.actor import Actor
from thidua.kernel.ports import Work


def corps_work(actor: Actor, now: datetime) -> list[Work]:
    """Terms that end soon."""
    return []
