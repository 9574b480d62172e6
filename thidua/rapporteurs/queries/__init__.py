"""Reads of rapporteurs and collaborators."""

from thidua.rapporteurs.queries.contributions import tabs, work
from thidua.rapporteurs.queries.round_work import owed

__all__ = ["owed", "tabs", "work"]
