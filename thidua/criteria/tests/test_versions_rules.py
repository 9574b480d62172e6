"""Differences between tables: of examples, and what holds for all of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.criteria.papers import read_table
from thidua.criteria.rules import CriteriaTable, Criterion, parse_criteria
from thidua.criteria.rules.difference import difference, matches, word_changes
from thidua.criteria.tests.conftest import REAL


def table(*rows):
    """Rows (code, parent, title, points) as a table."""
    made = [Criterion(code=c, parent=p, title=t, max_points=None if m is None else Decimal(m)) for c, p, t, m in rows]
    return CriteriaTable.of(made)


BEFORE = table(("T", "", "Tổng", 10), ("1", "T", "Nghị quyết", 6), ("2", "T", "Báo cáo", 4))


def marks(found):
    """What happened, by the code a row has now or had last."""
    return {row.row.code: row.marks for row in found.changes}


def test_a_row_put_in_between_does_not_make_the_rows_after_it_others():
    after = table(("T", "", "Tổng", 13), ("1", "T", "Nghị quyết", 6), ("2", "T", "Sáng kiến", 3), ("3", "T", "Báo cáo", 4))
    found = difference(BEFORE, after)
    assert marks(found) == {"T": ("changed",), "2": ("added",), "3": ("recoded",)}
    assert (found.total.was, found.total.becomes, found.total.change) == (10, 13, 3)
    assert found.counts == {"added": 1, "removed": 0, "changed": 1, "moved": 0, "recoded": 1}


def test_a_changed_cell_says_from_what_to_what():
    after = table(("T", "", "Tổng", 10), ("1", "T", "Nghị quyết", 5), ("2", "T", "Báo cáo tháng", 5))
    found = {row.row.code: row.cells for row in difference(BEFORE, after).changes}
    assert [(c.column, c.was, c.becomes) for c in found["1"]] == [("max_points", "6", "5")]
    assert [(c.column, c.was, c.becomes) for c in found["2"]] == [
        ("title_vi", "Báo cáo", "Báo cáo tháng"),
        ("max_points", "4", "5"),
    ]


def test_a_removed_row_stands_where_it_stood():
    after = table(("T", "", "Tổng", 4), ("2", "T", "Báo cáo", 4))
    found = difference(BEFORE, after)
    assert [(row.row.code, row.marks) for row in found.rows] == [("T", ("changed",)), ("1", ("removed",)), ("2", ())]
    assert [(s.row.code, s.was, s.becomes) for s in found.sections] == [("2", 4, 4), ("1", 6, None)]


def test_of_rows_in_another_order_as_few_as_can_be_are_called_moved():
    rows = [(str(n), "T", f"Mục {n}", 1) for n in range(1, 6)]
    before = table(("T", "", "Tổng", 5), *rows)
    after = table(("T", "", "Tổng", 5), rows[4], *rows[:4])
    assert marks(difference(before, after)) == {"5": ("moved",)}


def test_a_row_under_another_heading_has_moved_and_its_own_rows_have_not():
    before = table(("A", "", "Một", 4), ("B", "", "Hai", 4), ("a", "A", "Con", 4), ("a1", "a", "Cháu", 4))
    after = table(("A", "", "Một", 4), ("B", "", "Hai", 4), ("a", "B", "Con", 4), ("a1", "a", "Cháu", 4))
    assert marks(difference(before, after)) == {"a": ("moved",)}


def test_a_heading_with_a_new_code_moves_nothing_below_it():
    before = table(("A", "", "Một", 4), ("a", "A", "Con", 4))
    after = table(("I", "", "Một", 4), ("a", "I", "Con", 4))
    assert marks(difference(before, after)) == {"I": ("recoded",)}


def test_titles_that_stand_twice_are_told_apart_by_their_heading():
    before = table(("A", "", "Một", 1), ("B", "", "Hai", 1), ("A1", "A", "Khác", 1), ("B1", "B", "Khác", 1))
    after = table(("A", "", "Một", 1), ("B", "", "Hai", 1), ("x", "A", "Khác", 1), ("y", "B", "khác ", 1))
    assert matches(before, after) == {"A": "A", "B": "B", "x": "A1", "y": "B1"}


@pytest.mark.parametrize(("was", "becomes"), [("", ""), ("trừ 2 điểm", "trừ 3 điểm"), ("a b", "")])
def test_words_say_what_went_and_what_came(was, becomes):
    pieces = word_changes(was, becomes)
    assert "".join(text for mark, text in pieces if mark != "in") == was
    assert "".join(text for mark, text in pieces if mark != "out") == becomes


def test_only_the_words_that_changed_are_marked():
    assert word_changes("trừ 2 điểm", "trừ 3 điểm") == (("same", "trừ "), ("out", "2"), ("in", "3"), ("same", " điểm"))


@st.composite
def tables(draw):
    """Small trees with few titles, so that titles meet."""
    codes = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1))
    rows = []
    for index, code in enumerate(codes):
        parent = draw(st.sampled_from(["", *codes[:index]]))
        rows.append((code, parent, draw(st.sampled_from(["", "Một", "Hai", "Ba", "ba "])), draw(st.none() | st.integers(0, 3))))
    return table(*rows)


@given(tables())
def test_a_table_does_not_differ_from_itself(one):
    found = difference(one, one)
    assert not found.changes
    assert found.total.change == 0
    assert all(section.was == section.becomes for section in found.sections)


@given(tables(), tables())
def test_every_row_of_both_tables_stands_in_the_difference_once(one, other):
    found = difference(one, other)
    assert sorted(row.was.code for row in found.rows if row.was) == sorted(one.by_code)
    assert [row.becomes.code for row in found.rows if row.becomes] == [row.code for row in other.top_down]


@given(tables(), tables())
def test_the_way_back_adds_what_was_removed(one, other):
    there, back = difference(one, other), difference(other, one)
    assert there.counts["added"] == back.counts["removed"]
    assert there.counts["removed"] == back.counts["added"]
    assert there.total.change == -back.total.change


@given(tables(), tables())
def test_no_change_means_the_same_table(one, other):
    if not difference(one, other).changes:
        assert [r.code for r in one.top_down] == [r.code for r in other.top_down]
        assert {r.code: r.max_points for r in one.criteria} == {r.code: r.max_points for r in other.criteria}


def test_the_real_table_with_one_row_out_differs_by_that_row_alone():
    rows = read_table(REAL)
    whole = parse_criteria(rows).table
    without = CriteriaTable.of(row for row in whole.criteria if row.code != "a9.1")
    assert marks(difference(whole, without)) == {"a9.1": ("removed",)}


def test_texts_with_little_in_common_are_not_woven_together():
    assert word_changes("Nắm tình hình, dự báo", "Nộp báo cáo đủ mẫu") == (
        ("out", "Nắm tình hình, dự báo"),
        ("in", "Nộp báo cáo đủ mẫu"),
    )


def test_a_blank_between_two_changed_words_goes_with_them():
    pieces = word_changes("báo cáo năm đúng hạn và đủ mẫu quy định", "báo cáo năm trước hẹn và đủ mẫu quy định")
    assert ("out", "đúng hạn ") in pieces or ("out", " đúng hạn ") in pieces or ("out", "đúng hạn") in pieces


@given(st.text("ab ,.1", max_size=30), st.text("ab ,.1", max_size=30))
def test_no_letter_of_either_text_is_lost(was, becomes):
    pieces = word_changes(was, becomes)
    assert "".join(text for mark, text in pieces if mark != "in") == was
    assert "".join(text for mark, text in pieces if mark != "out") == becomes
