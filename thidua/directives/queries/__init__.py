"""Reads of directives."""

from thidua.directives.queries.citables import citable, citables
from thidua.directives.queries.distribution import distribution_of, work
from thidua.directives.queries.figures import FIGURES, figures_of
from thidua.directives.queries.study import study_of

__all__ = ["FIGURES", "citable", "citables", "distribution_of", "figures_of", "study_of", "work"]
