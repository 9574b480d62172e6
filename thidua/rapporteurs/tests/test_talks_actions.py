import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from thidua.audit.models import JournalEntry
from thidua.clusters.models import ClusterYear, Membership
from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.rapporteurs.actions import materials
from thidua.rapporteurs.actions import talks as actions
from thidua.rapporteurs.models import CorpsKind, FeedbackForm, Material, Talk, TalkAudience
from thidua.rapporteurs.rules import talks as rules
from thidua.rapporteurs.tests.talking import DAY, PNG, member, record, signed_in, talk, topic, values
from thidua.web.sentences import event_sentence


def told(event):
    entry = JournalEntry.objects.filter(event=event).latest("position")
    return event_sentence(event, json.loads(entry.facts))


def refused(action, **given):
    with pytest.raises(Refused) as caught:
        action(**given)
    return caught.value.code


def audience_of(one):
    return dict(one.audience.order_by("group").values_list("group", "attended"))


def opened(one, answers):
    return FeedbackForm.objects.create(
        talk=one, code=f"code-{one.pk}", opened_at="2021-10-20T00:00:00Z", opened_by_name="A", closes_at="2021-10-27T00:00:00Z",
        answers=answers,
    )  # fmt: skip


def test_a_talk_is_recorded_at_the_unit_of_its_speaker(world, now):
    year = world.year()
    one, two = topic(year, "A"), topic(year, "B")
    made = record(world, year, 2, member(world.unit(2)), one, two, now=now, place="  Hội   trường A ")
    made.refresh_from_db()
    assert (made.unit, made.place, made.listeners, made.held, made.revision) == (world.unit(2), "Hội trường A", 120, True, 1)
    assert audience_of(made) == {"members": 80, "youth": 40}
    assert told("TalkRecorded") == (
        "Don vi 2 ghi buổi tuyên truyền ngày 20-10-2021, báo cáo viên Nguyễn Văn An: A, B; 120 người dự"
    )


def test_a_talk_to_come_is_planned_and_counted_afterwards(world, now):
    year = world.year()
    ahead = now.date() + timedelta(days=5)
    made = talk(world, year, now, held_on=ahead, audience=())
    assert not made.held
    given = {"talk": made, "actor": world.officer(2), "now": now, "revision": 1}
    assert refused(actions.count_audience, audience={"members": 5}, **given) == "rapporteurs.audience_before_talk"
    given["now"] = now + timedelta(days=5)
    assert refused(actions.count_audience, audience={}, **given) == "rapporteurs.audience_wanted"
    assert refused(actions.count_audience, audience={"members": 5}, **given | {"revision": 0}) == (
        "rapporteurs.talk_changed_meanwhile"
    )
    counted = actions.count_audience(audience={"members": 5, "others": 7}, **given)
    assert (counted.listeners, counted.revision, audience_of(counted)) == (12, 2, {"members": 5, "others": 7})
    assert refused(actions.count_audience, audience={"members": 5}, **given | {"revision": 2}) == "rapporteurs.talk_counted"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"held_on": date(2022, 1, 1)}, "talk_outside_year"),
        ({"held_on": date(2020, 12, 31)}, "talk_outside_year"),
        ({"held_on": date(2021, 12, 1)}, "audience_before_talk"),
        ({"audience": (("members", 0),)}, "audience_of_none"),
        ({"audience": (("members", -1),)}, "audience_of_none"),
        ({"audience": (("members", 10**12),)}, "audience_too_big"),
    ],
)
def test_a_talk_that_cannot_be(world, now, more, code):
    year = world.year()
    given = {"year": year, "values": values(member(world.unit(2)), topic(year), **more), "actor": world.officer(2), "now": now}
    assert refused(actions.record_talk, **given) == f"rapporteurs.{code}"
    assert not Talk.objects.exists()


def test_a_million_listeners_can_be(world, now):
    year = world.year()
    made = talk(world, year, now, audience=(("members", 10**6), ("youth", 10**6)))
    assert made.listeners == 2 * 10**6


def test_topics_must_be_agreed_in_use_and_of_the_year(world, now):
    year, speaker = world.year(), member(world.unit(2))
    given = {"year": year, "actor": world.officer(2), "now": now}
    assert refused(actions.record_talk, values=values(speaker), **given) == "rapporteurs.no_topic"
    waiting = topic(year, "A", agreed=False, proposed_by=world.unit(2))
    assert refused(actions.record_talk, values=values(speaker, waiting), **given) == "rapporteurs.topic_not_agreed"
    retired = topic(year, "B", retired=True)
    assert refused(actions.record_talk, values=values(speaker, retired), **given) == "rapporteurs.topic_retired"
    with pytest.raises(Absent):
        actions.record_talk(values=values(speaker, topic(world.year(2022), "C")), **given)


