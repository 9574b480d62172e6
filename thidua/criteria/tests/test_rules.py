"""What a criteria table says, and what is wrong with it, row by row."""

import string
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.criteria.papers import read_table
from thidua.criteria.rules import (
    CriteriaTable,
    Criterion,
    Kind,
    Method,
    Problem,
    conventions,
    heading_sum,
    parse_criteria,
    sentence,
)
from thidua.criteria.rules.wording import PROBLEMS
from thidua.kernel.errors import Refused

DATA = Path(__file__).parents[2] / "demo" / "data"
HEADER = ["code", "parent_code", "title_vi", "max_points", "kind", "rule_text_vi"]
HEADER += ["method", "per_case", "cap", "adjust_cap", "floor"]


def rows(*lines: str) -> list[list[str]]:
    """A table from lines such as `a|T|Title|10|points|rule|method|per_case|cap|adjust_cap|floor` (missing cells are empty)."""
    return [HEADER, *(line.split("|") for line in lines)]


def errors(*lines: str) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.row) for problem in parse_criteria(rows(*lines)).errors]


def table(*lines: str) -> CriteriaTable:
    parsed = parse_criteria(rows(*lines))
    assert parsed.table is not None, parsed.problems
    return parsed.table


def test_the_real_table_holds_at_every_level() -> None:
    parsed = parse_criteria(read_table(DATA / "tien-giang-tnmt-phong-2022.csv"))
    assert parsed.problems == ()
    assert parsed.table is not None
    assert len(parsed.table.criteria) == 147
    frame = parsed.table.frame()
    assert [frame[code] for code in ("T", "1", "2", "3", "4", "5")] == [100, 80, 2, 10, 3, 5]
    assert [frame[code] for code in ("a", "b", "C", "d")] == [30, 15, 25, 10]
    assert parsed.table.by_code["C1"].method is Method.BANDS
    assert [band.code for band in parsed.table.bands("C2")] == ["C2.1", "C2.2", "C2.3"]
    assert parsed.table.by_code["b2.3"].per_case == Decimal("-0.2")
    assert parsed.table.by_code["b2.3"].bounds == (-1, 0)
    assert parsed.table.by_code["a1"].penalty_cap == Decimal("1.5")
    assert parsed.table.by_code["a4"].penalty_cap == 2
    assert (parsed.table.by_code["d2"].adjust_cap, parsed.table.by_code["d2"].penalty_cap) == (7, None)


def test_the_table_that_contradicts_itself_is_told_with_its_row() -> None:
    parsed = parse_criteria(read_table(DATA / "thong-ke-hung-yen-2026.csv"))
    assert [(p.code, p.row, p.facts["stated"], p.facts["sum"]) for p in parsed.errors] == [("criteria.sum_differs", 13, 210, 260)]
    assert parsed.table is not None
    assert heading_sum(parsed.table, parsed.table.by_code["IV"]) == 260
    assert sentence(parsed.errors[0], "en") == (
        "Row 13, column max_points: Item IV is headed 210 points but its items sum to 260 (a difference of 50)."
    )


