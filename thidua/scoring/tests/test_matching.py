"""Rows of two years: the same code and title, or a title that was renumbered."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from thidua.criteria.rules import parse_criteria
from thidua.scoring.rules.matching import matched
from thidua.scoring.tests.tables import real_table

HEADER = ["code", "parent_code", "title_vi", "max_points", "kind", "rule_text_vi"]


def table(*rows):
    parsed = parse_criteria([HEADER, *([code, parent, title, "1", "points", ""] for code, parent, title in rows)])
    assert parsed.table is not None, parsed.problems
    return parsed.table


def test_same_code_and_title():
    assert matched(table(("A", "", "Học tập")), table(("A", "", "HỌC  TẬP"))) == {"A": "A"}


def test_a_renumbered_row_is_found_by_its_title():
    now, before = table(("A", "", "Báo cáo"), ("B", "", "Học tập")), table(("A", "", "Học tập"), ("C", "", "Tin bài"))
    assert matched(now, before) == {"B": "A"}


def test_a_code_with_another_title_is_another_row():
    assert matched(table(("A", "", "Sáng kiến")), table(("A", "", "Học tập"))) == {}


def test_a_title_that_stands_twice_is_matched_by_code_only():
    now = table(("A", "", "Chất lượng"), ("B", "", "Chất lượng"))
    assert matched(now, table(("A", "", "Chất lượng"), ("C", "", "Chất lượng"))) == {"A": "A"}


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(rng):
    real = real_table()
    rows = list(real.criteria)
    rng.shuffle(rows)
    assert matched(real, replace(real, criteria=tuple(rows))) == {row.code: row.code for row in real.criteria}
