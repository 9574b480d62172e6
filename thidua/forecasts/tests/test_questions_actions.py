"""Asking, editing, opening and closing."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from thidua.audit.models import JournalEntry
from thidua.forecasts.actions import questions as actions
from thidua.forecasts.models import Question
from thidua.forecasts.tests.asking import CLOSES, ask, asked, chances, forecast, number
from thidua.kernel.errors import Absent, Forbidden, Refused

WHY = "Đã có số liệu chính thức"


def refused(code, call, **values):
    with pytest.raises(Refused) as found:
        call(**values)
    assert found.value.code == f"forecasts.{code}"
    return found.value


def test_a_question_is_asked_and_the_journal_tells(world, now):
    question = ask(world, world.year(), now)
    question.refresh_from_db()
    assert (question.state, question.opened_at, question.closed_at) == ("open", now, None)
    assert [(c.position, c.text) for c in question.choices.all()] == [(1, "Có"), (2, "Không")]
    facts = json.loads(JournalEntry.objects.get(event="QuestionAsked").facts)
    assert facts["question_id"] == question.pk


def test_the_journal_tells_a_draft_as_a_draft(world, now):
    ask(world, world.year(), now, open_now=False)
    assert JournalEntry.objects.filter(event="QuestionDrafted").exists()
    assert not JournalEntry.objects.filter(event="QuestionAsked").exists()


def test_ten_long_choices(world, now):
    choices = tuple(f"{n} {'rất ' * 49}" for n in range(10))
    question = ask(world, world.year(), now, kind="choices", choices=choices, open_now=False)
    assert question.choices.count() == 10
    assert (question.state, question.opened_at) == ("draft", None)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"title": "  "}, "title_empty", "title"),
        ({"decided_how": "rõ"}, "words_too_short", "decided_how"),
        ({"kind": "choices", "choices": ("Tăng", "tang")}, "choice_twice", "choices"),
        ({"kind": "choices", "choices": ()}, "choices_too_few", "choices"),
        (number(unit_of_measure=" "), "measure_missing", "unit_of_measure"),
        (number(coverage=Decimal("0.99")), "coverage_unknown", "coverage"),
        ({"closes_at": CLOSES - timedelta(days=60)}, "closing_past", "closes_at"),
        ({"outcome_on": date(2021, 11, 30)}, "outcome_before_closing", "outcome_on"),
        ({"outcome_on": date(2021, 11, 10)}, "outcome_before_closing", "outcome_on"),
        ({"outcome_on": date(2031, 12, 15)}, "outcome_day_outside", "outcome_on"),
    ],
)
def test_what_is_not_asked(world, now, more, code, field):
    year = world.year()
    values = {"year": year, "value": asked(**more), "open_now": True, "actor": world.secretary(), "now": now}
    assert refused(code, actions.ask_question, **values).facts["field"] == field
    assert not Question.objects.exists()


def test_a_title_once_a_year_and_again_next_year(world, now):
    year = world.year()
    ask(world, year, now)
    refused("question_exists", ask, world=world, year=year, now=now, title="Cụm có nộp đủ  báo cáo năm trước ngày 15-12 không?")
    other = world.year(2022)
    assert ask(world, other, now, closes_at=CLOSES + timedelta(days=60), outcome_on=date(2022, 2, 15)).pk


def test_who_asks(world, now):
    year = world.year()
    for actor in (world.officer(1), world.leader(2)):
        with pytest.raises(Forbidden):
            actions.ask_question(year=year, value=asked(), open_now=True, actor=actor, now=now)
    assert actions.ask_question(year=year, value=asked(), open_now=True, actor=world.superior(), now=now).asked_by_id
    closed = world.year(2020, stage="closed")
    with pytest.raises(Refused, match="year_closed"):
        actions.ask_question(year=closed, value=asked(), open_now=True, actor=world.superior(), now=now)


def test_edited_until_somebody_has_forecast(world, now):
    question = ask(world, world.year(), now)
    values = {"question": question, "actor": world.secretary(), "now": now}
    changed = actions.edit_question(value=asked(kind="choices", choices=("Tăng", "Giảm", "Giữ")), revision=1, **values)
    assert (changed.revision, changed.choices.count()) == (2, 3)
    refused("edited_meanwhile", actions.edit_question, value=asked(), revision=1, **values)
    forecast(world, question, 2, now, chances("20", "30", "50"))
    refused("question_fixed", actions.edit_question, value=asked(), revision=2, **values)
    actions.add_background(text="Ban Tuyên giáo vừa gia hạn.", **values)
    refused("background_twice", actions.add_background, text=" Ban Tuyên giáo vừa gia hạn. ", **values)
    assert [a.text for a in question.additions.all()] == ["Ban Tuyên giáo vừa gia hạn."]


def test_a_draft_is_opened_once_or_thrown_away(world, now):
    year = world.year()
    question = ask(world, year, now, open_now=False)
    values = {"question": question, "actor": world.secretary(), "now": now}
    refused("still_draft", actions.add_background, text="Thêm bối cảnh ở đây", **values)
    refused("still_draft", actions.close_question, reason=WHY, **values)
    late = values | {"now": CLOSES}
    refused("closing_past", actions.open_question, **late)
    actions.open_question(**values)
    refused("not_a_draft", actions.open_question, **values)
    refused("not_a_draft", actions.remove_question, **values)
    other = ask(world, year, now, open_now=False, title="Câu khác")
    actions.remove_question(question=other, actor=world.secretary(), now=now)
    with pytest.raises(Absent):
        actions.remove_question(question=other, actor=world.secretary(), now=now)


def test_closing_comes_earlier_with_a_reason_and_never_later(world, now):
    question = ask(world, world.year(), now)
    values = {"question": question, "actor": world.secretary(), "now": now}
    forward = actions.bring_closing_forward
    refused("words_too_short", forward, closes_at=CLOSES - timedelta(days=1), reason="sớm", **values)
    refused("closing_not_earlier", forward, closes_at=CLOSES, reason=WHY, **values)
    refused("closing_past", forward, closes_at=now, reason=WHY, **values)
    forward(closes_at=CLOSES - timedelta(days=1), reason=WHY, **values)
    refused("closing_not_earlier", forward, closes_at=CLOSES - timedelta(hours=1), reason=WHY, **values)
    late = values | {"now": CLOSES - timedelta(days=1)}
    assert refused("not_open", forward, closes_at=CLOSES, reason=WHY, **late).facts["closed_at"] == CLOSES - timedelta(days=1)


def test_closed_by_hand_once(world, now):
    question = ask(world, world.year(), now)
    values = {"question": question, "actor": world.secretary(), "now": now}
    actions.close_question(reason=WHY, **values)
    question.refresh_from_db()
    assert (question.state, question.closed_at, question.closes_at) == ("closed", now, CLOSES)
    refused("not_open", actions.close_question, reason=WHY, **values)
    refused("question_fixed", actions.edit_question, value=asked(), revision=1, **values)
