"""A table written as cells and read again is the same table; so is a workbook."""

import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.criteria.papers import read_table, workbook_of
from thidua.criteria.queries import guide, sample_table
from thidua.criteria.rules import COLUMNS, CriteriaTable, parse_criteria
from thidua.criteria.rules.cells import digest, levels, rows_of, unkeepable, without_control_characters
from thidua.criteria.tests.conftest import HEADER, SMALL


def unplaced(table: CriteriaTable | None) -> list[object]:
    """The criteria without the rows of their file, which blank lines move."""
    assert table is not None
    return [replace(row, row=0) for row in table.criteria]


figures = st.one_of(
    st.just(""),
    st.decimals(min_value=-999_999, max_value=999_999, places=6).map(str),
    st.integers(-9_999_999, 9_999_999).map(str),
)
words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]) | st.just("\n"), max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text)
)
rules = st.one_of(
    words, st.sampled_from(["[mức] trên 90%", "[-0,5/lần]", "[+1/giải pháp] tối đa", "tổng trừ không quá 1,5", "A=1; B=0,8"])
)
kinds = st.sampled_from(["points", "ratio", "count", "bonus", "penalty", "gate"])
methods = st.sampled_from(["", "award", "per_case", "grade", "lateness", "proportional", "weighted"])
bodies = st.lists(st.tuples(words, figures, kinds, rules, words, methods, figures, figures), min_size=1, max_size=6)


@st.composite
def tables(draw):
    """Rows that make a tree, whatever their figures say."""
    rows = [["code", "parent_code", "title_vi", "max_points", "kind", "rule_text_vi", "unit", "method", "per_case", "adjust_cap"]]
    for index, (title, points, kind, rule, unit, method, each, cap) in enumerate(draw(bodies)):
        parent = draw(st.sampled_from(["", *(f"1.{i}0" for i in range(index))]))
        rows.append([f"1.{index}0", parent, title, points, kind, rule, unit, method, each, cap])
    table = parse_criteria(rows).table
    assert table is not None
    return table


@settings(max_examples=60, deadline=None)
@given(tables())
def test_parsing_the_cells_of_a_table_gives_the_table(table):
    assert unplaced(parse_criteria(rows_of(table)).table) == unplaced(table)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_a_workbook_read_again_is_the_same_table(table):
    again = parse_criteria(read_table(workbook_of(table))).table
    assert unplaced(again) == unplaced(table)
    assert digest(again.criteria) == digest(table.criteria)


def test_the_real_table_goes_out_and_comes_back(real_rows):
    table = parse_criteria(real_rows).table
    back = read_table(workbook_of(table, about=[("Bảng", "thử")]))
    assert back[0] == list(COLUMNS)
    assert unplaced(parse_criteria(back).table) == unplaced(table)


def test_the_digest_is_of_the_rows_and_nothing_else():
    one, other = (parse_criteria(rows).table for rows in (SMALL, [*SMALL[:2], ["", "", "", "", ""], *SMALL[2:]]))
    changed = parse_criteria([*SMALL[:3], ["2", "T", "Báo cáo.", "4", "points"]]).table
    assert digest(one.criteria) == digest(other.criteria) != digest(changed.criteria)


def test_levels_count_from_the_top_even_when_children_stand_first():
    rows = [HEADER, ["1.1", "1", "c", "1", "points"], ["1", "", "b", "1", "points"]]
    assert levels(parse_criteria(rows).table) == {"1": 1, "1.1": 2}


def test_what_cannot_be_kept_is_told_at_its_cell():
    rows = [HEADER, ["m" * 65, "", "a", "100000000", "points"]]
    table = parse_criteria(rows).table
    assert [(p.code, p.row, p.column) for p in unkeepable(table)] == [
        ("criteria.code_too_long", 2, "code"),
        ("criteria.figure_too_big", 2, "max_points"),
    ]
    fits = parse_criteria([HEADER, ["m" * 64, "", "a", "99999999.999999", "points"]]).table
    assert list(unkeepable(fits)) == []


def test_control_characters_go_and_line_ends_are_one():
    assert without_control_characters("a\x00b\x07\r\nc\rd\te\x7f") == "ab\nc\nd\te"


def test_the_template_is_a_table_that_can_be_imported(db):
    parsed = parse_criteria(read_table(workbook_of(sample_table(), about=guide())))
    assert parsed.problems == ()
    assert all("mẫu" in row.title for row in parsed.table.criteria)


EXTRA = [*HEADER, "rule_text_vi", "method", "grades", "pool", "bonus_cap", "penalty_cap", "evidence", "assessor", "not_assigned"]


def test_explicit_cells_win_over_the_words_of_a_rule_and_come_back():
    words = "tổng trừ không quá 1,5; tổng thưởng không quá 2; A=1; B=0,8"
    rows = [
        EXTRA,
        ["1", "", "a", "5", "points", words, "grade", "A=1; B=60%", "", "3", "-4", "required", "Phòng A", "so-y-te, so-tu-phap"],
        ["2", "", "b", "5", "points", "60/45", "pool", "", "50/40", "", "", "NONE", "", ""],
    ]
    table = parse_criteria(rows).table
    first, second = table.criteria
    assert ([str(f) for _, f in first.grades], str(first.bonus_cap), str(first.penalty_cap)) == (["1", "0.6"], "3", "4")
    assert (first.evidence, first.assessor, first.not_assigned) == ("required", "Phòng A", ("so-y-te", "so-tu-phap"))
    assert ([str(points) for points in second.pool], second.evidence) == (["50", "40"], "none")
    assert unplaced(parse_criteria(rows_of(table)).table) == unplaced(table)


def test_a_digest_knows_the_new_columns_only_where_they_say_something():
    plain = parse_criteria([[*HEADER, "rule_text_vi"], ["1", "", "a", "5", "points", "tổng trừ không quá 1,5"]]).table
    empty = parse_criteria([EXTRA, ["1", "", "a", "5", "points", "tổng trừ không quá 1,5", *[""] * 8]]).table
    told = parse_criteria([EXTRA, ["1", "", "a", "5", "points", "tổng trừ không quá 1,5", *[""] * 5, "none", "", ""]]).table
    assert digest(plain.criteria) == digest(empty.criteria) != digest(told.criteria)
    assert digest(plain.criteria) == "88719ff51e163b64dd6a65f37c4e7ecd3d44b0a04643397a8a7a2e09401d1f7e"
