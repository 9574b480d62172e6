"""Pages of questions: the list, asking and editing, closing, who may."""

from copy import copy
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from thidua.forecasts.actions.decisions import decide_question
from thidua.forecasts.models import Question
from thidua.forecasts.rules.questions import Answer
from thidua.forecasts.tests.asking import AFTER, BASIS, CLOSES, ask, chances, forecast, url
from thidua.kernel.actor import Role

TYPED = {
    "title": "Có đủ báo cáo không?", "background": "", "decided_how": "Theo sổ nhận báo cáo", "kind": "yes_no", "choices": "",
    "unit_of_measure": "", "coverage": "0.80", "closes_at": "30-11-2021 17:00", "outcome_on": "15-12-2021", "revision": "",
}  # fmt: skip
WHY = "Đã có số liệu chính thức"


@pytest.fixture(autouse=True)
def at(monkeypatch, now):
    """at(moment) → pages are asked at that moment; until then at `now`."""
    moments = [now]
    monkeypatch.setattr(timezone, "now", lambda: moments[-1])
    return moments.append


@pytest.fixture
def as_(world, sign_in):
    """as_("officer", 2) → a client signed in as that person."""
    roles = {"secretary": Role.HEAD_SECRETARY, "leader": Role.UNIT_LEADER, "officer": Role.UNIT_OFFICER}

    def go(name, number=1):
        return sign_in(world.person(roles[name], world.unit(number)))

    return go


def text(response):
    return response.content.decode()


def cells(response):
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_an_empty_year_says_what_to_do(world, as_):
    year = world.year()
    assert "Đặt câu hỏi đầu tiên" in text(as_("secretary").get(url("questions", year)))
    page = text(as_("officer", 2).get(url("questions", year)))
    assert "Năm này chưa có câu hỏi dự báo" in page
    assert "Đặt câu hỏi đầu tiên" not in page


def test_a_year_that_is_over_takes_no_question_and_says_so(world, as_, at):
    year = world.year()
    client = as_("secretary")
    assert "đã qua" not in text(client.get(url("questions", year)))
    at(datetime(2022, 12, 31, tzinfo=UTC))
    client = as_("secretary")
    page = text(client.get(url("questions", year)))
    assert "Năm 2021 đã qua, không đặt được câu hỏi mới." in page
    assert "Đặt câu hỏi đầu tiên" not in page
    assert url("new_question", year) not in page
    assert client.get(url("new_question", year)).url == url("questions", year)
    refused = client.post(url("new_question", year), TYPED | {"outcome_on": "15-12-2024"})
    assert refused.status_code == 422
    assert text(refused).count("Năm 2021 đã qua, không đặt được câu hỏi mới.") == 1
    assert "Giờ đóng nhận dự báo đã qua" not in text(refused)


def test_examples_follow_the_year_and_needed_fields_are_not_called_optional(world, as_):
    page = text(as_("secretary").get(url("new_question", world.year())))
    assert "trước ngày 15-12-2021" in page
    assert "2022" not in page
    for label in ("Các khả năng", "Đơn vị tính", "Khoảng phải chứa kết quả với xác suất"):
        assert f"{label}</label>" in page


def test_the_page_says_when_forecasts_really_ended(world, as_, now, at):
    question = ask(world, world.year(), now)
    address = url("question", question.year, question.pk)
    client = as_("secretary")
    assert "Nhận dự báo tới" in text(client.get(address))
    at(now + timedelta(days=1))
    client.post(url("close_question", question.year, question.pk), {"at_once": "1", "reason": WHY})
    question.refresh_from_db()
    page = text(client.get(address))
    assert f'Đã đóng nhận dự báo lúc</dt><dd><b><time datetime="{timezone.localtime(question.closed_at).isoformat()}' in page
    assert "Nhận dự báo tới" not in page


def test_a_draft_reads_as_one_and_old_facts_have_only_their_date(world, as_, now, at):
    question = ask(world, world.year(), now, open_now=False)
    address = url("question", question.year, question.pk)
    client = as_("secretary")
    page = text(client.get(address))
    assert "soạn bản nháp câu hỏi" in page
    assert " đặt câu hỏi" not in page
    at(now + timedelta(days=30))
    assert "30 ngày trước" in text(as_("secretary").get(address))
    at(now + timedelta(days=1607))
    assert "ngày trước" not in text(as_("secretary").get(address))


