"""The pages of conflicts of interest."""

import pytest
from django.urls import reverse

from thidua.kernel.actor import Role
from thidua.scoring.models import Conflict

WORDS = "Chị dâu là kế toán của đơn vị."


@pytest.fixture
def year(field):
    return field.open()


@pytest.fixture
def at():
    """at("conflicts") → its address."""
    return lambda name, *more: reverse(f"scoring:{name}", args=["cum-2", 2021, *more])


def test_a_unit_declares_and_the_superior_dismisses(world, year, at, sign_in):
    person = world.person(Role.APPRAISER, world.organisation("Ban Tuyen giao", "party_body"))
    typed = {"who": f"p:{person.pk}", "unit": world.unit(1).pk, "kind": "kinship", "words": WORDS}
    client = sign_in(world.person(Role.UNIT_LEADER, world.unit(1)))
    assert client.post(at("conflicts"), typed).status_code == 302
    conflict = Conflict.objects.get()
    assert WORDS in client.get(at("conflicts")).content.decode()
    assert client.get(at("conflict", conflict.pk)).status_code == 403
    client = sign_in(world.person(Role.UNIT_LEADER, world.unit(2)))
    assert WORDS not in client.get(at("conflicts")).content.decode()
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    assert "cấp trên quyết định" in client.get(at("conflict", conflict.pk)).content.decode()
    assert client.post(at("conflict", conflict.pk), {"reason": "Đã xem xét kỹ hồ sơ."}).status_code == 403
    client = sign_in(world.person(Role.SUPERIOR_OFFICER, world.organisation("Ban Tuyen giao")))
    assert client.post(at("conflict", conflict.pk), {"reason": "x"}).status_code == 422
    assert client.post(at("conflict", conflict.pk), {"reason": "Đã xem xét kỹ hồ sơ."}).status_code == 302
    assert client.get(at("conflict", conflict.pk + 1)).status_code == 404


@pytest.mark.parametrize("wrong", [{"words": "vì"}, {"who": "u:999"}, {"who": "p:x"}, {"kind": "same_parent"}, {"unit": ""}])
def test_what_was_typed_stays(world, year, at, sign_in, wrong):
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    typed = {"who": f"u:{world.unit(2).pk}", "unit": world.unit(3).pk, "kind": "interest", "words": WORDS, **wrong}
    answer = client.post(at("conflicts"), typed)
    assert answer.status_code == 422
    assert typed["words"] in answer.content.decode()
    assert not Conflict.objects.exists()


@pytest.mark.parametrize(
    ("role", "code"), [(Role.AUDITOR, 200), (Role.EDITOR, 403), (Role.DELEGATE, 403), (Role.OPERATOR, 404), (Role.APPRAISER, 200)]
)
def test_who_reads_the_page(world, year, at, sign_in, role, code):
    client = sign_in(world.person(role, world.unit(2)))
    assert client.get(at("conflicts")).status_code == code
    assert client.post(at("search_conflicts")).status_code == (404 if role is Role.OPERATOR else 403)
    if role is Role.AUDITOR:
        assert client.post(at("conflicts"), {"who": "", "words": WORDS}).status_code == 403


def test_the_head_has_the_records_searched_and_confirms(world, year, at, sign_in):
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    world.person(Role.DELEGATE, world.unit(3), username=world.person(Role.UNIT_OFFICER, world.unit(2)).username)
    assert client.post(at("search_conflicts")).status_code == 302
    conflict = Conflict.objects.get()
    assert client.get(at("conflict", conflict.pk)).status_code == 200
    assert client.post(at("conflict", conflict.pk), {"confirm": "1"}).status_code == 302
    conflict.refresh_from_db()
    assert conflict.state == "standing"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_however_many_conflicts(world, year, at, sign_in, now, rows, django_assert_num_queries):
    kinds = ["kinship", "interest", "same_parent"]
    for kind in kinds[:rows]:
        Conflict.objects.create(
            year=year, kind=kind, checker=world.unit(2), unit=world.unit(3), state="proposed", words=WORDS, declared_at=now
        )
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    with django_assert_num_queries(9):
        client.get(at("conflicts"))
