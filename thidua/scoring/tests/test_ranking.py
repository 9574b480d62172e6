"""Places, ties and exclusions, each with its reason; and what must hold for any cluster."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.scoring.rules import LastResort, ScoreLine, Standing, TieBreak, evaluate, rank, reason_sentence
from thidua.scoring.tests.tables import granted, table

D = Decimal
CRITERIA = table("T||20|points", "a|T|10|points", "b|T|6|points", "c|T|4|points", "g|T||gate")
VOTE = LastResort.VOTE


def cluster(**units: str) -> list[ScoreLine]:
    """Lines from `A="5 3 1"`: the unit's points at a, b and c; `-` is not assigned."""
    lines = []
    for unit, points in units.items():
        for code, figure in zip("abc", points.split(), strict=True):
            given_points = None if figure == "-" else D(figure)
            lines.append(ScoreLine(unit=unit, code=code, points=given_points, assigned=figure != "-"))
    return lines


def places(lines: list[ScoreLine], tie_break: TieBreak | None = None) -> list[tuple[str, int | None, bool]]:
    standings = rank(evaluate(CRITERIA, lines), tie_break or TieBreak())
    return [(standing.unit, standing.rank, standing.tied) for standing in standings]


def codes(standing: Standing) -> list[tuple[str, str]]:
    return [(reason.code, reason.item) for reason in standing.reasons]


@pytest.mark.parametrize(
    ("tie_break", "expected"),
    [
        (TieBreak(), [("C", 1, False), ("A", 2, True), ("B", 2, True), ("E", 2, True), ("D", 5, False)]),
        (TieBreak(("a",)), [("C", 1, False), ("B", 2, False), ("A", 3, True), ("E", 3, True), ("D", 5, False)]),
        (TieBreak(("a", "b")), [("C", 1, False), ("B", 2, False), ("E", 3, False), ("A", 4, False), ("D", 5, False)]),
        (TieBreak(("a",), VOTE), [("C", 1, False), ("B", 2, False), ("A", 3, True), ("E", 3, True), ("D", 5, False)]),
    ],
)
def test_ties_and_the_criteria_that_break_them(tie_break: TieBreak, expected: list[tuple[str, int, bool]]) -> None:
    assert places(cluster(A="5 3 4", B="6 3 3", C="9 3 3", D="1 1 1", E="5 4 3"), tie_break) == expected


def test_reasons_say_what_decided() -> None:
    lines = cluster(A="5 3 4", B="6 3 3", C="9 3 3", E="5 4 3")
    by_criteria = {s.unit: codes(s) for s in rank(evaluate(CRITERIA, lines), TieBreak(("a", "b")))}
    assert by_criteria["C"] == [("scoring.ranked_by_total", "")]
    assert by_criteria["B"] == [("scoring.ranked_by_total", ""), ("scoring.tie_broken", "a")]
    assert by_criteria["A"] == [("scoring.ranked_by_total", ""), ("scoring.tie_broken", "b")]
    shared = {s.unit: s for s in rank(evaluate(CRITERIA, lines))}
    assert codes(shared["A"])[-1] == ("scoring.tied", "")
    assert shared["A"].reasons[-1].facts["units"] == 3
    voted = {s.unit: s for s in rank(evaluate(CRITERIA, lines), TieBreak(("a",), VOTE))}
    assert codes(voted["A"]) == [("scoring.ranked_by_total", ""), ("scoring.tie_broken", "a"), ("scoring.tied_vote", "")]
    assert reason_sentence(voted["A"].reasons[-1], "vi") == "2 đơn vị đồng hạng; cụm bỏ phiếu phân định."


def test_percentages_rank_as_soon_as_something_was_not_assigned() -> None:
    lines = cluster(A="9 5 3", B="9 - 4", C="10 6 2")
    standings = rank(evaluate(CRITERIA, lines))
    assert [(s.unit, s.total, s.maximum, s.percent) for s in standings] == [
        ("B", 13, 14, D("92.857142857")),
        ("C", 18, 20, 90),
        ("A", 17, 20, 85),
    ]
    assert codes(standings[0]) == [("scoring.ranked_by_percent", ""), ("scoring.not_assigned", "b")]
    assert [unit for unit, _, _ in places(cluster(A="9 5 3", B="9 0 4", C="10 6 2"))] == ["C", "A", "B"]