def test_asked_from_the_page(world, as_):
    year = world.year()
    client = as_("secretary")
    response = client.post(url("new_question", year), TYPED | {"kind": "choices", "choices": "Tăng\nGiảm\r\n\nGiữ"})
    question = Question.objects.get()
    assert response["Location"] == url("question", year, question.pk)
    assert (question.state, question.closes_at, question.choices.count()) == ("open", CLOSES, 3)
    client.post(url("new_question", year), TYPED | {"draft": "1", "title": "Nháp"})
    assert Question.objects.get(title="Nháp").state == "draft"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": ""}, "errorlist"),
        ({"decided_how": ""}, "errorlist"),
        ({"decided_how": "xem"}, "errorlist"),
        ({"kind": "dance"}, "errorlist"),
        ({"kind": "choices", "choices": "Tăng\ntang"}, "“Tăng” và “tang” là một"),
        ({"kind": "choices", "choices": "Tăng"}, "ít nhất 2 khả năng"),
        ({"kind": "choices", "choices": "\n".join(map(str, range(11)))}, "Có 11 khả năng, nhiều nhất 10"),
        ({"kind": "choices", "choices": "a\n" + "b" * 201}, "Khả năng ở dòng 2 dài 201 ký tự"),
        ({"kind": "number"}, "Hãy ghi đơn vị tính"),
        ({"closes_at": "31-10-2021 17:00"}, "Giờ đóng nhận dự báo đã qua (bây giờ là 09:00 01-11-2021)"),
        ({"closes_at": "30-11-2021"}, "ngày và giờ như"),
        ({"outcome_on": "30-11-2021"}, "phải là một ngày sau đó"),
        ({"outcome_on": "15-11-2021"}, "Nhận dự báo tới 17:00 30-11-2021"),
        ({"outcome_on": "15-12-2201"}, "Năm phải từ 1900 đến 2200"),
        ({"outcome_on": "15-12-2023"}, "phải trong năm 2021 hoặc 2022"),
    ],
)
def test_wrong_input_keeps_what_was_typed(world, as_, more, words):
    year = world.year()
    response = as_("secretary").post(url("new_question", year), TYPED | {"background": "Nguyên văn đã gõ"} | more)
    assert response.status_code == 422
    assert words in text(response)
    assert "Nguyên văn đã gõ" in text(response)
    assert not Question.objects.exists()


def test_only_those_who_ask(world, as_, now):
    year = world.year()
    draft = ask(world, year, now, open_now=False)
    client = as_("leader", 2)
    assert client.get(url("new_question", year)).status_code == 403
    assert client.get(url("question", year, draft.pk)).status_code == 404
    assert client.get(url("forecasts_xlsx", year, draft.pk)).status_code == 404
    for name in ("edit_question", "remove_question", "add_background", "close_question"):
        assert client.get(url(name, year, draft.pk)).status_code == 404
    opened = ask(world, year, now, title="Câu đã mở")
    for name in ("edit_question", "remove_question", "add_background", "close_question"):
        assert client.get(url(name, year, opened.pk)).status_code == 403
    assert client.post(url("open_question", year, opened.pk)).status_code == 403


def test_a_question_of_another_year_is_not_there(world, as_, now):
    year, other = world.year(), world.year(2022)
    question = ask(world, year, now)
    client = as_("secretary")
    assert client.get(url("question", other, question.pk)).status_code == 404
    assert client.post(url("edit_question", other, question.pk), TYPED).status_code == 404


def test_two_who_edit_at_once(world, as_, now):
    year = world.year()
    question = ask(world, year, now)
    client = as_("secretary")
    first, second = TYPED | {"revision": "1"}, TYPED | {"revision": "1", "title": "Cách hỏi thứ hai"}
    assert client.post(url("edit_question", year, question.pk), first).status_code == 302
    response = client.post(url("edit_question", year, question.pk), second)
    assert response.status_code == 422
    assert "Cách hỏi thứ hai" in text(response)
    assert "Đang lưu (người khác vừa sửa)" in text(response)
    assert "Có đủ báo cáo không?" in text(response)
    again = second | {"revision": "2"}
    assert client.post(url("edit_question", year, question.pk), again).status_code == 302


def test_a_draft_opened_and_removed(world, as_, now, at):
    year = world.year()
    draft = ask(world, year, now, open_now=False)
    client = as_("secretary")
    assert "Mở nhận dự báo" in text(client.get(url("question", year, draft.pk)))
    at(CLOSES)
    client = as_("secretary")
    page = text(client.post(url("open_question", year, draft.pk), follow=True))
    assert "Giờ đóng nhận dự báo đã qua" in page
    assert client.get(url("remove_question", year, draft.pk)).status_code == 200
    assert client.post(url("remove_question", year, draft.pk)).status_code == 302
    assert not Question.objects.exists()


