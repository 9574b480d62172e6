"""What a decision must say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.awards.rules import Decision, check_decision, check_title
from thidua.kernel.errors import Refused

TODAY = date(2021, 12, 10)
GOOD = Decision(True, "15-QĐ/BTGTU", TODAY, "Ban Tuyên giáo")
DECLINED = Decision(False, "", TODAY, "Ban Tuyên giáo", "Chưa đủ hồ sơ")


@pytest.mark.parametrize("decision", [GOOD, DECLINED])
def test_whole_decisions_pass(decision):
    check_decision(decision, TODAY)


@pytest.mark.parametrize(
    ("decision", "code", "field"),
    [
        (Decision(True, " ", TODAY, "Ban"), "no_number", "number"),
        (Decision(True, "1", None, "Ban"), "no_day", "day"),
        (Decision(True, "1", TODAY + timedelta(1), "Ban"), "day_ahead", "day"),
        (Decision(True, "1", TODAY, ""), "no_decider", "decided_by"),
        (Decision(False, "", TODAY, "Ban", "  "), "no_reason", "note"),
    ],
)
def test_what_is_missing_is_said_at_its_field(decision, code, field):
    with pytest.raises(Refused, match=code) as refused:
        check_decision(decision, TODAY)
    assert refused.value.facts["field"] == field


@given(st.dates(), st.dates())
def test_a_decision_never_comes_from_the_future(day, today):
    decision = Decision(True, "1", day, "Ban")
    if day > today:
        with pytest.raises(Refused, match="day_ahead"):
            check_decision(decision, today)
    else:
        check_decision(decision, today)


def test_the_free_name_belongs_to_the_other_title_only():
    assert check_title("other", " Kỷ niệm chương ", other="other") == "Kỷ niệm chương"
    assert check_title("flag", "leftover", other="other") == ""
    with pytest.raises(Refused, match="other_unnamed"):
        check_title("other", " ", other="other")
