"""Which rows an assessor follows."""

from thidua.criteria.rules import parse_criteria
from thidua.crosschecks.rules.rows import rows_by_assessor

HEADER = ["code", "parent_code", "title_vi", "max_points", "kind", "rule_text_vi", "unit", "source_url", "assessor"]


def table(*rows):
    """A table from (code, parent, assessor)."""
    return parse_criteria([HEADER, *([code, parent, code, "1", "points", "", "", "", who] for code, parent, who in rows)]).table


def test_a_heading_stands_for_all_below_it():
    found = rows_by_assessor(table(("A", "", "Phòng 1"), ("A.1", "A", ""), ("A.2", "A", "Phòng 1"), ("B", "", "Phòng 2")))
    assert found == {"Phòng 1": ["A"], "Phòng 2": ["B"]}


def test_a_row_of_another_assessor_splits_its_heading():
    found = rows_by_assessor(table(("A", "", "Phòng 1"), ("A.1", "A", "Phòng 2"), ("A.2", "A", ""), ("B", "", "")))
    assert found == {"Phòng 2": ["A.1"], "Phòng 1": ["A.2"], "": ["B"]}
