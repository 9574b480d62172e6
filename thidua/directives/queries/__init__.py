"""Reads of directives."""

from thidua.directives.queries.citables import citable, citables
from thidua.directives.queries.distribution import distribution_of, work
from thidua.directives.queries.figures import FIGURES, LISTS, figures_of, lists_of
from thidua.directives.queries.register import clauses_of, directives_of, tabs
from thidua.directives.queries.study import study_of

__all__ = [
    "FIGURES",
    "LISTS",
    "citable",
    "citables",
    "clauses_of",
    "directives_of",
    "distribution_of",
    "figures_of",
    "lists_of",
    "study_of",
    "tabs",
    "work",
]
