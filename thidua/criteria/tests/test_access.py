"""Who reads criteria, and who is shown the way to change them."""

import pytest

from thidua.criteria import queries
from thidua.criteria.access import POWERS
from thidua.kernel.actor import Role


def test_only_the_heads_secretary_and_the_superior_body_have_the_powers():
    assert {role for power in POWERS for role in power.roles} == {Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER}


@pytest.mark.parametrize(
    ("role", "place", "status", "sees_import"),
    [
        (Role.HEAD_SECRETARY, "Don vi 1", 200, True),
        (Role.SUPERIOR_OFFICER, "Ban Tuyen giao", 200, True),
        (Role.HEAD_SECRETARY, "Don vi 2", 200, False),
        (Role.UNIT_LEADER, "Don vi 3", 200, False),
        (Role.UNIT_OFFICER, "Don vi 3", 200, False),
        (Role.APPRAISER, "Don vi 2", 200, False),
        (Role.AUDITOR, "Ban khac", 200, False),
        (Role.OPERATOR, "Don vi 1", 404, False),
        (Role.UNIT_LEADER, "Don vi khac", 404, False),
    ],
)
def test_everyone_of_the_cluster_reads_the_draft_and_few_change_it(world, sign_in, draft, role, place, status, sees_import):
    year = world.year()
    draft(year)
    client = sign_in(world.person(role, world.organisation(place), "x"))
    page = client.get("/cum/cum-2/2021/tieu-chi/")
    assert page.status_code == status
    assert ("/tieu-chi/nhap/" in page.content.decode()) is sees_import
    changing = {client.get(f"/cum/cum-2/2021/tieu-chi/{step}/").status_code for step in ("nhap", "ban-hanh", "bo-du-thao")}
    assert changing == ({200} if sees_import else {403} if status == 200 else {404})
    files = {client.get(f"/cum/cum-2/2021/tieu-chi/{name}.xlsx").status_code for name in ("ban-1", "mau")}
    assert files == {status}


@pytest.mark.parametrize("step", ["", "nhap/", "ban-hanh/", "bo-du-thao/", "ban-1.xlsx", "mau.xlsx"])
def test_a_visitor_is_asked_to_sign_in(world, client, draft, step):
    draft(world.year())
    assert client.get(f"/cum/cum-2/2021/tieu-chi/{step}").status_code == 302


def test_work_waits_for_the_heads_secretary_alone(world, draft, published, now):
    year = world.year()
    (todo,) = queries.work(world.secretary(), now)
    assert str(todo.title) == "Nhập bảng tiêu chí"
    draft(year)
    (todo,) = queries.work(world.secretary(), now)
    assert str(todo.title) == "Ban hành bảng tiêu chí dự thảo"
    assert queries.work(world.leader(2), now) == []
    published(year)
    assert queries.work(world.secretary(), now) == []


def test_work_takes_one_query_however_many_years_there_are(world, draft, now, django_assert_num_queries):
    secretary = world.secretary()
    for number in (2021, 2022, 2023):
        world.year(number)
    with django_assert_num_queries(1):
        assert len(queries.work(secretary, now)) == 3


def test_a_running_year_without_criteria_is_no_work_but_a_closed_one_is_silent(world, now):
    world.year(2021, stage="running")
    world.year(2022, stage="closed")
    assert queries.work(world.secretary(), now) == []
