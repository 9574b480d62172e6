"""The pages of rounds: what each role gets, what is typed stays, the number of queries."""

import pytest
from django.urls import reverse

from thidua.crosschecks.models import CheckRound, CheckTask
from thidua.crosschecks.rules.plan import LARGEST_SEED
from thidua.crosschecks.views import arranging
from thidua.kernel.actor import Role

TYPED = {"title": "Chấm chéo", "mode": "pairwise", "per_unit": "1", "visibility": "blind", "aggregation": "mean", "due_on": ""}


@pytest.fixture
def year(field):
    field.open(units=4)
    return field.stage("cross_checking")


@pytest.fixture
def at():
    """at("round", 1) → its address."""
    return lambda name, *more: reverse(f"crosschecks:{name}", args=["cum-2", 2021, *more])


@pytest.fixture
def head(world, year, sign_in):
    """A client signed in as the head's secretary."""
    return sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))


@pytest.fixture
def drawn(head, at):
    """A round made, drawn with the seed 5."""
    head.post(at("make_round"), TYPED)
    head.post(at("draw_checks", 1), {"seed": "5"})
    return CheckRound.objects.get()


def test_the_head_arranges_a_round_from_the_first_page_to_the_last(head, at):
    assert "Lập vòng thẩm định" in head.get(at("rounds")).content.decode()
    assert head.post(at("make_round"), TYPED).headers["Location"] == at("round", 1)
    assert head.post(at("draw_checks", 1), {"seed": ""}).status_code == 302
    check = CheckRound.objects.get()
    assert check.seed > 0
    assert check.tasks.count() == 4
    page = head.get(at("round", 1)).content.decode()
    assert "không ai chỉnh tay" in page
    assert head.post(at("open_round", 1)).status_code == 302
    assert head.post(at("close_round", 1)).status_code == 422
    assert head.post(at("close_round", 1), {"reason": "Một đơn vị xin không chấm nữa."}).status_code == 302
    assert "Một đơn vị xin không chấm nữa." in head.get(at("round", 1)).content.decode()
    assert head.post(at("reopen_round", 1), {"reason": "x"}).status_code == 422
    assert head.post(at("reopen_round", 1), {"reason": "Đơn vị bổ sung minh chứng."}).status_code == 302
    check.refresh_from_db()
    assert check.state == "open"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"per_unit": "9"}, "nhiều nhất 3"),
        ({"per_unit": ""}, "bao nhiêu"),
        ({"due_on": "32-13"}, "05-02-2022"),
        ({"mode": "x"}, "x"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(head, at, wrong, told):
    answer = head.post(at("make_round"), {**TYPED, **wrong})
    assert answer.status_code == 422
    assert 'value="Chấm chéo"' in answer.content.decode()
    assert told in answer.content.decode()
    assert not CheckRound.objects.exists()


def test_a_seed_out_of_bounds_is_told_at_the_field(head, drawn, at):
    answer = head.post(at("draw_checks", 1), {"seed": "-3"})
    assert answer.status_code == 422
    assert 'value="-3"' in answer.content.decode()
    assert CheckRound.objects.get().seed == 5


def test_giving_and_taking_by_hand(world, head, drawn, at):
    task = drawn.tasks.select_related("checker", "unit").first()
    assert head.post(at("take_task", 1), {"task": task.pk}).status_code == 302
    assert head.post(at("take_task", 1), {"task": task.pk}).status_code == 404
    assert "bớt" in head.get(at("round", 1)).content.decode()
    again = {"checker": task.checker_id, "unit": task.unit_id}
    assert head.post(at("give_task", 1), again).status_code == 302
    assert head.post(at("give_task", 1), again).status_code == 422


def test_a_council_is_given_and_taken_person_by_person(world, head, at):
    head.post(at("make_round"), {**TYPED, "mode": "council"})
    person = world.person(Role.APPRAISER, world.unit(2))
    answer = head.post(at("give_task", 1), {"person": person.pk}, follow=True)
    assert "Không giao Don vi 2" in answer.content.decode()
    assert CheckTask.objects.count() == 3
    assert head.post(at("take_task", 1), {"person": person.pk, "label": ""}).status_code == 302
    assert not CheckTask.objects.exists()
    assert head.post(at("discard_round", 1)).headers["Location"] == at("rounds")


@pytest.mark.parametrize(
    ("role", "place", "code"),
    [
        (Role.UNIT_OFFICER, 2, 404), (Role.UNIT_LEADER, 2, 404), (Role.APPRAISER, 2, 404), (Role.AUDITOR, 2, 200),
        (Role.EDITOR, 2, 403), (Role.DELEGATE, 2, 403), (Role.OPERATOR, 2, 404),
    ],
)  # fmt: skip
def test_a_draft_is_read_by_those_who_oversee(world, drawn, at, sign_in, role, place, code):
    client = sign_in(world.person(role, world.unit(place)))
    assert client.get(at("round", 1)).status_code == code
    assert client.get(at("make_round")).status_code == (404 if role is Role.OPERATOR else 403)
    for name in ("draw_checks", "give_task", "take_task", "open_round", "close_round", "reopen_round", "discard_round"):
        assert client.post(at(name, 1)).status_code == (404 if role is Role.OPERATOR else 403)


def test_units_read_an_open_round_and_what_is_not_there_is_not_found(world, head, drawn, at, sign_in):
    head.post(at("open_round", 1))
    assert head.get(at("round", 7)).status_code == 404
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(3)))
    assert client.get(at("rounds")).status_code == 200
    assert client.get(at("round", 1)).status_code == 200
    for page in ("scoring:conflicts", "scoring:checks"):
        assert at("rounds") in client.get(reverse(page, args=["cum-2", 2021])).content.decode()


