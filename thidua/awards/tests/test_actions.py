"""Putting forward, taking back, writing down what was decided."""

from datetime import date
from random import Random

import pytest

from thidua.awards import actions, queries
from thidua.awards.models import Nomination, NominationStatus, Title
from thidua.awards.rules import Decision
from thidua.ballots import actions as ballots
from thidua.ballots.rules import Base, Threshold
from thidua.kernel.actor import Role
from thidua.kernel.errors import Forbidden, Refused
from thidua.people.models import Organisation

GRANTED = Decision(True, "15-QĐ/BTGTU", date(2021, 10, 30), "Ban Tuyên giáo")
DECLINED = Decision(False, "", date(2021, 10, 30), "Ban Tuyên giáo", "Chưa đủ hồ sơ")


def test_a_nomination_from_end_to_end(world, nominate, at_stage, now):
    nomination = nominate(1)
    assert (nomination.status, nomination.title_text, nomination.put_forward_by) == ("proposed", "Cờ thi đua", "head_secretary")
    at_stage("decided")
    actions.record_decision(nomination=nomination, decision=GRANTED, actor=world.superior(), now=now)
    nomination.refresh_from_db()
    assert (nomination.status, nomination.decision_number) == (NominationStatus.DECIDED, "15-QĐ/BTGTU")


def test_a_decision_written_wrongly_can_be_mended(world, nominate, at_stage, now):
    nomination = nominate(1)
    at_stage("decided")
    for decision in (GRANTED, DECLINED):
        actions.record_decision(nomination=nomination, decision=decision, actor=world.secretary(), now=now)
    nomination.refresh_from_db()
    assert (nomination.status, nomination.decision_note) == (NominationStatus.DECLINED, "Chưa đủ hồ sơ")


def test_twice_is_refused_but_another_title_is_not(nominate):
    nominate(1)
    nominate(1, Title.CERTIFICATE)
    nominate(1, Title.OTHER, other_title="Kỷ niệm chương")
    nominate(1, Title.OTHER, other_title="Biểu dương")
    with pytest.raises(Refused, match="already_nominated"):
        nominate(1)
    with pytest.raises(Refused, match="other_unnamed"):
        nominate(1, Title.OTHER)


def test_only_members_are_put_forward(world, year, now):
    stranger = Organisation.objects.create(slug="khac", name_vi="Đơn vị khác")
    with pytest.raises(Refused, match="not_a_member"):
        actions.nominate(year=year, unit=stranger, title=Title.FLAG, actor=world.secretary(), now=now)


@pytest.mark.parametrize("stage", ["cross_checking", "decided", "closed"])
def test_only_at_the_conference(nominate, at_stage, stage):
    at_stage(stage)
    with pytest.raises(Refused, match="wrong_stage"):
        nominate(1)


@pytest.mark.parametrize("stage", ["conference", "closed"])
def test_decisions_are_written_down_only_while_awaited(world, nominate, at_stage, now, stage):
    nomination = nominate(1)
    at_stage(stage)
    with pytest.raises(Refused, match="wrong_stage"):
        actions.record_decision(nomination=nomination, decision=GRANTED, actor=world.secretary(), now=now)


def test_taking_back(world, nominate, now):
    nomination = nominate(1)
    actions.withdraw_nomination(nomination=nomination, actor=world.secretary(), now=now)
    assert not Nomination.objects.exists()


def test_what_was_decided_is_not_taken_back(world, nominate, at_stage, now):
    nomination = nominate(1)
    at_stage("decided")
    actions.record_decision(nomination=nomination, decision=GRANTED, actor=world.secretary(), now=now)
    at_stage("conference")
    with pytest.raises(Refused, match="already_decided"):
        actions.withdraw_nomination(nomination=nomination, actor=world.secretary(), now=now)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAD_SECRETARY])
def test_who_may_put_forward(world, nominate, role):
    with pytest.raises(Forbidden):
        nominate(1, actor=world.actor(role, world.unit(1)))


