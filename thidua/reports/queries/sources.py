"""Where the figures of a report come from: what the slices below have found in what a unit recorded."""

from datetime import date

from thidua.clusters.models import ClusterYear
from thidua.directives import queries as directives
from thidua.kernel.ports import Figure, FigureKind
from thidua.programmes import queries as programmes

SOURCES = [directives, programmes]
"""Each has FIGURES (key → FigureKind) and figures_of(year, unit_id, starts_on, ends_on) (key → Figure)."""


def figure_kinds(year: ClusterYear) -> dict[str, FigureKind]:
    """Every figure that can fill in an item, by key, in the order of the slices; last the indicators of the units' programmes.
    One query."""
    found = {key: kind for source in SOURCES for key, kind in source.FIGURES.items()}
    return found | programmes.figure_kinds(year)


def figures_for(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """The figures of a unit over a span of days, by key: those of `figure_kinds`, and the indicators that the unit itself
    keeps. As many queries as the slices need, whatever the number of rows."""
    return {
        key: figure
        for source in SOURCES
        for key, figure in source.figures_of(year, unit_id, starts_on, ends_on).items()
    }  # fmt: skip
