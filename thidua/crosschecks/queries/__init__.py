"""Reads of cross-check rounds."""

from thidua.crosschecks.queries.rounds import check_pages, read_units, tasks_of, work

__all__ = ["check_pages", "read_units", "tasks_of", "work"]
