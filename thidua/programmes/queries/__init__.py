"""Reads of programmes."""

from thidua.programmes.queries.asked import programme_answers
from thidua.programmes.queries.citables import citable, citables
from thidua.programmes.queries.contributions import document_work, tabs
from thidua.programmes.queries.figures import FIGURES, LISTS, figure_kinds, figures_of, lists_of
from thidua.programmes.queries.indicators import series_of
from thidua.programmes.queries.next_year import adopted_in, cluster_programme_for
from thidua.programmes.queries.progress import columns
from thidua.programmes.queries.task_figures import clause_in_use
from thidua.programmes.queries.task_work import work

__all__ = [
    "FIGURES",
    "LISTS",
    "adopted_in",
    "citable",
    "citables",
    "clause_in_use",
    "cluster_programme_for",
    "columns",
    "document_work",
    "figure_kinds",
    "figures_of",
    "lists_of",
    "programme_answers",
    "series_of",
    "tabs",
    "work",
]
