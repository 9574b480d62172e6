"""Bulk standings from the database equal those of the ranking page, unit for unit, whatever is in the sheets."""

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thidua.criteria.rules import CriteriaTable
from thidua.scoring.models import Judgement, ScoreLine, ScoreSheet, SheetStatus, Verdict
from thidua.scoring.queries import forget_results, ranking
from thidua.scoring.queries.portions import places_of
from thidua.scoring.queries.standings import in_points
from thidua.scoring.rules import ScoreLine as Line
from thidua.scoring.rules import TieBreak, evaluate, rank
from thidua.scoring.rules.bulk import percentages, rank_units
from thidua.scoring.rules.filling import Filling, StoredLine
from thidua.scoring.tests.tables import table

pytestmark = pytest.mark.django_db
D = Decimal
MIXED = (
    "A||25|points|",
    "A.1|A|10|points|",
    "A.2|A|7|ratio||proportional",
    "A.3|A|3|ratio||inverse",
    "A.4|A|5|ratio||relative_to_leader",
    "A.5|A|2|bonus||per_case|0.3",
    "A.6|A|-2|penalty||per_case|-0.7",
    "B||20|points||||2",
    "B.1|B|6|points||lateness|0.5",
    "B.2|B|4|points||bands",
    "B.2.1|B.2|4|points|[mức] tốt|",
    "B.2.2|B.2|2.5|points|[mức] khá|",
    "B.3|B|6|points||grade",
    "B.4|B|4|points||pass_fail",
    "B.5|B|3|bonus||award",
    "G|||gate|không xếp hạng|pass_fail",
)
CODES = [row.split("|")[0] for row in MIXED]
few = st.sampled_from([None, 0, 1, 2, 3, 7, D("2.5"), D("0.125")])
figures = st.fixed_dictionaries(
    {
        "points": st.sampled_from([None, None, None, D(0), D(1), D("2.5"), D("3.333333"), D("-0.5")]),
        "actual": few,
        "target": few,
        "count": few,
        "grade": st.sampled_from(["", "", "A", "B", "C", "B.2.1", "B.2.2", "?"]),
        "days_late": few,
        "passed": st.sampled_from([None, None, True, True, False]),
        "assigned": st.sampled_from([True] * 9 + [False]),
    }
)


def as_line(code: str, values: dict[str, object], unit: str = "") -> Line:
    exact = {name: D(value) if type(value) is int else value for name, value in values.items()}
    return Line(code=code, unit=unit, **exact)  # type: ignore[arg-type]


def as_stored(line: Line) -> tuple[object, ...]:
    """As SQLite gives it: floats."""

    def kept(name: str) -> float | None:
        figure = getattr(line, name)
        return None if figure is None else float(figure)

    figures = [kept(name) for name in ("points", "actual", "target", "count")]
    passed = None if line.passed is None else int(line.passed)
    return StoredLine(line.code, int(line.assigned), *figures, line.grade, kept("days_late"), passed)


def mixed_table() -> CriteriaTable:
    return table(*MIXED)


@st.composite
def sheets(draw: st.DrawFn) -> list[dict[str, dict[str, object]]]:
    """Lines of up to five units by code; codes are left out now and then."""
    units = draw(st.integers(1, 5))
    return [draw(st.dictionaries(st.sampled_from(CODES), figures, max_size=len(CODES))) for _ in range(units)]


@settings(max_examples=300)
@given(sheets(), st.sampled_from([(), ("A",), ("A.2", "B")]))
def test_filled_in_bulk_as_by_the_decimal_path(units, codes) -> None:  # type: ignore[no-untyped-def]
    import numpy as np

    criteria = mixed_table()
    filling = Filling(criteria, len(units))
    lines = []
    for number, unit in enumerate(units):
        granted = {}
        for code, values in unit.items():
            lines.append(as_line(code, values, str(number)))
            if lines[-1] == Line(code=code, unit=str(number), points=lines[-1].points) and lines[-1].points is not None:
                granted[code] = float(lines[-1].points)
            else:
                filling.take(number, as_stored(lines[-1]))
        assert filling.take_granted(number, json.dumps([*granted]), json.dumps([*granted.values()])) == len(granted)
    settled = filling.settled([0] * len(units), codes)
    clusters = np.zeros(len(units), np.int64)
    percents = np.zeros(len(units), np.int64)
    some = settled.maxima > 0
    percents[some] = percentages(settled.totals[some], settled.maxima[some])
    ranks, tied = rank_units(
        clusters, settled.excluded, settled.totals, settled.maxima, percents, settled.lacks, list(settled.ties)
    )
    filled = {int(one.unit): one for one in rank(evaluate(criteria, lines), TieBreak(codes))}
    whole = len(filled) == len(units) and not settled.doubtful.any()
    for number, standing in filled.items():
        if settled.doubtful[number]:
            continue
        assert in_points(int(settled.totals[number])) == standing.total
        assert in_points(int(settled.maxima[number])) == standing.maximum
        if whole:
            assert (int(ranks[number]) or None, bool(tied[number])) == (standing.rank, standing.tied)


