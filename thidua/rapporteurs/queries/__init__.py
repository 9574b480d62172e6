"""Reads of rapporteurs and collaborators."""

from thidua.rapporteurs.queries.citables import citable, citables
from thidua.rapporteurs.queries.contributions import tabs, work
from thidua.rapporteurs.queries.figures import FIGURES, LISTS, figures_of, lists_of
from thidua.rapporteurs.queries.round_work import owed

__all__ = ["FIGURES", "LISTS", "citable", "citables", "figures_of", "lists_of", "owed", "tabs", "work"]
