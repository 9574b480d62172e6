"""Reads of cross-check rounds."""

from datetime import datetime

from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Work


def read_units(actor: Actor, year: ClusterYear) -> frozenset[int]:
    """READS_SHEETS: ids of the units whose sheets the actor reads because a round that is open or closed gives them to check."""
    return frozenset()


def work(actor: Actor, now: datetime) -> list[Work]:
    """WORK: units that wait to be checked, and rounds that wait to be settled."""
    return []