def test_the_secretary_of_another_unit_may_not(world, nominate):
    with pytest.raises(Forbidden):
        nominate(1, actor=world.actor(Role.HEAD_SECRETARY, world.unit(2)))


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.DELEGATE, Role.AUDITOR, Role.OPERATOR])
def test_who_may_record(world, nominate, at_stage, now, role):
    nomination = nominate(1)
    at_stage("decided")
    with pytest.raises(Forbidden):
        actions.record_decision(nomination=nomination, decision=GRANTED, actor=world.actor(role, world.unit(1)), now=now)


def test_every_nomination_is_decided_before_the_year_closes(world, year, nominate, at_stage, now):
    first, second = nominate(1), nominate(2, Title.CERTIFICATE)
    at_stage("decided")
    actions.record_decision(nomination=first, decision=GRANTED, actor=world.secretary(), now=now)
    assert [gap.facts["title"] for gap in queries.missing_decisions(year)] == ["Bằng khen"]
    actions.record_decision(nomination=second, decision=DECLINED, actor=world.secretary(), now=now)
    assert queries.missing_decisions(year) == []


def _poll(world, year, now, reference, unit, votes=("yes", "yes", "no")):
    voters = [world.person(Role.DELEGATE, world.unit(number)) for number in (1, 2, 3)]
    poll = ballots.create_poll(
        year=year, title="Suy tôn", questions=[ballots.Question(unit.pk, "Cờ thi đua", reference)],
        threshold=Threshold(2, 3, False, Base.PRESENT), actor=world.secretary(), now=now,
    )
    ballots.open_poll(poll=poll, voters=[p.pk for p in voters], members=3, actor=world.secretary(), now=now)
    for number, choice in zip((1, 2, 3), votes, strict=True):
        actor = world.actor(Role.DELEGATE, world.unit(number))
        ballots.cast(poll=poll, choices=[choice], actor=actor, rng=Random(f"{poll.pk}-{number}"))
    ballots.close_poll(poll=poll, actor=world.secretary(), now=now)


def test_the_result_of_a_poll_about_a_nomination_joins_its_grounds(world, year, nominate, now):
    nomination, other = nominate(1), nominate(1, Title.CERTIFICATE)
    _poll(world, year, now, queries.reference_of(nomination), world.unit(1))
    nomination.refresh_from_db()
    other.refresh_from_db()
    assert nomination.basis["poll"] == {"title": "Suy tôn", "yes": 2, "of": 3, "needed": 2, "carried": True}
    assert "poll" not in other.basis


def test_a_poll_held_before_counts_as_ground_of_what_follows(world, year, nominate, now):
    _poll(world, year, now, "", world.unit(2))
    assert nominate(2).basis["poll"]["yes"] == 2
    assert "poll" not in nominate(3).basis


def test_what_is_voted_down_does_not_go_forward_and_stays_on_record(world, year, nominate, at_stage, now):
    nomination, other = nominate(1), nominate(1, Title.CERTIFICATE)
    _poll(world, year, now, queries.reference_of(nomination), world.unit(1), ("yes", "no", "no"))
    nomination.refresh_from_db()
    other.refresh_from_db()
    assert (nomination.is_voted_down, other.is_voted_down) == (True, False)
    with pytest.raises(Refused, match="voted_down"):
        actions.withdraw_nomination(nomination=nomination, actor=world.secretary(), now=now)
    at_stage("decided")
    assert [gap.facts["title"] for gap in queries.missing_decisions(year)] == ["Bằng khen"]
    for decision in (GRANTED, DECLINED):
        with pytest.raises(Refused, match="voted_down"):
            actions.record_decision(nomination=nomination, decision=decision, actor=world.secretary(), now=now)


def test_a_second_poll_may_carry_what_the_first_did_not(world, year, nominate, now):
    nomination = nominate(1)
    for votes, status in (("no",) * 3, "voted_down"), (("yes",) * 3, "proposed"):
        _poll(world, year, now, queries.reference_of(nomination), world.unit(1), votes)
        nomination.refresh_from_db()
        assert nomination.status == status


def test_a_poll_about_the_unit_alone_votes_no_title_down(world, year, nominate, now):
    nomination = nominate(1)
    _poll(world, year, now, "", world.unit(1), ("no",) * 3)
    nomination.refresh_from_db()
    assert nomination.is_open
    assert nominate(1, Title.CERTIFICATE).is_open
