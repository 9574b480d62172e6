"""The booth through HTTP."""

import pytest

from thidua.ballots.models import UrnBallot
from thidua.kernel.actor import Role


@pytest.fixture
def at(hall):
    """at(poll, page) → its address."""
    return lambda poll, page="": f"/cum/cum-2/2021/bo-phieu/{poll.pk}/{page}"


def _ballot(poll, *choices):
    return {f"item-{item.pk}": choice for item, choice in zip(poll.items.all(), choices, strict=False)}


def test_fill_in_read_over_confirm(hall, at, sign_in):
    poll, client = hall.poll(), sign_in(hall.persons[0])
    page = client.get(at(poll)).content.decode()
    assert page.count('type="radio"') == 6
    assert " checked" not in page
    read_over = client.post(at(poll, "xem-lai/"), _ballot(poll, "yes", "abstain"))
    assert "Bỏ phiếu vào hòm" in read_over.content.decode()
    assert not UrnBallot.objects.exists()
    done = client.post(at(poll), _ballot(poll, "yes", "abstain"), follow=True)
    text = done.content.decode()
    assert "đã được ghi vào hòm phiếu" in text
    assert "Không ý kiến" not in text
    assert UrnBallot.objects.get().choices == ["yes", "abstain"]


def test_an_incomplete_ballot_keeps_what_was_chosen(hall, at, sign_in):
    poll, client = hall.poll(), sign_in(hall.persons[0])
    for page in ("xem-lai/", ""):
        answer = client.post(at(poll, page), _ballot(poll, "no"))
        text = answer.content.decode()
        assert answer.status_code == 422
        assert text.count(" checked") == 1
        assert "Hãy chọn một ô cho đơn vị này." in text
    assert not UrnBallot.objects.exists()


def test_a_choice_that_does_not_exist(hall, at, sign_in):
    poll, client = hall.poll(), sign_in(hall.persons[0])
    assert client.post(at(poll), _ballot(poll, "yes", "twice")).status_code == 422
    assert not UrnBallot.objects.exists()


def test_going_back_to_change_keeps_the_choices_and_casts_nothing(hall, at, sign_in):
    poll, client = hall.poll(), sign_in(hall.persons[0])
    answer = client.post(at(poll), _ballot(poll, "yes", "no") | {"change": "1"})
    assert answer.content.decode().count(" checked") == 2
    assert not UrnBallot.objects.exists()


def test_twice_says_so(hall, at, sign_in):
    poll, client = hall.poll(), sign_in(hall.persons[0])
    client.post(at(poll), _ballot(poll, "yes", "no"))
    again = client.post(at(poll), _ballot(poll, "no", "no"))
    assert again.status_code == 409
    assert "Mỗi đại biểu bỏ một phiếu" in again.content.decode()
    assert client.post(at(poll, "xem-lai/"), _ballot(poll, "no", "no")).status_code == 302
    assert UrnBallot.objects.get().choices == ["yes", "no"]


def test_before_and_after(hall, at, sign_in):
    client = sign_in(hall.persons[0])
    early = hall.poll(opened=False)
    assert client.get(at(early)).status_code == 404
    poll = hall.poll()
    hall.close(poll)
    assert "đã đóng" in client.get(at(poll)).content.decode()


def test_who_is_not_on_the_roll_finds_no_booth(hall, at, sign_in):
    poll = hall.poll()
    leader = hall.world.person(Role.UNIT_LEADER, hall.world.unit(1))
    assert sign_in(leader).get(at(poll)).status_code == 404
    assert sign_in(leader).get(at(poll, "ket-qua/")).status_code == 200


def test_another_clusters_people_find_nothing(hall, at, sign_in):
    poll = hall.poll()
    stranger = hall.world.person(Role.DELEGATE, hall.world.organisation("Don vi khac"))
    for page in ("", "xem-lai/", "ket-qua/"):
        assert sign_in(stranger).get(at(poll, page)).status_code == 404
    assert sign_in(hall.persons[0]).get("/cum/cum-2/2021/bo-phieu/9999/ket-qua/").status_code == 404


def test_turnout_while_open_totals_after(hall, at, sign_in):
    poll, client = hall.poll(), sign_in(hall.persons[4])
    for number in (1, 2, 3, 4):
        hall.cast(poll, number, "yes", "no")
    shown = client.get(at(poll, "ket-qua/")).content.decode()
    assert "4/5" in shown
    assert "thông qua" not in shown.replace("Ngưỡng thông qua", "")
    assert "Bỏ phiếu ngay" in shown
    part = client.get(at(poll, "ket-qua/"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "4/5" in part
    hall.close(poll)
    closed = client.get(at(poll, "ket-qua/")).content.decode()
    assert "4 đồng ý trên 5; cần ít nhất 4" in closed
    assert "Bỏ phiếu ngay" not in closed


def test_too_few_is_said(hall, at, sign_in):
    poll = hall.poll()
    hall.cast(poll, 1, "yes", "no")
    hall.close(poll)
    assert "Chỉ có 1 phiếu" in sign_in(hall.persons[0]).get(at(poll, "ket-qua/")).content.decode()


@pytest.mark.parametrize("items", [1, 3])
def test_the_booth_has_a_constant_number_of_queries(hall, at, sign_in, items, django_assert_num_queries):
    poll, client = hall.poll(items=items), sign_in(hall.persons[0])
    with django_assert_num_queries(8):
        client.get(at(poll))


@pytest.mark.parametrize("items", [1, 3])
def test_the_poll_page_has_a_constant_number_of_queries(hall, at, sign_in, items, django_assert_num_queries):
    poll, client = hall.poll(items=items), sign_in(hall.persons[0])
    with django_assert_num_queries(11):
        client.get(at(poll, "ket-qua/"))


def test_the_explanation_is_honest(hall, sign_in):
    page = sign_in(hall.persons[0]).get("/cum/cum-2/2021/bo-phieu/dieu-gi-duoc-bao-ve/").content.decode()
    for word in ("quản trị máy chủ", "đồng lòng", "phiếu giấy"):
        assert word in page