def test_background_and_an_earlier_closing_are_told(world, as_, now):
    year = world.year()
    question = ask(world, year, now)
    forecast(world, question, 2, now, chances("70", "30"))
    client = as_("secretary")
    assert client.post(url("add_background", year, question.pk), {"text": "ngắn"}).status_code == 422
    client.post(url("add_background", year, question.pk), {"text": "Cấp trên vừa gia hạn tới 20-12."})
    late = {"closes_at": "05-12-2021 17:00", "reason": WHY}
    assert "giờ đóng hiện nay là 17:00 30-11-2021" in text(client.post(url("close_question", year, question.pk), late))
    assert client.post(url("close_question", year, question.pk), {"reason": WHY}).status_code == 422
    client.post(url("close_question", year, question.pk), late | {"closes_at": "20-11-2021 17:00"})
    page = text(client.get(url("question", year, question.pk)))
    for words in ("Cấp trên vừa gia hạn", "Rút hạn nhận dự báo về 17:00 20-11-2021", WHY):
        assert words in page
    assert client.post(url("close_question", year, question.pk), {"reason": WHY, "at_once": "1"}).status_code == 302
    question.refresh_from_db()
    assert question.state == "closed"
    assert client.post(url("close_question", year, question.pk), {"reason": WHY, "at_once": "1"}).status_code == 422


def test_a_closed_year_only_shows(world, as_, now):
    year = world.year()
    question = ask(world, year, now)
    year.stage = "closed"
    year.save()
    client = as_("secretary")
    page = text(client.get(url("question", year, question.pk)))
    assert "Đóng sớm hơn" not in page
    assert "Đặt câu hỏi" not in text(client.get(url("questions", year)))
    assert client.post(url("new_question", year), TYPED).status_code == 409
    assert client.post(url("close_question", year, question.pk), {"reason": WHY, "at_once": "1"}).status_code == 409


def test_the_list_in_order_with_filters(world, as_, now, at):
    year = world.year()
    ask(world, year, now, title="Đóng sau", closes_at=CLOSES + timedelta(days=5))
    ask(world, year, now, title="Đóng trước")
    waiting = ask(world, year, now, title="Đang chờ", closes_at=now + timedelta(hours=1))
    ask(world, year, now, title="Bản nháp", open_now=False)
    done = ask(world, year, now, title="Đã xong")
    decide_question(question=done, answer=Answer(void=True), basis=BASIS, actor=world.superior(), now=AFTER)
    at(now + timedelta(hours=2))
    forecast(world, Question.objects.get(title="Đóng trước"), 2, now, chances("70", "30"))

    def titles(page):
        places = {title: page.find(f">{title}<") for title in ("Đóng trước", "Đóng sau", "Đang chờ", "Bản nháp", "Đã xong")}
        return [title for title in sorted(places, key=places.get) if places[title] >= 0]

    listing = url("questions", year)
    assert titles(text(as_("secretary").get(listing))) == ["Đóng trước", "Đóng sau", "Đang chờ", "Bản nháp", "Đã xong"]
    client = as_("officer", 2)
    assert titles(text(client.get(listing))) == ["Đóng trước", "Đóng sau", "Đang chờ", "Đã xong"]
    for query, wanted in [
        ({"tt": "cho"}, ["Đang chờ"]), ({"tt": "xong"}, ["Đã xong"]), ({"tt": "nhap"}, []), ({"loai": "number"}, []),
        ({"don_vi": "thieu"}, ["Đóng sau"]), ({"tt": "x", "xep": "y"}, ["Đóng trước", "Đóng sau", "Đang chờ", "Đã xong"]),
        ({"xep": "moi"}, ["Đã xong", "Đang chờ", "Đóng trước", "Đóng sau"]),
    ]:  # fmt: skip
        assert titles(text(client.get(listing, query))) == wanted
    rows = cells(client.get(url("questions_xlsx", year), {"tt": "cho"}))
    assert [row[0] for row in rows[4:]] == [waiting.title]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(world, as_, now, django_assert_num_queries, count):
    year = world.year()
    for n in range(count):
        question = ask(world, year, now, title=f"Câu {n}")
        forecast(world, question, 2, now, chances("70", "30"))
        forecast(world, question, 3, now, chances("60", "40"))
    client = as_("officer", 2)
    with django_assert_num_queries(11):
        client.get(url("questions", year))


def test_fifty_a_page(world, as_, now):
    year = world.year()
    first = ask(world, year, now, title="Câu 00")
    rows = [copy(first) for _ in range(50)]
    for n, row in enumerate(rows, 1):
        row.pk, row.title, row._state.adding = None, f"Câu {n:02}", True
    Question.objects.bulk_create(rows)
    client = as_("officer", 2)
    assert "Câu 50" not in text(client.get(url("questions", year)))
    page = text(client.get(url("questions", year), {"trang": "2", "xep": "", "tt": "nhan"}))
    assert "Câu 50" in page
    assert "tt=nhan&amp;trang=1" in page
