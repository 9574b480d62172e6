"""What the ranking shows adds up as it is shown: steps to the total, sections and criteria to the gap, parts to the total."""

import csv
from decimal import Decimal

import pytest

from thidua.kernel.actor import Role
from thidua.scoring import queries
from thidua.scoring.tests.conftest import FULL, SMALL

RANKING = "/cum/cum-2/2021/xep-hang/"
MANY = SMALL + "".join(f"C.{n},B,Việc số {n},1,points,,điểm,award,,\n" for n in range(1, 7))
BESIDE = """P,,Điểm thưởng chung,5,bonus,,lần,per_case,0.5,5
Q,,Điểm trừ chung,-5,penalty,,lần,per_case,-1,-5
"""


def figure(text):
    """A figure as it is shown; empty is nothing."""
    return Decimal(text.replace("−", "-").replace("+", "").replace(".", "").replace(",", ".") or "0")


@pytest.fixture
def thirds(field):
    """Two units with thirds of points, more rows that tell them apart than are named, a bonus and a penalty; two changes."""
    rows = MANY.replace("B,,Chế độ báo cáo,10", "B,,Chế độ báo cáo,16") + BESIDE
    field.open(rows=list(csv.reader(rows.splitlines())))
    tasks = {f"C.{n}": {"points": "1"} for n in range(1, 7)}
    field.submitted(1, {**FULL, **tasks, "A.2": {"actual": "2", "target": "3"}, "P": {"count": "1"}})
    lesser = {code: {"points": "0.6"} for code in tasks}
    sheet = field.submitted(2, {**FULL, **lesser, "A.2": {"actual": "1", "target": "3"}, "Q": {"count": "1"}})
    appraiser = field.appraiser(2)
    field.stage("cross_checking")
    field.judge(sheet, appraiser, "A.2", reason="Một việc chưa xong hẳn", actual="1", target="7")
    field.judge(sheet, appraiser, "B.1", reason="Báo cáo muộn thêm một ngày", days_late="3")
    return queries.ranking(field.year)


def test_what_is_shown_adds_up_to_the_figure_beside_it(thirds):
    first, second = thirds.rows
    why = queries.why_rank(thirds, second.unit.slug)
    assert figure(why.claimed) + sum(figure(step.delta) for step in why.falls) == figure(second.total)
    assert figure(first.total) - figure(second.total) == figure(why.gap)
    assert sum(figure(gap.delta) for gap in why.sections) == -figure(why.gap)
    assert sum(figure(gap.delta) for gap in why.criteria) == -figure(why.gap)
    for row in thirds.rows:
        assert sum(figure(part.points.replace("-", "−")) for part in row.parts) == figure(row.total)


def test_bonuses_and_penalties_beside_the_sections_are_shown_and_more_criteria_are_counted(field, world, sign_in, thirds):
    assert [section.code for section in thirds.sections] == ["A", "B", "P", "Q"]
    assert [part.takes for part in thirds.rows[0].parts] == [False, False, False, True]
    why = queries.why_rank(thirds, "don-vi-2")
    assert {gap.code for gap in why.sections} == {"A", "B", "P", "Q"}
    assert len(why.criteria) == 7
    assert (why.criteria[-1].code, why.criteria[-1].title) == ("", "4 tiêu chí khác và giới hạn của bảng")
    html = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1))).get(f"{RANKING}?don-vi=don-vi-2").content.decode()
    assert "− Q Điểm trừ chung (đã trừ trong tổng, không vẽ)" in html
    assert "4 tiêu chí khác và giới hạn của bảng" in html


def test_every_total_has_as_many_decimals(thirds):
    why = queries.why_rank(thirds, "don-vi-2")
    shown = [row.total for row in thirds.rows] + [why.claimed, why.gap] + [step.delta for step in why.falls]
    assert {len(text.partition(",")[2]) for text in shown} == {thirds.places}