def test_the_speaker_is_a_rapporteur_in_term(world, now):
    year = world.year()
    spoken = topic(year)
    given = {"year": year, "actor": world.officer(2), "now": now}
    unit = world.unit(2)
    collaborator = member(unit, "B", kind=CorpsKind.COLLABORATOR)
    assert refused(actions.record_talk, values=values(collaborator, spoken), **given) == "rapporteurs.not_a_rapporteur"
    left = member(unit, "C", left_on=DAY)
    assert refused(actions.record_talk, values=values(left, spoken), **given) == "rapporteurs.speaker_left"
    nobody = member(unit, "D", terms=())
    assert refused(actions.record_talk, values=values(nobody, spoken), **given) == "rapporteurs.speaker_without_term"
    over = member(unit, "E", terms=((date(2019, 1, 1), date(2020, 12, 31)),))
    assert refused(actions.record_talk, values=values(over, spoken), **given) == "rapporteurs.speaker_out_of_term"
    with pytest.raises(Absent):
        actions.record_talk(values=actions.TalkValues(999_999, DAY, "", "in_person", (spoken.pk,)), **given)


def test_who_records_for_whom(world, now):
    year = world.year()
    spoken, other = topic(year), member(world.unit(2), "Người khác")
    own, _person, actor = signed_in(world, world.unit(2), now)
    given = {"year": year, "now": now, "again": True}
    assert actions.record_talk(values=values(own, spoken), actor=actor, **given).speaker == own
    with pytest.raises(Forbidden):
        actions.record_talk(values=values(other, spoken), actor=actor, **given)
    for allowed in (world.officer(2), world.leader(2), world.superior()):
        actions.record_talk(values=values(other, spoken), actor=allowed, **given)
    for stranger in (world.officer(3), world.secretary(), world.actor(Role.AUDITOR, world.unit(2))):
        with pytest.raises(Forbidden):
            actions.record_talk(values=values(other, spoken), actor=stranger, **given)


def test_nobody_writes_to_another_units_talk(world, now):
    year = world.year()
    made = talk(world, year, now)
    planned = talk(world, year, now, audience=())
    given = {"actor": world.officer(3), "now": now}
    upload = SimpleUploadedFile("a.png", PNG)
    for write in (
        lambda: actions.edit_talk(talk=made, values=values(made.speaker, *made.topics.all()), revision=1, **given),
        lambda: actions.count_audience(talk=planned, audience={"members": 1}, revision=1, **given),
        lambda: actions.remove_talk(talk=planned, **given),
        lambda: materials.add_material(talk=made, upload=upload, title="", **given),
        lambda: materials.remove_material(talk=made, material_id=1, **given),
    ):
        with pytest.raises(Forbidden):
            write()
    mine = member(world.unit(3), "Của đơn vị 3")
    with pytest.raises(Forbidden):
        actions.edit_talk(talk=made, values=values(mine, *made.topics.all()), revision=1, reason="Ghi nhầm người nói", **given)


def test_a_planned_talk_is_changed_freely_and_a_held_one_with_a_reason(world, now):
    year = world.year()
    planned = talk(world, year, now, audience=())
    spoken = list(planned.topics.all())
    given = {"talk": planned, "actor": world.officer(2), "now": now}
    actions.edit_talk(values=values(planned.speaker, *spoken, audience=(), place="Nhà văn hoá"), revision=1, **given)
    assert refused(actions.edit_talk, values=values(planned.speaker, *spoken), revision=1, **given) == (
        "rapporteurs.talk_changed_meanwhile"
    )
    actions.edit_talk(values=values(planned.speaker, *spoken), revision=2, **given)
    assert told("TalkEdited").endswith("120 người dự (bản 3)")
    less = values(planned.speaker, *spoken, audience=(("members", 70),))
    assert refused(actions.edit_talk, values=less, revision=3, **given) == "rapporteurs.reason_too_short"
    corrected = actions.edit_talk(values=less, revision=3, reason="Đếm nhầm một nhóm", **given)
    assert (corrected.listeners, audience_of(corrected)) == (70, {"members": 70})
    assert told("TalkCorrected").endswith("70 người dự, trước đó 120 (bản 4). Lý do: Đếm nhầm một nhóm")


def test_a_topic_retired_since_may_stay_with_a_talk(world, now):
    year = world.year()
    made = talk(world, year, now, audience=())
    spoken, other = made.topics.get(), topic(year, "B", retired=True)
    spoken.retired = True
    spoken.save()
    given = {"talk": made, "revision": 1, "actor": world.officer(2), "now": now}
    assert refused(actions.edit_talk, values=values(made.speaker, spoken, other), **given) == "rapporteurs.topic_retired"
    assert actions.edit_talk(values=values(made.speaker, spoken), **given).held


