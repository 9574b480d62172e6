"""Where the figures of a report come from: what the slices below have found in what a unit recorded."""

from datetime import date

from django.utils.translation import override

from thidua.clusters.models import ClusterYear
from thidua.directives import queries as directives
from thidua.forecasts import queries as forecasts
from thidua.kernel.ports import Figure, FigureKind
from thidua.programmes import queries as programmes
from thidua.rapporteurs import queries as rapporteurs

SOURCES = [directives, rapporteurs, forecasts, programmes]
"""Each has FIGURES (key → FigureKind) and figures_of(year, unit_id, starts_on, ends_on) (key → Figure); and LISTS with lists_of,
the same for what begins a part of words: the lines stand in the figure's basis."""

_OF_THE_RECORD = "vi"
"""What is found is kept with the report, goes into its paper and is compared later: in one language, whoever opens the report."""

LISTS: dict[str, FigureKind] = {key: kind for source in SOURCES for key, kind in source.LISTS.items()}
"""What can begin a part of words, by key."""


def figure_kinds(year: ClusterYear) -> dict[str, FigureKind]:
    """Everything that can fill in an item, by key: figures in the order of the slices, then the lists that begin words, last
    the indicators of the units' programmes. One query."""
    found = {key: kind for source in SOURCES for key, kind in source.FIGURES.items()}
    return found | LISTS | programmes.figure_kinds(year)


def figures_for(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """The figures of a unit over a span of days, by key: those of `figure_kinds`, the indicators that the unit itself keeps, and
    those of LISTS. As many queries as the slices need, whatever the number of rows."""
    found: dict[str, Figure] = {}
    with override(_OF_THE_RECORD):
        for source in SOURCES:
            found |= source.figures_of(year, unit_id, starts_on, ends_on) | source.lists_of(year, unit_id, starts_on, ends_on)
    return found
