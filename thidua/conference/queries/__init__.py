"""Reads of the conference, its minutes and the hand-over; and what this slice shows on the pages of lower ones."""

from thidua.conference.queries.contributions import columns, missing_for_conference, missing_for_decisions, panels, tabs, work

__all__ = ["columns", "missing_for_conference", "missing_for_decisions", "panels", "tabs", "work"]
