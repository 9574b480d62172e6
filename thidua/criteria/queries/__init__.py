"""Reads for the pages of criteria, and what other slices ask about them."""

from thidua.criteria.queries.comparing import (
    MARKS,
    Compared,
    ComparedRow,
    choose_two,
    compared,
    compared_versions,
    name_of,
    versions_to_compare,
)
from thidua.criteria.queries.library import EXAMPLES, Example, get_example, get_table_to_copy, tables_to_copy
from thidua.criteria.queries.sample import guide, sample_table
from thidua.criteria.queries.tree import Line, Section, Summary, lines_of, notices_of, summary_of
from thidua.criteria.queries.versions import (
    codes_of,
    draft_version,
    forget_tables,
    get_proposal,
    get_version,
    is_published,
    missing_for_pledge,
    published_version,
    table_of,
    tabs,
    versions,
    work,
)
from thidua.criteria.queries.words import KINDS, METHODS, formula_in_words

__all__ = [
    "EXAMPLES",
    "KINDS",
    "MARKS",
    "METHODS",
    "Compared",
    "ComparedRow",
    "Example",
    "Line",
    "Section",
    "Summary",
    "choose_two",
    "codes_of",
    "compared",
    "compared_versions",
    "draft_version",
    "forget_tables",
    "formula_in_words",
    "get_example",
    "get_proposal",
    "get_table_to_copy",
    "get_version",
    "guide",
    "is_published",
    "lines_of",
    "missing_for_pledge",
    "name_of",
    "notices_of",
    "published_version",
    "sample_table",
    "summary_of",
    "table_of",
    "tables_to_copy",
    "tabs",
    "versions",
    "versions_to_compare",
    "work",
]
