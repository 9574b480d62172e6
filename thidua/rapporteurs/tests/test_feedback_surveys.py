"""What a survey says of itself: opened too late, opened ahead, closed before its time, out of reach of phones."""

from datetime import timedelta

import pytest
from django.urls import reverse

from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused
from thidua.rapporteurs.models import FeedbackForm, FeedbackRemark
from thidua.rapporteurs.tests.asking import TODAY, Hall
from thidua.rapporteurs.views.feedback import local_host


@pytest.fixture
def hall(world, now, monkeypatch) -> Hall:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(hours=3))
    return Hall(world, now)


def url(name, *rest):
    return reverse(f"rapporteurs:{name}", args=["cum-2", 2021, *rest])


@pytest.fixture
def officer(hall, sign_in):
    return sign_in(hall.world.person(Role.UNIT_OFFICER, hall.world.unit(2)))


def text(response):
    return response.content.decode()


def test_listeners_are_asked_up_to_seven_days_after_the_talk(hall, officer):
    old = hall.add_talk(held_on=TODAY - timedelta(days=8))
    with pytest.raises(Refused) as caught:
        hall.open(old)
    assert caught.value.code == "rapporteurs.feedback_too_late"
    page = text(officer.get(url("talk_feedback", old.pk)))
    assert "đã qua hơn 7 ngày nên không mở phiếu ý kiến nữa" in page
    assert url("open_feedback", old.pk) not in page
    assert "Hỏi ý kiến người nghe</a>" not in text(officer.get(url("talk", old.pk)))
    response = officer.post(url("open_feedback", old.pk), {"closes": "24h"})
    assert response.status_code == 422
    assert hall.open(hall.add_talk(held_on=TODAY - timedelta(days=7)))


def test_a_form_opened_ahead_says_from_when_it_takes_answers(hall, officer):
    ahead = hall.add_talk(held_on=TODAY + timedelta(days=27), listeners=0)
    assert "tính từ 0 giờ ngày ấy" in text(officer.get(url("talk_feedback", ahead.pk)))
    page = text(officer.post(url("open_feedback", ahead.pk), {"closes": "24h"}, follow=True))
    assert "phiếu nhận ý kiến từ ngày 28-11-2021 và tự đóng lúc 00:00 29-11-2021" in page
    assert "sẽ nhận từ 28-11" in page
    assert "đang mở" not in page
    for other in (url("talk", ahead.pk), url("feedback")):
        assert "sẽ nhận từ 28-11" in text(officer.get(other))
    assert "Chưa đến ngày" in text(officer.get(f"/y-kien/{FeedbackForm.objects.get().code}/"))


def test_nothing_chosen_is_told_in_words(hall, officer):
    page = text(officer.post(url("open_feedback", hall.talk.pk), {}))
    assert "Hãy chọn khi nào phiếu tự đóng." in page


def test_the_result_says_who_opened_and_closed_and_what_a_phone_is(hall, officer):
    form = hall.open()
    for number in range(1, 11):
        hall.answer(form, number)
    hall.close(form)
    page = text(officer.get(url("talk_feedback", hall.talk.pk)))
    assert f"đóng trước giờ: {form.closed_by_name}" in page
    assert form.closed_by_name
    assert form.opened_by_name in page
    assert "ai có nhiều máy gửi được nhiều phiếu" in page
    assert "Vì sao có “khoảng”?" in page


def test_a_form_that_closed_by_itself_says_so(hall, officer):
    form = hall.open()
    FeedbackForm.objects.update(closes_at=hall.now + timedelta(hours=1))
    page = text(officer.get(url("talk_feedback", hall.talk.pk)))
    form.refresh_from_db()
    assert (form.closed_by_name, form.closed_early) == ("", False)
    assert "tự đóng khi hết giờ" in page
    assert "đóng trước giờ" not in page


def test_a_moderation_that_decides_nothing_is_told(hall, officer):
    form = hall.asked(remarks=["một", "hai"])
    desk = url("moderate_remarks", hall.talk.pk)
    response = officer.post(desk, {"revision": 1, "rest": ""})
    assert response.status_code == 422
    assert "Chưa chọn lời nào" in text(response)
    assert set(FeedbackRemark.objects.values_list("state", flat=True)) == {"waiting"}
    form.refresh_from_db()
    assert form.revision == 1


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("127.0.0.1:8000", True), ("127.0.0.1", True), ("localhost:8000", True), ("localhost", True), ("[::1]:8000", True),
        ("[::1]", True), ("thidua.example.vn", False), ("192.168.1.5:8000", False), ("testserver", False),
    ],
)  # fmt: skip
def test_which_hosts_phones_do_not_reach(host, is_local):
    assert local_host(host) == (host if is_local else "")


def test_a_code_that_phones_do_not_reach_is_told(hall, officer):
    page = url("talk_feedback", hall.talk.pk)
    assert "điện thoại của người nghe không vào được" not in text(officer.get(page))
    for _before_and_after in range(2):
        warned = text(officer.get(page, headers={"host": "127.0.0.1:8000"}))
        assert "Bạn đang mở phần mềm ở địa chỉ 127.0.0.1:8000: điện thoại của người nghe không vào được" in warned
        assert "THIDUA_HOSTS" in warned
        if not FeedbackForm.objects.exists():
            hall.open()


def test_the_sheet_says_what_answers_are_for(hall, client):
    assert "dùng khi đánh giá báo cáo viên" in text(client.get(f"/y-kien/{hall.open().code}/"))
