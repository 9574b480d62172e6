"""Spans, codes, roles and names: examples and properties."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused
from thidua.people import rules
from thidua.people.rules import Span

DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))
SPANS = st.builds(
    lambda first, length: Span(first, None if length is None else first + timedelta(days=length)),
    DAYS,
    st.none() | st.integers(0, 40),
)
NOW = datetime(2021, 11, 1, tzinfo=UTC)


def code_of(refused) -> str:
    return refused.value.code


@given(SPANS, SPANS)
def test_two_spans_meet_when_some_day_lies_in_both(one, other):
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(130)]
    assert one.meets(other) == other.meets(one) == any(one.holds_on(day) and other.holds_on(day) for day in days)


@given(st.integers())
def test_a_code_is_twelve_letters_that_are_not_mistaken_for_each_other(seed):
    code = rules.new_code(random.Random(seed))
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert set(code) - {"-"} <= set(rules.CODE_LETTERS)
    assert not set(rules.CODE_LETTERS) & set("01IOl")


@given(st.integers(), st.sampled_from(["{}", " {} ", "{}-"]))
def test_a_code_counts_however_it_is_typed(seed, pattern):
    code, salt = rules.new_code(random.Random(seed)), "salt"
    typed = pattern.format(code.lower().replace("-", " "))
    assert rules.code_digest(typed, salt) == rules.code_digest(code, salt) != rules.code_digest(code, "another")


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "ok"),
        ({"typed": "AAAA-AAAA-AAAB"}, "wrong"),
        ({"typed": ""}, "wrong"),
        ({"used": True}, "used"),
        ({"tries": 10}, "exhausted"),
        ({"now": NOW + rules.CODE_LIVES}, "expired"),
        ({"now": NOW + rules.CODE_LIVES - timedelta(seconds=1), "tries": 9}, "ok"),
    ],
)
def test_what_a_typed_code_is_worth(values, state):
    code = "AAAA-AAAA-AAAA"
    given = {"typed": code, "salt": "s", "digest": rules.code_digest(code, "s"), "expires_at": NOW + rules.CODE_LIVES}
    assert rules.code_state(**{**given, "used": False, "tries": 0, "now": NOW, **values}) == state


@given(st.sets(st.sampled_from([role for role in Role if role is not Role.OPERATOR]), min_size=1))
def test_roles_are_kept_once_in_their_usual_order(roles):
    kept = rules.check_roles([*roles, *roles])
    assert kept == [str(role) for role in Role if role in roles]


def test_running_the_installation_stands_alone():
    assert rules.check_roles(["operator"]) == ["operator"]
    with pytest.raises(Refused) as refused:
        rules.check_roles(["operator", "delegate"])
    assert code_of(refused) == "people.operator_alone"


@pytest.mark.parametrize(("typed", "kept"), [(" Thu-Ky_1 ", "thu-ky_1"), ("ab", "ab"), ("a" * 80, "a" * 80)])
def test_a_user_name_is_kept_in_small_letters(typed, kept):
    assert rules.check_username(typed) == kept


@pytest.mark.parametrize("typed", ["", "a", "thư-ký", "a b", "-ab", "a" * 81, "a@b", "аb"])
def test_a_user_name_has_plain_letters_only(typed):
    with pytest.raises(Refused) as refused:
        rules.check_username(typed)
    assert code_of(refused) == "people.username_shape"


@given(SPANS, DAYS)
def test_what_may_be_lent_begins_today_or_later_and_ends_within_a_year(span, today):
    refused = None
    try:
        rules.check_lending(span, today)
    except Refused as error:
        refused = error.code
    expected = "people.lent_in_past" if span.starts_on < today else "people.lent_too_long" if span.ends_on is None else None
    assert refused == expected


@pytest.mark.parametrize(("days", "refused"), [(0, False), (365, False), (366, True)])
def test_a_year_is_the_most(days, refused):
    span = Span(date(2021, 1, 1), date(2021, 1, 1) + timedelta(days=days))
    if not refused:
        rules.check_lending(span, date(2021, 1, 1))
        return
    with pytest.raises(Refused) as error:
        rules.check_lending(span, date(2021, 1, 1))
    assert code_of(error) == "people.lent_too_long"


@pytest.mark.parametrize(
    ("user_agent", "known"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1", ("Safari", "iPhone")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", ("Firefox", "Linux")),
        ("curl/8", ("", "")),
    ],
)
def test_browsers_by_the_names_people_know(user_agent, known):
    assert rules.browser_of(user_agent) == known
