"""The sheet on the phone: no account, no script, once a phone."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from thidua.people.models import Person
from thidua.rapporteurs.models import FeedbackForm, FeedbackRemark, FeedbackTicket
from thidua.rapporteurs.tests.asking import Hall, sheet
from thidua.rapporteurs.views import feedback_public, feedback_rate

PAGE = "text/html; charset=utf-8"


@pytest.fixture
def hall(world, now, monkeypatch) -> Hall:
    """A hall whose requests happen at the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=5))
    cache.clear()
    return Hall(world, now)


@pytest.fixture
def form(hall) -> FeedbackForm:
    """An open form."""
    return hall.open()


def address(form):
    return f"/y-kien/{form.code}/"


def phone(form):
    """A phone that has opened the page."""
    made = Client()
    assert made.get(address(form)).status_code == 200
    return made


def answers(form):
    form.refresh_from_db()
    return form.answers


def test_the_page_says_what_it_is_about_and_no_more(hall, form):
    response = Client().get(address(form))
    page = response.content.decode()
    assert hall.talk.unit.name_vi in page
    assert hall.topic.title in page
    assert "01-11-2021" in page
    assert hall.speaker.name not in page
    assert page.count('type="radio"') == 25
    assert "no-store" in response["Cache-Control"]


def test_the_cookie_is_of_this_form_alone(form, settings):
    made = Client().get(address(form)).cookies[feedback_public.COOKIE]
    assert made["path"] == address(form)
    assert (made["httponly"], made["samesite"], made["secure"]) == (True, "Lax", "")
    settings.BEHIND_TLS = True
    assert Client().get(address(form)).cookies[feedback_public.COOKIE]["secure"] is True


def test_the_number_in_the_cookie_stays_on_reload(form):
    client = phone(form)
    assert feedback_public.COOKIE not in client.get(address(form)).cookies


def test_a_sheet_is_counted_and_thanked(form):
    client = phone(form)
    response = client.post(address(form), sheet(4) | {"remark": "Rất hay 👍"})
    assert response.status_code == 302
    assert response["Location"] == f"{address(form)}cam-on/"
    assert "Cảm ơn bạn" in client.get(response["Location"]).content.decode()
    assert answers(form) == 1
    assert FeedbackRemark.objects.get().text == "Rất hay 👍"


def test_back_and_reload_and_a_second_tab_count_nothing(form):
    client = phone(form)
    client.post(address(form), sheet(4))
    response = client.post(address(form), sheet(1))
    assert response.status_code == 409
    assert "Bạn đã gửi ý kiến cho buổi này rồi" in response.content.decode()
    page = client.get(address(form)).content.decode()
    assert "Bạn đã gửi ý kiến cho buổi này rồi" in page
    assert 'type="radio"' not in page
    assert answers(form) == 1


def test_two_clients_with_one_cookie_are_one_phone(form):
    first, second = phone(form), Client()
    second.cookies = first.cookies
    assert first.post(address(form), sheet()).status_code == 302
    assert second.post(address(form), sheet()).status_code == 409
    assert answers(form) == 1


def test_two_phones_are_two(form):
    for value in (1, 5):
        phone(form).post(address(form), sheet(value))
    assert answers(form) == 2


