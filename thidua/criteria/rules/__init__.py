"""Criteria tables: their rows, tree, conventions and checks. Pure: rows of text in, values and problems out."""

from thidua.criteria.rules.checks import heading_sum
from thidua.criteria.rules.criterion import ROOT, CriteriaTable, Criterion, Kind, Method, Proof
from thidua.criteria.rules.parsing import COLUMNS, ParsedCriteria, parse_criteria
from thidua.criteria.rules.problems import Problem, Severity
from thidua.criteria.rules.wording import sentence

__all__ = [
    "COLUMNS",
    "ROOT",
    "CriteriaTable",
    "Criterion",
    "Kind",
    "Method",
    "ParsedCriteria",
    "Problem",
    "Proof",
    "Severity",
    "heading_sum",
    "parse_criteria",
    "sentence",
]
