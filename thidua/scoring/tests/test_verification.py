"""The verification workbook: LibreOffice finds the same points and places from the figures alone, whatever the file said."""

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from thidua.clusters.models import Cluster, ClusterYear
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.papers import read_table
from thidua.criteria.rules import CriteriaTable, Criterion, Method, parse_criteria
from thidua.people.models import Organisation
from thidua.scoring import papers, queries, rules
from thidua.scoring.models import ScoreSheet
from thidua.scoring.papers.formulas import FIRST_ROW
from thidua.scoring.queries import Proven, Proving, Result
from thidua.scoring.queries.entry import completeness
from thidua.scoring.rules import ScoreLine, TieBreak
from thidua.scoring.tests.conftest import FULL
from thidua.scoring.tests.office import figure, recalculated
from thidua.scoring.tests.tables import DATA, granted, table

D = Decimal
ALL_METHODS = """code,parent_code,title_vi,max_points,kind,rule_text_vi,method,per_case,cap,over_rate,over_cap,adjust_cap,floor
T,,Tổng,100,points,,,,,,,,
a,T,Có tổng riêng,,points,,,,,,,,
a.1,a,Chấm tay,10,points,,award,,,,,,
a.10,a,Tỷ lệ,10,ratio,,proportional,,,0.1,2,,
a.2,a,Giảm,6,ratio,,inverse,,,,,,
a.3,a,Theo đơn vị dẫn đầu,5,ratio,,relative_to_leader,,,,,,
b,T,Thưởng trừ,20,points,tổng trừ không quá 3; tổng thưởng không quá 2,,,,,,,
b.1,b,Xếp loại,8,points,A=1; B=0.8; C=0.33; D=0,grade,,,,,,
b.2,b,Chậm,6,points,,lateness,0.7,,,,,-1
b.3,b,Thưởng,,bonus,,per_case,0.3,1.5,,,,
b.4,b,Trừ,,penalty,,per_case,-0.9,-4,,,,
b.5,b,Mục thưởng,2.5,bonus,,,,,,,,
b.5.1,b.5,Việc một,2,bonus,,per_case,0.7,,,,,
b.5.2,b.5,Việc hai,2,bonus,,award,,,,,,
c,T,Khác,30,points,,,,,,,,
c.1,c,Có mức,6,points,,,,,,,,
c.1.1,c.1,[mức] một,6,points,[mức] một,,,,,,,
c.1.2,c.1,[mức] hai,4,points,[mức] hai,,,,,,,
c.1.3,c.1,[mức] ba,2,points,[mức] ba,,,,,,,
c.2,c,Đạt,4,points,,pass_fail,,,,,,
c.3,c,Thi cấp trên,30,points,30/20/10/5,pool,,,,,,
c.4,c,Trừ cộng,-1,penalty,,award,,,,,,
d,T,Trọng số,9,points,,,,,,,,
d.1,d,Nhân một,0.3,points,,weighted,,,,,,
d.2,d,Nhân hai,0.7,points,,weighted,,,,,,
x,,Thưởng ngoài,3,bonus,,per_case,1,3,,,,
g,,Không xếp hạng,,gate,không xếp hạng,pass_fail,,,,,,
"""
"""Every method, caps on one and both sides, headings with and without figures, a gate."""


def read(rows: list[list[str]]) -> CriteriaTable:
    parsed = parse_criteria(rows)
    assert parsed.table is not None, parsed.problems
    return parsed.table


