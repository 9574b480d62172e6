"""Reads of reports."""

from thidua.reports.queries.contributions import columns, tabs, work
from thidua.reports.queries.owed import owed
from thidua.reports.queries.periods import previous_period
from thidua.reports.queries.reports import (
    Lateness,
    citable,
    citables,
    entries_of,
    gaps_of,
    lateness_of,
    lines_of,
    practices_seen,
)

__all__ = [
    "Lateness",
    "citable",
    "citables",
    "columns",
    "entries_of",
    "gaps_of",
    "lateness_of",
    "lines_of",
    "owed",
    "practices_seen",
    "previous_period",
    "tabs",
    "work",
]
