"""The figures that reports find in programmes: tasks of the period, and each indicator of the unit."""

from datetime import date

from thidua.clusters.models import ClusterYear
from thidua.kernel.ports import Figure, FigureKind
from thidua.programmes.queries.indicators import indicator_figures, indicator_kinds
from thidua.programmes.queries.task_figures import TASK_FIGURES, task_figures

FIGURES: dict[str, FigureKind] = TASK_FIGURES
"""The figures that every unit has; those of indicators follow from the programmes (`figure_kinds`)."""


def figures_of(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """Those of FIGURES for the span, and "programmes.indicator:<slug>" for each indicator of the unit's programmes: its latest
    figure on or before `ends_on`. Five queries."""
    return task_figures(year, unit_id, starts_on, ends_on) | indicator_figures(year, unit_id, ends_on)


def figure_kinds(year: ClusterYear) -> dict[str, FigureKind]:
    """FIGURES and those of the indicators of the year's programmes, for choosing what a report asks. One query."""
    return FIGURES | indicator_kinds(year)
