"""The smallest change that swaps two places: worked examples, and against trying every figure on a small grid."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from thidua.criteria.rules import CriteriaTable
from thidua.scoring.rules import ScoreLine, TieBreak, best_excesses, evaluate_unit, rank
from thidua.scoring.rules.stability import STEP, Entrant, Swing, decides_nothing, smallest_swings
from thidua.scoring.tests.tables import granted, real_table, table
from thidua.scoring.tests.test_bulk import tables

D = Decimal
SMALL = table("T||20|points", "a|T|10|points", "b|T|10|points|tổng trừ không quá 2", "b1|b|-9|penalty|[-1/lần]")


def entrant(criteria: CriteriaTable, unit: str, lines: list[ScoreLine]) -> Entrant:
    own = tuple(replace(line, unit=unit) for line in lines)
    best = best_excesses(criteria, own)
    return Entrant(criteria, own, evaluate_unit(criteria, own, best_excess=best), best)


def pair(criteria: CriteriaTable, upper: list[ScoreLine], lower: list[ScoreLine]) -> tuple[Entrant, Entrant]:
    return entrant(criteria, "trên", upper), entrant(criteria, "dưới", lower)


def test_a_lower_unit_passes_with_a_little_more_than_the_gap() -> None:
    above, below = pair(SMALL, granted(a="10", b="9"), granted(a="9.25", b="9"))
    first, *others = smallest_swings(above, below)
    assert {(s.unit, s.code, s.becomes) for s in (first, *others)} == {
        ("dưới", "b", D("9.750001")), ("trên", "a", D("9.249999")), ("trên", "b", D("8.249999")),
    }  # fmt: skip
    assert first.beyond == D("9.75")


def test_the_maximum_of_a_row_is_not_exceeded() -> None:
    above, below = pair(SMALL, granted(a="10", b="10"), granted(a="10", b="9.5"))
    assert {(s.unit, s.code) for s in smallest_swings(above, below)} == {("trên", "a"), ("trên", "b")}


def test_at_equal_points_the_agreed_criterion_is_what_must_change() -> None:
    above, below = pair(SMALL, granted(a="8", b="9"), granted(a="9", b="8"))
    by_b = TieBreak(("b",))
    swings = smallest_swings(above, below, tie_break=by_b)
    assert {(s.unit, s.code, s.size, s.beyond) for s in swings} == {
        ("dưới", "a", STEP, None), ("dưới", "b", STEP, None), ("trên", "a", STEP, None), ("trên", "b", STEP, None),
    }  # fmt: skip


def test_percentages_decide_where_something_was_not_assigned() -> None:
    above, below = pair(SMALL, granted(a="9", b="9"), [*granted(a="8.9"), ScoreLine(code="b", assigned=False)])
    (swing,) = (s for s in smallest_swings(above, below, by_percent=True) if s.unit == "dưới")
    assert (swing.code, swing.becomes, swing.beyond) == ("a", D("9.000001"), D(9))


def test_cases_change_by_whole_cases() -> None:
    criteria = table("a||3|points", "p||-9|penalty|[-2/lần]")
    above, below = pair(criteria, granted(a="3"), [ScoreLine(code="p", count=D(1))])
    assert smallest_swings(above, below) == (Swing("trên", "p", D(0), D(-6), None),)


def test_no_single_row_can_bridge_a_wide_gap() -> None:
    above, below = pair(SMALL, granted(a="10", b="10"), granted(a="0.5", b="0"))
    assert {s.unit for s in smallest_swings(above, below)} == set()


def test_points_granted_at_a_heading_silence_the_rows_below() -> None:
    criteria = table("T||20|points", "a|T|10|points", "b|T|10|points")
    above, below = pair(criteria, granted(T="15"), granted(a="7", b="7"))
    assert {(s.unit, s.code) for s in smallest_swings(above, below)} == {("trên", "T"), ("dưới", "a"), ("dưới", "b")}


def test_the_real_table_in_good_time() -> None:
    criteria = real_table()
    ends = [row for row in criteria.criteria if row.is_additive and not criteria.children(row.code) and row.max_points]
    upper = [ScoreLine(code=row.code, points=row.max_points) for row in ends]
    lower = [replace(line, points=(line.points or D(0)) / 2) if n < 3 else line for n, line in enumerate(upper)]
    above, below = pair(criteria, upper, lower)
    swings = smallest_swings(above, below)
    assert swings
    assert all(swapped(above, below, s.unit, s.code, s.becomes, TieBreak()) for s in swings)


def test_what_all_have_alike_decides_nothing() -> None:
    made = [entrant(SMALL, str(n), granted(a="10", b=points)).evaluation for n, points in enumerate(("8", "9", "8"))]
    assert decides_nothing(made) == {"a", "b1"}
    assert decides_nothing(made[:1]) == set()


def swapped(above: Entrant, below: Entrant, unit: str, code: str, points: Decimal, tie_break: TieBreak) -> bool:
    """Is the lower unit strictly before the upper once that row has those points?"""
    made = []
    for one in (above, below):
        lines = {line.code: line for line in one.lines}
        if one.evaluation.unit == unit:
            lines[code] = replace(lines.get(code) or ScoreLine(code=code, unit=unit), points=points)
        made.append(evaluate_unit(one.table, list(lines.values()), best_excess=one.best_excess))
    first, second = rank([replace(made[0], unit="trên"), replace(made[1], unit="dưới")], tie_break)
    return first.unit == "dưới" and first.rank != second.rank


@given(tables(), st.data())
def test_nothing_smaller_on_the_grid_swaps_them(criteria: CriteriaTable, data: st.DataObject) -> None:
    ends = [row for row in criteria.criteria if not row.is_gate and not criteria.parts(row.code)]
    halves = st.integers(0, 6).map(lambda n: D(n) / 2)

    def lines() -> list[ScoreLine]:
        signs = {row.code: -1 if row.bounds[1] == 0 else 1 for row in ends}
        return [ScoreLine(code=row.code, points=data.draw(halves) * signs[row.code]) for row in ends]

    tie_break = TieBreak(tuple(data.draw(st.lists(st.sampled_from([row.code for row in ends]), max_size=2)) if ends else ()))
    units = [entrant(criteria, name, lines()) for name in ("một", "hai")]
    standings = rank([unit.evaluation for unit in units], tie_break)
    if standings[0].rank == standings[1].rank:
        return
    upper = next(unit for unit in units if unit.evaluation.unit == standings[0].unit)
    lower = next(unit for unit in units if unit is not upper)
    above, below = entrant(criteria, "trên", list(upper.lines)), entrant(criteria, "dưới", list(lower.lines))
    swings = smallest_swings(above, below, tie_break=tie_break)
    for swing in swings:
        assert swapped(above, below, swing.unit, swing.code, swing.becomes, tie_break)
        less = swing.becomes - STEP if swing.becomes > swing.was else swing.becomes + STEP
        assert not swapped(above, below, swing.unit, swing.code, less, tie_break)
    least = min((swing.size for swing in swings), default=D(100))
    for one in (above, below):
        for row in ends:
            if row.max_points is None or criteria.children(row.code):
                continue
            low, high = row.bounds if row.is_adjustment else (D(0), row.max_points)
            figure = low if low is not None else D(0)
            while figure <= (high if high is not None else D(3)):
                if abs(figure - one.evaluation.values[row.code]) < least:
                    assert not swapped(above, below, one.evaluation.unit, row.code, figure, tie_break), (row.code, figure)
                figure += D("0.25")


amounts = st.decimals(0, 20, places=6)


@given(amounts, amounts, st.decimals(0, 3, places=6), st.sampled_from((2, 3)))
def test_a_change_is_told_outward_in_few_decimals(was: Decimal, becomes: Decimal, room: Decimal, places: int) -> None:
    if was == becomes:
        return
    way = 1 if becomes > was else -1
    bound = becomes + way * room
    before, figure, size = Swing("trên", "a", was, becomes, None, bound).rounded(places)
    assert abs(figure - before) == size
    assert (figure - becomes) * way >= 0
    assert (bound - figure) * way >= 0
    assert figure == bound or (was + figure - before - becomes) * way >= 0
    assert abs(figure - becomes) < 2 * D(1).scaleb(-places)