@pytest.mark.parametrize("units", [3, 6])
def test_a_round_is_read_with_the_same_queries_however_many_units(field, world, sign_in, at, units, django_assert_num_queries):
    field.open(units=units)
    field.stage("cross_checking")
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    client.post(at("make_round"), TYPED)
    client.post(at("draw_checks", 1), {"seed": "5"})
    with django_assert_num_queries(13):
        client.get(at("round", 1))
    with django_assert_num_queries(7):
        client.get(at("rounds"))


def test_a_round_is_discarded_after_a_question_and_the_page_says_so(head, drawn, at):
    assert 'data-confirm="Bỏ vòng “Chấm chéo” cùng các cặp đã chia?"' in head.get(at("round", 1)).content.decode()
    told = head.post(at("discard_round", 1), follow=True).content.decode()
    assert "Đã bỏ vòng “Chấm chéo”." in told
    assert not CheckRound.objects.exists()


def test_how_many_units_each_checks_is_asked_of_units_only(head, at):
    body = head.get(at("make_round")).content.decode()
    assert 'data-shown-when="mode=pairwise"' in body
    assert "form-narrow" not in body.split("<main")[1]


def test_a_seed_that_is_made_up_is_too_long_to_be_tried_out(head, at, monkeypatch):
    head.post(at("make_round"), TYPED)
    monkeypatch.setattr(arranging.secrets, "randbelow", lambda most: most - 1)
    head.post(at("draw_checks", 1), {"seed": ""})
    assert CheckRound.objects.get().seed == LARGEST_SEED


def test_where_names_are_hidden_the_page_says_what_the_seed_gives_away_to_those_who_oversee(head, drawn, at, world, sign_in):
    warning = "ai biết số bốc thăm thì tính được"
    assert warning not in head.get(at("round", 1)).content.decode()
    CheckRound.objects.update(names_hidden=True, state="open")
    assert warning in head.get(at("round", 1)).content.decode()
    unit = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    for state in ("open", "closed"):
        CheckRound.objects.update(state=state)
        assert "Số bốc thăm 5" not in unit.get(at("round", 1)).content.decode()
