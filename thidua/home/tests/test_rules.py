from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.home import rules
from thidua.kernel.actor import Actor, Holding, Role
from thidua.kernel.ports import Work

TODAY = date(2021, 11, 1)
NOW = datetime(2021, 11, 1, 2, tzinfo=UTC)


def work(title, due):
    return Work(title, "Cụm › 2021", "/", due)


def test_the_most_urgent_comes_first():
    items = [work("không hạn", None), work("sau", date(2021, 11, 9)), work("hôm nay", TODAY), work("muộn", date(2021, 10, 31)),
             work("tuần", date(2021, 11, 8)), work("muộn hơn", date(2021, 10, 1))]  # fmt: skip
    assert [(group.key, [str(each.title) for each in group.items]) for group in rules.by_deadline(items, TODAY)] == [
        ("late", ["muộn hơn", "muộn"]),
        ("soon", ["hôm nay", "tuần"]),
        ("later", ["sau"]),
        ("undated", ["không hạn"]),
    ]
    assert rules.by_deadline([], TODAY) == []


@given(st.lists(st.none() | st.dates(date(2021, 1, 1), date(2022, 12, 31))))
def test_nothing_is_lost_and_days_rise(days):
    groups = rules.by_deadline([work(str(i), day) for i, day in enumerate(days)], TODAY)
    found = [each for group in groups for each in group.items]
    assert sorted(str(each.title) for each in found) == sorted(str(i) for i in range(len(days)))
    dated = [each.due_on for each in found if each.due_on]
    assert dated == sorted(dated)


def test_a_visit_begins_after_being_away():
    assert rules.begins_visit(None, NOW)
    assert rules.begins_visit(NOW - timedelta(minutes=30), NOW)
    assert not rules.begins_visit(NOW - timedelta(minutes=29), NOW)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, ("moments", 0)), (59, ("moments", 0)), (60, ("minutes", 1)), (3599, ("minutes", 59)), (3600, ("hours", 1)),
     (86399, ("hours", 23)), (86400, ("days", 1)), (-5, ("moments", 0))],
)  # fmt: skip
def test_how_long_ago(seconds, words):
    assert rules.distance(NOW - timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(
    ("role", "step"),
    [(Role.SUPERIOR_OFFICER, "form_cluster"), (Role.OPERATOR, "administer"), (Role.UNIT_LEADER, "wait"), (None, "ask_for_post")],
)
def test_everyone_is_told_what_to_do_first(role, step):
    holdings = (Holding(1, "Chức vụ", 1, "Đơn vị", frozenset({role})),) if role else ()
    assert rules.first_step(Actor(1, "a", holdings)) == step
