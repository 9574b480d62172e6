from datetime import date

import pytest
from django.utils import timezone

from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Role
from thidua.rapporteurs.actions import topics as actions
from thidua.rapporteurs.models import Topic
from thidua.rapporteurs.queries.topics import topics_work
from thidua.rapporteurs.tests.talking import member, record, topic, url
from thidua.rapporteurs.tests.test_topics_actions import document, propose


@pytest.fixture(autouse=True)
def _day(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def secretary(world, sign_in):
    return lambda: sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))


@pytest.fixture
def officer(world, sign_in):
    return lambda number=2: sign_in(world.person(Role.UNIT_OFFICER, world.unit(number)))


def typed(**more):
    return {"title": "Chuyển đổi số", "note": "", "starts_on": "", "ends_on": "", "others": "", "revision": ""} | more


def test_an_empty_year_says_what_to_do_first(world, secretary, officer):
    year = world.year()
    assert "Đặt chủ đề đầu tiên" in secretary().get(url("topics", year)).content.decode()
    page = officer().get(url("topics", year)).content.decode()
    assert "Đặt chủ đề đầu tiên" not in page
    assert url("propose_topic", year) in page


def test_a_topic_is_set_with_documents_ticked_and_by_number(world, secretary):
    year = world.year()
    one, two = document(year.cluster), document(year.cluster, "04-NQ/TW")
    answer = secretary().post(
        url("new_topic", year), typed(directives=[one.pk], others="04-nq/tw", starts_on="01-03-2021", ends_on="31-05-2021")
    )
    made = Topic.objects.get()
    assert answer["Location"] == url("topics", year)
    assert set(made.directives.all()) == {one, two}
    page = secretary().get(url("topic", year, made.pk)).content.decode()
    assert "từ 01-03-2021 đến 31-05-2021" in page
    assert "Chỉ thị 05-CT/TW" in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": " "}, "errorlist"),
        ({"title": "nghi quyet DAI HOI XIII"}, "Năm này đã có chủ đề “Nghị quyết Đại hội XIII”"),
        ({"starts_on": "02-05-2021", "ends_on": "01-05-2021"}, "Ngày cuối phải từ ngày đầu (02-05-2021) trở đi"),
        ({"starts_on": "xx"}, "errorlist"),
        ({"others": "99-CT/TW"}, "Sổ không có đúng một văn bản mang số: 99-CT/TW"),
        ({"directives": ["999999"]}, "errorlist"),
    ],
)
def test_wrong_input_keeps_what_was_typed(world, secretary, more, words):
    year = world.year()
    topic(year)
    document(year.cluster)
    response = secretary().post(url("new_topic", year), typed(note="Phạm vi của chủ đề") | more)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Phạm vi của chủ đề" in response.content.decode()
    assert Topic.objects.count() == 1