def proving_of(criteria: CriteriaTable, units: list[list[ScoreLine]], tie_break: TieBreak, elsewhere: list[ScoreLine]) -> Proving:
    """As `queries.proving` reads it, without a database."""
    version = CriteriaVersion(pk=1, number=1, decision="Biên bản hội nghị", digest="0" * 64)
    named = [[replace(line, unit=str(n)) for line in lines] for n, lines in enumerate(units)]
    best = rules.best_excesses(criteria, [*(line for lines in named for line in lines), *elsewhere])
    made = [replace(rules.evaluate_unit(criteria, lines, best_excess=best), unit=str(n)) for n, lines in enumerate(named)]
    order = rules.rank(made, tie_break)
    found = []
    for standing in order:
        n = int(standing.unit)
        lacks = completeness(criteria, made[n], {}, {}, {})
        result = Result((), criteria, {}, {}, {}, made[n], made[n], lacks, best)
        unit = Organisation(pk=n + 1, name_vi=f"Đơn vị '{n}'", slug=f"don-vi-{n}")
        sheet = ScoreSheet(version=version, unit=unit, stamp=f"{n:032}")
        found.append(Proven(unit, sheet, result, tuple(named[n]), standing))
    by_percent = any(s.reasons and s.reasons[0].code == "scoring.ranked_by_percent" for s in order)
    return Proving(found, tie_break, by_percent)


def any_line(row: Criterion, criteria: CriteriaTable, chance: Random) -> ScoreLine | None:
    """Figures for a row by its method, and now and then ones that do not suit it, none, or points granted all the same."""
    if chance.random() < 0.08:
        return None
    numbers = {
        "actual": D(chance.randint(0, 60)) / chance.choice([1, 3, 10]),
        "target": D(chance.randint(0, 40)),
        "count": D(chance.randint(0, 6)),
        "days_late": D(chance.randint(-2, 12)),
    }
    numbers["actual"] = round(numbers["actual"], 3)
    line = ScoreLine(code=row.code, assigned=chance.random() > 0.02, **numbers)
    if row.method is Method.POOL:
        line = replace(line, actual=None, count=D(chance.randint(0, 5)))
    if row.method is Method.GRADE:
        line = replace(line, grade=chance.choice(["A", "b", "C ", "D", "E"]))
    if row.method is Method.PASS_FAIL:
        line = replace(line, count=D(0), passed=chance.random() > (0.1 if row.is_gate else 0.5))
    if row.method is Method.BANDS:
        bands = criteria.bands(row.code)
        line = replace(line, grade=chance.choice(bands).code if bands else "")
    if row.is_band:
        line = ScoreLine(code=row.code, passed=chance.random() < 0.1)
    if criteria.parts(row.code) and chance.random() < 0.9:
        return None
    if not row.is_gate and not row.is_band and (row.method is Method.AWARD or chance.random() < 0.05):
        sign = -1 if row.is_adjustment and row.bounds[1] == 0 else 1
        line = replace(line, points=sign * D(chance.randint(0, 12)) / 4)
    return line


def random_units(criteria: CriteriaTable, seed: int, number: int) -> list[list[ScoreLine]]:
    chance = Random(seed)
    units = [[line for row in criteria.criteria if (line := any_line(row, criteria, chance))] for _ in range(number)]
    return [*units, units[0]]


def prove(proving: Proving, folder: Path) -> None:
    """Every value, maximum, total, percentage and rank of the computed workbook is ours, to the last digit."""
    year = ClusterYear(year=2021, cluster=Cluster(name_vi="Cụm số 2", slug="cum-2"), illustrative=True)
    book = recalculated(papers.verification_bytes(year, proving), folder)
    _first, ranks, _criteria, *sheets = book.values()
    for one, page in zip(proving.units, sheets, strict=True):
        made = one.result.verified
        for n, row in enumerate(one.result.table.criteria, FIRST_ROW - 1):
            assert page[n][0] == row.code
            assert figure(page[n][14]) == made.values[row.code], (one.key, row.code, page[n])
            assert figure(page[n][16]) == made.maxima[row.code], (one.key, row.code, page[n])
    ties = len(proving.tie_break.codes)
    for one, cells in zip(proving.units, ranks[5:], strict=True):
        standing = one.standing
        assert (figure(cells[2]), figure(cells[3])) == (standing.total, standing.maximum)
        assert (figure(cells[4]) if cells[4] != "" else None) == standing.percent
        assert (int(cells[9 + ties]) if cells[9 + ties] != "" else None) == standing.rank, cells  # type: ignore[call-overload]
        assert (cells[10 + ties] != "" and int(cells[10 + ties]) > 1) == standing.tied  # type: ignore[call-overload]
        assert cells[-1] == "khớp", cells


