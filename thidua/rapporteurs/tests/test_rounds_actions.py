"""Setting rounds: who may, what is refused, what moves once reports are in."""

import json
from dataclasses import replace
from datetime import date

import pytest

from thidua.audit.models import JournalEntry
from thidua.clusters.models import Cluster, ClusterYear
from thidua.kernel import ports
from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.rapporteurs.actions import rounds as actions
from thidua.rapporteurs.models import CollaboratorReport, Round
from thidua.rapporteurs.queries.rounds import punctuality_of, topics_of
from thidua.rapporteurs.tests.making_rounds import make_collaborator, make_report, make_round, make_topic

VALUE = actions.RoundValue("Dư luận về dịch", date(2021, 10, 1), date(2021, 10, 31), date(2021, 11, 5))
REASON = "Gia hạn do đợt dịch kéo dài"


@pytest.fixture
def year(world):
    return world.year()


@pytest.fixture
def set_one(world, year, now):
    def go(value=VALUE, rhythm="ad_hoc", actor=None):
        return actions.set_round(year=year, rhythm=rhythm, value=value, actor=actor or world.secretary(), now=now)

    return go


@pytest.fixture
def edit(world, now):
    def go(asked, reason="", revision=1, **changes):
        value = actions.RoundValue(asked.title, asked.starts_on, asked.ends_on, asked.due_on, _topics(asked))
        actions.edit_round(
            asked=asked, value=replace(value, **changes), reason=reason, revision=revision, actor=world.secretary(), now=now
        )
        asked.refresh_from_db()

    return go


def _topics(asked):
    return tuple(asked.topics.values_list("pk", flat=True))


def test_the_secretary_or_the_superior_body_sets_a_round(world, year, set_one):
    topic, other = make_topic(year), make_topic(year, "Chuyển đổi số")
    asked = set_one(replace(VALUE, topics=(topic.pk,)))
    assert topics_of(asked) == [topic]
    every = set_one(replace(VALUE, title="Kỳ khác"), actor=world.superior())
    assert topics_of(every) == [topic, other]
    assert JournalEntry.objects.filter(event="RoundSet").count() == 2


@pytest.mark.parametrize("role", ["unit_leader", "unit_officer", "collaborator", "rapporteur", "auditor", "appraiser"])
def test_nobody_else_sets_rounds(world, year, set_one, role, now):
    asked, actor = make_round(year), world.actor(Role(role), world.unit(2))
    with pytest.raises(Forbidden):
        set_one(actor=actor)
    with pytest.raises(Forbidden):
        actions.remove_round(asked=asked, actor=actor, now=now)
    with pytest.raises(Forbidden):
        actions.edit_round(asked=asked, value=VALUE, reason="", revision=1, actor=actor, now=now)
    with pytest.raises(Forbidden):
        actions.lay_out_rounds(year=year, rhythm="monthly", days=5, topics=(), actor=actor, now=now)


def test_what_a_round_cannot_be(world, year, set_one):
    make_round(year, VALUE.title)
    for changes, code in [
        ({"title": "  "}, "rapporteurs.round_title_empty"),
        ({}, "rapporteurs.round_exists"),
        ({"title": "Khác", "due_on": date(2021, 10, 30)}, "rapporteurs.due_before_end"),
    ]:
        with pytest.raises(Refused, match=code):
            set_one(replace(VALUE, **changes))


def test_topics_of_a_round_are_agreed_topics_of_the_year(world, year, set_one):
    body = world.organisation("Ban Tuyen giao", "party_body")
    other = Cluster.objects.create(slug="cum-9", name_vi="Cụm số 9", superior_body=body)
    foreign = ClusterYear.objects.create(cluster=other, year=2021, head=world.unit(3))
    wrong = [
        make_topic(foreign, "Của cụm khác"),
        make_topic(year, "Mới đề nghị", agreed=False, proposed_by=world.unit(2)),
        make_topic(year, "Thôi dùng", retired=True),
    ]
    for topic in wrong:
        with pytest.raises(Refused, match=r"rapporteurs\.round_topic"):
            set_one(replace(VALUE, topics=(topic.pk,)))
    assert not Round.objects.exists()


def test_a_year_is_laid_out_once(world, year, now):
    make_round(year, "Báo cáo cộng tác viên tháng 3 năm 2021", due_on=date(2021, 12, 1))
    topic = make_topic(year)
    go = {"year": year, "rhythm": "monthly", "days": 5, "actor": world.secretary(), "now": now}
    made = actions.lay_out_rounds(**go, topics=(topic.pk,))
    assert len(made) == 11
    assert [one.due_on for one in made][-2:] == [date(2021, 12, 5), date(2022, 1, 5)]
    assert [topics_of(one) for one in made] == [[topic]] * 11
    with pytest.raises(Refused, match=r"rapporteurs\.year_laid_out"):
        actions.lay_out_rounds(**go, topics=())
    assert Round.objects.count() == 12
    with pytest.raises(Refused, match=r"rapporteurs\.due_days"):
        actions.lay_out_rounds(**go | {"rhythm": "quarterly", "days": 61}, topics=())
    with pytest.raises(Refused, match=r"rapporteurs\.no_such_round"):
        actions.lay_out_rounds(**go | {"rhythm": "ad_hoc"}, topics=())


