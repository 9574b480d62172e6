"""Reads of cross-check rounds."""

from thidua.crosschecks.queries.rounds import check_pages, read_units, still_running, tasks_of
from thidua.crosschecks.queries.work import work

__all__ = ["check_pages", "read_units", "still_running", "tasks_of", "work"]
