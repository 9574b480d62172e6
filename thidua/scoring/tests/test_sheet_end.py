"""Where a full sheet leads: who submits it, sums that make the total, and what the appraiser reads of its evidence."""

import csv

import pytest

from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused
from thidua.scoring import actions, queries
from thidua.scoring.actions.guard import some_codes
from thidua.scoring.tests.conftest import FULL, SMALL

YEAR = "/cum/cum-2/2021/"
SHEET = f"{YEAR}tu-cham/don-vi-2/"
BESIDE = """P,,Điểm thưởng chung,5,bonus,,lần,per_case,0.5,5
Q,,Điểm trừ chung,-5,penalty,,lần,per_case,-1,-5
"""


def test_an_officer_reads_who_submits_a_full_sheet(field, world, sign_in):
    field.open()
    sheet = field.sheet(2, {code: FULL[code] for code in ("A.1", "A.2", "B.1")})
    leader, officer = (world.person(role, world.unit(2)) for role in (Role.UNIT_LEADER, Role.UNIT_OFFICER))
    client = sign_in(officer)
    words = "Lãnh đạo đơn vị sẽ nộp phiếu."
    assert words not in client.get(SHEET).content.decode()
    last = client.post(f"{SHEET}dong/B.2/", {"grade-B.2": "B.2.1", "reason-B.2": "", "revision-B.2": "0"}).content.decode()
    assert f"{words} ({leader.name})" in last
    assert f"{words} ({leader.name})" in client.get(SHEET).content.decode()
    assert words not in sign_in(leader).get(SHEET).content.decode()
    actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=field.now)
    assert words not in sign_in(officer).get(SHEET).content.decode()


def test_the_sections_of_a_sheet_to_submit_make_its_total(field, world, sign_in):
    field.open(rows=list(csv.reader((SMALL + BESIDE).splitlines())))
    sheet = field.sheet(2, {**FULL, "P": {"count": "3"}, "Q": {"count": "1"}})
    sums = queries.sections_of(queries.result_of(sheet))
    assert [(row.code, row.claimed, row.maximum) for row in sums] == [
        ("A", "13", "15"), ("B", "9", "10"), ("P", "+1,5", ""), ("Q", "−1", ""),
    ]  # fmt: skip
    page = sign_in(world.person(Role.UNIT_LEADER, world.unit(2))).get(f"{SHEET}nop/").content.decode()
    assert "P · Điểm thưởng chung" in page
    assert "22,5 / 25" in page


def test_a_claim_without_a_file_is_told_to_the_appraiser(field, world, sign_in):
    field.open()
    sheet = field.submitted(2, {**FULL, "A.2": {"actual": "0", "target": "50"}})
    field.appraiser(2)
    field.stage("cross_checking")
    told = [row.code for row in queries.check_rows(queries.result_of(sheet)) if row.unproved]
    assert told == ["A.1", "B.1", "B.2"]
    client = sign_in(world.person(Role.APPRAISER, world.organisation("Ban Tuyen giao", "party_body")))
    assert client.get(f"{YEAR}tham-dinh/don-vi-2/").content.decode().count("không có minh chứng") == 3


@pytest.mark.parametrize(("number", "end"), [(12, "12"), (13, "12 …")])
def test_a_refusal_names_twelve_codes_and_says_when_there_are_more(number, end):
    named = some_codes([str(n) for n in range(1, number + 1)])
    assert named.count(",") == 11
    assert named.endswith(end)


def test_an_unfinished_check_names_what_is_left(field, now):
    field.open()
    sheet, appraiser = field.submitted(2), field.appraiser(2)
    field.stage("cross_checking")
    with pytest.raises(Refused, match=r"^scoring\.lines_not_judged") as refusal:
        actions.finish_check(sheet=sheet, actor=appraiser, now=now)
    assert refusal.value.facts == {"missing": 4, "codes": "A.1, A.2, B.1, B.2"}
