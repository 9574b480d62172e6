"""What a correction keeps, who may make one once listeners have answered, talks saved twice, and talks whose form is open."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from thidua.audit.models import JournalEntry
from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused
from thidua.rapporteurs.actions import talks as actions
from thidua.rapporteurs.models import FeedbackForm, Talk
from thidua.rapporteurs.tests.talking import DAY, member, record, signed_in, topic, url, values
from thidua.web.sentences import event_sentence

WHY = "Đếm nhầm một nhóm"


@pytest.fixture(autouse=True)
def _day(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


def refused(action, **given):
    with pytest.raises(Refused) as caught:
        action(**given)
    return caught.value.code


def told(event):
    entry = JournalEntry.objects.filter(event=event).latest("position")
    return event_sentence(event, json.loads(entry.facts))


def asked(one, answers, closes_at, closed_at=None):
    return FeedbackForm.objects.create(
        talk=one, code=f"code{one.pk}", opened_at="2021-10-20T00:00:00Z", opened_by_name="A", closes_at=closes_at,
        closed_at=closed_at, answers=answers,
    )  # fmt: skip


@pytest.fixture
def hall(world, now):
    """A held talk of a speaker who signs in, whose form is closed with eleven sheets."""
    year = world.year()
    own, person, actor = signed_in(world, world.unit(2), now)
    held = record(world, year, 2, own, topic(year), now=now)
    asked(held, 11, now - timedelta(days=5), now - timedelta(days=5))
    return year, held, person, actor


def test_a_speaker_does_not_correct_the_audience_or_the_day_of_an_answered_talk(world, hall, now):
    _year, held, _person, actor = hall
    spoken = held.topics.get()
    less = values(held.speaker, spoken, audience=(("members", 8),))
    moved = values(held.speaker, spoken, held_on=date(2021, 10, 19))
    given = {"talk": held, "revision": 1, "reason": WHY, "now": now}
    for wanted in (less, moved):
        assert refused(actions.edit_talk, values=wanted, actor=actor, **given) == "rapporteurs.answered_wants_office"
    held.refresh_from_db()
    assert (held.listeners, held.held_on, held.revision) == (120, DAY, 1)
    kept = actions.edit_talk(values=values(held.speaker, spoken, place="Nhà văn hoá"), actor=actor, **given)
    assert kept.place == "Nhà văn hoá"
    assert actions.edit_talk(values=less, actor=world.officer(2), **given | {"revision": 2}).listeners == 8


def test_a_speaker_who_is_refused_reads_whom_to_ask(hall, sign_in):
    year, held, person, _actor = hall
    sent = {
        "speaker": held.speaker_id, "topics": [held.topics.get().pk], "held_on": "20-10-2021", "place": "Hội trường",
        "form": "in_person", "audience_members": "8", "revision": "1", "reason": WHY,
    }  # fmt: skip
    response = sign_in(person).post(url("edit_talk", year, held.pk), sent)
    assert response.status_code == 422
    assert "Hãy nhờ cán bộ, lãnh đạo của Don vi 2 hoặc cơ quan cấp trên đính chính" in response.content.decode()


def test_without_answers_a_speaker_corrects(world, hall, now):
    _year, held, _person, actor = hall
    FeedbackForm.objects.update(answers=0)
    less = values(held.speaker, held.topics.get(), audience=(("members", 8),))
    assert actions.edit_talk(talk=held, values=less, revision=1, reason=WHY, actor=actor, now=now).listeners == 8


def test_the_page_of_a_talk_tells_what_was_corrected(world, hall, now, sign_in):
    year, held, person, _actor = hall
    other = topic(year, "Chuyển đổi số")
    officer = world.officer(2)
    given = {"talk": held, "reason": WHY, "actor": officer, "now": now}
    change = values(held.speaker, other, held_on=date(2021, 10, 19), audience=(("members", 8),))
    actions.edit_talk(values=change, revision=1, **given)
    same_sum = values(held.speaker, other, held_on=date(2021, 10, 19), audience=(("youth", 8),))
    actions.edit_talk(values=same_sum, revision=2, **given)
    page = sign_in(person).get(url("talk", year, held.pk)).content.decode()
    for words in (
        "Các lần sửa", "Ngày: 20-10-2021 → 19-10-2021", "Người dự: 120 → 8", "Chủ đề: Nghị quyết Đại hội XIII → Chuyển đổi số",
        f"Lý do: {WHY}", officer.name, "đã đính chính 2 lần", "Sửa điều khác", 'href="#cac-lan-sua"',
    ):  # fmt: skip
        assert words in page
    assert "Báo cáo viên: " not in page


def test_a_planned_talk_is_told_as_planned_and_keeps_no_corrections(world, now):
    year = world.year()
    planned = record(world, year, 2, member(world.unit(2)), topic(year, "A"), now=now, audience=())
    wanted = values(planned.speaker, planned.topics.get(), audience=(), place="Nhà văn hoá")
    actions.edit_talk(talk=planned, values=wanted, revision=1, actor=world.officer(2), now=now)
    words = "buổi tuyên truyền dự kiến ngày 20-10-2021, báo cáo viên Nguyễn Văn An: A"
    assert told("TalkPlanned") == f"Don vi 2 ghi {words}"
    assert told("TalkPlanChanged") == f"Don vi 2 sửa {words} (bản 2)"
    assert not planned.corrections.exists()


def test_a_talk_whose_form_is_open_is_not_taken_out(world, now):
    year = world.year()
    planned = record(world, year, 2, member(world.unit(2)), topic(year), now=now, audience=())
    asked(planned, 0, now + timedelta(hours=1))
    given = {"talk": planned, "actor": world.officer(2), "now": now}
    assert refused(actions.remove_talk, **given) == "rapporteurs.talk_form_open"
    FeedbackForm.objects.update(closed_at=now)
    actions.remove_talk(**given)
    assert not Talk.objects.exists()


# ---- saved twice ----


def typed(speaker, spoken, **more):
    plain = {"held_on": "20-10-2021", "place": "  hội TRƯỜNG ", "form": "in_person", "audience_members": "30"}
    return {"speaker": speaker.pk, "topics": [spoken.pk]} | plain | more


@pytest.mark.parametrize(
    ("audience", "words", "name"),
    [((), "Đã có buổi dự kiến", "count_audience"), ((("members", 5),), "Đã ghi một buổi của", "talk")],
)
def test_the_same_talk_twice_wants_a_tick(world, now, sign_in, audience, words, name):
    year = world.year()
    speaker, spoken = member(world.unit(2)), topic(year)
    there = record(world, year, 2, speaker, spoken, now=now, audience=audience)
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    address = url("record_talk", year)
    assert 'name="again"' not in client.get(address).content.decode()
    response = client.post(address, typed(speaker, spoken))
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert f'href="{url(name, year, there.pk)}"' in page
    assert 'name="again"' in page
    assert Talk.objects.count() == 1
    for other in ({"place": "Nhà văn hoá"}, {"held_on": "21-10-2021"}, {"again": "on"}):
        assert client.post(address, typed(speaker, spoken) | other).status_code == 302
    assert Talk.objects.count() == 4


# ---- the form ----


def test_people_of_one_name_are_told_apart_and_only_terms_of_the_year_are_read(world, now, sign_in):
    year = world.year()
    old, this = (date(2018, 1, 1), date(2020, 12, 31)), (date(2021, 1, 1), date(2022, 12, 31))
    one, other = member(world.unit(2), terms=(old, this)), member(world.unit(2), terms=(old,), level="district")
    spoken = topic(year)
    record(world, year, 2, one, spoken, now=now)
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    page = client.get(url("record_talk", year)).content.decode()
    assert "Nguyễn Văn An · Don vi 2, Phó trưởng phòng (01-01-2021 – 31-12-2022)" in page
    assert "Nguyễn Văn An · Don vi 2, Phó trưởng phòng (không có nhiệm kỳ trong năm)" in page
    assert "2018" not in page
    assert "Nguyễn Văn An · Don vi 2</option>" in client.get(url("talks", year)).content.decode()
    wrong = client.post(url("record_talk", year), typed(other, spoken, held_on="hôm qua", place="")).content.decode()
    assert "Hãy nhập ngày như 05-02-2021." in wrong
    assert "Hãy ghi địa điểm của buổi." in wrong
