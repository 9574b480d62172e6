import json
from datetime import date

import pytest

from thidua.audit.models import JournalEntry
from thidua.clusters.models import ClusterYear, Membership
from thidua.directives.models import Directive, Issuer
from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.rapporteurs.actions import topics as actions
from thidua.rapporteurs.actions.topics import TopicValues
from thidua.rapporteurs.models import CorpsKind, Round, Topic
from thidua.rapporteurs.rules import talks as rules
from thidua.rapporteurs.tests.talking import signed_in, talk, topic
from thidua.web.sentences import event_sentence


def typed(title="Chuyển đổi số", **more):
    return TopicValues(**({"title": title, "note": "", "starts_on": None, "ends_on": None, "directives": ()} | more))


def told(event):
    entry = JournalEntry.objects.filter(event=event).latest("position")
    return event_sentence(event, json.loads(entry.facts))


def refused(action, **given):
    with pytest.raises(Refused) as caught:
        action(**given)
    return caught.value.code


def document(cluster, number="05-CT/TW"):
    issuer = Issuer.objects.get_or_create(cluster=cluster, name_vi="Bộ Chính trị")[0]
    return Directive.objects.create(
        cluster=cluster, issuer=issuer, kind="directive", number_text=number, issued_on=date(2016, 5, 15), title="Về học tập",
        registered_at="2021-01-05T00:00:00Z", registered_by_name="Thư ký",
    )  # fmt: skip


def propose(world, year, now, title="An toàn giao thông", number=2):
    return actions.propose_topic(
        year=year, unit=world.unit(number), title=title, note="", actor=world.officer(number), now=now
    )  # fmt: skip


@pytest.mark.parametrize("who", ["secretary", "superior"])
def test_a_topic_is_set_with_its_documents(world, now, who):
    year = world.year()
    one = document(year.cluster)
    made = actions.set_topic(
        year=year, values=typed("  Chuyển  đổi số ", note=" Ghi ", directives=(one.pk,)), actor=getattr(world, who)(), now=now
    )
    made.refresh_from_db()
    assert (made.title, made.note, made.position, made.state, list(made.directives.all())) == (
        "Chuyển đổi số", "Ghi", 1, "in_use", [one]
    )  # fmt: skip
    assert told("TopicSet") == "Đặt chủ đề tuyên truyền “Chuyển đổi số”"


def test_a_document_must_be_of_the_register(world, now):
    year = world.year()
    with pytest.raises(Absent):
        actions.set_topic(year=year, values=typed(directives=(999,)), actor=world.secretary(), now=now)
    assert not Topic.objects.exists()


@pytest.mark.parametrize("again", ["Chuyển đổi số", "chuyen doi so", " CHUYỂN  ĐỔI SỐ"])
def test_titles_that_differ_in_marks_and_case_are_the_same(world, now, again):
    year = world.year()
    given = {"year": year, "actor": world.secretary(), "now": now}
    actions.set_topic(values=typed(), **given)
    assert refused(actions.set_topic, values=typed(again), **given) == "rapporteurs.topic_there"
    actions.set_topic(**given | {"year": world.year(2022)}, values=typed(again))


def test_wrong_values_of_a_topic(world, now):
    given = {"year": world.year(), "actor": world.secretary(), "now": now}
    assert refused(actions.set_topic, values=typed(" – "), **given) == "rapporteurs.topic_without_title"
    ends = typed(starts_on=date(2021, 5, 2), ends_on=date(2021, 5, 1))
    assert refused(actions.set_topic, values=ends, **given) == "rapporteurs.topic_ends_early"


def test_a_year_has_only_so_many_topics(world, now, monkeypatch):
    monkeypatch.setattr(rules, "MOST_TOPICS", 2)
    year = world.year()
    topic(year, "A")
    topic(year, "B")
    assert (
        refused(actions.set_topic, year=year, values=typed(), actor=world.secretary(), now=now) == "rapporteurs.too_many_topics"
    )


def test_an_edit_wants_the_newest_revision(world, now):
    made = topic(world.year())
    given = {"topic": made, "actor": world.secretary(), "now": now, "revision": 1}
    actions.edit_topic(values=typed("Chuyển đổi số"), **given)
    assert told("TopicEdited") == "Sửa chủ đề tuyên truyền “Chuyển đổi số” (bản 2)"
    assert refused(actions.edit_topic, values=typed("Khác"), **given) == "rapporteurs.topic_changed_meanwhile"
    actions.edit_topic(values=typed("CHUYỂN đổi số"), **given | {"revision": 2})


def test_a_proposal_is_agreed_to_or_turned_down_with_a_reason(world, now):
    year = world.year()
    one, two = propose(world, year, now), propose(world, year, now, "Phòng cháy", 3)
    given = {"actor": world.secretary(), "now": now}
    assert (one.state, one.proposed_by) == ("waiting", world.unit(2))
    assert actions.agree_topic(topic=one, **given).state == "in_use"
    assert refused(actions.agree_topic, topic=one, **given) == "rapporteurs.topic_answered"
    assert refused(actions.turn_down_topic, topic=one, reason="Đã có chủ đề tương tự", **given) == "rapporteurs.topic_answered"
    assert refused(actions.turn_down_topic, topic=two, reason="không", **given) == "rapporteurs.reason_too_short"
    down = actions.turn_down_topic(topic=two, reason="Đã có chủ đề tương tự", **given)
    assert (down.state, down.turned_down) == ("turned_down", "Đã có chủ đề tương tự")
    assert told("TopicTurnedDown") == "Không duyệt chủ đề “Phòng cháy” do Don vi 3 đề nghị. Lý do: Đã có chủ đề tương tự"
    assert refused(actions.set_topic, year=year, values=typed("phòng cháy"), **given) == "rapporteurs.topic_was_turned_down"
    assert actions.agree_topic(topic=two, **given).turned_down == ""


