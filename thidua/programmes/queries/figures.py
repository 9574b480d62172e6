"""The figures that reports find in programmes: tasks of the period, and each indicator of the unit."""

from datetime import date

from django.utils.translation import gettext_lazy

from thidua.clusters.models import ClusterYear
from thidua.kernel.ports import Figure, FigureKind
from thidua.programmes.queries.indicators import indicator_figures, indicator_kinds
from thidua.programmes.queries.task_figures import TASK_FIGURES, done_list, task_figures

FIGURES: dict[str, FigureKind] = TASK_FIGURES
"""The figures that every unit has; those of indicators follow from the programmes (`figure_kinds`)."""

LISTS: dict[str, FigureKind] = {
    "programmes.done_list": FigureKind(gettext_lazy("Danh sách nhiệm vụ làm xong trong kỳ"), ""),
}
"""What can begin a part of words: each line stands in the basis of a figure without a value."""


def lists_of(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """Those of LISTS for a unit and a span of days, both included. One query."""
    return {"programmes.done_list": Figure(None, done_list(year, unit_id, starts_on, ends_on))}


def figures_of(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """Those of FIGURES for the span, and "programmes.indicator:<slug>" for each indicator of the unit's programmes: its latest
    figure on or before `ends_on`. Five queries."""
    return task_figures(year, unit_id, starts_on, ends_on) | indicator_figures(year, unit_id, ends_on)


def figure_kinds(year: ClusterYear) -> dict[str, FigureKind]:
    """FIGURES and those of the indicators of the year's programmes, for choosing what a report asks. One query."""
    return FIGURES | indicator_kinds(year)