def test_rules_without_a_frame_of_points_are_no_contradiction() -> None:
    parsed = parse_criteria(read_table(DATA / "hung-yen-khoi-thi-dua-2021-quy-tac.csv"))
    assert parsed.errors == ()
    assert parsed.table is not None
    assert parsed.table.by_code["TR.2"].per_case == -5
    assert parsed.table.by_code["TH.1"].method is Method.AWARD, "a bonus whose value per case is not a figure is granted by hand"


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["T||Total|10|points", "a|T|A|4|points", "b|T|B|5|points"], ("criteria.sum_differs", 2)),
        (["T||Total|10|points", "a|T|A|11|points", "b|T|B||points"], ("criteria.sum_differs", 2)),
        (["T||Total|10|points", "a|T|A|10|points", "a|T|A again|0|points"], ("criteria.duplicate_code", 4)),
        (["T||Total|10|points", "a|X|A|10|points"], ("criteria.unknown_parent", 3)),
        (["T||Total|10|points", "a|b|A|5|points", "b|a|B|5|points"], ("criteria.cycle", 3)),
        (["T||Total|10|points", "a|a|A|5|points"], ("criteria.cycle", 3)),
        (["T||Total|10|points", "|T|A|10|points"], ("criteria.code_missing", 3)),
        (["T||Total|10|score"], ("criteria.unknown_kind", 2)),
        (["T||Total|10|"], ("criteria.unknown_kind", 2)),
        (["T||Total|ten|points"], ("kernel.points_not_a_number", 2)),
        (["T||Total|10|points||guess"], ("criteria.unknown_method", 2)),
        (["T||Total|-10|points"], ("criteria.negative_points", 2)),
        (["T||Total|10|points", "x|T|X|-1|bonus"], ("criteria.negative_bonus", 3)),
        (["T||Total|10|points", "x|T|X||bonus|[-1/bài]"], ("criteria.negative_bonus", 3)),
        (["T||Total|10|points", "x|T|X|1|penalty"], ("criteria.positive_penalty", 3)),
        (["T||Total|10|points", "g|T|G|5|gate"], ("criteria.gate_with_points", 3)),
        (["T||Total|10|points", "g|T|G||gate", "h|g|H||bonus"], ("criteria.gate_with_rows", 3)),
        (["T||Total|10|points", "g|T|G||gate||award"], ("criteria.gate_method", 3)),
        (["T||Total|10|points||bands"], ("criteria.bands_missing", 2)),
        (["T||Total|10|points", "m|T|M|11|points|[mức] trên 90%"], ("criteria.band_above_parent", 3)),
        (["T||Total|10|points", "m|T|M||points|[mức] trên 90%"], ("criteria.band_without_points", 3)),
        (["T||Total|10|points", "m|T|M|9|points|[mức] x", "a|T|A|10|points"], ("criteria.bands_beside_parts", 2)),
        (["T||Total||points||proportional"], ("criteria.method_needs_maximum", 2)),
        (["T||Total|10|points||lateness"], ("criteria.method_needs_per_case", 2)),
        (["T||Total|10|points||pool"], ("criteria.method_needs_pool", 2)),
        (["T||Total||bonus"], ("criteria.no_points", 2)),
        (["T||Total|10|points|rule|||||||spilt over"], ("criteria.extra_cells", 2)),
    ],
)
def test_each_inconsistency_is_found_at_its_row(lines: list[str], problem: tuple[str, int]) -> None:
    assert errors(*lines) == [problem]


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([], "criteria.missing_column"),
        ([["code", "kind"]], "criteria.missing_column"),
        ([HEADER], "criteria.empty_table"),
        ([[*HEADER, "code"], ["T"]], "criteria.repeated_column"),
    ],
)
def test_what_is_no_criteria_table_at_all(found: list[list[str]], code: str) -> None:
    parsed = parse_criteria(found)
    assert parsed.table is None
    assert [problem.code for problem in parsed.errors] == [code]


def test_all_problems_are_told_at_once_in_the_order_of_the_rows() -> None:
    found = errors("T||Total|x|points", "a|T|A|1|what", "a|Y|A|2|points")
    assert [row for _, row in found] == [2, 3, 4, 4]


def test_codes_are_text() -> None:
    found = table("1||Total|2|points", "1.1|1|A|1|points", "1.10|1|B|1|points")
    assert [row.code for row in found.parts("1")] == ["1.1", "1.10"]


def test_rows_may_be_mappings_as_well() -> None:
    parsed = parse_criteria([{"code": "T", "parent_code": "", "title_vi": "Total", "max_points": "10", "kind": "points"}])
    assert parsed.problems == ()
    assert parsed.table is not None
    assert parsed.table.by_code["T"] == Criterion(code="T", title="Total", max_points=Decimal(10), row=2)


@pytest.mark.parametrize(
    ("line", "method"),
    [
        ("x|T|X|5|points", Method.AWARD),
        ("x|T|X|5|ratio", Method.AWARD),
        ("x|T|X|5|count|[30/kỳ]", Method.AWARD),
        ("x|T|X|5|bonus", Method.AWARD),
        ("x|T|X|5|bonus|[+0,5/bài]", Method.PER_CASE),
        ("x|T|X||penalty|[-1/lần]", Method.PER_CASE),
        ("x|T|X|-2|penalty|||-0.5", Method.PER_CASE),
        ("x|T|X||gate", Method.PASS_FAIL),
        ("x|T|X|5|ratio||proportional", Method.PROPORTIONAL),
    ],
)
def test_the_kind_decides_the_method_where_none_is_named(line: str, method: Method) -> None:
    assert table("T||Total||points", line).by_code["x"].method is method