def test_equal_shares_of_different_maxima_tie() -> None:
    lines = cluster(A="10 0 2", B="6 - 2.4", C="3 - -")
    assert [(s.percent, s.rank, s.tied) for s in rank(evaluate(CRITERIA, lines))] == [
        (60, 1, True),
        (60, 1, True),
        (30, 3, False),
    ]


def test_a_failed_gate_takes_a_unit_out_with_the_reason() -> None:
    lines = [*cluster(A="10 6 4", B="1 1 1", C="2 2 2"), ScoreLine(unit="A", code="g", passed=False)]
    standings = rank(evaluate(CRITERIA, lines))
    assert [(s.unit, s.rank, s.excluded) for s in standings] == [("C", 1, False), ("B", 2, False), ("A", None, True)]
    assert codes(standings[2]) == [("scoring.gate_excludes", "g")]
    assert standings[2].total == 20


def test_what_an_excluded_unit_was_not_assigned_does_not_make_percentages_rank() -> None:
    lines = [*cluster(A="10 - 4", B="1 1 1"), ScoreLine(unit="A", code="g", passed=False)]
    assert codes(rank(evaluate(CRITERIA, lines))[0]) == [("scoring.ranked_by_total", "")]


def test_a_unit_with_nothing_assigned_has_no_place() -> None:
    standings = rank(evaluate(CRITERIA, cluster(A="- - -", B="1 1 1")))
    assert [(s.unit, s.rank, codes(s)[0][0]) for s in standings] == [
        ("B", 1, "scoring.ranked_by_percent"),
        ("A", None, "scoring.nothing_assigned"),
    ]


def test_a_tie_break_names_criteria_of_the_table() -> None:
    TieBreak(("a", "b")).check(CRITERIA)
    with pytest.raises(Refused, match=r"scoring\.tie_break_unknown"):
        TieBreak(("a", "z")).check(CRITERIA)


def test_tenths_that_floats_would_part_are_equal() -> None:
    assert places(cluster(A="0.1 0.2 0", B="0.3 0 0")) == [("A", 1, True), ("B", 1, True)]


def test_no_units_no_ranking() -> None:
    assert rank(()) == ()


scores = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from([None, 0, 1, 2])).map(tuple), min_size=1, max_size=7
)


def lines_of(points: list[tuple[int | None, ...]]) -> list[ScoreLine]:
    return cluster(**{f"u{i}": " ".join("-" if p is None else str(p) for p in row) for i, row in enumerate(points)})


@given(scores, st.randoms(use_true_random=False))
def test_the_order_of_units_and_lines_changes_no_rank(points, random) -> None:  # type: ignore[no-untyped-def]
    lines = lines_of(points)
    before = places(lines, TieBreak(("b",)))
    random.shuffle(lines)
    assert places(lines, TieBreak(("b",))) == before


@given(scores)
def test_a_criterion_nobody_scored_changes_no_order(points) -> None:  # type: ignore[no-untyped-def]
    more = table("T||20|points", "a|T|10|points", "b|T|6|points", "c|T|4|points", "n|T|5|points", "m|T|2|bonus")
    lines = [line for line in lines_of(points) if line.assigned]
    orders = [[(s.unit, s.rank, s.tied) for s in rank(evaluate(t, lines))] for t in (CRITERIA, more)]
    assert orders[0] == orders[1]


@given(scores)
def test_ranks_count_the_better_units(points) -> None:  # type: ignore[no-untyped-def]
    standings = [s for s in rank(evaluate(CRITERIA, lines_of(points))) if s.rank]
    by_percent = any(p is None for row in points for p in row)
    measure = {s.unit: (s.percent if by_percent else s.total) or D(0) for s in standings}
    for standing in standings:
        mine = measure[standing.unit]
        assert standing.rank == 1 + sum(other > mine for other in measure.values())
        assert standing.tied == (list(measure.values()).count(mine) > 1)


def test_one_unit_more_points_never_a_worse_rank() -> None:
    before = places(cluster(A="5 3 3", B="6 3 3", C="4 3 3"))
    after = places(cluster(A="6.5 3 3", B="6 3 3", C="4 3 3"))
    assert (before[1], after[0]) == (("A", 2, False), ("A", 1, False))


def test_granted_lines_of_one_unit_rank_alone() -> None:
    assert places(granted("A", a="5")) == [("A", 1, False)]
