"""Writes of reports."""

from thidua.reports.actions.consolidated import (
    issue_consolidated,
    open_consolidated,
    reopen_consolidated,
    write_consolidated,
)
from thidua.reports.actions.periods import PeriodValue, edit_period, lay_out_year, remove_period, set_items, set_period
from thidua.reports.actions.reports import Saved, Typed, TypedPractices, open_report, recompute_report, save_report
from thidua.reports.actions.submission import accept_report, attach_file, remove_file, return_report, submit_report
from thidua.reports.actions.templates import remove_template, save_template

__all__ = [
    "PeriodValue",
    "Saved",
    "Typed",
    "TypedPractices",
    "accept_report",
    "attach_file",
    "edit_period",
    "issue_consolidated",
    "lay_out_year",
    "open_consolidated",
    "open_report",
    "recompute_report",
    "remove_file",
    "remove_period",
    "remove_template",
    "reopen_consolidated",
    "return_report",
    "save_report",
    "save_template",
    "set_items",
    "set_period",
    "submit_report",
    "write_consolidated",
]
