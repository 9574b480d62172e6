"""The page on which one forecasts, and what is seen of forecasts before and after the closing."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from thidua.forecasts.actions.questions import edit_question
from thidua.forecasts.models import Forecast
from thidua.forecasts.rules.questions import ForecastValue
from thidua.forecasts.tests.asking import CLOSES, ask, asked, chances, forecast, number, url, with_post
from thidua.forecasts.tests.test_questions_views import as_, at, cells, text
from thidua.kernel.actor import Role
from thidua.people.models import Post, Tenure

__all__ = ["as_", "at"]
UNIT = "don-vi-2"
WHY = "Vừa có số liệu tháng 11"
LONG = tuple(f"{n} {'xa ' * 66}"[:200] for n in range(10))


def seen(page):
    return re.search(r'name="seen"(?: value="(\d*)")?', page)[1] or ""


def test_a_forecast_from_the_page(world, as_, now):
    year = world.year()
    question = ask(world, year, now)
    client = as_("officer", 2)
    address = url("forecast_for_unit", year, question.pk, UNIT)
    assert address in text(client.get(url("question", year, question.pk)))
    assert client.post(address, {"choice_1": "72,5", "reason": "", "seen": ""}).status_code == 302
    made = Forecast.objects.get()
    assert made.probabilities == ["0.725", "0.275"]
    page = text(client.get(address))
    assert 'value="72,5"' in page
    assert "bắt buộc khi thay đổi dự báo" in page
    response = client.post(address, {"choice_1": "60", "reason": "", "seen": seen(page)})
    assert response.status_code == 422
    assert "Hãy ghi vì sao thay đổi" in text(response)
    assert client.post(address, {"choice_1": "60", "reason": WHY, "seen": seen(page)}).status_code == 302
    assert Forecast.objects.count() == 2


def test_a_question_edited_while_one_typed_is_read_again(world, as_, now):
    year = world.year()
    question = ask(world, year, now, kind="choices", choices=("Tăng", "Giảm"))
    client, address = as_("officer", 2), url("forecast_for_unit", year, question.pk, UNIT)
    assert f'name="read" value="{question.revision}"' in text(client.get(address))
    turned = asked(kind="choices", choices=("Giảm", "Tăng"))
    edit_question(question=question, value=turned, revision=question.revision, actor=world.secretary(), now=now)
    typed = {"choice_1": "90", "choice_2": "10", "seen": "", "read": str(question.revision)}
    response = client.post(address, typed)
    assert (response.status_code, Forecast.objects.count()) == (422, 0)
    assert "vừa được sửa" in text(response)
    assert client.post(address, typed | {"read": str(question.revision + 1)}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"choice_1": "60", "choice_2": "30", "choice_3": "20"}, "cộng lại được 110 %, phải đúng 100 %. Hãy bớt 10 %"),
        ({"choice_1": "60", "choice_2": "30", "choice_3": "9,5"}, "cộng lại được 99,5 %, phải đúng 100 %. Hãy thêm 0,5 %"),
        ({"choice_1": "60", "choice_2": "40", "choice_3": ""}, "errorlist"),
        ({"choice_1": "60", "choice_2": "39,75", "choice_3": "0,25"}, "nhiều nhất một chữ số sau dấu phẩy"),
        ({"choice_1": "-10", "choice_2": "60", "choice_3": "50"}, "từ 0 đến 100"),
        ({"choice_1": "sáu mươi", "choice_2": "20", "choice_3": "20"}, "không phải là số"),
        ({"choice_1": "60", "choice_2": "40", "choice_3": "0"}, "điểm log là vô cùng"),
    ],
)
def test_wrong_chances_keep_what_was_typed(world, as_, now, typed, words):
    year = world.year()
    question = ask(world, year, now, kind="choices", choices=("Tăng", "Giảm", "Giữ"))
    sent = typed | {"reason": "Lý do đã gõ", "seen": ""}
    response = as_("officer", 2).post(url("forecast_for_unit", year, question.pk, UNIT), sent)
    page = text(response)
    assert response.status_code == 422
    assert words in page
    assert "Lý do đã gõ" in page
    assert all(f'value="{value}"' in page for value in typed.values() if value)
    assert not Forecast.objects.exists()


def test_certainty_asks_for_a_tick(world, as_, now):
    year = world.year()
    question = ask(world, year, now)
    client = as_("officer", 2)
    address = url("forecast_for_unit", year, question.pk, UNIT)
    assert 'name="certain"' not in text(client.get(address))
    assert 'name="certain"' in text(client.post(address, {"choice_1": "100", "reason": "", "seen": ""}))
    assert client.post(address, {"choice_1": "100", "certain": "on", "reason": "", "seen": ""}).status_code == 302
    assert Forecast.objects.get().probabilities == ["1", "0"]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [("1.500", "1.200", "nhỏ hơn đầu thấp (1.500)"), ("", "5", "errorlist"), ("a", "5", "không phải là số")],
)
def test_wrong_intervals(world, as_, now, low, high, words):
    year = world.year()
    question = ask(world, year, now, **number())
    client = as_("officer", 2)
    address = url("forecast_for_unit", year, question.pk, UNIT)
    response = client.post(address, {"low": low, "high": high, "reason": "", "seen": ""})
    assert response.status_code == 422
    assert words in text(response)
    assert client.post(address, {"low": "1.200,5", "high": "1.500", "reason": "", "seen": ""}).status_code == 302
    assert (Forecast.objects.get().low, Forecast.objects.get().high) == (Decimal("1200.5"), 1500)
    assert "từ 1.200,5 đến 1.500 báo cáo" in text(client.get(url("question", year, question.pk)))


def test_another_of_the_unit_was_faster(world, as_, now):
    year = world.year()
    question = ask(world, year, now)
    forecast(world, question, 2, now, chances("20", "80"), actor=world.leader(2))
    client = as_("officer", 2)
    address = url("forecast_for_unit", year, question.pk, UNIT)
    response = client.post(address, {"choice_1": "61", "reason": WHY, "seen": ""})
    page = text(response)
    assert response.status_code == 422
    assert "Một người khác vừa dự báo" in page
    assert 'value="61"' in page
    assert "Có 20\u00a0%" in page
    assert client.post(address, {"choice_1": "61", "reason": WHY, "seen": seen(page)}).status_code == 302


def test_who_may_and_when(world, as_, now, at):
    year = world.year()
    question, draft = ask(world, year, now), ask(world, year, now, open_now=False, title="Nháp")
    address = url("forecast_for_unit", year, question.pk, UNIT)
    assert as_("officer", 3).get(address).status_code == 403
    client = as_("secretary")
    assert client.get(address).status_code == 403
    assert client.get(url("forecast_for_unit", year, question.pk, "ban-tuyen-giao")).status_code == 404
    client = as_("officer", 2)
    assert client.get(url("forecast_for_unit", year, draft.pk, UNIT)).status_code == 404
    at(CLOSES)
    client = as_("officer", 2)
    response = client.post(address, {"choice_1": "61", "reason": "", "seen": ""})
    assert response.status_code == 422
    assert "đã đóng nhận dự báo từ 17:00 30-11-2021" in text(response)
    assert "đã đóng nhận dự báo" in text(client.get(address, follow=True))


def test_by_a_post_while_it_is_held(world, sign_in, as_, now):
    year = world.year()
    question = ask(world, year, now)
    person = world.person(Role.COLLABORATOR, world.unit(2))
    post, _actor = with_post(world, person, Role.COLLABORATOR, 2, now)
    address = url("forecast_by_post", year, question.pk, post.pk)
    client = sign_in(person)
    assert address in text(client.get(url("question", year, question.pk)))
    assert client.post(address, {"choice_1": "40", "reason": "", "seen": ""}).status_code == 302
    assert Forecast.objects.get().post == post
    # somebody else's post, a post without the power, a post no longer held
    assert as_("officer", 2).get(address).status_code == 404
    editor = world.person(Role.EDITOR, world.unit(2))
    desk = Post.objects.get(tenures__person=editor)
    assert sign_in(editor).get(url("forecast_by_post", year, question.pk, desk.pk)).status_code == 403
    Tenure.objects.filter(person=person).update(ends_on="2021-10-31")
    assert sign_in(person).get(address).status_code == 404


@pytest.mark.parametrize("kind", ["yes_no", "choices", "number"])
def test_others_forecasts_are_nowhere_before_the_closing(world, as_, sign_in, now, at, kind):
    """Searched in every page and workbook: the figures 13,7 and 83,1 and the reason are unit 3's, and nobody else's."""
    year = world.year()
    more = {"choices": {"choices": ("Tăng", "Giảm")}, "number": number()}.get(kind, {})
    question = ask(world, year, now, **({"kind": kind} | more))
    value = chances("13.7", "86.3", reason="Bí mật của đơn vị ba")
    own = chances("41.9", "58.1")
    if kind == "number":
        value = ForecastValue(low=Decimal("13.7"), high=Decimal("83.1"), reason="Bí mật của đơn vị ba")
        own = ForecastValue(low=Decimal("41.9"), high=Decimal("58.1"))
    forecast(world, question, 3, now, value)
    forecast(world, question, 2, now, own)
    watchers = [world.person(Role.UNIT_OFFICER, world.unit(2)), world.person(Role.HEAD_SECRETARY, world.unit(1))]
    watchers += [world.person(Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao", "party_body"))]

    def leaks(client):
        answers = [client.get(url(name, year, question.pk)) for name in ("question", "forecasts_xlsx")]
        answers += [client.get(url(name, year)) for name in ("questions", "questions_xlsx")]
        words = [text(answers[0]), str(cells(answers[1])), text(answers[2]), str(cells(answers[3]))]
        return [secret for secret in ("13,7", "13.7", "83,1", "86,3", "Bí mật") if any(secret in each for each in words)]

    for person in watchers:
        assert leaks(sign_in(person)) == []
    officer = text(as_("officer", 2).get(url("question", year, question.pk)))
    assert "41,9" in officer
    assert "Đã có 2 dự báo" in officer
    assert leaks(as_("officer", 3)) != []
    at(CLOSES)
    page = text(as_("officer", 2).get(url("question", year, question.pk)))
    shown = ("13,7", "41,9", "Bí mật của đơn vị ba", "Trung vị của cụm", "<svg class=\"chart\"", "27,8", "Hết hạn nhận dự báo")
    for words in shown:
        assert words in page
    rows = cells(as_("secretary").get(url("forecasts_xlsx", year, question.pk)))
    assert rows[4][2] == 13.7
    assert rows[-1][1] == "Trung vị của cụm"


def test_ten_long_choices_are_shown_whole_where_one_forecasts(world, as_, now, at):
    year = world.year()
    question = ask(world, year, now, kind="choices", choices=LONG)
    client = as_("officer", 2)
    page = text(client.get(url("forecast_for_unit", year, question.pk, UNIT)))
    assert all(page.count(choice.strip()) >= 2 for choice in LONG)
    forecast(world, question, 2, now, chances(*["10"] * 10))
    at(CLOSES + timedelta(hours=1))
    assert text(as_("officer", 2).get(url("question", year, question.pk))).count("<polyline") == 6


def test_a_page_costs_the_same_for_one_forecast_and_for_many(world, as_, now, at, django_assert_num_queries):
    year = world.year()
    question = ask(world, year, now)
    forecast(world, question, 2, now, chances("70", "30"))
    at(CLOSES)
    client = as_("officer", 2)
    with django_assert_num_queries(17):
        client.get(url("question", year, question.pk))
    forecast(world, question, 3, now, chances("70", "30"))
    forecast(world, question, 3, now, chances("60", "40", reason=WHY))
    with django_assert_num_queries(17):
        client.get(url("question", year, question.pk))


def test_the_workbook_opens(world, as_, now):
    question = ask(world, world.year(), now, title="=1+1 [có / không]?")
    forecast(world, question, 2, now, chances("70", "30"))
    answer = as_("officer", 2).get(url("forecasts_xlsx", question.year, question.pk))
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert book.get_sheet_by_index(0).to_python(skip_empty_area=False)[0][0] == "=1+1 [có / không]?"
