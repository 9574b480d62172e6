"""What the columns of the criteria table ask of a sheet: evidence, and the units to which a row is not assigned."""

import csv

import pytest

from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused
from thidua.scoring import actions
from thidua.scoring.models import ScoreLine
from thidua.scoring.queries.overview import lacks_of
from thidua.scoring.queries.results import result_of
from thidua.scoring.tests.conftest import FULL, SMALL


def table(**columns):
    """The small table with a column more; its cells by code."""
    rows = [list(row) for row in csv.reader(SMALL.splitlines())]
    for name, cells in columns.items():
        rows[0].append(name)
        for row in rows[1:]:
            row.append(cells.get(row[0], ""))
    return rows


def test_required_evidence_that_is_missing_keeps_the_sheet_open(field):
    field.open(rows=table(evidence={"A.1": "required", "B.1": "none", "B.2": "none"}))
    sheet = field.sheet(1, FULL)
    lacks = result_of(field.fresh(sheet)).completeness
    assert (lacks.without_evidence, lacks.unproved, lacks.is_complete) == (("A.1", "A.2"), ("A.1",), False)
    told = [(lack.code, lack.state) for lack in lacks_of(result_of(field.fresh(sheet)))]
    assert ("A.1", "late") in told
    assert told.count(("A.1", "wait")) == 0
    leader = field.world.actor(Role.UNIT_LEADER, field.world.unit(1))
    with pytest.raises(Refused) as caught:
        actions.submit_sheet(sheet=sheet, actor=leader, now=field.now)
    assert caught.value.code == "scoring.evidence_required"
    assert (caught.value.facts["missing"], caught.value.facts["codes"]) == (1, "A.1")


def test_a_row_that_claims_nothing_needs_no_proof(field):
    field.open(rows=table(evidence={"A.1": "required"}))
    sheet = field.sheet(1, {**FULL, "A.1": {"points": "0"}})
    assert result_of(field.fresh(sheet)).completeness.unproved == ()


def test_a_row_not_assigned_to_a_unit_is_left_out_of_its_sheet_only(field, world):
    slug = world.unit(1).slug
    field.open(rows=table(not_assigned={"B": slug}))
    with_fewer, whole = field.sheet(1, {}), field.sheet(2, {})
    assert list(ScoreLine.objects.filter(sheet=with_fewer).values_list("code", "assigned")) == [("B", False)]
    assert not ScoreLine.objects.filter(sheet=whole).exists()
    assert result_of(field.fresh(with_fewer)).completeness.required == ("A.1", "A.2")
    assert result_of(field.fresh(whole)).completeness.required == ("A.1", "A.2", "B.1", "B.2")