def test_two_who_edit_at_once_see_both(world, secretary):
    year = world.year()
    made = topic(year)
    client = secretary()
    address = url("edit_topic", year, made.pk)
    assert 'value="Nghị quyết Đại hội XIII"' in client.get(address).content.decode()
    assert client.post(address, typed(title="Tên một", revision="1")).status_code == 302
    response = client.post(address, typed(title="Tên hai", revision="1"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Người khác vừa sửa chủ đề này" in page
    assert 'value="Tên hai"' in page
    assert "<dd>Tên một</dd>" in page
    assert 'name="revision" value="2"' in page
    assert client.post(address, typed(title="Tên hai", revision="2")).status_code == 302


def test_a_proposal_goes_to_the_head_and_the_answer_comes_back(world, secretary, officer, now):
    year = world.year()
    page = officer().get(url("propose_topic", year)).content.decode()
    assert "Không ghi tên người" in page
    asked = {"unit": world.unit(2).pk, "title": "An toàn giao thông", "note": "Trong trường học"}
    assert officer().post(url("propose_topic", year), asked).status_code == 302
    made = Topic.objects.get()
    work = topics_work(world.secretary(), now)
    assert [(str(row.title), row.url) for row in work] == [
        ("Duyệt chủ đề được đề nghị: An toàn giao thông", url("topic", year, made.pk))
    ]
    assert topics_work(world.officer(2), now) == []
    client = secretary()
    assert "Duyệt chủ đề" in client.get(url("topic", year, made.pk)).content.decode()
    short = client.post(url("answer_topic", year, made.pk), {"reason": "không"})
    assert short.status_code == 422
    assert "không</textarea>" in short.content.decode()
    client.post(url("answer_topic", year, made.pk), {"reason": "Đã có chủ đề tương tự"})
    assert "Đã có chủ đề tương tự" in officer().get(url("topics", year)).content.decode()
    for reader in (officer(), secretary()):
        assert url("remove_topic", year, made.pk) not in reader.get(url("topic", year, made.pk)).content.decode()
        told = reader.post(url("remove_topic", year, made.pk), follow=True).content.decode()
        assert "Lý do không duyệt được giữ lại hết năm" in told
    assert topics_work(world.secretary(), now) == []
    secretary().post(url("answer_topic", year, made.pk), {"agree": "1"})
    made.refresh_from_db()
    assert (made.state, made.turned_down) == ("in_use", "")


def test_one_proposes_for_ones_own_unit_only_and_takes_it_back(world, officer, now):
    year = world.year()
    asked = {"unit": world.unit(3).pk, "title": "An toàn giao thông", "note": ""}
    assert officer(2).post(url("propose_topic", year), asked).status_code == 422
    made = propose(world, year, now)
    assert "Rút đề nghị" not in officer(3).get(url("topic", year, made.pk)).content.decode()
    assert officer(3).post(url("remove_topic", year, made.pk)).status_code == 403
    assert "Rút đề nghị" in officer(2).get(url("topic", year, made.pk)).content.decode()
    assert officer(2).post(url("remove_topic", year, made.pk)).status_code == 302
    assert officer(2).post(url("remove_topic", year, made.pk)).status_code == 404


def test_topics_are_moved_retired_and_removed_by_buttons(world, secretary, now):
    year = world.year()
    one, two = topic(year, "A"), topic(year, "B")
    client = secretary()
    client.post(url("move_topic", year, two.pk), {"up": "1"})
    assert list(Topic.objects.all()) == [two, one]
    client.post(url("move_topic", year, two.pk), {"down": "1"})
    assert list(Topic.objects.all()) == [one, two]
    assert "Ngừng dùng" in client.post(url("retire_topic", year, one.pk), {"retire": "1"}, follow=True).content.decode()
    client.post(url("retire_topic", year, one.pk), {"restore": "1"})
    assert Topic.objects.filter(retired=True).count() == 0
    record(world, year, 2, member(world.unit(2)), one, now=now)
    kept = client.post(url("remove_topic", year, one.pk), follow=True).content.decode()
    assert "không xoá được" in kept
    client.post(url("remove_topic", year, two.pk))
    assert list(Topic.objects.all()) == [one]


def test_a_topics_page_shows_its_reach(world, officer, now):
    year = world.year()
    made = topic(year)
    record(world, year, 2, member(world.unit(2)), made, now=now)
    record(world, year, 2, member(world.unit(2), "B"), made, now=now, held_on=date(2021, 11, 20), audience=())
    page = officer().get(url("topic", year, made.pk)).content.decode()
    assert "Cộng (1/3 đơn vị)" in page
    assert page.count("chưa nói") == 2
    assert "?don-vi=don-vi-2&amp;chu-de=" in page
    assert "Dự kiến" in page


def test_a_role_too_weak_gets_a_sentence_and_a_wrong_address_nothing(world, officer, now):
    year, other = world.year(), world.year(2022)
    made, elsewhere = topic(year), topic(other)
    client = officer()
    for name in ("new_topic",):
        assert client.get(url(name, year)).status_code == 403
    assert client.get(url("edit_topic", year, made.pk)).status_code == 403
    for name in ("answer_topic", "retire_topic", "move_topic", "remove_topic"):
        assert client.post(url(name, year, made.pk)).status_code == 403
        assert client.post(url(name, year, elsewhere.pk)).status_code == 404
        assert client.get(url(name, year, made.pk)).status_code == 405
    assert client.get(url("topic", year, elsewhere.pk)).status_code == 404
    assert client.get(url("topic", other, elsewhere.pk)).status_code == 200


def test_who_may_not_propose(world, sign_in):
    year = world.year()
    client = sign_in(world.person(Role.EDITOR, world.unit(2)))
    assert client.get(url("topics", year)).status_code == 200
    assert client.get(url("propose_topic", year)).status_code == 403


def test_a_closed_year_is_only_to_be_read(world, secretary, officer):
    year = world.year()
    made = topic(year)
    ClusterYear.objects.update(stage="closed")
    client = secretary()
    page = client.get(url("topic", year, made.pk)).content.decode()
    assert url("edit_topic", year, made.pk) not in page
    assert client.get(url("new_topic", year)).status_code == 409
    assert officer().get(url("propose_topic", year)).status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_for_any_number_of_topics(world, officer, now, rows, django_assert_num_queries):
    year = world.year()
    for number in range(rows):
        made = topic(year, f"Chủ đề {number}")
        made.directives.add(document(year.cluster, f"0{number}-CT/TW"))
        record(world, year, 2, member(world.unit(2), f"Người {number}"), made, now=now)
        actions.propose_topic(year=year, unit=world.unit(3), title=f"Đề nghị {number}", note="", actor=world.officer(3), now=now)
    client = officer()
    client.get(url("topics", year))
    with django_assert_num_queries(9):
        client.get(url("topics", year))
    made = Topic.objects.first()
    with django_assert_num_queries(11):
        client.get(url("topic", year, made.pk))
