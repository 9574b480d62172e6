"""Pages of outcomes and disputes, and what waits for whom."""

from datetime import timedelta

import pytest

from thidua.forecasts.actions.decisions import decide_question, raise_dispute
from thidua.forecasts.models import Dispute, Resolution
from thidua.forecasts.queries import contributions
from thidua.forecasts.rules.questions import Answer
from thidua.forecasts.tests.asking import AFTER, BASIS, CLOSES, ask, chances, forecast, number, url
from thidua.forecasts.tests.test_questions_views import as_, at, text
from thidua.kernel.actor import Role

__all__ = ["as_", "at"]
WHY = "Sổ nhận báo cáo ghi khác"


@pytest.fixture
def superior(world, sign_in):
    """A client signed in as an officer of the superior body."""
    person = world.person(Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao", "party_body"))
    return lambda: sign_in(person)


def decided(world, year, now, **more):
    question = ask(world, year, now, **more)
    yes = Answer(choice=question.choices.get(position=1).pk)
    decide_question(question=question, answer=yes, basis=BASIS, actor=world.superior(), now=AFTER)
    return question


def test_decided_from_the_page(world, superior, now, at):
    year = world.year()
    question = ask(world, year, now)
    yes, no = question.choices.all()
    address = url("decide", year, question.pk)
    sent = {"outcome": yes.pk, "basis": BASIS}
    client = superior()
    assert address not in text(client.get(url("question", year, question.pk)))
    at(AFTER - timedelta(days=1))
    client = superior()
    early = client.post(address, sent)
    assert early.status_code == 422
    assert "Chưa tới ngày có kết quả (15-12-2021)" in text(early)
    at(AFTER)
    assert address in text(client.get(url("question", year, question.pk)))
    for wrong in ({"outcome": ""}, {"outcome": "999999"}, {"basis": "tin"}, {"basis": ""}):
        response = client.post(address, sent | wrong)
        assert response.status_code == 422
    assert client.post(address, sent).status_code == 302
    again = client.post(address, sent | {"outcome": no.pk})
    assert again.status_code == 422
    assert "Kết quả chỉ thay đổi khi một khiếu nại được chấp nhận" in text(again)
    page = text(client.get(url("question", year, question.pk)))
    assert BASIS in page
    assert "vừa xong" in page


@pytest.mark.parametrize(
    ("sent", "outcome"),
    [
        ({"outcome": "value", "value": "1.234,5"}, "1.234,5 báo cáo"),
        ({"outcome": "void", "value": ""}, "Không tính"),
        ({"outcome": "value", "value": ""}, None),
        ({"outcome": "value", "value": "nhiều"}, None),
    ],
)
def test_a_number_from_the_page(world, superior, now, at, sent, outcome):
    year = world.year()
    question = ask(world, year, now, **number())
    at(AFTER)
    client = superior()
    response = client.post(url("decide", year, question.pk), sent | {"basis": BASIS})
    assert response.status_code == (302 if outcome else 422)
    if outcome:
        assert outcome in text(client.get(url("question", year, question.pk)))


def test_forecasters_are_told_why_they_do_not_decide(world, as_, superior, now, at):
    year = world.year()
    question = ask(world, year, now)
    forecast(world, question, 1, now, chances("70", "30"))
    at(AFTER)
    client = as_("secretary")
    page = text(client.get(url("question", year, question.pk)))
    assert "người khác ghi kết quả" in page
    assert url("decide", year, question.pk) not in page
    refused = client.get(url("decide", year, question.pk))
    assert refused.status_code == 403
    assert "đã dự báo câu hỏi này" in text(refused)
    assert as_("leader", 2).get(url("decide", year, question.pk)).status_code == 403
    assert superior().get(url("decide", year, question.pk)).status_code == 200


def test_a_dispute_from_raising_to_a_new_outcome(world, as_, superior, now, at):
    year = world.year()
    question = decided(world, year, now)
    at(AFTER)
    client = as_("leader", 2)
    address = url("dispute", year, question.pk, "don-vi-2")
    assert address in text(client.get(url("question", year, question.pk)))
    assert client.post(address, {"reason": "sai"}).status_code == 422
    assert client.post(address, {"reason": WHY}).status_code == 302
    assert "Don vi 2 đã khiếu nại kết quả này" in text(client.post(address, {"reason": WHY}))
    assert address not in text(client.get(url("question", year, question.pk)))
    raised = Dispute.objects.get()
    answer = url("answer_dispute", year, question.pk, raised.pk)
    assert client.get(answer).status_code == 403
    yes, no = question.choices.all()
    client = superior()
    sent = {"upheld": "yes", "answer": "Đúng, sổ ghi khác", "outcome": no.pk, "basis": BASIS}
    for wrong in ({"upheld": ""}, {"answer": "ừ"}, {"outcome": ""}, {"basis": ""}, {"outcome": yes.pk}):
        assert client.post(answer, sent | wrong).status_code == 422
    assert Resolution.objects.count() == 1
    assert client.post(answer, sent).status_code == 302
    page = text(client.get(url("question", year, question.pk)))
    for words in ("Kết quả lần 2: Không", "Kết quả: Có", WHY, "Chấp nhận khiếu nại của Don vi 2", "Đúng, sổ ghi khác"):
        assert words in page
    assert "đã được trả lời" in text(client.post(answer, sent))


def test_turned_down_from_the_page(world, superior, now, at):
    year = world.year()
    question = decided(world, year, now)
    raised = raise_dispute(question=question, unit=world.unit(2), reason=WHY, actor=world.leader(2), now=AFTER)
    at(AFTER)
    client = superior()
    answer = url("answer_dispute", year, question.pk, raised.pk)
    assert client.post(answer, {"upheld": "no", "answer": "Sổ đã kiểm tra lại"}).status_code == 302
    assert Resolution.objects.count() == 1
    assert "Bác khiếu nại của Don vi 2" in text(client.get(url("question", year, question.pk)))


def test_disputes_of_others_are_not_there(world, as_, superior, now, at):
    year = world.year()
    question, other = decided(world, year, now), decided(world, year, now, title="Câu khác")
    raised = raise_dispute(question=question, unit=world.unit(2), reason=WHY, actor=world.leader(2), now=AFTER)
    at(AFTER)
    assert superior().get(url("answer_dispute", year, other.pk, raised.pk)).status_code == 404
    assert as_("leader", 2).get(url("dispute", year, question.pk, "don-vi-3")).status_code == 403
    assert as_("leader", 2).get(url("dispute", year, question.pk, "don-vi-99")).status_code == 404


def titles(actor, now):
    return [str(one.title) for one in contributions.question_work(actor, now)]


def test_what_waits_for_whom(world, now, django_assert_num_queries):
    year = world.year()
    first, second = ask(world, year, now, title="Câu một"), ask(world, year, now, title="Câu hai")
    ask(world, year, now, title="Câu nháp", open_now=False)
    forecast(world, first, 2, now, chances("70", "30"))
    forecast(world, second, 1, now, chances("70", "30"))
    officer, secretary, above = world.officer(2), world.secretary(), world.superior()
    with django_assert_num_queries(1):
        assert titles(officer, now) == ["Dự báo: Câu hai"]
    assert titles(secretary, now) == titles(above, now) == []
    assert titles(officer, CLOSES) == []
    # unit 1 forecast the second question, so its secretary does not decide that one
    assert titles(secretary, AFTER) == ["Ghi kết quả: Câu một"]
    with django_assert_num_queries(1):
        assert titles(above, AFTER) == ["Ghi kết quả: Câu một", "Ghi kết quả: Câu hai"]
    assert titles(above, AFTER - timedelta(days=1)) == []
    yes = Answer(choice=first.choices.get(position=1).pk)
    decide_question(question=first, answer=yes, basis=BASIS, actor=above, now=AFTER)
    raise_dispute(question=first, unit=world.unit(3), reason=WHY, actor=world.leader(3), now=AFTER)
    assert titles(above, AFTER) == ["Trả lời khiếu nại: Câu một", "Ghi kết quả: Câu hai"]
    year.stage = "closed"
    year.save()
    assert titles(officer, now) == titles(above, AFTER) == []
