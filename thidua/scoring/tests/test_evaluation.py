"""A table filled in: the real result at every node, the tree rule case by case, and what holds for any table."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.scoring.rules import ScoreLine, best_excesses, evaluate, evaluate_unit, parse_scores, reason_sentence
from thidua.scoring.tests.tables import granted, real_results, real_table, table

D = Decimal


@pytest.mark.parametrize(("column", "total"), [("self_score", "124.4"), ("verified_score", "118.4")])
@pytest.mark.parametrize("with_headings", [True, False])
def test_the_real_result_at_every_node(column: str, total: str, with_headings: bool) -> None:
    criteria, results = real_table(), real_results()
    items = {row["code"] for row in results}
    headings = {code for code in items if any(child.code in items for child in criteria.children(code))}
    rows = [["unit", "code", "points"]]
    rows += [[row["unit"], row["code"], row[column]] for row in results if with_headings or row["code"] not in headings]
    scores = parse_scores(rows, criteria)
    assert scores.problems == ()
    (unit,) = evaluate(criteria, scores.lines)
    assert len(items) == 39
    assert {code: unit.values[code] for code in items} == {row["code"]: D(row[column]) for row in results}
    assert (unit.total, unit.maximum, unit.percent) == (D(total), 100, D(total))
    assert {(w.code, w.item) for w in unit.warnings} == {("scoring.above_allowed", code) for code in ("C2", "C4", "d2")}
    assert [w.facts["allowed"] for w in unit.warnings] == [D("5.5"), 4, 9]


SMALL = table(
    "T||20|points",
    "a|T|10|points",
    "a1|a|6|points",
    "a2|a|4|points",
    "a3|a|1|bonus|[+0,5/bài]",
    "b|T|10|points|tổng trừ không quá 2",
    "b1|b||penalty|[-0,5/lần]",
    "b2|b||penalty|[-1/lần]",
    "b3|b|3|bonus|[+1/việc]",
    "g|T||gate",
)


def count(**counts: str) -> list[ScoreLine]:
    return [ScoreLine(code=code, count=D(figure)) for code, figure in counts.items()]


@pytest.mark.parametrize(
    ("lines", "code", "value"),
    [
        (granted(a1="5", a2="3"), "a", "8"),
        (granted(a1="5", a2="3") + count(a3="1"), "a", "8.5"),
        (granted(a1="5", a2="3") + count(a3="9"), "a", "9"),
        (granted(a="7"), "a", "7"),
        (granted(a="7", a1="5"), "a", "5"),
        (granted(a="7") + count(a3="1"), "a", "7.5"),
        (granted(b="9"), "b", "9"),
        (granted(b="9") + count(b1="1", b2="1"), "b", "7.5"),
        (granted(b="9") + count(b1="4", b2="4"), "b", "7"),
        (granted(b="9") + count(b1="4", b2="4", b3="1"), "b", "8"),
        (granted(b="9", b1="-0.3") + count(b2="1"), "b", "7.7"),
        (granted(a1="5", b="9"), "T", "14"),
        ([], "T", "0"),
        (granted(T="18"), "T", "18"),
    ],
)
def test_the_value_of_a_node(lines: list[ScoreLine], code: str, value: str) -> None:
    assert evaluate_unit(SMALL, lines).values[code] == D(value)


@pytest.mark.parametrize(
    ("lines", "code", "item"),
    [
        (granted(a="7", a1="5"), "scoring.heading_differs", "a"),
        (granted(a1="6.1"), "scoring.above_allowed", "a1"),
        (granted(a="11.1"), "scoring.above_allowed", "a"),
        (granted(b="13.1"), "scoring.above_allowed", "b"),
        (granted(b="10.1") + count(b3="1"), "scoring.above_allowed", "b"),
        (granted(a1="-1"), "scoring.below_allowed", "a1"),
        (granted(b="-2.1"), "scoring.below_allowed", "b"),
        (granted(b="9", b1="0.5"), "scoring.above_allowed", "b1"),
        (granted(a1="6", a3="1.5"), "scoring.above_allowed", "a3"),
        (granted(g="5"), "scoring.gate_points", "g"),
        (count(b1="1"), "scoring.adjusted_without_points", "b"),
        ([ScoreLine(code="a1", points=D(3), assigned=False)], "scoring.unassigned_figures", "a1"),
        ([ScoreLine(code="a1", actual=D(3))], "scoring.figures_not_enough", "a1"),
    ],
)
def test_what_a_checker_should_look_at_is_a_warning(lines: list[ScoreLine], code: str, item: str) -> None:
    (warning,) = evaluate_unit(SMALL, lines).warnings
    assert (warning.code, warning.item) == (code, item)
    assert item in reason_sentence(warning, "vi")
    assert item in reason_sentence(warning, "en")


@pytest.mark.parametrize(
    "lines",
    [
        granted(a="8.5", a1="5", a2="3") + count(a3="1"),
        granted(a="8", a1="5", a2="3") + count(a3="1"),
        granted(a="11"),
        granted(b="13"),
    ],
)
def test_a_heading_that_agrees_with_its_parts_or_stays_within_its_bonuses_is_no_warning(lines: list[ScoreLine]) -> None:
    assert evaluate_unit(SMALL, lines).warnings == ()


def test_a_cap_on_both_sides_bounds_the_sum() -> None:
    rule = "tổng cộng hoặc trừ của mục không quá 2"
    both = table(f"d||7|points|{rule}", "x|d||penalty|[-1/vụ]", "y|d||bonus|[+1/vụ]")
    for cases, value in (({"x": "5"}, 5), ({"y": "5"}, 9), ({"x": "5", "y": "4"}, 6)):
        assert evaluate_unit(both, granted(d="7") + count(**cases)).values["d"] == value


def test_a_heading_of_bonuses_keeps_its_own_cap_and_a_grant_wins() -> None:
    bonuses = table("T||10|points", "B||5|bonus", "x|B||bonus|[+1/bài]", "y|B|2|bonus|[+1/bài]")
    assert evaluate_unit(bonuses, count(x="1", y="9")).values["B"] == 3
    assert evaluate_unit(bonuses, count(x="9", y="9")).total == 5
    assert evaluate_unit(bonuses, granted(B="4.5")).total == D("4.5")


BANDS = table(
    "T||5|points", "C|T|5|ratio", "C.1|C|5|ratio|[mức] trên 90%", "C.2|C|4|ratio|[mức] 80–<90%", "C.3|C|0.5|bonus|[+0,1/1%]"
)


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ([ScoreLine(code="C.2", passed=True)], 4),
        ([ScoreLine(code="C.2", count=D(1))], 4),
        (granted(**{"C.2": "4"}), 4),
        (granted(**{"C.1": "0", "C.2": "3.5"}), D("3.5")),
        ([ScoreLine(code="C", grade="C.1")], 5),
        ([ScoreLine(code="C.2", passed=True), *granted(C="4.5")], D("4.5")),
        ([ScoreLine(code="C.1", passed=True), *count(**{"C.3": "3"})], D("5.3")),
        ([ScoreLine(code="C.1", passed=False)], 0),
    ],
)
def test_the_one_alternative_that_was_chosen(lines: list[ScoreLine], value: Decimal) -> None:
    assert evaluate_unit(BANDS, lines).total == value


def test_two_chosen_alternatives_give_the_lower_one_and_a_warning() -> None:
    unit = evaluate_unit(BANDS, [ScoreLine(code="C.1", passed=True), ScoreLine(code="C.2", passed=True)])
    assert unit.total == 4
    assert [warning.code for warning in unit.warnings] == ["scoring.several_bands"]


@pytest.mark.parametrize(
    ("line", "failed"),
    [
        ({"passed": False}, True),
        ({"count": D(1)}, True),
        ({"passed": True, "count": D(1)}, False),
        ({"count": D(0)}, False),
        ({"passed": True}, False),
        ({"passed": False, "assigned": False}, False),
    ],
)
def test_a_gate(line: dict[str, object], failed: bool) -> None:
    unit = evaluate_unit(SMALL, [ScoreLine(code="g", **line)])  # type: ignore[arg-type]
    assert unit.failed_gates == (("g",) if failed else ())


def test_what_is_not_assigned_leaves_the_denominator() -> None:
    unit = evaluate_unit(SMALL, [*granted(a1="6", b="9"), ScoreLine(code="a2", assigned=False)])
    assert (unit.total, unit.maximum, unit.percent) == (15, 16, D("93.75"))
    assert (unit.maxima["a"], unit.maxima["T"], unit.unassigned) == (6, 16, ("a2",))
    whole = evaluate_unit(SMALL, [*granted(b="9"), ScoreLine(code="a", assigned=False)])
    assert (whole.maximum, whole.unassigned, whole.values["a1"]) == (10, ("a",), 0)
    assert [reason.code for reason in whole.reasons["a1"]] == ["scoring.unassigned"]


def test_figures_a_method_cannot_use_leave_the_row_unscored_with_the_reason() -> None:
    criteria = table("T||5|points||proportional")
    unit = evaluate_unit(criteria, [ScoreLine(code="T", actual=D(1), target=D(0))])
    assert unit.total == 0
    assert [warning.code for warning in unit.warnings] == ["scoring.target_not_positive"]


def test_the_leader_of_the_cluster_gets_the_maximum() -> None:
    criteria = table("T||5|points||relative_to_leader")
    lines = [ScoreLine(unit=f"u{actual}", code="T", actual=D(actual), target=D(10)) for actual in (8, 10, 15, 20)]
    assert [unit.total for unit in evaluate(criteria, lines)] == [2, D("2.5"), D("3.75"), 5]
    assert best_excesses(criteria, lines) == {"T": 1}
    assert evaluate_unit(criteria, lines[2:3]).total == 5, "alone, a unit is its own leader"


@given(st.lists(st.integers(0, 400), min_size=1, max_size=8))
def test_the_best_above_target_gets_the_maximum_and_no_one_more(actuals: list[int]) -> None:
    criteria = table("T||5|points||relative_to_leader")
    lines = [ScoreLine(unit=str(i), code="T", actual=D(actual), target=D(30)) for i, actual in enumerate(actuals)]
    totals = [unit.total for unit in evaluate(criteria, lines)]
    assert all(0 <= total <= 5 for total in totals)
    if max(actuals) > 30:
        assert totals[actuals.index(max(actuals))] == 5
    else:
        assert max(totals) <= D("2.5")


def test_three_thirds_are_one_whole() -> None:
    criteria = table("T||3|points", *(f"{code}|T|1|points||proportional" for code in "abc"))
    third = [ScoreLine(code=code, actual=D(1), target=D(3)) for code in "abc"]
    assert evaluate_unit(criteria, third).total == 1
    assert evaluate_unit(criteria, third).values["a"] == D("0.333333333")


def test_granted_points_win_over_the_method() -> None:
    criteria = table("T||5|points||proportional")
    assert evaluate_unit(criteria, [ScoreLine(code="T", points=D(3), actual=D(5), target=D(5))]).total == 3


def test_several_roots_are_added_up() -> None:
    criteria = table("A||5|points", "B||5|points", "X||1|bonus")
    unit = evaluate_unit(criteria, granted(A="4", B="3", X="1"))
    assert (unit.total, unit.maximum) == (8, 10)


def test_lines_that_fit_no_table_are_refused() -> None:
    with pytest.raises(Refused, match=r"scoring\.unknown_code"):
        evaluate_unit(SMALL, granted(z="1"))
    with pytest.raises(Refused, match=r"scoring\.duplicate_line"):
        evaluate_unit(SMALL, granted(a="1") + granted(a="2"))


def test_each_number_has_its_reasons() -> None:
    unit = evaluate_unit(SMALL, granted(a1="5", a2="3", b="9") + count(a3="9", b1="9"))
    assert all(unit.reasons[row.code] for row in SMALL.criteria)
    summed, adjusted = unit.reasons["a"]
    assert (summed.code, summed.facts["parts"], summed.facts["sum"]) == ("scoring.sum_of_parts", (("a1", D(5)), ("a2", D(3))), 8)
    assert (adjusted.code, adjusted.facts["bonus"]) == ("scoring.adjusted", 1)
    assert [reason.code for reason in unit.reasons["b"]] == ["scoring.granted", "scoring.adjusted", "scoring.capped"]
    assert unit.reasons["b"][2].facts["bounded"] == -2
    assert reason_sentence(unit.reasons["a1"][0], "vi") == "a1: được chấm 5 điểm."
    for reasons in unit.reasons.values():
        assert all(reason_sentence(reason, "vi") and reason_sentence(reason, "en") for reason in reasons)


def test_the_order_of_lines_changes_nothing() -> None:
    lines = granted(a1="5", a2="3", b="9") + count(b1="1")
    values = {tuple(sorted(evaluate_unit(SMALL, order).values.items())) for order in permutations(lines)}
    assert len(values) == 1


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["u", "zz", "1"], ("scoring.unknown_code", 3, "code")),
        (["", "a2", "1"], ("scoring.unit_missing", 3, "unit")),
        (["u", "a1", "1"], ("scoring.duplicate_line", 3, "code")),
        (["u", "a2", "năm"], ("kernel.points_not_a_number", 3, "points")),
        (["u", "b1", "", "-1"], ("scoring.negative_count", 3, "count")),
        (["u", "b1", "", "", "có thể"], ("scoring.not_yes_or_no", 3, "passed")),
    ],
)
def test_a_wrong_line_of_a_scores_table_is_told_with_its_place(row: list[str], problem: tuple[str, int, str]) -> None:
    scores = parse_scores([["unit", "code", "points", "count", "passed"], ["u", "a1", "1"], row], SMALL)
    assert [(p.code, p.row, p.column) for p in scores.errors] == [problem]


def test_a_scores_table_as_vietnamese_spreadsheets_export_it() -> None:
    rows = [
        ["unit", "code", "points", "passed", "assigned"],
        ["Đơn vị A", "a1", "5,5", "", ""],
        ["Đơn vị A", "a2", "", "Đạt", "0"],
    ]
    scores = parse_scores(rows, SMALL)
    assert scores.problems == ()
    assert scores.lines == (
        ScoreLine(unit="Đơn vị A", code="a1", points=D("5.5")),
        ScoreLine(unit="Đơn vị A", code="a2", passed=True, assigned=False),
    )
