"""Reads of reports."""

from thidua.reports.queries.periods import previous_period
from thidua.reports.queries.reports import entries_of, lateness_of

__all__ = ["entries_of", "lateness_of", "previous_period"]