def test_a_phone_without_cookies_is_told_what_to_do_and_keeps_what_was_typed(form):
    response = Client().post(address(form), sheet(4) | {"remark": "giữ lại"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "đang chặn cookie" in page
    assert page.count(" checked") == 5
    assert "giữ lại" in page
    assert answers(form) == 0


def test_a_page_whose_cookie_has_expired_can_be_sent_again(form):
    client = Client()
    client.post(address(form), sheet(4))
    assert client.post(address(form), sheet(4)).status_code == 302


@pytest.mark.parametrize("token", [None, "", "x" * 64])
def test_a_sheet_from_elsewhere_is_not_taken(form, token):
    client = Client(enforce_csrf_checks=True)
    client.get(address(form))
    typed = sheet() if token is None else sheet() | {"csrfmiddlewaretoken": token}
    assert client.post(address(form), typed).status_code == 403
    assert (answers(form), FeedbackTicket.objects.count()) == (0, 0)


def test_the_page_s_own_token_is_taken(form):
    client = Client(enforce_csrf_checks=True)
    token = client.get(address(form)).cookies["csrftoken"].value
    assert client.post(address(form), sheet() | {"csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.parametrize("wrong", ["6", "0", "-1", "x", "", "4.0", "５", "1 OR 1=1", "\x00", "9" * 400])
def test_an_answer_that_is_none_is_told_and_the_others_stay(form, wrong):
    response = phone(form).post(address(form), sheet(3) | {"time": wrong, "remark": "giữ lại"})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(" checked") == 4
    assert "Hãy chọn một ô" in page
    assert "giữ lại" in page
    assert answers(form) == 0


@pytest.mark.parametrize("length", [501, 100_000])
def test_a_long_remark_is_told_and_stays(form, length):
    response = phone(form).post(address(form), sheet(3) | {"remark": "ý" * length})
    page = response.content.decode()
    assert response.status_code == 422
    assert f"dài {length} ký tự" in page
    assert "ý" * length in page
    assert page.count(" checked") == 5
    assert answers(form) == 0


def test_line_ends_count_once(form):
    assert phone(form).post(address(form), sheet() | {"remark": "\r\n".join("x" * 250)}).status_code == 302
    assert len(FeedbackRemark.objects.get().text) == 499


def test_an_empty_form_is_told(form):
    response = phone(form).post(address(form), {})
    assert response.status_code == 422
    assert "Còn 5 câu chưa trả lời" in response.content.decode()


def test_markup_in_a_remark_stays_text(hall, form):
    response = phone(form).post(address(form), {"remark": "<script>alert(1)</script>"})
    assert "<script>alert" not in response.content.decode()


def test_a_closed_form_takes_nothing(hall, form):
    client = phone(form)
    hall.close(form)
    assert client.post(address(form), sheet()).status_code == 409
    page = client.get(address(form)).content.decode()
    assert "đã đóng" in page
    assert 'type="radio"' not in page
    assert answers(form) == 0


def test_a_form_whose_time_has_come_is_put_away_by_the_next_visitor(hall, form, now, monkeypatch):
    phone(form).post(address(form), sheet())
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(days=2))
    assert "đã đóng" in Client().get(address(form)).content.decode()
    form.refresh_from_db()
    assert form.closed_at == form.closes_at
    assert FeedbackTicket.objects.count() == 0


def test_before_its_day_the_page_says_when_to_come(hall, now):
    form = hall.open(hall.add_talk(held_on=hall.talk.held_on + timedelta(days=1)))
    page = Client().get(address(form)).content.decode()
    assert "Chưa đến ngày" in page
    assert 'type="radio"' not in page
    client = Client()
    client.cookies[feedback_public.COOKIE] = "a" * 32
    assert client.post(address(form), sheet()).status_code == 409


def test_codes_are_taken_as_people_type_them(form):
    typed = f"/y-kien/{form.code[:4].upper()}-{form.code[4:]}/"
    response = Client().get(typed)
    assert (response.status_code, response["Location"]) == (302, address(form))


@pytest.mark.parametrize("code", ["khongco", "x", "…", "%00", "a" * 500, "'; DROP TABLE"])
def test_an_unknown_code_is_not_there(db, code):
    for path in (f"/y-kien/{code}/", f"/y-kien/{code}/cam-on/"):
        assert Client().get(path).status_code == 404
        assert Client().post(path, sheet()).status_code in {404, 405}


def test_thanks_are_for_those_who_have_sent(form):
    response = Client().get(f"{address(form)}cam-on/")
    assert (response.status_code, response["Location"]) == (302, address(form))


def test_too_many_sheets_from_one_address_wait_and_keep_what_was_typed(form, monkeypatch):
    monkeypatch.setattr(feedback_rate, "FROM_ONE_ADDRESS", 3)
    for _one in range(3):
        assert phone(form).post(address(form), sheet()).status_code == 302
    client = phone(form)
    response = client.post(address(form), sheet(2) | {"remark": "giữ lại"})
    page = response.content.decode()
    assert response.status_code == 429
    assert "Hãy đợi một phút" in page
    assert page.count(" checked") == 5
    assert "giữ lại" in page
    assert client.post(address(form), sheet(), REMOTE_ADDR="10.0.0.9").status_code == 302
    assert answers(form) == 4


def test_too_many_sheets_for_one_form_wait_wherever_they_come_from(hall, form, monkeypatch):
    monkeypatch.setattr(feedback_rate, "FOR_ONE_FORM", 3)
    said = [phone(form).post(address(form), sheet(), REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(5)]
    assert said == [302, 302, 302, 429, 429]
    other = hall.open(hall.add_talk())
    assert phone(other).post(address(other), sheet()).status_code == 302


def test_one_address_does_not_shut_the_form_for_the_hall(form, monkeypatch):
    monkeypatch.setattr(feedback_rate, "FROM_ONE_ADDRESS", 5)
    monkeypatch.setattr(feedback_rate, "FOR_ONE_FORM", 5)
    flood = phone(form)
    assert {flood.post(address(form), {}).status_code for _one in range(20)} == {422, 429}
    assert phone(form).post(address(form), sheet(), REMOTE_ADDR="10.0.0.9").status_code == 302


def test_a_hall_behind_one_address_is_let_through(form):
    said = {phone(form).post(address(form), sheet()).status_code for _one in range(150)}
    assert (said, answers(form)) == ({302}, 150)


def test_too_many_unknown_codes_wait_but_the_hall_s_form_stays(form, monkeypatch):
    monkeypatch.setattr(feedback_rate, "UNKNOWN_CODES", 2)
    said = [Client().get(f"/y-kien/khongco{n}/").status_code for n in range(4)]
    assert said == [404, 404, 429, 429]
    assert Client().get("/y-kien/khongco/cam-on/").status_code == 429
    assert Client().get(address(form)).status_code == 200


def test_the_page_takes_few_queries(form, django_assert_num_queries):
    with django_assert_num_queries(2):
        Client().get(address(form))
    client = phone(form)
    with django_assert_num_queries(11):
        client.post(address(form), sheet() | {"remark": "hay"})


def test_it_is_in_english_too(form):
    client = Client()
    client.cookies["django_language"] = "en"
    assert '<html lang="en">' in client.get(address(form)).content.decode()


def test_whoever_is_signed_in_answers_like_anybody(hall, form, sign_in):
    client = sign_in(Person.objects.get(pk=hall.speaker_person.pk))
    client.get(address(form))
    assert client.post(address(form), sheet()).status_code == 302
    assert answers(form) == 1
