"""Several marks made into one value, and what looks far from the others: examples and properties."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.criteria.rules import CriteriaTable, Criterion, Kind, Method
from thidua.crosschecks.rules import aggregation, outliers, valuing
from thidua.crosschecks.rules.aggregation import Given
from thidua.scoring.rules import ScoreLine

POINTS = st.decimals(min_value=-100, max_value=1000, places=6, allow_nan=False)
MARKS = st.lists(POINTS, min_size=1, max_size=9)


def D(text):
    return Decimal(text)


def test_the_mean_of_thirds_is_rounded_once():
    assert aggregation.mean([D(1), D(1), D(2)]) == D("1.333333")
    assert aggregation.mean([D("0.000001"), D("0.000002")]) == D("0.000002")  # half up
    assert aggregation.mean([]) is None


def test_the_median_of_an_even_number_lies_half_way():
    assert aggregation.median([D(9), D(7), D(8)]) == 8
    assert aggregation.median([D(9), D(6), D(7), D(8)]) == D("7.5")
    assert aggregation.median([]) is None


@given(MARKS)
def test_the_mean_is_the_exact_one_within_half_a_millionth(values):
    exact = sum(map(Fraction, values), Fraction(0)) / len(values)
    assert abs(Fraction(aggregation.mean(values)) - exact) <= Fraction(1, 2_000_000)


@given(MARKS, st.randoms())
def test_order_never_matters_and_the_value_stays_between_the_marks(values, random):
    other = values[:]
    random.shuffle(other)
    for how in (aggregation.MEAN, aggregation.MEDIAN, aggregation.AGREED):
        one = aggregation.summarise(how, values, 9)
        assert one == aggregation.summarise(how, other, 9)
        if one.value is not None:
            assert min(values) <= one.value <= max(values)


@given(MARKS, st.integers(min_value=0, max_value=5))
def test_who_gave_no_mark_changes_no_value(values, silent):
    for how in (aggregation.MEAN, aggregation.MEDIAN):
        asked = aggregation.summarise(how, values, len(values) + silent)
        assert asked.value == aggregation.summarise(how, values, len(values)).value
        assert asked.missing == silent


def test_agreement_is_asked_for_only_where_marks_differ():
    assert aggregation.summarise("agreed", [D(7), D(7)], 3).value == 7
    assert aggregation.summarise("agreed", [D(7), D(8)], 3).value is None
    assert aggregation.summarise("agreed", [], 3).value is None


@pytest.mark.parametrize(
    ("how", "marks", "figures", "points"),
    [
        ("median", [("8/10", "8"), ("8/10", "8"), ("9/10", "9")], "8/10", "8"),
        ("median", [("8/10", "8"), ("granted 8", "8"), ("9/10", "9")], None, "8"),
        ("mean", [("8/10", "8"), ("9/10", "9")], None, "8.5"),
        ("mean", [("8/10", "8"), ("8/10", "8")], "8/10", "8"),
    ],
)
def test_figures_stay_where_one_set_of_them_decides(how, marks, figures, points):
    found = aggregation.found_from(how, [Given(typed, D(value)) for typed, value in marks])
    assert (found.figures, found.points) == (figures, D(points))


def test_no_marks_find_nothing_and_gates_are_decided_by_all_alike():
    assert aggregation.found_from("mean", []) is None
    assert aggregation.unanimous([Given("holds", D(0)), Given("holds", D(0))]) == "holds"
    assert aggregation.unanimous([Given("holds", D(0)), Given("fails", D(0))]) is None
    assert aggregation.unanimous([]) is None


def marked(checker, values, maximum=10):
    return [outliers.Marked(checker, (f"unit {n}", "A"), D(value), D(maximum)) for n, value in enumerate(values)]


def test_a_strict_checker_stands_out_on_enough_lines_only():
    marks = marked("strict", [6] * 5) + marked("b", [9] * 5) + marked("c", [9] * 5)
    first, *others = outliers.distances(marks)
    assert (first.checker, first.lines, first.apart, first.bias, first.share) == ("strict", 5, 5, D(-3), D("-0.3"))
    assert first.is_far
    assert [one.bias for one in others] == [D("1.5"), D("1.5")]
    few = outliers.distances(marked("strict", [1] * 4) + marked("b", [9] * 4))
    assert not any(one.is_far for one in few)


def test_who_marks_alone_is_compared_with_nobody():
    assert outliers.distances(marked("only", [1, 2, 3])) == ()


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(POINTS, min_size=5, max_size=5), min_size=2))
def test_the_differences_of_two_or_more_checkers_on_the_same_lines_cancel_out(given_marks):
    found = outliers.distances([mark for name, values in given_marks.items() for mark in marked(name, values)])
    assert {one.checker for one in found} == set(given_marks)
    assert abs(sum(one.bias for one in found)) <= Decimal("0.0001")


def test_a_criterion_that_all_fill_decides_nothing():
    values = {"A": [D(10), D(10)], "B": [D(10), D(9)], "C": [D(5)], "D": [D(0), D(0)]}
    assert outliers.undeciding(values, {"A": D(10), "B": D(10), "C": D(5), "D": D(0)}) == ("A",)


def test_the_unit_cut_most_stands_first():
    rows = outliers.cuts({"a": D(100), "b": D(50), "c": D(0)}, {"a": [D(-1), D(0)], "b": [D(-5), D(1)]})
    assert [(row.unit, row.points, row.lines, row.share) for row in rows] == [
        ("b", D(-4), 2, D("-0.08")),
        ("a", D(-1), 1, D("-0.01")),
        ("c", D(0), 0, None),
    ]


TABLE = CriteriaTable.of(
    [
        Criterion(code="A", max_points=D(10)),
        Criterion(code="B", max_points=D(5), kind=Kind.RATIO, method=Method.PROPORTIONAL),
        Criterion(code="B.1", parent="B", kind=Kind.PENALTY, method=Method.PER_CASE, per_case=D(-1)),
        Criterion(code="C", max_points=D(4), method=Method.BANDS),
        Criterion(code="C.1", parent="C", max_points=D(4), is_band=True),
        Criterion(code="L", max_points=D(5), kind=Kind.RATIO, method=Method.RELATIVE_TO_LEADER),
        Criterion(code="G", kind=Kind.GATE, method=Method.PASS_FAIL),
    ]
)


@pytest.mark.parametrize(
    ("code", "figures", "value"),
    [
        ("A", {"points": "7.5"}, "7.5"),
        ("A", {}, None),
        ("B", {"actual": "40", "target": "50"}, "4"),
        ("B", {"actual": "40"}, None),
        ("B", {"actual": "40", "target": "0"}, None),
        ("B", {"actual": "40", "target": "50", "points": "5"}, "5"),
        ("B.1", {"count": "3"}, "-3"),
        ("C", {"grade": "C.1"}, "4"),
        ("C", {"grade": "C.9"}, None),
        ("L", {"actual": "15", "target": "10"}, "3.75"),
        ("G", {"passed": False}, "0"),
    ],
)
def test_figures_come_to_the_points_of_the_row_alone(code, figures, value):
    exact = {name: given if name in ("grade", "passed") else D(given) for name, given in figures.items()}
    found = valuing.points_of(TABLE, ScoreLine(code=code, **exact), {"L": D(1)})
    assert found == (None if value is None else D(value))