def test_until_a_report_is_sent_everything_moves(world, year, edit):
    asked, topic = make_round(year), make_topic(year)
    make_report(asked, make_collaborator(world.unit(2)), [(topic, 1, 0, 0, 0)], sent=False)
    edit(asked, title="Kỳ mới", ends_on=date(2021, 10, 30), due_on=date(2021, 11, 1), topics=(topic.pk,), reason=REASON)
    assert (asked.title, asked.ends_on, asked.due_on, asked.revision) == ("Kỳ mới", date(2021, 10, 30), date(2021, 11, 1), 2)
    assert list(asked.topics.all()) == [topic]


def test_once_a_report_is_sent_only_the_due_day_moves_and_only_back(world, year, edit):
    topic = make_topic(year)
    asked = make_round(year, topics=[topic])
    make_report(asked, make_collaborator(world.unit(2)))
    for changes, code in [
        ({"starts_on": date(2021, 9, 30)}, "rapporteurs.round_fixed"),
        ({"topics": ()}, "rapporteurs.round_fixed"),
        ({"due_on": date(2021, 11, 4), "reason": REASON}, "rapporteurs.due_earlier"),
        ({"due_on": date(2021, 11, 9), "reason": "ngắn"}, "rapporteurs.due_reason"),
    ]:
        with pytest.raises(Refused, match=code):
            edit(asked, **changes)
    topic.retired = True
    topic.save()
    edit(asked, title="Tên khác")
    assert asked.title == "Tên khác"


def test_days_late_are_reckoned_anew_from_a_later_due_day(world, year, edit, now):
    asked = make_round(year, due_on=date(2021, 10, 31))
    late, later = (make_collaborator(world.unit(2), name) for name in ("Một", "Hai"))
    make_report(asked, late, late=1)
    make_report(asked, later, late=4)
    CollaboratorReport.objects.filter(member=late).update(sent_at=now)
    CollaboratorReport.objects.filter(member=later).update(sent_at=now.replace(day=4))
    assert punctuality_of(year, date(2021, 11, 10)) == {late.pk: (1, 1, 0), later.pk: (1, 1, 0)}
    edit(asked, due_on=date(2021, 11, 2), reason=REASON)
    assert list(asked.reports.order_by("pk").values_list("days_late", flat=True)) == [0, 2]
    assert punctuality_of(year, date(2021, 11, 10)) == {late.pk: (1, 1, 1), later.pk: (1, 1, 0)}
    entry = JournalEntry.objects.get(event="RoundDueDayMoved")
    assert json.loads(entry.facts)["reason"] == REASON


def test_two_who_edit_at_once_are_told(world, year, edit):
    asked = make_round(year)
    edit(asked, title="Của người thứ nhất")
    with pytest.raises(Refused, match=r"rapporteurs\.round_changed"):
        edit(asked, title="Của người thứ hai", revision=1)


def test_a_round_goes_while_nothing_is_sent(world, year, now):
    asked, other = make_round(year), make_round(year, "Kỳ khác")
    member = make_collaborator(world.unit(2))
    make_report(asked, member, sent=False)
    make_report(other, member)
    actions.remove_round(asked=asked, actor=world.secretary(), now=now)
    assert list(Round.objects.all()) == [other]
    with pytest.raises(Absent):
        actions.remove_round(asked=asked, actor=world.secretary(), now=now)
    with pytest.raises(Refused, match=r"rapporteurs\.round_in_use"):
        actions.remove_round(asked=other, actor=world.secretary(), now=now)


def test_a_round_that_a_digest_has_gathered_stays(world, year, now, monkeypatch):
    asked = make_round(year)
    monkeypatch.setattr(ports, "ROUND_GATHERED", [lambda round_id: round_id == asked.pk])
    with pytest.raises(Refused, match=r"rapporteurs\.round_gathered"):
        actions.remove_round(asked=asked, actor=world.secretary(), now=now)


def test_in_a_closed_year_nothing_moves(world, now):
    year = world.year(stage="closed")
    asked = make_round(year)
    secretary = world.secretary()
    for attempt in (
        lambda: actions.set_round(year=year, rhythm="ad_hoc", value=VALUE, actor=secretary, now=now),
        lambda: actions.lay_out_rounds(year=year, rhythm="monthly", days=5, topics=(), actor=secretary, now=now),
        lambda: actions.edit_round(asked=asked, value=VALUE, reason="", revision=1, actor=secretary, now=now),
        lambda: actions.remove_round(asked=asked, actor=secretary, now=now),
    ):
        with pytest.raises(Refused, match=r"clusters\.year_closed"):
            attempt()
