from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from thidua.kernel.actor import Role
from thidua.programmes import actions, queries
from thidua.programmes.models import Programme, Remark, Task
from thidua.programmes.queries.contributions import document_work
from thidua.programmes.queries.documents import content_of
from thidua.programmes.rules.content import digest
from thidua.programmes.rules.writing import Hands

from .test_documents_views import page, url
from .test_next_year_actions import following


@pytest.fixture
def as_(world, sign_in):
    """as_(role, number) → a client signed in as that person of the unit."""
    return lambda role, number=1: sign_in(world.person(role, world.unit(number)))


SECRETARY, LEADER, OFFICER, DELEGATE = Role.HEAD_SECRETARY, Role.UNIT_LEADER, Role.UNIT_OFFICER, Role.DELEGATE


def typed(programme, **more):
    """The edit form as the secretary sends it."""
    return {
        "title": programme.title, "grounds": "", "measures": "", "starts_on": "", "ends_on": "", "revision": programme.revision,
        "g-TOTAL_FORMS": "1", "g-INITIAL_FORMS": "0", "g-0-text": "Mục tiêu chung",
        "i-TOTAL_FORMS": "0", "i-INITIAL_FORMS": "0",
        "t-TOTAL_FORMS": "1", "t-INITIAL_FORMS": "0", "t-0-title": "Hội thi", "t-0-due_on": "19-05-2022",
    } | more  # fmt: skip


def test_from_nothing_to_the_units_own_drafts(hall, as_):
    directive = hall.directive()
    clause = directive.clauses.first()
    home = url("next_year", hall.year)
    secretary = as_(SECRETARY)
    assert "Soạn dự thảo" in page(secretary, home)
    edit = secretary.post(url("draft_next_year", hall.year)).url
    programme = Programme.objects.get()
    assert edit == url("edit", hall.year, programme.pk)
    assert "Mục 1, Chỉ thị 05-CT/TW" in page(secretary, edit)
    assert secretary.post(edit, typed(programme, **{"t-0-clauses": [clause.pk]})).url == home
    assert content_of(programme).tasks[0].clauses[0].pk == clause.pk
    assert "Gửi xin ý kiến các đơn vị" in page(secretary, home)
    secretary.post(url("open_remarks", hall.year))
    leader = as_(LEADER, 2)
    assert "Góp ý của Don vi 2" in page(leader, home)
    assert leader.post(url("remark", hall.year, "don-vi-2"), {"text": "Thêm một lớp"}).url == home
    remark = Remark.objects.get()
    secretary = as_(SECRETARY)
    assert secretary.post(url("answer", hall.year, remark.pk), {"text": "Sẽ thêm"}).url == home
    shown = page(as_(OFFICER, 3), home)
    assert "Thêm một lớp" in shown
    assert "Sẽ thêm" in shown
    secretary = as_(SECRETARY)
    programme.refresh_from_db()
    seen = {"digest": programme.digest, "votes_for": "3", "votes_against": "0", "votes_abstained": "0"}
    assert programme.digest in page(secretary, url("adopt", hall.year))
    assert secretary.post(url("adopt", hall.year), seen).url == home
    told = secretary.post(url("copy", hall.year), follow=True).content.decode()
    assert "Chưa mở năm 2022" in told
    year = following(hall)
    assert "Đưa về 3 đơn vị năm 2022" in page(secretary, home)
    assert "Đã đưa chương trình về 3 đơn vị" in secretary.post(url("copy", hall.year), follow=True).content.decode()
    again = secretary.post(url("copy", hall.year), follow=True).content.decode()
    assert "Mọi đơn vị của năm 2022 đã có bản của mình; không tạo thêm gì." in again
    listed = page(as_(OFFICER, 2), reverse("programmes:programmes", args=["cum-2", 2022]))
    assert "Chương trình của cụm" in listed
    assert "Chương trình công tác năm 2022 của Don vi 2" in listed
    assert Programme.objects.filter(year=year).count() == 3


def test_a_vote_that_does_not_carry_is_refused_in_words(hall, as_):
    programme = hall.next_year()
    sent = {"digest": digest(content_of(programme)), "votes_for": "1", "votes_against": "2", "votes_abstained": "0"}
    shown = as_(SECRETARY).post(url("adopt", hall.year), sent).content.decode()
    assert "Số tán thành (1) chưa nhiều hơn số không tán thành (2)" in shown
    too_many = as_(SECRETARY).post(url("adopt", hall.year), sent | {"votes_for": "9"}).content.decode()
    assert "Tổng số biểu quyết là 11, nhiều hơn 3 đơn vị thành viên" in too_many
    assert queries.adopted_in(hall.year) is None


