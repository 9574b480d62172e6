"""A collaborator's report: who counts, what is refused, when it is late, when it may be taken back."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from thidua.audit.models import JournalEntry
from thidua.clusters.models import Cluster, ClusterYear, Membership
from thidua.kernel import ports
from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.rapporteurs.actions import counts as actions
from thidua.rapporteurs.actions.rounds import RoundValue, edit_round
from thidua.rapporteurs.models import CollaboratorReport, CorpsKind, TopicCount
from thidua.rapporteurs.queries.counts import desk_of, lines_of, report_of
from thidua.rapporteurs.queries.rounds import punctuality_of
from thidua.rapporteurs.rules.counts import Line
from thidua.rapporteurs.tests.making_rounds import TERM, make_collaborator, make_report, make_round, make_topic, with_account

AFTER_DUE = datetime(2021, 11, 7, 2, 0, tzinfo=UTC)


@pytest.fixture
def year(world):
    return world.year()


@pytest.fixture
def topic(year):
    return make_topic(year)


@pytest.fixture
def asked(year, topic):
    return make_round(year)


@pytest.fixture
def own(world, year, now):
    """A collaborator of unit 2 with an account, and their actor."""
    member, _person, actor = with_account(world, 2, now)
    return member, actor


def counted(*lines, revision=0, confirmed=False):
    return actions.Counts(lines, revision, confirmed)


def test_counts_are_a_draft_until_they_are_sent(asked, topic, own, now):
    member, actor = own
    other = make_topic(asked.year, "Chuyển đổi số")
    lines = (Line(topic.pk, 12, 3, 0, 1, "rising"), Line(other.pk))
    report = actions.save_counts(asked=asked, member=member, counts=counted(*lines), actor=actor, now=now)
    assert (report.sent_at, report.revision, report.unit_id) == (None, 1, member.unit_id)
    assert lines_of(report) == {topic.pk: lines[0]}
    sent = actions.send_counts(asked=asked, member=member, counts=counted(lines[0], revision=1), actor=actor, now=now)
    assert (sent.pk, sent.sent_at, sent.days_late, sent.nothing_heard) == (report.pk, now, 0, False)
    assert punctuality_of(asked.year, date(2021, 11, 1)) == {member.pk: (1, 1, 1)}


def test_sent_is_sent_once(asked, topic, own, now):
    member, actor = own
    go = {"asked": asked, "member": member, "actor": actor, "now": now}
    actions.send_counts(**go, counts=counted(Line(topic.pk, 1)))
    for attempt in (
        lambda: actions.send_counts(**go, counts=counted(Line(topic.pk, 2), revision=1)),
        lambda: actions.save_counts(**go, counts=counted(Line(topic.pk, 2), revision=1)),
        lambda: actions.send_nothing(**go, revision=1),
    ):
        with pytest.raises(Refused, match=r"rapporteurs\.report_sent"):
            attempt()
    assert CollaboratorReport.objects.count() == 1
    assert JournalEntry.objects.filter(event="ReportSent").count() == 1


def test_two_who_save_at_once_are_told_and_nothing_is_lost(asked, topic, own, now):
    member, actor = own
    go = {"asked": asked, "member": member, "actor": actor, "now": now}
    actions.save_counts(**go, counts=counted(Line(topic.pk, 7)))
    for attempt in (actions.save_counts, actions.send_counts):
        with pytest.raises(Refused, match=r"rapporteurs\.counts_changed"):
            attempt(**go, counts=counted(Line(topic.pk, 9)))
    assert TopicCount.objects.get().supportive == 7


def test_after_the_due_day_it_is_late_by_whole_days(asked, topic, own):
    member, actor = own
    sent = actions.send_counts(asked=asked, member=member, counts=counted(Line(topic.pk, 1)), actor=actor, now=AFTER_DUE)
    assert sent.days_late == 2
    assert punctuality_of(asked.year, date(2021, 11, 7)) == {member.pk: (1, 1, 0)}


def test_nothing_heard_is_a_report_too(asked, topic, own, now):
    member, actor = own
    go = {"asked": asked, "member": member, "actor": actor, "now": now}
    with pytest.raises(Refused, match=r"rapporteurs\.nothing_counted"):
        actions.send_counts(**go, counts=counted(Line(topic.pk)))
    assert not CollaboratorReport.objects.exists()
    actions.save_counts(**go, counts=counted(Line(topic.pk, 1)))
    with pytest.raises(Refused, match=r"rapporteurs\.something_counted"):
        actions.send_nothing(**go, revision=1)
    actions.save_counts(**go, counts=counted(Line(topic.pk), revision=1))
    sent = actions.send_nothing(**go, revision=2)
    assert (sent.nothing_heard, sent.lines.count()) == (True, 0)


def test_no_event_carries_a_count_or_a_topic(asked, topic, own, now):
    member, actor = own
    go = {"asked": asked, "member": member, "actor": actor, "now": now}
    actions.save_counts(**go, counts=counted(Line(topic.pk, 4711)))
    actions.send_counts(**go, counts=counted(Line(topic.pk, 4711), revision=1))
    actions.take_back_report(asked=asked, member=member, actor=actor, now=now)
    entries = list(JournalEntry.objects.values_list("event", "facts"))
    assert [event for event, _facts in entries] == ["CountsSaved", "ReportSent", "ReportTakenBack"]
    for _event, facts in entries:
        assert set(json.loads(facts)) <= {"year_id", "round_id", "report_id", "days_late"}
        assert "4711" not in facts


def test_a_report_is_taken_back_until_the_due_day(asked, topic, own, now):
    member, actor = own
    go = {"asked": asked, "member": member, "actor": actor}
    with pytest.raises(Refused, match=r"rapporteurs\.report_not_sent"):
        actions.take_back_report(**go, now=now)
    actions.send_nothing(**go, revision=0, now=now)
    last_moment = datetime(2021, 11, 5, 16, 59, tzinfo=UTC)
    with pytest.raises(Refused, match=r"rapporteurs\.take_back_late"):
        actions.take_back_report(**go, now=last_moment + timedelta(minutes=1))
    draft = actions.take_back_report(**go, now=last_moment)
    assert (draft.sent_at, draft.nothing_heard, draft.days_late) == (None, False, 0)
    actions.send_counts(**go, counts=counted(Line(topic.pk, 1), revision=draft.revision), now=AFTER_DUE)
    assert report_of(asked, member).days_late == 2


def test_what_a_digest_has_gathered_stays(asked, own, now, monkeypatch):
    member, actor = own
    actions.send_nothing(asked=asked, member=member, revision=0, actor=actor, now=now)
    monkeypatch.setattr(ports, "ROUND_GATHERED", [lambda round_id: round_id == asked.pk])
    with pytest.raises(Refused, match=r"rapporteurs\.round_gathered"):
        actions.take_back_report(asked=asked, member=member, actor=actor, now=now)
    assert report_of(asked, member).sent_at == now


def test_the_officer_counts_for_those_without_an_account_only(world, asked, topic, own, now):
    with_one, _actor = own
    without = make_collaborator(world.unit(2), "Lê Văn C")
    for actor in (world.officer(2), world.leader(2)):
        with pytest.raises(Forbidden):
            actions.save_counts(asked=asked, member=with_one, counts=counted(Line(topic.pk, 1)), actor=actor, now=now)
    sent = actions.send_counts(
        asked=asked, member=without, counts=counted(Line(topic.pk, 1)), actor=world.officer(2), now=now
    )  # fmt: skip
    assert sent.saved_by_name.startswith("unit_officer-don-vi-2")


def test_everybody_else_is_the_wrong_person(world, asked, topic, own, now):
    member, actor = own
    without = make_collaborator(world.unit(3), "Lê Văn C")
    others = [world.secretary(), world.superior(), world.officer(3), world.actor(Role.AUDITOR, world.unit(2))]
    for other in others:
        for attempt in (
            lambda who=other: actions.save_counts(asked=asked, member=member, counts=counted(), actor=who, now=now),
            lambda who=other: actions.send_nothing(asked=asked, member=member, revision=0, actor=who, now=now),
            lambda who=other: actions.take_back_report(asked=asked, member=member, actor=who, now=now),
        ):
            with pytest.raises(Forbidden):
                attempt()
    with pytest.raises(Forbidden):
        actions.save_counts(asked=asked, member=without, counts=counted(Line(topic.pk, 1)), actor=actor, now=now)
    assert not CollaboratorReport.objects.exists()


def test_a_rapporteur_does_not_count(world, asked, topic, now):
    speaker = make_collaborator(world.unit(2), kind=CorpsKind.RAPPORTEUR)
    with pytest.raises(Absent):
        actions.save_counts(asked=asked, member=speaker, counts=counted(Line(topic.pk, 1)), actor=world.officer(2), now=now)


def test_only_topics_that_the_round_asks_for(world, year, own, now):
    member, actor = own
    wanted, left_out = make_topic(year), make_topic(year, "Chuyển đổi số")
    proposed = make_topic(year, "Mới đề nghị", agreed=False)
    retired = make_topic(year, "Thôi dùng", retired=True)
    body = world.organisation("Ban Tuyen giao", "party_body")
    cluster = Cluster.objects.create(slug="cum-9", name_vi="Cụm số 9", superior_body=body)
    foreign = make_topic(ClusterYear.objects.create(cluster=cluster, year=2021, head=world.unit(3)), "Của cụm khác")
    chosen, every = make_round(year, topics=[wanted, retired]), make_round(year, "Kỳ khác")
    for asked, wrong in [(chosen, left_out), (chosen, retired), (chosen, foreign), (every, proposed), (every, retired),
                         (every, foreign)]:  # fmt: skip
        with pytest.raises(Refused, match=r"rapporteurs\.topic_not_asked"):
            actions.save_counts(asked=asked, member=member, counts=counted(Line(wrong.pk, 1)), actor=actor, now=now)
    assert not CollaboratorReport.objects.exists()


def test_a_topic_retired_meanwhile_stays_where_the_draft_has_it(year, own, now):
    member, actor = own
    topic, asked = make_topic(year), make_round(year)
    go = {"asked": asked, "member": member, "actor": actor, "now": now}
    actions.save_counts(**go, counts=counted(Line(topic.pk, 5)))
    topic.retired = True
    topic.save()
    assert [one.pk for one in desk_of(asked, member).topics] == [topic.pk]
    sent = actions.send_counts(**go, counts=counted(Line(topic.pk, 6), revision=1))
    assert lines_of(sent)[topic.pk].supportive == 6


def test_huge_numbers_are_refused_or_confirmed(asked, topic, own, now):
    member, actor = own
    go = {"asked": asked, "member": member, "actor": actor, "now": now}
    with pytest.raises(Refused, match=r"rapporteurs\.count_outside"):
        actions.save_counts(**go, counts=counted(Line(topic.pk, 10**9), confirmed=True))
    with pytest.raises(Refused, match=r"rapporteurs\.count_large"):
        actions.save_counts(**go, counts=counted(Line(topic.pk, 100_001)))
    actions.save_counts(**go, counts=counted(Line(topic.pk, 100_001), confirmed=True))
    assert TopicCount.objects.get().supportive == 100_001


@pytest.mark.parametrize(
    "values",
    [
        {"terms": ((date(2020, 1, 1), date(2021, 11, 4)),)},
        {"terms": ()},
        {"left_on": date(2021, 11, 4)},
    ],
)
def test_who_is_not_in_term_on_the_due_day_owes_nothing(world, asked, topic, values, now):
    member = make_collaborator(world.unit(2), **values)
    with pytest.raises(Refused, match=r"rapporteurs\.not_owed"):
        actions.save_counts(asked=asked, member=member, counts=counted(Line(topic.pk, 1)), actor=world.officer(2), now=now)
    assert punctuality_of(asked.year, date(2021, 12, 1)) == {member.pk: (0, 0, 0)}


def test_what_was_sent_counts_though_the_due_day_moved_past_the_term(world, year, asked, now):
    member = make_collaborator(world.unit(2), terms=((date(2021, 1, 1), date(2021, 11, 6)),))
    actions.send_nothing(asked=asked, member=member, revision=0, actor=world.officer(2), now=now)
    value = RoundValue(asked.title, asked.starts_on, asked.ends_on, date(2021, 11, 20))
    edit_round(asked=asked, value=value, reason="Gia hạn do đợt dịch", revision=1, actor=world.secretary(), now=now)
    assert punctuality_of(year, date(2021, 12, 1)) == {member.pk: (1, 1, 1)}


def test_a_unit_that_has_left_writes_no_more_and_keeps_what_it_sent(world, year, asked, own, now):
    member, actor = own
    other = make_round(year, "Kỳ khác")
    make_report(other, member)
    Membership.objects.filter(year=year, organisation=member.unit).delete()
    with pytest.raises(Refused, match=r"rapporteurs\.unit_left"):
        actions.save_counts(asked=asked, member=member, counts=counted(), actor=actor, now=now)
    assert punctuality_of(ClusterYear.objects.get(pk=year.pk), date(2021, 12, 1)) == {member.pk: (1, 1, 1)}


def test_the_superior_body_has_collaborators_too(world, asked, topic, now):
    body = world.organisation("Ban Tuyen giao", "party_body")
    actor = world.actor(Role.COLLABORATOR, body)
    member = make_collaborator(body, "Phạm D", terms=(TERM,), post_id=actor.holdings[0].post_id)
    actions.send_counts(asked=asked, member=member, counts=counted(Line(topic.pk, 1)), actor=actor, now=now)
    assert punctuality_of(asked.year, date(2021, 12, 1)) == {member.pk: (1, 1, 1)}


def test_an_officer_of_the_superior_body_counts_for_its_own_without_an_account(world, year, asked, topic, now):
    officer = world.actor(Role.SUPERIOR_OFFICER, year.cluster.superior_body)
    own, of_unit = make_collaborator(year.cluster.superior_body, "Phạm D"), make_collaborator(world.unit(2), "Lê Văn C")
    keeper = world.actor(Role.COLLABORATOR, year.cluster.superior_body)
    with_account = make_collaborator(year.cluster.superior_body, "Có tài khoản", post_id=keeper.holdings[0].post_id)
    given = {"asked": asked, "counts": counted(Line(topic.pk, 1)), "now": now}
    assert actions.send_counts(member=own, actor=officer, **given).unit == year.cluster.superior_body
    for member in (of_unit, with_account):
        with pytest.raises(Forbidden):
            actions.send_counts(member=member, actor=officer, **given)
    both = make_collaborator(year.cluster.superior_body, "Phạm E")
    for stranger in (world.officer(2), world.secretary()):
        with pytest.raises(Forbidden):
            actions.send_counts(member=both, actor=stranger, **given)


def test_a_round_that_has_not_begun_takes_no_counts(year, topic, own, now):
    member, actor = own
    ahead = make_round(
        year, "Tháng sau", starts_on=date(2021, 11, 2), ends_on=date(2021, 11, 30), due_on=date(2021, 12, 5)
    )  # fmt: skip
    with pytest.raises(Refused, match=r"rapporteurs\.round_ahead"):
        actions.send_nothing(asked=ahead, member=member, revision=0, actor=actor, now=now)


def test_in_a_closed_year_nothing_is_counted(world, year, asked, topic, own, now):
    member, actor = own
    actions.send_nothing(asked=asked, member=member, revision=0, actor=actor, now=now)
    ClusterYear.objects.filter(pk=year.pk).update(stage="closed")
    go = {"asked": asked, "member": member, "actor": actor, "now": now}
    for attempt in (
        lambda: actions.save_counts(**go, counts=counted(Line(topic.pk, 1), revision=1)),
        lambda: actions.send_nothing(**go, revision=1),
        lambda: actions.take_back_report(**go),
    ):
        with pytest.raises(Refused, match=r"clusters\.year_closed"):
            attempt()


def test_the_round_before_stands_beside(year, topic, own):
    member, _actor = own
    september = make_round(
        year, "Tháng 9", starts_on=date(2021, 9, 1), ends_on=date(2021, 9, 30), due_on=date(2021, 10, 5)
    )  # fmt: skip
    other = make_round(year, "Quý III", rhythm="quarterly", starts_on=date(2021, 7, 1), ends_on=date(2021, 9, 30))
    make_report(september, member, [(topic, 8, 0, 0, 1)])
    make_report(other, member, [(topic, 99, 0, 0, 0)])
    desk = desk_of(make_round(year), member)
    assert (desk.last, desk.before[topic.pk].supportive, desk.revision) == (september, 8, 0)