def test_only_what_is_planned_is_taken_out(world, now):
    year = world.year()
    made = talk(world, year, now)
    given = {"talk": made, "actor": world.officer(2), "now": now}
    assert refused(actions.remove_talk, **given) == "rapporteurs.talk_held"
    none = values(made.speaker, *made.topics.all(), audience=())
    form = opened(made, 3)
    back = {"values": none, "revision": 1, "reason": "Buổi này đã hoãn", **given}
    assert refused(actions.edit_talk, **back) == "rapporteurs.talk_answered"
    FeedbackForm.objects.filter(pk=form.pk).update(answers=0)
    assert not actions.edit_talk(**back).held
    FeedbackForm.objects.filter(pk=form.pk).update(answers=1)
    assert refused(actions.remove_talk, **given) == "rapporteurs.talk_answered"
    FeedbackForm.objects.all().delete()
    actions.remove_talk(**given)
    assert not Talk.objects.exists()
    assert not TalkAudience.objects.exists()
    assert told("TalkRemoved") == (
        "Don vi 2 xoá buổi tuyên truyền dự kiến ngày 20-10-2021, báo cáo viên Nguyễn Văn An: Nghị quyết Đại hội XIII"
    )
    with pytest.raises(Absent):
        actions.remove_talk(**given)


def test_nobody_writes_in_a_closed_year_or_of_a_unit_that_has_left(world, now):
    year = world.year()
    made = talk(world, year, now, audience=())
    Membership.objects.filter(organisation=world.unit(2)).delete()
    fresh = Talk.objects.get(pk=made.pk)
    given = {"talk": fresh, "actor": world.officer(2), "now": now}
    one = values(made.speaker, *made.topics.all())
    for action, more in (
        (actions.edit_talk, {"values": one, "revision": 1}),
        (actions.count_audience, {"audience": {"members": 1}, "revision": 1}),
        (actions.remove_talk, {}),
        (materials.add_material, {"upload": SimpleUploadedFile("a.png", PNG), "title": ""}),
    ):
        assert refused(action, **given, **more) == "rapporteurs.unit_left"
    Membership.objects.create(year=year, organisation=world.unit(2), position=2)
    ClusterYear.objects.update(stage="closed")
    assert refused(actions.remove_talk, **given) == "clusters.year_closed"
    asked = {"year": year, "values": one, "actor": world.officer(2), "now": now}
    assert refused(actions.record_talk, **asked) == "clusters.year_closed"


# ---- materials ----


def test_files_come_and_go(world, now):
    made = talk(world, world.year(), now)
    given = {"talk": made, "actor": world.officer(2), "now": now}
    kept = materials.add_material(upload=SimpleUploadedFile("de-cuong.png", PNG), title="  Đề cương   nói chuyện ", **given)
    assert kept.title == "Đề cương nói chuyện"
    again = {"upload": SimpleUploadedFile("khac.png", PNG), "title": ""}
    assert refused(materials.add_material, **again, **given) == "rapporteurs.same_material"
    other = materials.add_material(upload=SimpleUploadedFile("khac.png", PNG + b"\n"), title="", **given)
    assert other.title == "khac"
    assert told("MaterialAdded") == "Thêm tài liệu “khac.png” vào buổi tuyên truyền ngày 20-10-2021 của Don vi 2"
    materials.remove_material(material_id=kept.pk, **given)
    with pytest.raises(Absent):
        materials.remove_material(material_id=kept.pk, **given)
    assert list(Material.objects.all()) == [other]


def test_files_are_what_they_say_and_not_too_many(world, now, monkeypatch):
    made = talk(world, world.year(), now)
    given = {"talk": made, "title": "", "actor": world.officer(2), "now": now}
    assert refused(materials.add_material, upload=SimpleUploadedFile("a.pdf", b"MZ\x90\x00"), **given) == "files.wrong_kind"
    assert refused(materials.add_material, upload=SimpleUploadedFile("a.pdf", PNG), **given) == "files.lies_about_type"
    monkeypatch.setattr(materials, "MOST_BYTES", 10)
    assert refused(materials.add_material, upload=SimpleUploadedFile("a.png", PNG), **given) == "files.too_big"
    monkeypatch.setattr(materials, "MOST_MATERIALS", 0)
    assert refused(materials.add_material, upload=SimpleUploadedFile("a.png", PNG), **given) == "rapporteurs.too_many_materials"
    assert (rules.MOST_BYTES, rules.MOST_MATERIALS) == (26_214_400, 20)