def test_a_title_that_waits_is_not_proposed_again(world, now):
    year = world.year()
    propose(world, year, now)
    with pytest.raises(Refused) as caught:
        propose(world, year, now, "an toan giao thong", 3)
    assert caught.value.code == "rapporteurs.topic_waits"


@pytest.mark.parametrize(("role", "kind"), [(Role.RAPPORTEUR, CorpsKind.RAPPORTEUR), (Role.COLLABORATOR, CorpsKind.COLLABORATOR)])
def test_members_of_the_corps_propose_for_their_unit(world, now, role, kind):
    year = world.year()
    _member, _person, actor = signed_in(world, world.unit(2), now, role=role, kind=kind)
    given = {"year": year, "title": "Phòng cháy", "note": "", "actor": actor, "now": now}
    assert actions.propose_topic(unit=world.unit(2), **given).state == "waiting"
    with pytest.raises(Forbidden):
        actions.propose_topic(unit=world.unit(3), **given)


def test_only_those_who_set_topics_do(world, now):
    year = world.year()
    made, waiting = topic(year), propose(world, year, now)
    given = {"actor": world.officer(2), "now": now}
    for write in (
        lambda: actions.set_topic(year=year, values=typed(), **given),
        lambda: actions.edit_topic(topic=made, values=typed(), revision=1, **given),
        lambda: actions.agree_topic(topic=waiting, **given),
        lambda: actions.turn_down_topic(topic=waiting, reason="Đã có chủ đề tương tự", **given),
        lambda: actions.retire_topic(topic=made, **given),
        lambda: actions.restore_topic(topic=made, **given),
        lambda: actions.move_topic(topic=made, up=True, **given),
        lambda: actions.remove_topic(topic=made, **given),
        lambda: actions.remove_topic(topic=waiting, **given | {"actor": world.officer(3)}),
    ):
        with pytest.raises(Forbidden):
            write()
    actions.remove_topic(topic=waiting, **given)
    assert list(Topic.objects.all()) == [made]
    with pytest.raises(Absent):
        actions.remove_topic(topic=waiting, **given)


def test_a_topic_is_retired_and_restored(world, now):
    year = world.year()
    made, waiting = topic(year), propose(world, year, now)
    given = {"actor": world.secretary(), "now": now}
    for _twice in range(2):
        assert actions.retire_topic(topic=made, **given).state == "retired"
    assert JournalEntry.objects.filter(event="TopicRetired").count() == 1
    assert actions.restore_topic(topic=made, **given).state == "in_use"
    assert refused(actions.retire_topic, topic=waiting, **given) == "rapporteurs.topic_only_proposed"


def test_topics_change_places(world, now):
    year = world.year()
    one, two, three = topic(year, "A"), topic(year, "B"), topic(year, "C")
    given = {"actor": world.secretary(), "now": now}
    actions.move_topic(topic=three, up=True, **given)
    assert list(Topic.objects.all()) == [one, three, two]
    assert told("TopicMoved") == "Chuyển chủ đề “C” tới vị trí 2"
    actions.move_topic(topic=one, up=True, **given)
    actions.move_topic(topic=two, up=False, **given)
    assert list(Topic.objects.all()) == [one, three, two]
    actions.move_topic(topic=one, up=False, **given)
    assert list(Topic.objects.all()) == [three, one, two]


def test_a_topic_that_is_used_stays(world, now):
    year = world.year()
    made, other = topic(year, "A"), topic(year, "B")
    talk(world, year, now)
    month = Round.objects.create(
        year=year, title="Tháng 10", rhythm="monthly", starts_on=date(2021, 10, 1), ends_on=date(2021, 10, 31),
        due_on=date(2021, 11, 5),
    )  # fmt: skip
    month.topics.set([other])
    given = {"actor": world.secretary(), "now": now}
    assert refused(actions.remove_topic, topic=made, **given) == "rapporteurs.topic_in_use"
    assert refused(actions.remove_topic, topic=other, **given) == "rapporteurs.topic_in_use"
    month.topics.clear()
    actions.remove_topic(topic=other, **given)
    assert list(Topic.objects.all()) == [made]


def test_nobody_writes_in_a_closed_year_or_for_a_unit_that_has_left(world, now):
    year = world.year()
    made, waiting = topic(year), propose(world, year, now)
    Membership.objects.filter(organisation=world.unit(3)).delete()
    left = {"year": ClusterYear.objects.get(), "unit": world.unit(3), "title": "Phòng cháy", "note": ""}
    assert refused(actions.propose_topic, actor=world.officer(3), now=now, **left) == "rapporteurs.unit_left"
    ClusterYear.objects.update(stage="closed")
    given = {"actor": world.secretary(), "now": now}
    for action, more in (
        (actions.set_topic, {"year": year, "values": typed()}),
        (actions.edit_topic, {"topic": made, "values": typed(), "revision": 1}),
        (actions.agree_topic, {"topic": waiting}),
        (actions.turn_down_topic, {"topic": waiting, "reason": "Đã có chủ đề tương tự"}),
        (actions.retire_topic, {"topic": made}),
        (actions.move_topic, {"topic": made, "up": True}),
        (actions.remove_topic, {"topic": made}),
    ):
        assert refused(action, **given, **more) == "clusters.year_closed"
