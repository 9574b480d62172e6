"""What a cross-check round found becomes verdicts: at once, with history, by the head's secretary or the superior body only."""

import csv
import json

import pytest

from thidua.audit.models import JournalEntry
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.scoring import actions
from thidua.scoring.actions import Finding
from thidua.scoring.models import Verdict, VerdictChange
from thidua.scoring.queries.results import verified_result
from thidua.scoring.tests.test_ranking_in_depth import RELATIVE


@pytest.fixture
def put(field, world, now):
    """put(sheet, {"A.1": (line, reason)}) as the head's secretary unless `actor`."""

    def go(sheet, found, actor=None):
        pairs = {line.code: Finding(line, reason) for line, reason in found}
        return actions.put_verdicts(sheet=sheet, found=pairs, actor=actor or world.secretary(), now=now)

    return go


@pytest.fixture
def relative(field):
    """The sheets of three units of 20, 15 and 12 against a target of 10, at cross-checking."""
    field.open(rows=list(csv.reader(RELATIVE.splitlines())))
    figures = ({"actual": actual, "target": "10"} for actual in ("20", "15", "12"))
    sheets = [field.submitted(n, {"A": {"points": "9"}, "R": figure}) for n, figure in enumerate(figures, 1)]
    field.stage("cross_checking")
    return sheets


def test_whom_the_round_moves_is_told_in_the_journal_and_at_the_line(field, relative, put, line, world, sign_in):
    put(relative[0], [(line("A", points="8"), REASON), (line("R", actual="15", target="10"), REASON)])
    told = json.loads(JournalEntry.objects.get(event="OthersMoved").facts)
    assert (told["code"], told["moved"].split(" điểm")[0]) == ("R", "Don vi 2: 12,75 → 14")
    page = "/cum/cum-2/2021/tham-dinh/don-vi-1/tra-loi/{}/"
    client = sign_in(world.person(Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao", "party_body")))
    assert "Don vi 2: 12,75 → 14 điểm" in client.get(page.format("R")).content.decode()
    assert "Don vi 2: 12,75" not in client.get(page.format("A")).content.decode()
    unit = sign_in(world.person(Role.UNIT_OFFICER, world.unit(1)))
    assert "Don vi 2: 12,75" not in unit.get(page.format("R")).content.decode()
    put(relative[1], [(line("A", points="8"), REASON), (line("R", actual="15", target="10"), "")])
    assert JournalEntry.objects.filter(event="OthersMoved").count() == 1


REASON = "Trung vị của 3 người: 7; 7; 8."


def test_all_lines_at_once_end_the_check(field, checking, put, line, world):
    sheets, _appraiser = checking
    sheet = sheets[1]
    found = [
        (line("A.1", points="7"), REASON),
        (line("A.2", actual="40", target="50"), ""),
        (line("B.1", days_late="2"), ""),
        (line("B.2", grade="B.2.1"), ""),
    ]
    assert put(sheet, found, world.superior()) == 0
    sheet = field.fresh(sheet)
    assert sheet.checked_at is not None
    assert verified_result(sheet).total == 20
    judgements = dict(Verdict.objects.filter(sheet=sheet).values_list("code", "judgement"))
    assert judgements == {"A.1": "changed", "A.2": "confirmed", "B.1": "confirmed", "B.2": "confirmed"}
    change = VerdictChange.objects.get()
    assert (change.was, change.becomes, change.reason) == ({"points": "9"}, {"points": "7"}, REASON)
    told = list(JournalEntry.objects.filter(event__in=["VerdictChanged", "CheckFinished"]).values_list("event", flat=True))
    assert told == ["VerdictChanged", "CheckFinished"]


def test_lines_nobody_marked_wait_for_the_appraisers(field, checking, put, line):
    sheets, _appraiser = checking
    assert put(sheets[1], [(line("A.1", points="7"), REASON)]) == 3
    assert field.fresh(sheets[1]).checked_at is None


def test_a_verdict_that_says_the_same_stays_and_another_is_replaced_with_history(field, checking, put, line):
    sheets, appraiser = checking
    sheet = sheets[1]
    field.judge(sheet, appraiser, "A.1", points="9")
    field.judge(sheet, appraiser, "B.1", days_late="4", reason="Văn thư ghi nhận ngày đến")
    put(sheet, [(line("A.1", points="9"), ""), (line("B.1", days_late="2"), "")])
    kept = {verdict.code: verdict for verdict in Verdict.objects.filter(sheet=sheet)}
    assert (kept["A.1"].revision, kept["A.1"].judgement) == (1, "confirmed")
    assert (kept["B.1"].revision, kept["B.1"].judgement) == (2, "confirmed")
    assert [change.becomes for change in kept["B.1"].changes.all()] == [{"days_late": "4"}, {"days_late": "2"}]


@pytest.mark.parametrize(
    ("code", "figures", "reason", "refusal"),
    [
        ("A.1", {"points": "7"}, "", "scoring.reason_too_short"),
        ("A.1", {"points": "7.1234567"}, REASON, "scoring.figure_too_long"),
        ("X.9", {"points": "7"}, REASON, "scoring.unknown_code"),
        ("B.2", {"grade": "B.2.9"}, REASON, "scoring.unknown_band"),
        ("A.2", {"actual": "1", "target": "0"}, REASON, "scoring.target_not_positive"),
    ],
)
def test_one_bad_line_and_nothing_is_written(checking, put, line, code, figures, reason, refusal):
    sheets, _appraiser = checking
    with pytest.raises(Refused, match=f"^{refusal}"):
        put(sheets[1], [(line("B.1", days_late="2"), ""), (line(code, **figures), reason)])
    assert not Verdict.objects.exists()


def test_not_by_appraisers_or_units_and_not_out_of_time(field, checking, put, line, world):
    sheets, appraiser = checking
    found = [(line("A.1", points="9"), "")]
    for actor in (appraiser, world.leader(2), world.officer(1)):
        with pytest.raises(Forbidden):
            put(sheets[1], found, actor)
    field.finish(sheets[2], 3)
    with pytest.raises(Refused, match=r"^scoring\.check_finished"):
        put(sheets[2], found)
    for stage in ("self_scoring", "conference", "closed"):
        field.stage(stage)
        with pytest.raises(Refused, match=r"^clusters\."):
            put(sheets[1], found)