def put(field, number: int, unit: dict[str, dict[str, object]], status: str, changes: dict[str, dict[str, object]]) -> None:  # type: ignore[no-untyped-def]
    """A sheet written straight into the tables: what the forms refuse may still stand there."""
    sheet = ScoreSheet.objects.create(
        year=field.year, unit=field.world.unit(number), version=field.version, opened_at=field.now, status=status,
        submitted_at=None if status == SheetStatus.DRAFTING else field.now,
        excluded_reason="Không gửi báo cáo" if status == SheetStatus.WITHHELD else "",
    )  # fmt: skip
    told = {"edited_at": field.now, "edited_by_name": "x"}
    for code, values in unit.items():
        ScoreLine.objects.create(sheet=sheet, code=code, **{**values, **told})
    for code, values in changes.items():
        kept = {name: value for name, value in values.items() if name != "assigned"}
        given_by = {"given_at": field.now, "given_by_name": "x", "reason": "Số liệu chưa đúng"}
        Verdict.objects.create(sheet=sheet, code=code, judgement=Judgement.CHANGED, **given_by, **kept)


def expected(year) -> dict[int, tuple[object, ...]]:  # type: ignore[no-untyped-def]
    forget_results()
    page = ranking(year)
    return {
        row.unit.pk: (row.standing.total, row.standing.maximum, row.standing.percent, row.rank, row.tied) for row in page.rows
    }


def test_granted_points_are_exact_to_the_last_digit_a_column_keeps() -> None:
    criteria = table("T||10|points", "a|T|10|points", "b|T|10|points")
    texts = ["0.000001", "999.999999", "-0.1", "3.333333", "4611.686018", "99999999.999999"]
    filling = Filling(criteria, len(texts))
    for number, text in enumerate(texts):
        filling.take_granted(number, '["a","?","b"]', f"[{text}, 7, 0.3]", without=["b"] if number == 1 else ())
    settled = filling.settled([0] * len(texts))
    exact = [D("0.300001"), D("999.999999"), D("0.2"), D("3.633333")]
    assert [in_points(total) for total in settled.totals.tolist()[:4]] == exact
    assert settled.doubtful.tolist() == [False, False, False, False, True, True], "no room: the Decimal path has to say"


statuses = st.sampled_from([SheetStatus.SUBMITTED] * 5 + [SheetStatus.DRAFTING, SheetStatus.WITHHELD])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sheets(), st.lists(st.dictionaries(st.sampled_from(CODES), figures, max_size=4), min_size=5, max_size=5),
       st.lists(statuses, min_size=5, max_size=5), st.sampled_from([[], ["A"], ["A.2", "vote"]]))  # fmt: skip
def test_bulk_standings_are_those_of_the_ranking(mixed_year, units, changes, states, tie_break) -> None:  # type: ignore[no-untyped-def]
    field = mixed_year
    ScoreSheet.objects.filter(year=field.year).delete()
    field.year.tie_break = tie_break
    for number, unit in enumerate(units, 1):
        put(field, number, unit, states[number - 1], changes[number - 1])
    [found] = places_of([field.year])
    ranked = {
        place.unit_id: (in_points(place.total), in_points(place.maximum), in_points(place.percent), place.rank, place.tied)
        for place in found.places
        if place.rank is not None
    }
    assert ranked == expected(field.year)


@pytest.fixture
def mixed_year(field):
    """A year of five units scored by a table of every method."""
    from thidua.criteria.queries import published_version

    header = ["code", "parent_code", "title_vi", "max_points", "kind", "rule_text_vi", "method", "per_case", "adjust_cap"]
    rows = [[code, parent, f"Dòng {code}", *cells] for code, parent, *cells in (row.split("|") for row in MIXED)]
    field.open(rows=[header, *[row + [""] * (len(header) - len(row)) for row in rows]], units=5)
    field.version = published_version(field.year)
    return field
