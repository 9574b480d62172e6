"""The eleven methods of commands.md as truth tables; the numbers are the document's own or can be checked by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.criteria.rules import Criterion, Kind, Method
from thidua.criteria.rules.conventions import STANDARD_GRADES
from thidua.kernel.errors import Refused
from thidua.scoring.rules.lines import ScoreLine
from thidua.scoring.rules.methods import (
    excess_over_target,
    grade,
    inverse,
    lateness,
    per_case,
    pool,
    proportional,
    relative_to_leader,
    value_of,
)

D = Decimal
figures = st.decimals(min_value=0, max_value=10_000, places=2)
targets = st.decimals(min_value="0.01", max_value=10_000, places=2)
maxima = st.decimals(min_value="0.5", max_value=100, places=1)


@pytest.mark.parametrize(
    ("actual", "target", "over_rate", "over_cap", "points"),
    [
        ("80", "100", None, None, "8"),
        ("100", "100", None, None, "10"),
        ("120", "100", None, None, "10"),
        ("103", "100", "0.1", "1", "10.3"),
        ("120", "100", "0.1", "1", "11"),
        ("120", "100", "0.1", None, "12"),
        ("0", "100", "0.1", "1", "0"),
        ("-5", "100", None, None, "0"),
    ],
)
def test_proportional(actual: str, target: str, over_rate: str | None, over_cap: str | None, points: str) -> None:
    rate, cap = (None if figure is None else D(figure) for figure in (over_rate, over_cap))
    assert proportional(D(actual), D(target), D(10), rate, cap) == D(points)


@pytest.mark.parametrize(
    ("actual", "target", "points"),
    [("2", "2", "10"), ("1", "2", "10"), ("4", "2", "5"), ("0", "2", "10"), ("0", "0", "10"), ("3", "0", "0")],
)
def test_inverse(actual: str, target: str, points: str) -> None:
    assert inverse(D(actual), D(target), D(10)) == D(points)


@pytest.mark.parametrize(("actual", "points"), [("8", "2"), ("10", "2.5"), ("15", "3.75"), ("20", "5"), ("0", "0")])
def test_relative_to_leader_as_in_the_example(actual: str, points: str) -> None:
    assert relative_to_leader(D(actual), D(10), D(5), best_excess=D(1)) == D(points)


def test_relative_to_leader_compares_shares_of_the_own_target() -> None:
    assert excess_over_target(D(30), D(20)) == D("0.5")
    assert relative_to_leader(D(30), D(20), D(5), best_excess=D(1)) == D("3.75")
    assert relative_to_leader(D(10), D(10), D(5), best_excess=D(0)) == D("2.5"), "nobody above target: no one above half"


@pytest.mark.parametrize(
    ("count", "each", "lowest", "highest", "points"),
    [
        ("3", "0.5", "0", "1", "1"),
        ("1", "0.5", "0", "1", "0.5"),
        ("3", "-0.5", "-1", "0", "-1"),
        ("8", "-1", None, "0", "-8"),
        ("8", "1", "0", None, "8"),
        ("0", "-1", None, "0", "0"),
    ],
)
def test_per_case(count: str, each: str, lowest: str | None, highest: str | None, points: str) -> None:
    bounds = [None if bound is None else D(bound) for bound in (lowest, highest)]
    assert per_case(D(count), D(each), *bounds) == D(points)


@pytest.mark.parametrize(("letter", "points"), [("A", "8"), ("B", "6"), ("C", "4"), ("D", "0"), ("b", "6")])
def test_grade(letter: str, points: str) -> None:
    assert grade(letter, D(8), dict(STANDARD_GRADES)) == D(points)


@pytest.mark.parametrize(
    ("days", "floor", "points"),
    [("0", None, "30"), ("3", None, "24"), ("20", None, "0"), ("20", "5", "5"), ("-4", None, "30"), ("20", "-10", "-10")],
)
def test_lateness(days: str, floor: str | None, points: str) -> None:
    assert lateness(D(days), D(2), D(30), None if floor is None else D(floor)) == D(points)


@pytest.mark.parametrize(("rank", "points"), [("1", 60), ("2", 45), ("4", 15), ("5", 0), ("9", 0)])
def test_pool(rank: str, points: int) -> None:
    assert pool(D(rank), tuple(map(D, (60, 45, 30, 15, 0)))) == points


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (lambda: proportional(D(1), D(0), D(5)), "scoring.target_not_positive"),
        (lambda: relative_to_leader(D(1), D(-1), D(5), D(1)), "scoring.target_not_positive"),
        (lambda: inverse(D(-1), D(2), D(5)), "scoring.negative_figure"),
        (lambda: grade("E", D(5), dict(STANDARD_GRADES)), "scoring.unknown_grade"),
        (lambda: pool(D("1.5"), (D(60),)), "scoring.not_a_rank"),
        (lambda: pool(D(0), (D(60),)), "scoring.not_a_rank"),
    ],
)
def test_figures_that_make_no_sense_are_refused(refused, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refusal:
        refused()
    assert refusal.value.code == code


BONUS = {"kind": Kind.BONUS, "per_case": D("0.5"), "max_points": D(1)}


@pytest.mark.parametrize(
    ("row", "line", "points"),
    [
        ({"method": Method.AWARD}, {"points": D(4)}, 4),
        ({"method": Method.PROPORTIONAL}, {"actual": D(8), "target": D(10)}, 4),
        ({"method": Method.PROPORTIONAL}, {"actual": D(8)}, None),
        ({"method": Method.INVERSE}, {"actual": D(10), "target": D(8)}, 4),
        ({"method": Method.RELATIVE_TO_LEADER}, {"actual": D(8), "target": D(10)}, 2),
        ({"method": Method.PER_CASE, **BONUS}, {"count": D(3)}, 1),
        ({"method": Method.PASS_FAIL}, {"passed": True}, 5),
        ({"method": Method.PASS_FAIL}, {"passed": False}, 0),
        ({"method": Method.PASS_FAIL}, {}, None),
        ({"method": Method.GRADE, "grades": STANDARD_GRADES}, {"grade": "B"}, D("3.75")),
        ({"method": Method.LATENESS, "per_case": D(2)}, {"days_late": D(1)}, 3),
        ({"method": Method.POOL, "pool": (D(3), D(1))}, {"actual": D(2)}, 1),
        ({"method": Method.POOL, "pool": (D(3), D(1))}, {"count": D(1)}, 3),
        ({"method": Method.WEIGHTED}, {"actual": D("9.5")}, D("47.5")),
        ({"method": Method.BANDS}, {"actual": D(9)}, None),
    ],
)
def test_a_row_takes_the_figures_its_method_needs(row, line, points) -> None:  # type: ignore[no-untyped-def]
    criterion = Criterion(**{"code": "a", "max_points": D(5), **row})
    assert value_of(criterion, ScoreLine(code="a", **line)) == points


def test_a_cap_of_a_penalty_may_be_written_with_either_sign() -> None:
    for cap in (D(2), D(-2)):
        row = Criterion(code="x", kind=Kind.PENALTY, method=Method.PER_CASE, per_case=D(-1), cap=cap)
        assert value_of(row, ScoreLine(code="x", count=D(5))) == -2


@given(figures, targets, maxima)
def test_points_never_leave_their_bounds(actual: Decimal, target: Decimal, maximum: Decimal) -> None:
    assert 0 <= proportional(actual, target, maximum) <= maximum
    assert 0 <= inverse(actual, target, maximum) <= maximum
    assert 0 <= relative_to_leader(actual, target, maximum, D(1)) <= maximum
    assert 0 <= lateness(actual, target, maximum) <= maximum
    assert maximum <= proportional(actual + target, target, maximum, D("0.1"), D(2)) <= maximum + 2


@given(figures, figures, targets, maxima)
def test_a_better_result_never_gets_fewer_points(one: Decimal, two: Decimal, target: Decimal, maximum: Decimal) -> None:
    worse, better = sorted((one, two))
    best = excess_over_target(better, target)
    assert proportional(worse, target, maximum, D("0.1"), D(1)) <= proportional(better, target, maximum, D("0.1"), D(1))
    assert inverse(better, target, maximum) <= inverse(worse, target, maximum)
    assert relative_to_leader(worse, target, maximum, best) <= relative_to_leader(better, target, maximum, best)
