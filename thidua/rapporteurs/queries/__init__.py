"""Reads of rapporteurs and collaborators."""

from thidua.rapporteurs.queries.contributions import tabs, work

__all__ = ["tabs", "work"]
