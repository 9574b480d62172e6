"""What if: weights, points, a unit left out; and whom a change of one unit moves."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.scoring.rules import ScoreLine, evaluate, rank
from thidua.scoring.rules.supposing import Entry, Supposed, moved_others, moves, suppose
from thidua.scoring.tests.tables import granted, table

D = Decimal
SMALL = table("A||10|points", "B||10|points", "b1|B|5|points", "b2|B|5|points", "c||2|bonus", "g|||gate")
RELATIVE = table("A||10|points", "R||5|ratio||relative_to_leader")


def entries(*points: dict[str, str], criteria=SMALL) -> list[Entry]:  # type: ignore[no-untyped-def]
    return [Entry(str(n), criteria, tuple(granted(str(n), **given_))) for n, given_ in enumerate(points)]


TWO = entries({"A": "10", "b1": "1", "b2": "2"}, {"A": "5", "b1": "4", "b2": "3"})


def ranks(standings) -> dict[str, int | None]:  # type: ignore[no-untyped-def]
    return {standing.unit: standing.rank for standing in standings}


def test_nothing_supposed_is_the_ranking_itself() -> None:
    assert suppose(TWO, Supposed()) == rank(evaluate(SMALL, [line for entry in TWO for line in entry.lines]))
    assert not Supposed()


def test_other_weights_turn_the_order_and_move_the_maximum() -> None:
    assert ranks(suppose(TWO, Supposed())) == {"0": 1, "1": 2}
    made = suppose(TWO, Supposed(weights={"A": D(50)}))
    assert [(s.unit, s.rank, s.total, s.maximum) for s in made] == [("1", 1, D("9.5"), 15), ("0", 2, D(8), 15)]
    assert [s.total for s in suppose(TWO, Supposed(weights={"A": D(0), "B": D(1000)}))] == [70, 30]


def test_other_points_and_a_unit_left_out() -> None:
    assert [s.total for s in suppose(TWO, Supposed(points={("1", "A"): D("6")}))] == [13, 13]
    assert ranks(suppose(TWO, Supposed(without=frozenset({"0"})))) == {"1": 1}


@pytest.mark.parametrize(
    ("supposed", "code"),
    [
        (Supposed(weights={"A": D(-1)}), "scoring.weight_bounds"),
        (Supposed(weights={"A": D(1001)}), "scoring.weight_bounds"),
        (Supposed(points={("1", "A"): D("10.5")}), "scoring.supposed_above"),
        (Supposed(points={("1", "A"): D(-1)}), "scoring.supposed_below"),
        (Supposed(points={("1", "c"): D(3)}), "scoring.supposed_above"),
        (Supposed(points={("1", "B"): D(1)}), "scoring.supposed_unknown"),
        (Supposed(points={("1", "g"): D(1)}), "scoring.supposed_unknown"),
        (Supposed(points={("7", "A"): D(1)}), "scoring.supposed_unknown"),
        (Supposed(without=frozenset({"0", "1"})), "scoring.nobody_left"),
    ],
)
def test_what_is_no_supposition(supposed: Supposed, code: str) -> None:
    with pytest.raises(Refused) as refused:
        suppose(TWO, supposed)
    assert refused.value.code == code


def relative(*actuals: str) -> list[ScoreLine]:
    lines = [ScoreLine(unit=str(n), code="R", actual=D(actual), target=D(10)) for n, actual in enumerate(actuals)]
    return [*lines, *(ScoreLine(unit=str(n), code="A", points=D(5)) for n in range(len(actuals)))]


def test_the_leader_of_an_indicator_moves_the_others() -> None:
    before = rank(evaluate(RELATIVE, relative("20", "15", "8")))
    after = rank(evaluate(RELATIVE, relative("15", "15", "8")))
    moved = moved_others(before, after, "0")
    assert [(move.unit, move.before.total, move.after.total, move.after.rank) for move in moved] == [("1", D("8.75"), 10, 1)]  # type: ignore[union-attr]
    assert moved_others(before, before, "0") == ()


def test_without_the_leader_the_next_one_leads() -> None:
    lines = relative("20", "15")
    units = [Entry(unit, RELATIVE, tuple(line for line in lines if line.unit == unit)) for unit in "01"]
    assert [s.total for s in suppose(units, Supposed(without=frozenset({"0"})))] == [10]
    assert [m.unit for m in moves(suppose(units, Supposed()), suppose(units, Supposed(without=frozenset({"0"}))))] == ["1", "0"]
    others = [replace(line, unit="x") for line in lines if line.unit == "0"]
    assert [s.total for s in suppose(units[1:], Supposed(), others=others)] == [D("8.75")]


@given(st.permutations(range(4)), st.lists(st.integers(0, 10), min_size=4, max_size=4), st.integers(0, 300))
def test_the_order_in_which_units_come_changes_nothing(order: list[int], points: list[int], weight: int) -> None:
    units = [Entry(str(n), SMALL, tuple(granted(str(n), A=str(given_), b1="1"))) for n, given_ in enumerate(points)]
    supposed = Supposed(weights={"A": D(weight)})
    assert suppose(units, supposed) == suppose([units[n] for n in order], supposed)
