"""The rules of questions, by example and by chance."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.forecasts.models import QuestionKind, QuestionState
from thidua.forecasts.rules import questions as rules
from thidua.forecasts.rules.questions import Answer, ForecastValue
from thidua.kernel.errors import Refused

NOW = datetime(2021, 11, 1, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def parts(*texts):
    return tuple(map(Decimal, texts))


@pytest.mark.parametrize(
    ("state", "closes", "stands"),
    [
        ("draft", HOUR, "draft"), ("draft", -HOUR, "draft"),
        ("open", HOUR, "open"), ("open", timedelta(microseconds=1), "open"),
        ("open", timedelta(0), "closed"), ("open", -HOUR, "closed"),
        ("closed", HOUR, "closed"), ("closed", -HOUR, "closed"),
        ("resolved", HOUR, "resolved"), ("resolved", -HOUR, "resolved"),
        ("void", HOUR, "void"), ("void", -HOUR, "void"),
    ],
)  # fmt: skip
def test_how_a_question_stands(state, closes, stands):
    assert rules.standing(state, NOW + closes, NOW) == stands


def test_words_of_rules_are_those_of_the_tables():
    assert {rules.DRAFT, rules.OPEN, rules.CLOSED, *rules.DECIDED} == set(QuestionState.values)
    assert {rules.YES_NO, rules.CHOICES, rules.NUMBER} == set(QuestionKind.values)


@pytest.mark.parametrize(
    ("closes_at", "outcome_on", "code"),
    [
        (NOW, date(2021, 12, 1), "closing_past"),
        (NOW - HOUR, date(2021, 12, 1), "closing_past"),
        (NOW + HOUR, date(2020, 12, 31), "outcome_day_outside"),
        (NOW + HOUR, date(2023, 1, 1), "outcome_day_outside"),
        (datetime(2021, 12, 1, 0, 0, 1, tzinfo=UTC), date(2021, 12, 1), "outcome_before_closing"),
        (datetime(2021, 12, 5, tzinfo=UTC), date(2021, 12, 1), "outcome_before_closing"),
        (datetime(2021, 12, 1, tzinfo=UTC), date(2021, 12, 1), None),
        (NOW + HOUR, date(2022, 12, 31), None),
    ],
)
def test_days(closes_at, outcome_on, code):
    begins = datetime(outcome_on.year, outcome_on.month, outcome_on.day, tzinfo=UTC)
    if code is None:
        rules.check_days(closes_at, outcome_on, begins, year=2021, now=NOW)
    else:
        with pytest.raises(Refused) as refused:
            rules.check_days(closes_at, outcome_on, begins, year=2021, now=NOW)
        assert refused.value.code == f"forecasts.{code}"


@pytest.mark.parametrize(("today", "over"), [(date(2022, 12, 30), False), (date(2022, 12, 31), True), (date(2026, 1, 1), True)])
def test_a_year_is_over_once_no_outcome_can_come(today, over):
    if not over:
        rules.check_year(2021, today)
        return
    with pytest.raises(Refused) as refused:
        rules.check_year(2021, today)
    assert refused.value.code == "forecasts.year_over"


def test_closing_only_comes_earlier():
    rules.check_earlier(NOW + HOUR, NOW + 2 * HOUR, NOW)
    for closes_at, code in [
        (NOW, "closing_past"),
        (NOW + 2 * HOUR, "closing_not_earlier"),
        (NOW + 3 * HOUR, "closing_not_earlier"),
    ]:
        with pytest.raises(Refused) as refused:
            rules.check_earlier(closes_at, NOW + 2 * HOUR, NOW)
        assert refused.value.code == f"forecasts.{code}"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["một"], "choices_too_few"), ([" ", ""], "choices_too_few"),
        ([f"khả năng {n}" for n in range(11)], "choices_too_many"),
        (["Tăng", "  tang "], "choice_twice"), (["Đúng hạn", "dung  han", "x"], "choice_twice"),
        (["a", "b" * 201], "choice_too_long"),
    ],
)  # fmt: skip
def test_choices_refused(typed, code):
    with pytest.raises(Refused) as refused:
        rules.check_choices("choices", typed)
    assert refused.value.code == f"forecasts.{code}"


def test_choices_taken():
    assert rules.check_choices("choices", ["  Tăng  mạnh", "", "Giảm"]) == ("Tăng mạnh", "Giảm")
    assert len(rules.check_choices("choices", [f"{n} {'x' * 197}" for n in range(10)])) == 10
    assert rules.check_choices("number", ["a", "a"]) == rules.check_choices("yes_no", ["a", "a"]) == ()


@pytest.mark.parametrize(
    ("chances", "code", "facts"),
    [
        (parts("0.6", "0.5"), "sum_over", {"total": Decimal(110), "more": Decimal(10)}),
        (parts("0.6", "0.399"), "sum_under", {"total": Decimal("99.9"), "more": Decimal("0.1")}),
        (parts("1.2", "-0.2"), "chance_outside", {"field": "choice_1"}),
        (parts("0.3", "0.7005"), "chance_too_fine", {"field": "choice_2"}),
        (parts("0", "1"), "certain_needs_tick", {"field": "certain"}),
        (parts("0", "0.5", "0.5"), "certain_needs_tick", {"field": "certain"}),
    ],
)
def test_chances_refused(chances, code, facts):
    with pytest.raises(Refused) as refused:
        rules.check_chances(chances, certain=False)
    assert refused.value.code == f"forecasts.{code}"
    assert refused.value.facts == facts


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=10))
def test_chances_are_taken_exactly_when_they_make_a_whole(tenths):
    chances = [Decimal(one) / 1000 for one in tenths]
    if sum(tenths) == 1000:
        rules.check_chances(chances, certain=True)
    else:
        with pytest.raises(Refused, match="sum_over" if sum(tenths) > 1000 else "sum_under"):
            rules.check_chances(chances, certain=True)


@given(st.integers(0, 1000))
def test_a_kept_chance_is_the_same_chance(tenth):
    kept = rules.kept_chance(Decimal(tenth) / 1000)
    assert Decimal(kept) == Decimal(tenth) / 1000
    assert "E" not in kept
    assert kept == kept.rstrip("0").rstrip(".") or kept == "0"
    assert "E" not in str(rules.percent(Decimal(tenth) / 1000))


def test_a_forecast_of_a_number():
    kept = rules.check_forecast("number", 0, ForecastValue(low=Decimal(3), high=Decimal(3)), first=True)
    assert (kept.low, kept.high, kept.chances) == (3, 3, ())
    for low, high, code in [(4, 3, "interval_reversed"), (None, 3, "interval_missing"), (3, None, "interval_missing")]:
        value = ForecastValue(low=low and Decimal(low), high=high and Decimal(high))
        with pytest.raises(Refused) as refused:
            rules.check_forecast("number", 0, value, first=True)
        assert refused.value.code == f"forecasts.{code}"


def test_a_change_of_mind_needs_a_reason():
    value = ForecastValue(chances=parts("0.3", "0.7"), reason="  ")
    assert rules.check_forecast("yes_no", 2, value, first=True).reason == ""
    with pytest.raises(Refused, match="why_changed"):
        rules.check_forecast("yes_no", 2, value, first=False)
    with pytest.raises(Refused, match="chances_missing"):
        rules.check_forecast("choices", 3, value, first=True)


@pytest.mark.parametrize(
    ("kind", "answer", "taken"),
    [
        ("choices", Answer(choice=7), True), ("choices", Answer(choice=9), False), ("choices", Answer(), False),
        ("choices", Answer(choice=7, void=True), False), ("choices", Answer(value=Decimal(1)), False),
        ("number", Answer(value=Decimal(0)), True), ("number", Answer(choice=7), False), ("number", Answer(void=True), True),
        ("yes_no", Answer(void=True), True),
    ],
)  # fmt: skip
def test_answers(kind, answer, taken):
    if taken:
        rules.check_answer(kind, answer, [7, 8])
    else:
        with pytest.raises(Refused, match="no_answer"):
            rules.check_answer(kind, answer, [7, 8])


def test_a_reason_has_ten_letters():
    assert rules.check_reason("  Theo công văn số 5 ") == "Theo công văn số 5"
    for text in ("", "ngắn", "- - - - - - - - - - -"):
        with pytest.raises(Refused, match="words_too_short"):
            rules.check_reason(text)
