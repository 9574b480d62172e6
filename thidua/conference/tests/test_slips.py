"""Slips of the hand and made-up values: each gets a sentence at its field or is passed over, and nothing breaks."""

import pytest

from thidua.ballots import actions as ballots
from thidua.ballots.models import Poll
from thidua.conference import actions
from thidua.conference.models import Conference, Delegate
from thidua.conference.tests.conftest import TWO_THIRDS
from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused

PAGE = "/cum/cum-2/2021/hoi-nghi/"
PLANNED = {
    "starts_at": "26-11-2021 08:00", "place": "Hội trường", "chair": "Lãnh đạo", "secretary": "Thư ký",
    "quorum_numerator": "2", "quorum_denominator": "3",
}  # fmt: skip
LONG_NUMBERS = ["9" * 30, "9" * 5000]


@pytest.fixture
def secretary(stand, sign_in):
    return sign_in(stand.world.person(Role.HEAD_SECRETARY, stand.world.unit(1)))


@pytest.mark.parametrize(("day", "status"), [("01-01-1900", 302), ("31-12-2200", 302), ("31-12-1899", 422), ("01-01-2201", 422)])
def test_a_plan_in_a_thinkable_year(stand, secretary, day, status):
    answer = secretary.post(f"{PAGE}ke-hoach/", PLANNED | {"starts_at": f"{day} 08:00"})
    assert answer.status_code == status
    assert Conference.objects.count() == (status == 302)


@pytest.mark.parametrize("day", ["01-01-0001", "31-12-9999"])
def test_a_year_that_no_database_keeps_is_told_at_its_field(stand, secretary, day):
    answer = secretary.post(f"{PAGE}ke-hoach/", PLANNED | {"starts_at": f"{day} 00:00"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["starts_at"] == ["Hãy xem lại năm: từ 1900 đến 2200."]
    assert 'value="Hội trường"' in answer.content.decode()


@pytest.mark.parametrize("number", LONG_NUMBERS)
def test_an_impossible_id_marks_nobody(stand, secretary, number):
    stand.conference(present=1)
    ids = [str(pk) for pk in Delegate.objects.values_list("pk", flat=True)]
    marks = {"shown": [*ids, number], "was": [ids[0], number], "present": [ids[0], ids[1], number]}
    assert secretary.post(f"{PAGE}diem-danh/", marks).status_code == 302
    assert [str(pk) for pk in Delegate.objects.filter(present=True).values_list("pk", flat=True)] == ids[:2]
    assert secretary.post(f"{PAGE}diem-danh/{ids[2]}/", {"present": [number, ids[2]]}).status_code == 200
    assert Delegate.objects.get(pk=ids[2]).present


@pytest.mark.parametrize("number", LONG_NUMBERS)
def test_an_impossible_unit_is_told_at_its_field(stand, secretary, number):
    stand.conference(called=False)
    assert secretary.post(f"{PAGE}dai-bieu/", {"unit": number, "name": "Lãnh đạo"}).status_code == 422
    poll = {"title": "Suy tôn", "fraction": "2/3", "base": "present", "nominees": [number]}
    assert secretary.post(f"{PAGE}bo-phieu-moi/", poll).status_code == 422


@pytest.mark.parametrize(("number", "status"), [(LONG_NUMBERS[0], 302), (LONG_NUMBERS[1], 422)])
def test_an_impossible_point_of_the_agenda_is_a_new_one_or_told(stand, secretary, number, status):
    held = stand.conference()
    lines = {"agenda-TOTAL_FORMS": "1", "agenda-INITIAL_FORMS": "0", "agenda-0-item_id": number, "agenda-0-title": "Mục"}
    assert secretary.post(f"{PAGE}chuong-trinh/", lines).status_code == status
    assert held.agenda.filter(title="Mục").exists() == (status == 302)


def test_the_same_poll_is_not_set_up_twice(stand, secretary):
    held = stand.conference(present=3, started=True)
    first, second = stand.world.unit(1), stand.world.unit(2)
    typed = {"title": "Suy tôn", "fraction": "2/3", "base": "present", "nominees": [first.pk]}
    assert secretary.post(f"{PAGE}bo-phieu-moi/", typed).status_code == 302
    again = secretary.post(f"{PAGE}bo-phieu-moi/", typed | {"title": " Suy tôn "})
    assert again.status_code == 422
    assert "Đã có cuộc bỏ phiếu “Suy tôn” về đúng những mục này" in again.content.decode()
    for other in ({"title": "Lần hai"}, {"nominees": [first.pk, second.pk]}):
        assert secretary.post(f"{PAGE}bo-phieu-moi/", typed | other).status_code == 302
    assert Poll.objects.count() == 3
    waiting = Poll.objects.earliest("pk")
    actions.open_poll(conference=held, poll=waiting, **stand.by)
    values = {"title": "Suy tôn", "nominations": [], "units": [first], "threshold": TWO_THIRDS}
    repeated = actions.propose_poll(conference=held, **values, **stand.by)
    with pytest.raises(Refused, match=r"conference\.poll_exists"):
        actions.propose_poll(conference=held, **values, **stand.by)
    ballots.discard_poll(poll=repeated, **stand.by)
    actions.propose_poll(conference=held, **values, **stand.by)
