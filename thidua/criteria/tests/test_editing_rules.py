"""Edits of a table: whatever is done, the rows stay a tree and nothing is lost that was not deleted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.criteria.rules import editing as e
from thidua.criteria.rules import parse_criteria
from thidua.criteria.tests.conftest import HEADER
from thidua.kernel.errors import Refused

TREE = [
    HEADER,
    ["T", "", "Tổng", "10", "points"],
    ["1", "T", "Nghị quyết", "6", "points"],
    ["1.1", "1", "Phổ biến", "2", "points"],
    ["1.2", "1", "Học tập", "4", "points"],
    ["2", "T", "Báo cáo", "4", "points"],
]


@pytest.fixture
def rows():
    return e.cells_in_order(parse_criteria(TREE).table)


def shape(rows):
    return " ".join(f"{row['parent_code']}>{row['code']}" for row in rows)


def cells(code="3", **more):
    blank = dict.fromkeys(e.cells_in_order(parse_criteria(TREE).table)[0], "")
    return {**blank, "code": code, "kind": "points", "method": "award", **more}


def test_a_row_is_added_before_after_and_into(rows):
    assert shape(e.added(rows, cells(), target="1", place=e.Place.AFTER)) == ">T T>1 1>1.1 1>1.2 T>3 T>2"
    assert shape(e.added(rows, cells(), target="1", place=e.Place.BEFORE)) == ">T T>3 T>1 1>1.1 1>1.2 T>2"
    assert shape(e.added(rows, cells(), target="1", place=e.Place.INTO)) == ">T T>1 1>1.1 1>1.2 1>3 T>2"
    assert shape(e.added(rows, cells())) == ">T T>1 1>1.1 1>1.2 T>2 >3"


def test_a_changed_code_is_followed_below(rows):
    assert shape(e.changed(rows, "1", cells("A"))) == ">T T>A A>1.1 A>1.2 T>2"


@pytest.mark.parametrize(
    ("code", "shift", "after"),
    [
        ("2", e.Shift.UP, ">T T>2 T>1 1>1.1 1>1.2"),
        ("1", e.Shift.DOWN, ">T T>2 T>1 1>1.1 1>1.2"),
        ("2", e.Shift.IN, ">T T>1 1>1.1 1>1.2 1>2"),
        ("1.1", e.Shift.OUT, ">T T>1 1>1.2 T>1.1 T>2"),
    ],
)
def test_a_row_goes_one_step_with_all_below_it(rows, code, shift, after):
    assert shape(e.shifted(rows, code, shift)) == after


@pytest.mark.parametrize(("code", "shift"), [("1", e.Shift.UP), ("2", e.Shift.DOWN), ("1", e.Shift.IN), ("T", e.Shift.OUT)])
def test_a_step_that_leads_nowhere_is_refused(rows, code, shift):
    with pytest.raises(Refused) as caught:
        e.shifted(rows, code, shift)
    assert caught.value.code == "criteria.move_impossible"


def test_no_row_goes_into_itself(rows):
    for target in ("1", "1.2"):
        with pytest.raises(Refused, match="move_impossible"):
            e.moved(rows, "1", target=target, place=e.Place.INTO)


def test_deleting_takes_all_below_but_never_the_last_row(rows):
    assert shape(e.deleted(rows, "1")) == ">T T>2"
    with pytest.raises(Refused, match="last_row"):
        e.deleted(rows, "T")


def test_codes_below_a_row_are_counted_anew(rows):
    moved = e.moved(rows, "1.1", target="1.2", place=e.Place.AFTER)
    assert shape(e.renumbered(moved, "1")) == ">T T>1 1>1.1 1>1.2 T>2"
    assert [row["title_vi"] for row in e.renumbered(moved, "1")][2:4] == ["Học tập", "Phổ biến"]
    assert shape(e.renumbered(rows, "T")) == ">T T>T.1 T.1>T.1.1 T.1>T.1.2 T>T.2"


def test_a_code_taken_elsewhere_stops_counting_anew(rows):
    elsewhere = e.added(e.deleted(rows, "1.1"), cells("1.1"), target="2")
    with pytest.raises(Refused) as caught:
        e.renumbered(elsewhere, "1")
    assert caught.value.facts["item"] == "1.1"


@pytest.mark.parametrize(("code", "refused"), [("1", "criteria.code_used"), (" ", "criteria.code_empty")])
def test_a_code_is_there_and_is_free(rows, code, refused):
    for edit in (lambda: e.added(rows, cells(code)), lambda: e.changed(rows, "2", cells(code))):
        with pytest.raises(Refused) as caught:
            edit()
        assert (caught.value.code, caught.value.facts["field"]) == (refused, "code")


def test_what_is_gone_is_said(rows):
    for edit in (
        lambda: e.changed(rows, "9", cells()),
        lambda: e.deleted(rows, "9"),
        lambda: e.shifted(rows, "9", e.Shift.UP),
        lambda: e.moved(rows, "1", target="9", place=e.Place.AFTER),
        lambda: e.added(rows, cells(), target="9"),
    ):
        with pytest.raises(Refused, match="row_gone"):
            edit()


def test_the_first_band_makes_its_row_a_choice(rows):
    after = e.added(rows, cells("2.1", rule_text_vi="[mức] đủ"), target="2")
    assert next(row for row in after if row["code"] == "2")["method"] == "bands"


def test_a_proposed_code_is_free(rows):
    assert e.proposed_code(rows, "1") == "1.3"
    assert e.proposed_code(rows, "") == "3"
    assert e.proposed_code(e.changed(rows, "1.1", cells("1.3")), "1") == "1.4"


codes = st.sampled_from(["T", "1", "1.1", "1.2", "2"])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(codes, st.sampled_from(list(e.Place)), codes), max_size=12))
def test_any_moves_keep_every_row_and_the_tree(moves):
    rows = e.cells_in_order(parse_criteria(TREE).table)
    for code, place, target in moves:
        inside = any(row["code"] == target for row in e.subtree(rows, code))
        if not inside:
            rows = e.moved(rows, code, target=target, place=place)
        table = parse_criteria(rows).table
        assert table is not None
        assert e.cells_in_order(table) == rows
        assert {row.title for row in table.criteria} == {row[2] for row in TREE[1:]}