@pytest.mark.parametrize("seed", [1, 2])
def test_every_method_and_cap(seed: int, tmp_path: Path) -> None:
    criteria = read(list(csv.reader(ALL_METHODS.splitlines())))
    assert {row.method for row in criteria.criteria} == set(Method)
    away = [ScoreLine(unit="khác", code="a.3", actual=D(90), target=D(7))] if seed == 2 else []
    prove(proving_of(criteria, random_units(criteria, seed, 9), TieBreak(("b", "c.1", "x")), away), tmp_path)


@pytest.mark.parametrize("name", ["tuyen-giao-minh-hoa.csv", "tien-giang-tnmt-phong-2022.csv"])
def test_both_rubrics_of_the_demo(name: str, tmp_path: Path) -> None:
    criteria = read(read_table(DATA / name))
    prove(proving_of(criteria, random_units(criteria, 7, 6), TieBreak(), []), tmp_path)


def test_ties_that_floats_break_stay_ties(tmp_path: Path) -> None:
    criteria = table("a||10|points", "b||10|points", "c||10|points")
    units = [granted(a="0.1", b="0.2", c="0.3"), granted(a="0.3", b="0.2", c="0.1"), granted(a="0.6"), granted(c="0.6")]
    proving = proving_of(criteria, units, TieBreak(), [])
    assert [one.standing.rank for one in proving.units] == [1, 1, 1, 1]
    prove(proving, tmp_path)
    codes = proving_of(criteria, units, TieBreak(("a", "b")), [])
    assert [one.standing.rank for one in codes.units] == [1, 2, 3, 4]
    prove(codes, tmp_path / "codes")


def test_all_scored_by_percentages_where_something_was_not_assigned(tmp_path: Path) -> None:
    criteria = table("a||10|points", "b||3|points", "g|||gate")
    units = [granted(a="9", b="2"), [*granted(a="8"), ScoreLine(code="b", assigned=False)], [ScoreLine(code="g", passed=False)]]
    units.append([ScoreLine(code=code, assigned=False) for code in ("a", "b")])
    proving = proving_of(criteria, units, TieBreak(), [])
    assert proving.by_percent
    assert [one.standing.rank for one in proving.units] == [1, 2, None, None]
    prove(proving, tmp_path)


def test_the_ranking_of_a_year_and_the_data_behind_it(field, tmp_path, django_assert_num_queries) -> None:
    year = field.open()
    for number, points in ((1, "9"), (2, "9"), (3, "7")):
        field.submitted(number, {**FULL, "A.1": {"points": points}})
    queries.ranking(year)
    with django_assert_num_queries(1):
        proving = queries.proving(year)
    assert [one.standing.rank for one in proving.units] == [1, 1, 3]
    prove(proving, tmp_path)
    data = json.loads(json.dumps(papers.verification_data(year, proving)))
    assert [(unit["unit"], unit["total"], unit["rank"]) for unit in data["units"]] == [
        ("don-vi-1", "22", 1), ("don-vi-2", "22", 1), ("don-vi-3", "20", 3),
    ]  # fmt: skip
    assert data["criteria"][0]["digest"] == proving.units[0].sheet.version.digest
    lines = [ScoreLine(**{k: D(v) if k not in ("code", "grade", "passed", "assigned") else v for k, v in line.items()})
             for line in data["units"][0]["lines"]]  # fmt: skip
    assert rules.evaluate_unit(proving.units[0].result.table, lines).total == 22
