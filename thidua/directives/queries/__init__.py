"""Reads of directives."""

from thidua.directives.queries.citables import citable, citables
from thidua.directives.queries.distribution import distribution_of, work
from thidua.directives.queries.figures import FIGURES, figures_of
from thidua.directives.queries.register import clauses_of, directives_of, tabs
from thidua.directives.queries.study import study_of

__all__ = [
    "FIGURES",
    "citable",
    "citables",
    "clauses_of",
    "directives_of",
    "distribution_of",
    "figures_of",
    "study_of",
    "tabs",
    "work",
]