def test_a_vote_on_an_old_page_is_refused_and_the_new_text_shown(hall, as_):
    programme = hall.next_year()
    sent = {"digest": "0" * 64, "votes_for": "3", "votes_against": "0", "votes_abstained": "0"}
    shown = as_(SECRETARY).post(url("adopt", hall.year), sent).content.decode()
    assert "Chương trình vừa được sửa" in shown
    assert f'value="{programme.digest}"' in shown


def test_adoption_waits_for_the_conference(desk, as_):
    desk.next_year()
    response = as_(SECRETARY).get(url("adopt", desk.year))
    assert response.status_code == 409
    assert "Ghi hội nghị thông qua" not in page(as_(SECRETARY), url("next_year", desk.year))


def test_who_may_not_is_told_or_finds_nothing(hall, as_):
    programme = hall.next_year(opened=True)
    remark = actions.make_remark(programme=programme, unit=hall.world.unit(2), text="Góp ý", **hall.by(hall.world.leader(2)))
    leader = as_(LEADER, 2)
    assert leader.get(url("adopt", hall.year)).status_code == 403
    assert leader.get(url("edit", hall.year, programme.pk)).status_code == 403
    assert leader.get(url("answer", hall.year, remark.pk)).status_code == 403
    assert leader.post(url("open_remarks", hall.year)).status_code == 403
    assert leader.post(url("copy", hall.year)).status_code == 403
    assert leader.post(url("remark", hall.year, "don-vi-3"), {"text": "Thay"}).status_code == 404
    assert as_(DELEGATE, 3).post(url("remark", hall.year, "don-vi-3"), {"text": "Của đơn vị 3"}).status_code == 302
    assert as_(SECRETARY).get(url("answer", hall.year, 999)).status_code == 404
    assert Remark.objects.count() == 2


def test_an_empty_remark_and_a_line_without_words_keep_what_was_typed(hall, as_):
    programme = hall.next_year(opened=True)
    assert as_(LEADER, 2).post(url("remark", hall.year, "don-vi-2"), {"text": "  "}).status_code == 422
    wrong = typed(programme, **{"t-0-title": "", "g-0-text": "Đã gõ"})
    shown = as_(SECRETARY).post(url("edit", hall.year, programme.pk), wrong).content.decode()
    assert "Hãy ghi tên nhiệm vụ" in shown
    assert "Đã gõ" in shown