@pytest.mark.parametrize(
    ("text", "adjust", "penalty", "bonus"),
    [
        ("tổng trừ mục này không quá 1,5", None, "1.5", None),
        ("đủ 3 điều kiện; tổng trừ không quá 2", None, "2", None),
        ("Tổng điểm trừ không quá 3", None, "3", None),
        ("tổng cộng hoặc trừ của mục không quá 7", "7", None, None),
        ("tổng điểm thưởng không quá 2.5", None, None, "2.5"),
        ("Tổng cộng không quá 100 điểm", None, None, None),
        ("trừ nhiều, không quá 3", None, None, None),
    ],
)
def test_caps_over_a_whole_item_stand_in_its_rule(text: str, adjust: str | None, penalty: str | None, bonus: str | None) -> None:
    found = conventions.adjust_cap_in(text), conventions.penalty_cap_in(text), conventions.bonus_cap_in(text)
    assert found == tuple(None if cap is None else Decimal(cap) for cap in (adjust, penalty, bonus))


def test_fractions_of_grades_and_points_of_ranks_stand_in_the_rule() -> None:
    assert dict(conventions.grades_in("")) == {"A": 1, "B": Decimal("0.75"), "C": Decimal("0.5"), "D": 0}
    assert dict(conventions.grades_in("A=100%; B=80%; C=0,6; D=0")) == {"A": 1, "B": Decimal("0.8"), "C": Decimal("0.6"), "D": 0}
    assert conventions.pool_in("hạng ở khối: 60/45/30/15/0 điểm") == (60, 45, 30, 15, 0)
    assert conventions.pool_in("[+0,5/báo cáo]") == ()


def test_a_table_is_not_built_from_rows_that_make_no_tree() -> None:
    with pytest.raises(Refused, match=r"criteria\.duplicate_code"):
        CriteriaTable.of([Criterion(code="a"), Criterion(code="a")])
    with pytest.raises(Refused, match=r"criteria\.unknown_parent"):
        CriteriaTable.of([Criterion(code="a", parent="b")])
    with pytest.raises(Refused, match=r"criteria\.cycle"):
        CriteriaTable.of([Criterion(code="T"), Criterion(code="a", parent="a")])


def test_a_very_deep_table_is_read() -> None:
    deep = [Criterion(code=str(n), parent=str(n - 1) if n else "", max_points=Decimal(1)) for n in range(3000)]
    assert CriteriaTable.of(deep).frame()["0"] == 1
    assert errors(*(f"{n}|{n - 1 if n else ''}|t|1|points" for n in range(3000))) == []


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(["", *"abcdex"])), min_size=1, max_size=8))
def test_any_rows_give_a_tree_or_the_reasons_why_not(pairs: list[tuple[str, str]]) -> None:
    parsed = parse_criteria(rows(*(f"{code}|{parent}|t|1|points" for code, parent in pairs)))
    assert (parsed.table is None) == any(p.code != "criteria.sum_differs" for p in parsed.errors)
    if parsed.table is not None:
        assert {row.code for row in parsed.table.bottom_up} == {code for code, _ in pairs}


@given(st.lists(st.lists(st.text(max_size=12), max_size=12), max_size=6))
def test_no_cell_makes_the_reader_fall_over(cells: list[list[str]]) -> None:
    for problem in parse_criteria([HEADER, *cells]).problems:
        assert sentence(problem, "vi")
        assert sentence(problem, "en")


def test_every_sentence_names_the_same_facts_in_both_languages() -> None:
    for code, (vi, en) in PROBLEMS.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (vi, en)]
        assert fields[0] == fields[1], code
    assert sentence(Problem("criteria.no_points", 2, "kind"), "vi") == "Dòng 2, cột kind: Bảng không có dòng điểm nào ở gốc."


def test_kinds_and_methods_are_those_of_the_format() -> None:
    assert list(Kind) == ["points", "ratio", "count", "bonus", "penalty", "gate"]
    assert len(Method) == 11


def test_beside_a_weighted_row_the_others_may_come_to_less_but_not_to_more() -> None:
    weighted = ["II||Mục II|40|points", "II.1|II|A|{}|points", "II.2|II|B|10|points", "II.3|II|C|2|points||weighted"]
    less = parse_criteria(rows(*(line.format("10") for line in weighted)))
    assert less.errors == ()
    assert [(p.code, p.row, p.facts["weighted"], p.facts["sum"]) for p in less.problems] == [
        ("criteria.sum_weighted", 2, "II.3", 20)
    ]
    assert errors(*(line.format("31") for line in weighted)) == [("criteria.sum_differs", 2)]
    assert errors("II||Mục II|2|points", "II.1|II|A|2|points||weighted") == []
