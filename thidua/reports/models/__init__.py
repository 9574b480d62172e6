"""Tables of reports."""

from thidua.reports.models.consolidated import ChosenPractice, Consolidated, Issue
from thidua.reports.models.periods import Item, ItemKind, PeriodItem, PeriodKind, ReportPeriod, Template, TemplateItem
from thidua.reports.models.reports import Entry, Practice, Report, ReportFile, ReportStatus, Submission

__all__ = [
    "ChosenPractice",
    "Consolidated",
    "Entry",
    "Issue",
    "Item",
    "ItemKind",
    "PeriodItem",
    "PeriodKind",
    "Practice",
    "Report",
    "ReportFile",
    "ReportPeriod",
    "ReportStatus",
    "Submission",
    "Template",
    "TemplateItem",
]
