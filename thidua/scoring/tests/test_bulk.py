"""Bulk ranks equal those of the Decimal path, cell for cell, for any tree, cap, mask and tie-break tried here."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.criteria.rules import CriteriaTable, Criterion, Kind
from thidua.kernel.errors import Refused
from thidua.scoring.rules import ScoreLine, TieBreak, evaluate, rank
from thidua.scoring.rules.bulk import BulkTable, in_steps, rank_bulk
from thidua.scoring.tests.tables import real_results, real_table, table

D = Decimal
caps = st.sampled_from([None, D("0.5"), D(2)])
kinds = st.sampled_from([Kind.POINTS, Kind.POINTS, Kind.RATIO, Kind.COUNT, Kind.BONUS, Kind.PENALTY, Kind.GATE])


@st.composite
def tables(draw: st.DrawFn) -> CriteriaTable:
    """Any tree of up to nine rows, caps and maxima at random; gates stay leaves, as the checks demand."""
    rows = [Criterion(code="0", max_points=draw(st.sampled_from([None, D(10)])))]
    for number in range(1, draw(st.integers(2, 9))):
        kind = draw(kinds)
        parents = [row.code for row in rows if row.kind is not Kind.GATE]
        maximum = draw(st.sampled_from([None, D(1), D("2.5"), D(3)]))
        rows.append(
            Criterion(
                code=str(number),
                parent=draw(st.sampled_from(parents)),
                kind=kind,
                max_points=None if kind is Kind.GATE else -maximum if maximum and kind is Kind.PENALTY else maximum,
                adjust_cap=draw(caps),
                bonus_cap=draw(caps),
                penalty_cap=draw(caps),
            )
        )
    return CriteriaTable.of(rows)


@st.composite
def clusters(draw: st.DrawFn) -> tuple[CriteriaTable, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    criteria = draw(tables())
    units, columns = draw(st.integers(1, 7)), len(criteria.criteria)
    shape = (units, columns)

    def grid(cells: st.SearchStrategy[int]) -> np.ndarray:
        return np.array(draw(st.lists(cells, min_size=units * columns, max_size=units * columns))).reshape(shape)

    points = grid(st.integers(-250, 500))
    given_, assigned = grid(st.sampled_from([0, 1, 1])) == 1, grid(st.sampled_from([1, 1, 1, 1, 1, 0])) == 1
    excluded = np.array(draw(st.lists(st.booleans(), min_size=units, max_size=units)))
    groups = np.array(draw(st.lists(st.integers(0, 2), min_size=units, max_size=units)))
    return criteria, points.astype(np.int64), given_, assigned, excluded, groups


def decimal_path(criteria, points, given_, assigned, excluded, groups, tie_break):  # type: ignore[no-untyped-def]
    """Totals, maxima, ranks (0: out) and ties by unit, by `evaluate` and `rank`."""
    gate = Criterion(code="gate", kind=Kind.GATE)  # at the root, where nothing above it can be left unassigned
    criteria = CriteriaTable.of([*criteria.criteria, gate])
    found = {}
    for group in set(groups):
        lines = []
        for unit in np.flatnonzero(groups == group):
            lines.append(ScoreLine(unit=str(unit), code="gate", passed=not excluded[unit]))
            for column, row in enumerate(criteria.criteria[:-1]):
                cell = D(int(points[unit, column])).scaleb(-2) if given_[unit, column] and row.kind is not Kind.GATE else None
                lines.append(ScoreLine(unit=str(unit), code=row.code, points=cell, assigned=bool(assigned[unit, column])))
        for standing in rank(evaluate(criteria, lines), tie_break):
            found[int(standing.unit)] = (standing.total, standing.maximum, standing.rank or 0, standing.tied)
    return [found[unit] for unit in range(len(groups))]


@given(clusters(), st.sampled_from([TieBreak(), TieBreak(("0",)), TieBreak(("1", "0"))]))
def test_bulk_equals_the_decimal_path(case, tie_break) -> None:  # type: ignore[no-untyped-def]
    criteria, points, given_, assigned, excluded, groups = case
    # A gate that was not assigned to a unit would count as something missing: in both paths, or in none.
    gates = [index for index, row in enumerate(criteria.criteria) if row.is_gate]
    given_[:, gates] = False
    bulk = BulkTable.of(criteria)
    before = points.copy()
    result = rank_bulk(bulk, points, groups, given=given_, assigned=assigned, excluded=excluded, tie_break=tie_break)
    assert (points == before).all(), "the caller's cells stay as they were"
    in_points = [
        (D(int(total)).scaleb(-2), D(int(maximum)).scaleb(-2), int(place), bool(tied))
        for total, maximum, place, tied in zip(result.totals, result.maxima, result.ranks, result.tied, strict=True)
    ]
    assert in_points == decimal_path(criteria, points, given_, assigned, excluded, groups, tie_break)


@pytest.mark.parametrize(("column", "total"), [("self_score", 12440), ("verified_score", 11840)])
def test_the_real_result_in_hundredths(column: str, total: int) -> None:
    bulk = BulkTable.of(real_table())
    points = {row["code"]: in_steps(D(row[column]), 2) for row in real_results()}
    cells = np.array([[points.get(code, 0) for code in bulk.columns]])
    given_ = np.array([[code in points for code in bulk.columns]])
    result = rank_bulk(bulk, cells, np.array([7]), given=given_)
    assert (result.totals.tolist(), result.maxima.tolist(), result.ranks.tolist()) == ([total], [10000], [1])


def test_ranks_within_each_cluster_whatever_the_order_of_units() -> None:
    bulk = BulkTable.of(table("T||10|points"))
    cells = np.array([[500], [700], [500], [900], [700], [700]])
    result = rank_bulk(bulk, cells, np.array([2, 1, 1, 2, 1, 2]))
    assert result.ranks.tolist() == [3, 1, 3, 1, 1, 2]
    assert result.tied.tolist() == [False, True, False, False, True, False]


def test_percentages_of_large_totals_do_not_overflow() -> None:
    bulk = BulkTable.of(table("T||9000000|points", "a|T|6000000|points", "b|T|3000000|points"), places=6)
    cells = np.array([[0, 2 * 10**12, 10**12], [0, 2 * 10**12 + 1, 0]])
    assigned = np.array([[True, True, True], [True, True, False]])
    result = rank_bulk(bulk, cells, np.zeros(2, int), assigned=assigned)
    assert result.maxima.tolist() == [9 * 10**12, 6 * 10**12]
    assert result.ranks.tolist() == [1, 1], "they differ behind the ninth decimal of the percentage: equal, as settled values are"
    cells[1, 1] += 10**6
    assert rank_bulk(bulk, cells, np.zeros(2, int), assigned=assigned).ranks.tolist() == [2, 1]


def test_points_finer_than_the_step_or_too_large_are_refused() -> None:
    with pytest.raises(Refused, match=r"scoring\.too_fine"):
        BulkTable.of(table("T||2.125|points"))
    assert BulkTable.of(table("T||2.125|points"), places=3).root.frame == 2125
    with pytest.raises(Refused, match=r"scoring\.too_large"):
        rank_bulk(BulkTable.of(table("T||1|points")), np.array([[2**60]]), np.array([0]))


def test_no_units_no_ranks() -> None:
    result = rank_bulk(BulkTable.of(table("T||1|points")), np.zeros((0, 1), np.int64), np.zeros(0, int))
    assert result.ranks.tolist() == []