def test_an_unanswered_remark_waits_for_the_head(hall, now):
    programme = hall.next_year(opened=True)
    assert document_work(hall.world.secretary(), now) == []
    actions.make_remark(programme=programme, unit=hall.world.unit(2), text="Góp ý", **hall.by(hall.world.leader(2)))
    assert [str(work.title) for work in document_work(hall.world.secretary(), now)] == ["Trả lời góp ý chương trình năm sau"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_remarks(hall, as_, django_assert_num_queries, count):
    programme = hall.next_year(opened=True)
    for number in range(1, count + 1):
        leader = hall.by(hall.world.leader(number))
        actions.make_remark(programme=programme, unit=hall.world.unit(number), text="Góp ý", **leader)
    client = as_(LEADER, 2)
    client.get(url("next_year", hall.year))
    with django_assert_num_queries(14):
        assert client.get(url("next_year", hall.year)).status_code == 200


def test_what_was_adopted_is_told_to_the_conference(hall):
    programme = hall.next_year()
    hall.adopt(programme, Hands(2, 0, 1))
    adopted = queries.adopted_in(hall.year)
    assert (adopted.for_year, adopted.votes, adopted.programme) == (2022, (2, 0, 1), programme)


def test_approved_programmes_figures_and_done_tasks_can_be_cited(hall, django_assert_num_queries):
    directive = hall.directive()
    programme = hall.programme(directive=directive, clauses=[directive.clauses.first().pk])
    unit, indicator, task = programme.unit_id, programme.indicators.get(), programme.tasks.get()
    named = (("programme", programme.pk), ("indicator", indicator.pk), ("task", task.pk))
    assert queries.citables(hall.year, unit) == []
    assert [queries.citable(hall.year, unit, *name) for name in named] == [None] * 3
    hall.approve(programme)
    officer = hall.by(hall.world.officer(2))
    actions.record_figure(indicator=indicator, as_of=date(2021, 6, 30), value=Decimal(97), **officer)
    Task.objects.update(state="done", is_open=False, percent=100, done_on=date(2021, 12, 5))
    with django_assert_num_queries(4):
        found = queries.citables(hall.year, unit)
    assert [(entry.kind, entry.title, entry.words) for entry in found] == [
        ("task", "Việc thứ 1", f"Xong ngày 05-12-2021, quá hạn 01-12-2021, Mục 1, Chỉ thị 05-CT/TW; {programme.title}"),
        ("programme", programme.title, "Bản 1, unit_leader-don-vi-2 duyệt ngày 01-11-2021"),
        ("indicator", "Tỷ lệ đảng viên học tập", "Ngày 30-06-2021: 97 %, chưa đạt mức đề ra 98,5 %"),
    ]
    assert sorted((entry.kind, entry.pk) for entry in found) == sorted(named)
    assert [queries.citable(hall.year, unit, entry.kind, entry.pk) for entry in found] == found
    other = hall.world.unit(3).pk
    assert [queries.citable(hall.year, other, *name) for name in named] == [None] * 3
    assert queries.citable(hall.year, unit, "study", programme.pk) is None


def test_work_begun_can_be_cited_and_what_was_dropped_cannot(hall):
    directive = hall.directive()
    programme = hall.programme(directive=directive, clauses=[directive.clauses.first().pk])
    task = programme.tasks.get()
    expected = {("planned", 0): None, ("doing", 40): "Đang làm, 40%", ("waiting", 5): "Đang chờ, 5%", ("dropped", 40): None}
    for (state, percent), words in expected.items():
        Task.objects.update(state=state, percent=percent, is_open=state != "dropped", state_reason="Có lý do")
        found = queries.citable(hall.year, programme.unit_id, "task", task.pk)
        assert (found.words.split(", hạn")[0] if found else None) == words, state
        assert [entry.pk for entry in queries.citables(hall.year, programme.unit_id)] == ([task.pk] if words else [])


def test_a_draft_is_for_those_who_write_it_until_the_units_are_asked(hall, as_):
    programme = hall.next_year()
    home, places = url("next_year", hall.year), (url("paper", hall.year, programme.pk, "pdf"),)
    task = url("task", hall.year, programme.tasks.get().pk)
    leader = as_(LEADER, 2)
    assert "đang soạn" in page(leader, home)
    assert "Hội thi báo cáo viên" not in page(leader, home)
    assert [leader.get(address).status_code for address in (*places, task)] == [404, 404]
    assert "Hội thi báo cáo viên" not in page(leader, f"{url('tasks', hall.year)}?don-vi=cum")
    secretary = as_(SECRETARY)
    assert "Hội thi báo cáo viên" in page(secretary, home)
    assert secretary.get(task).status_code == 200
    secretary.post(url("open_remarks", hall.year))
    leader = as_(LEADER, 2)
    assert "Hội thi báo cáo viên" in page(leader, home)
    assert [leader.get(address).status_code for address in (*places, task)] == [200, 200]


def test_each_unit_is_asked_until_it_has_remarked_or_the_conference_has_adopted(hall, now, django_assert_num_queries):
    programme = hall.next_year()
    world = hall.world
    assert document_work(world.leader(2), now) == []
    actions.open_for_remarks(programme=programme, **hall.by(world.secretary()))
    for actor in (world.leader(2), world.officer(3), world.actor(DELEGATE, world.unit(2))):
        with django_assert_num_queries(1):
            [found] = document_work(actor, now)
        assert (str(found.title), found.url) == ("Góp ý chương trình năm sau", f"{url('next_year', hall.year)}#gop-y")
    assert document_work(world.superior(), now) == []
    actions.make_remark(programme=programme, unit=world.unit(2), text="Góp ý", **hall.by(world.leader(2)))
    assert document_work(world.leader(2), now) == []
    assert len(document_work(world.officer(3), now)) == 1
    programme.refresh_from_db()
    hall.adopt(programme)
    assert document_work(world.officer(3), now) == []
