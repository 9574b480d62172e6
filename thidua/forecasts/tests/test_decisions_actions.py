"""Deciding, and disputes about it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from thidua.clusters.models import Membership
from thidua.forecasts.actions.decisions import decide_question, raise_dispute, turn_down_dispute, uphold_dispute
from thidua.forecasts.models import Dispute, Resolution
from thidua.forecasts.rules.questions import Answer
from thidua.forecasts.tests.asking import AFTER, BASIS, CLOSES, OUTCOME_ON, ask, chances, forecast, number, with_post
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.people.queries import actor_of

WHY = "Sổ nhận báo cáo ghi khác"


def decide(world, question, place=1, *, actor=None, now=AFTER, basis=BASIS, **answer):
    said = Answer(**answer) if answer else Answer(choice=question.choices.get(position=place).pk)
    return decide_question(question=question, answer=said, basis=basis, actor=actor or world.superior(), now=now)


def dispute(world, question, unit=2, *, actor=None):
    return raise_dispute(question=question, unit=world.unit(unit), reason=WHY, actor=actor or world.leader(unit), now=AFTER)


def refused(code, call, *args, **values):
    with pytest.raises(Refused) as found:
        call(*args, **values)
    assert found.value.code == f"forecasts.{code}"
    return found.value


def test_decided_on_the_day_and_not_before(world, now):
    question = ask(world, world.year(), now)
    forecast(world, question, 2, now, chances("70", "30"))
    before = AFTER - timedelta(days=1)
    assert refused("outcome_not_due", decide, world, question, now=before).facts["day"] == OUTCOME_ON
    made = decide(world, question)
    question.refresh_from_db()
    assert (made.number, made.choice.text, question.state, question.closed_at) == (1, "Có", "resolved", CLOSES)
    refused("decided_already", decide, world, question, place=2)


@pytest.mark.parametrize(
    ("answer", "code"),
    [({"value": Decimal(3)}, "no_answer"), ({"choice": 0}, "no_answer"), ({"void": True, "choice": 1}, "no_answer")],
)
def test_answers_that_do_not_fit(world, now, answer, code):
    question = ask(world, world.year(), now)
    refused(code, decide, world, question, **answer)
    refused("words_too_short", decide, world, question, basis="tin tôi")


def test_a_number_and_void(world, now):
    year = world.year()
    question = ask(world, year, now, **number())
    refused("no_answer", decide, world, question, choice=1)
    assert decide(world, question, value=Decimal("12.5")).value == Decimal("12.5")
    other = ask(world, year, now, title="Câu khác")
    decide(world, other, void=True)
    other.refresh_from_db()
    assert other.state == "void"


def test_nobody_judges_what_they_forecast(world, now):
    year = world.year()
    question = ask(world, year, now)
    # the same unit, another person
    forecast(world, question, 1, now, chances("70", "30"))
    refused("forecasters_do_not_decide", decide, world, question, actor=world.secretary())
    # the same person, another post
    other = ask(world, year, now, title="Câu khác")
    person = world.person(Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao", "party_body"))
    world.person(Role.UNIT_OFFICER, world.unit(2), username=person.username)
    forecast(world, other, 2, now, chances("70", "30"), actor=actor_of(person, now))
    refused("forecasters_do_not_decide", decide, world, other, actor=actor_of(person, now))
    # a colleague's own post forecast: that is nobody else's interest, or nobody might be left to decide
    third = ask(world, year, now, title="Câu thứ ba")
    collaborator = world.person(Role.COLLABORATOR, world.unit(1))
    post, actor = with_post(world, collaborator, Role.COLLABORATOR, 1, now)
    forecast(world, third, 1, now, chances("40", "60"), actor=actor, post=post)
    assert decide(world, third, actor=world.secretary()).number == 1


def test_who_decides(world, now):
    year = world.year()
    question = ask(world, year, now)
    for actor in (world.officer(2), world.leader(1)):
        with pytest.raises(Forbidden):
            decide(world, question, actor=actor)
    draft = ask(world, year, now, open_now=False, title="Nháp")
    refused("outcome_not_due", decide, world, draft)
    year.stage = "closed"
    year.save()
    with pytest.raises(Refused, match="year_closed"):
        decide(world, question)


def test_a_dispute_once_and_by_members(world, now):
    year = world.year()
    question = ask(world, year, now)
    refused("not_decided", dispute, world, question)
    decide(world, question)
    for actor in (world.leader(3), world.secretary(), world.superior()):
        with pytest.raises(Forbidden):
            dispute(world, question, 2, actor=actor)
    dispute(world, question)
    refused("disputed_already", dispute, world, question, actor=world.officer(2))
    dispute(world, question, 3)
    Membership.objects.filter(year=year, organisation=world.unit(1)).delete()
    question.refresh_from_db()
    refused("unit_left", dispute, world, question, 1)


def test_turned_down_the_outcome_stays(world, now):
    question = ask(world, world.year(), now)
    decide(world, question)
    raised = dispute(world, question)
    values = {"dispute": raised, "answer": "Sổ đã được kiểm tra lại", "now": AFTER}
    with pytest.raises(Forbidden):
        turn_down_dispute(actor=world.leader(2), **values)
    turn_down_dispute(actor=world.superior(), **values)
    refused("dispute_answered", turn_down_dispute, actor=world.superior(), **values)
    raised.refresh_from_db()
    assert raised.upheld is False
    assert Resolution.objects.count() == 1


def test_upheld_the_question_is_decided_anew(world, now):
    question = ask(world, world.year(), now)
    decide(world, question)
    raised, other = dispute(world, question), dispute(world, question, 3)
    no = Answer(choice=question.choices.get(position=2).pk)
    values = {"dispute": raised, "answer": "Đúng, sổ ghi khác", "basis": BASIS, "actor": world.superior(), "now": AFTER}
    same = Answer(choice=question.choices.get(position=1).pk)
    refused("same_outcome", uphold_dispute, outcome=same, **values)
    refused("words_too_short", uphold_dispute, outcome=no, **values | {"basis": ""})
    assert Dispute.objects.filter(upheld=None).count() == 2
    made = uphold_dispute(outcome=no, **values)
    assert (made.number, made.choice.text) == (2, "Không")
    assert [r.number for r in question.resolutions.all()] == [2, 1]
    refused("dispute_answered", turn_down_dispute, dispute=other, answer="Không đồng ý đâu", actor=world.superior(), now=AFTER)
    # the new outcome can be disputed once more
    assert dispute(world, question).resolution == made


def test_nobody_answers_the_dispute_of_the_own_unit(world, now):
    question = ask(world, world.year(), now)
    decide(world, question)
    raised = dispute(world, question, 1)
    refused("own_dispute", turn_down_dispute, dispute=raised, answer="Không đồng ý đâu", actor=world.secretary(), now=AFTER)
