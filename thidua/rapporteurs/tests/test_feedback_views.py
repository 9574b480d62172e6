"""Pages of listeners' opinions for those who signed in."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import segno
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from python_calamine import CalamineWorkbook

from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Role
from thidua.rapporteurs import tasks
from thidua.rapporteurs.models import FeedbackForm, FeedbackRemark, Topic
from thidua.rapporteurs.papers.feedback import qr_path
from thidua.rapporteurs.tests.asking import TODAY, Hall

ADDRESS = "https://thidua.example.vn/y-kien/bcdfghjk/"


@pytest.fixture
def hall(world, now, monkeypatch) -> Hall:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(hours=3))
    return Hall(world, now)


def url(name, *rest):
    return reverse(f"rapporteurs:{name}", args=["cum-2", 2021, *rest])


def as_role(hall, sign_in, role, number=2):
    return sign_in(hall.world.person(role, hall.world.unit(number)))


def text(response):
    return response.content.decode()


def test_opening_shows_the_code_and_the_address(hall, sign_in):
    client = sign_in(hall.speaker_person)
    page = url("talk_feedback", hall.talk.pk)
    assert "Mở phiếu ý kiến" in text(client.get(page))
    assert client.post(url("open_feedback", hall.talk.pk), {"closes": "24h"})["Location"] == page
    form = FeedbackForm.objects.get()
    shown = text(client.get(page))
    assert f"testserver/y-kien/{form.code}" in shown
    assert qr_path(f"http://testserver/y-kien/{form.code}/")[1] in shown
    assert "đang mở" in shown


def test_opening_asks_for_the_form_to_be_put_away_at_its_time(hall, sign_in):
    as_role(hall, sign_in, Role.UNIT_OFFICER).post(url("open_feedback", hall.talk.pk), {"closes": "3d"})
    form, queued = FeedbackForm.objects.get(), DBTaskResult.objects.get()
    assert queued.run_after == form.closes_at
    assert tasks.close_forms.call(*queued.args_kwargs["args"]) == 1
    form.refresh_from_db()
    assert form.closed_at == form.closes_at


def test_the_drawn_code_is_the_code():
    size, path = qr_path(ADDRESS)
    rows = segno.make(ADDRESS, error="m", micro=False).matrix_iter(border=4)
    wanted = {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}
    drawn = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        drawn |= {(int(x) + i, int(y)) for i in range(int(length))}
    assert drawn == wanted
    assert re.sub(r"M\d+ \d+h(\d+)v1h-\1z", "", path) == ""
    assert max(x for x, _y in drawn) == size - 5


@pytest.mark.parametrize("typed", [{}, {"closes": "100d"}, {"closes": ""}])
def test_opening_without_a_choice_is_told(hall, sign_in, typed):
    response = as_role(hall, sign_in, Role.UNIT_OFFICER).post(url("open_feedback", hall.talk.pk), typed)
    assert response.status_code == 422
    assert not FeedbackForm.objects.exists()


def test_the_end_of_a_day_that_has_passed_is_told_at_its_field(hall, sign_in):
    old = hall.add_talk(held_on=TODAY - timedelta(days=2))
    response = as_role(hall, sign_in, Role.UNIT_OFFICER).post(url("open_feedback", old.pk), {"closes": "day"})
    assert response.status_code == 422
    assert "Ngày của buổi đã qua" in text(response)
    assert 'value="day" ' in text(response)


def test_opening_twice_is_told(hall, sign_in):
    client = as_role(hall, sign_in, Role.UNIT_OFFICER)
    for _once in range(2):
        response = client.post(url("open_feedback", hall.talk.pk), {"closes": "24h"})
    assert response.status_code == 422
    assert FeedbackForm.objects.count() == 1


@pytest.mark.parametrize("name", ["open_feedback", "close_feedback"])
def test_what_only_forms_do_is_not_done_by_a_link(hall, sign_in, name):
    assert as_role(hall, sign_in, Role.UNIT_OFFICER).get(url(name, hall.talk.pk)).status_code == 405


@pytest.mark.parametrize(
    ("role", "number", "status"),
    [
        (Role.UNIT_OFFICER, 2, 302), (Role.UNIT_LEADER, 2, 302), (Role.UNIT_OFFICER, 3, 403), (Role.RAPPORTEUR, 3, 403),
        (Role.HEAD_SECRETARY, 1, 403), (Role.COLLABORATOR, 2, 403),
    ],
)  # fmt: skip
def test_who_may_open(hall, sign_in, role, number, status):
    client = as_role(hall, sign_in, role, number)
    assert client.post(url("open_feedback", hall.talk.pk), {"closes": "24h"}).status_code == status


def test_others_see_that_it_is_open_and_no_code(hall, sign_in):
    form = hall.open()
    hall.answer(form, 1)
    page = text(as_role(hall, sign_in, Role.UNIT_OFFICER, 3).get(url("talk_feedback", hall.talk.pk)))
    assert "đang mở" in page
    assert form.code not in page


def test_a_talk_of_another_year_is_not_there(hall, sign_in):
    other = ClusterYear.objects.create(cluster=hall.year.cluster, year=2020, stage="running", head=hall.world.unit(1))
    hall.talk.year = other
    hall.talk.save()
    client = as_role(hall, sign_in, Role.UNIT_OFFICER)
    for name in ("talk_feedback", "moderate_remarks"):
        assert client.get(url(name, hall.talk.pk)).status_code == 404
    for name in ("open_feedback", "close_feedback"):
        assert client.post(url(name, hall.talk.pk)).status_code == 404


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_the_poster(hall, sign_in, size):
    Topic.objects.update(title="Chủ đề 😀 với chữ lạ " + "dài " * 30)
    hall.now += timedelta(microseconds=7)  # as every real moment has
    hall.open()
    response = as_role(hall, sign_in, Role.UNIT_OFFICER).get(url("feedback_poster", hall.talk.pk, size))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_a_poster_of_no_size_or_no_form_is_not_there(hall, sign_in):
    client = as_role(hall, sign_in, Role.UNIT_OFFICER)
    assert client.get(url("feedback_poster", hall.talk.pk, "a4")).status_code == 404
    hall.open()
    assert client.get(url("feedback_poster", hall.talk.pk, "a0")).status_code == 404
    assert as_role(hall, sign_in, Role.UNIT_OFFICER, 3).get(url("feedback_poster", hall.talk.pk, "a4")).status_code == 403


def test_closing_by_hand(hall, sign_in):
    form = hall.open()
    client = as_role(hall, sign_in, Role.UNIT_OFFICER)
    for _twice in range(2):
        assert client.post(url("close_feedback", hall.talk.pk)).status_code == 302
    form.refresh_from_db()
    assert form.closed_at == timezone.now()


def test_the_result_in_figures_and_words(hall, sign_in):
    hall.asked([5] * 13 + [4] * 13 + [2] * 5)
    page = text(as_role(hall, sign_in, Role.UNIT_OFFICER, 3).get(url("talk_feedback", hall.talk.pk)))
    assert "84 %" in page
    assert "khoảng 67–93 %" in page
    assert page.count('<svg class="bar"') == 5


@pytest.mark.parametrize(("sheets", "listeners", "why"), [
    (9, 100, "Chưa đủ 10 phiếu nên không hiện"),
    (0, 100, "Chưa đủ 10 phiếu nên không hiện"),
    (11, 0, "Chưa ghi số người dự"),
    (11, 10, "nhiều hơn số người dự"),
])  # fmt: skip
def test_why_nothing_is_shown(world, now, sign_in, hall, sheets, listeners, why):
    hall.talk.listeners = listeners
    hall.talk.save()
    hall.asked([5] * sheets, remarks=["lời riêng"])
    page = text(as_role(hall, sign_in, Role.UNIT_OFFICER).get(url("talk_feedback", hall.talk.pk)))
    assert why in page
    assert "lời riêng" not in page
    assert f"{sheets} phiếu" not in page.replace("10 phiếu", "")


def test_remarks_are_read_by_the_moderator_first(hall, sign_in):
    form = hall.asked(remarks=["lời một", "lời hai", "<b>lời ba</b>"])
    result, desk = url("talk_feedback", hall.talk.pk), url("moderate_remarks", hall.talk.pk)
    client = as_role(hall, sign_in, Role.UNIT_OFFICER)
    assert "lời một" not in text(client.get(result))
    page = text(client.get(desk))
    assert "3 lời chờ duyệt" in page
    assert "&lt;b&gt;lời ba" in page
    chosen = {f"remark-{r.pk}": "shown" for r in form.remarks.all() if r.text != "lời hai"}
    assert client.post(desk, chosen | {"revision": 1, "rest": "hidden"}).status_code == 302
    states = dict(form.remarks.values_list("text", "state"))
    assert states == {"lời một": "shown", "lời hai": "hidden", "<b>lời ba</b>": "shown"}
    page = text(sign_in(hall.speaker_person).get(result))
    assert "lời một" in page
    assert "lời hai" not in page


def test_the_rest_leaves_what_was_decided(hall, sign_in):
    form = hall.asked(remarks=["một", "hai"])
    form.remarks.filter(text="một").update(state="shown")
    client = as_role(hall, sign_in, Role.UNIT_OFFICER)
    client.post(url("moderate_remarks", hall.talk.pk), {"revision": 1, "rest": "hidden"})
    assert dict(form.remarks.values_list("text", "state")) == {"một": "shown", "hai": "hidden"}


def test_a_clash_shows_what_stands_and_keeps_what_was_chosen(hall, sign_in):
    form = hall.asked(remarks=["một"])
    [remark] = form.remarks.all()
    client, desk = as_role(hall, sign_in, Role.UNIT_OFFICER), url("moderate_remarks", hall.talk.pk)
    client.post(desk, {"revision": 1, f"remark-{remark.pk}": "shown"})
    response = client.post(desk, {"revision": 1, f"remark-{remark.pk}": "hidden"})
    page = text(response)
    assert response.status_code == 422
    assert "Có người vừa duyệt" in page
    assert 'name="revision" value="2"' in page
    assert FeedbackRemark.objects.get().state == "shown"
    assert client.post(desk, {"revision": 2, f"remark-{remark.pk}": "hidden"}).status_code == 302
    assert FeedbackRemark.objects.get().state == "hidden"


@pytest.mark.parametrize("typed", [{}, {"revision": "x"}, {"revision": 1, "rest": "burned"}, {"revision": -1}])
def test_a_broken_moderation_changes_nothing(hall, sign_in, typed):
    hall.asked(remarks=["một"])
    response = as_role(hall, sign_in, Role.UNIT_OFFICER).post(url("moderate_remarks", hall.talk.pk), typed)
    assert response.status_code == 422
    assert FeedbackRemark.objects.get().state == "waiting"


def test_who_may_moderate(hall, sign_in):
    hall.asked(remarks=["một"])
    desk = url("moderate_remarks", hall.talk.pk)
    assert sign_in(hall.speaker_person).get(desk).status_code == 403
    assert as_role(hall, sign_in, Role.UNIT_OFFICER, 3).get(desk).status_code == 403
    assert as_role(hall, sign_in, Role.HEAD_SECRETARY, 1).get(desk).status_code == 403
    assert as_role(hall, sign_in, Role.UNIT_LEADER).get(desk).status_code == 200
    ClusterYear.objects.update(stage="closed")
    assert as_role(hall, sign_in, Role.UNIT_LEADER).get(desk).status_code == 409


def test_without_a_shown_result_there_is_nothing_to_moderate(hall, sign_in):
    hall.open()
    assert "Chưa có gì để duyệt" in text(as_role(hall, sign_in, Role.UNIT_OFFICER).get(url("moderate_remarks", hall.talk.pk)))


def test_the_list_and_its_filters(hall, sign_in):
    hall.asked([5] * 10)
    hall.asked([5] * 3, talk=hall.add_talk(held_on=TODAY - timedelta(days=7)))
    hall.open(hall.add_talk(speaker=hall.other_speaker()))
    client = as_role(hall, sign_in, Role.UNIT_OFFICER, 3)

    def count(query):
        return client.get(url("feedback") + query).context["rows"].paginator.count

    assert count("") == 3
    assert [count(f"?state={state}") for state in ("open", "shown", "withheld", "nonsense")] == [1, 1, 1, 3]
    assert (count("?unit=don-vi-3"), count("?unit=khong-co")) == (1, 3)
    assert (count("?since=26-10-2021"), count("?until=25-10-2021"), count("?since=hôm qua")) == (2, 1, 3)
    days = [row.talk.held_on for row in client.get(url("feedback") + "?sort=oldest").context["rows"]]
    assert days == sorted(days)
    assert "Không có buổi nào khớp" in text(client.get(url("feedback") + "?state=shown&unit=don-vi-3"))


def test_an_empty_list_says_what_to_do_first(hall, sign_in):
    assert "Việc đầu tiên" in text(as_role(hall, sign_in, Role.UNIT_OFFICER).get(url("feedback")))


@pytest.mark.parametrize("talks", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(hall, sign_in, talks, django_assert_num_queries):
    for _one in range(talks):
        hall.asked(talk=hall.add_talk())
    client = as_role(hall, sign_in, Role.UNIT_OFFICER)
    client.get(url("feedback"))
    with django_assert_num_queries(12):
        client.get(url("feedback"))


@pytest.mark.parametrize("remarks", [1, 3])
def test_the_result_takes_as_many_queries_for_three_remarks_as_for_one(hall, sign_in, remarks, django_assert_num_queries):
    form = hall.asked(remarks=["hay"] * remarks)
    form.remarks.update(state="shown")
    client = as_role(hall, sign_in, Role.UNIT_OFFICER)
    client.get(url("talk_feedback", hall.talk.pk))
    with django_assert_num_queries(13):
        client.get(url("talk_feedback", hall.talk.pk))


def test_the_workbook_says_what_the_list_says(hall, sign_in):
    hall.asked([5] * 13 + [4] * 13 + [2] * 5)
    hall.asked([5] * 3, talk=hall.add_talk())
    response = as_role(hall, sign_in, Role.UNIT_OFFICER).get(url("feedback_workbook"))
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    headers, lines = rows[3], rows[4:]
    assert len(headers) == 13
    shown, withheld = sorted(lines, key=lambda row: row[5] == "")
    assert shown[5:] == [31, 84, 84, 84, 84, 84, 67, 93]
    assert withheld[4] == "Chưa đủ 10 phiếu nên không hiện"
    assert set(withheld[5:]) == {""}


def test_a_result_is_read_in_a_closed_year_too(hall, sign_in):
    hall.asked()
    ClusterYear.objects.update(stage="closed")
    page = text(as_role(hall, sign_in, Role.UNIT_OFFICER).get(url("talk_feedback", hall.talk.pk)))
    assert "Phân bố" in page
    assert url("moderate_remarks", hall.talk.pk) not in page
