from datetime import date, timedelta

import pytest
from django.urls import reverse

from thidua.clusters import actions as clusters
from thidua.clusters import queries as clusters_queries
from thidua.clusters.rules import Stage, StageSpan
from thidua.home import queries
from thidua.home.actions import note_visit
from thidua.home.rules import NOTE_EVERY
from thidua.kernel import ports
from thidua.kernel.actor import Role
from thidua.kernel.ports import Work
from thidua.people.models import Person
from thidua.web.sentences import all_event_sentences

HOME = reverse("home:my_work")


@pytest.fixture
def waiting(monkeypatch, now):
    """Exactly these things wait, whatever the slices say."""
    days = {"Nộp phiếu tự chấm": date(2021, 10, 23), "Ký giao ước": date(2021, 11, 4), "Xem biên bản": None}
    offer = lambda actor, at: [Work(title, "Cụm số 2 › 2021", f"/{i}/", day) for i, (title, day) in enumerate(days.items())]  # noqa: E731
    monkeypatch.setattr(ports, "WORK", [offer])


def test_readers_are_led_to_the_news(db, client):
    answer = client.get(HOME)
    assert (answer.status_code, answer.url) == (302, reverse("news:front"))


def test_what_waits_stands_by_deadline(world, sign_in, waiting):
    world.year()
    groups = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2))).get(HOME).context["groups"]
    assert [str(each.title) for group in groups for each in group.items][-1] == "Xem biên bản"
    assert sum(len(group.items) for group in groups) == 3


def test_every_thing_leads_to_its_page(world, sign_in, waiting):
    world.year()
    page = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2))).get(HOME).content.decode()
    for part in ('href="/0/"', "Nộp phiếu tự chấm", "23-10-2021", "04-11-2021", "Cụm số 2 › 2021"):
        assert part in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_number_of_queries(world, sign_in, waiting, now, rows, django_assert_num_queries):
    for number in range(rows):
        year = world.year(year=2020 + number)
        clusters.set_calendar(
            year=year, spans=[StageSpan(Stage.PREPARING, None, date(2021, 11, 5))], actor=world.secretary(), now=now
        )
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    client.get(HOME)
    with django_assert_num_queries(8):
        page = client.get(HOME).content.decode()
    assert page.count("Đặt lịch các giai đoạn") == rows


def test_only_what_concerns_the_whole_cluster_is_told(world, now):
    year = world.year()
    clusters.set_calendar(year=year, spans=[StageSpan(Stage.RUNNING, None, None)], actor=world.secretary(), now=now)
    new, earlier = queries.happenings(world.officer(2), now - timedelta(hours=1), now + timedelta(hours=3))
    assert [(each.sentence, each.post, each.ago) for each in new] == [
        ("Đặt lịch các giai đoạn", "head_secretary, Don vi 1", "3 giờ trước")
    ]
    assert earlier == []
    assert set(all_event_sentences()) >= queries.TOLD


def test_nobody_is_told_of_other_clusters_or_of_own_doings(world, now):
    year = world.year()
    clusters.set_calendar(year=year, spans=[StageSpan(Stage.RUNNING, None, None)], actor=world.secretary(), now=now)
    stranger = world.actor(Role.UNIT_OFFICER, world.organisation("Don vi xa"))
    assert queries.happenings(stranger, None, now) == ([], [])
    assert queries.happenings(world.secretary(), None, now) == ([], [])
    assert queries.own_years(stranger) == []


def test_own_years_say_where_they_stand(world, now):
    world.year(year=2020, stage="closed")
    year = world.year(year=2021)
    due = date(2021, 11, 5)
    clusters.set_calendar(year=year, spans=[StageSpan(Stage.PREPARING, None, due)], actor=world.secretary(), now=now)
    own = queries.own_years(world.officer(2))
    assert [(each.year.year, each.step, each.steps, each.due_on) for each in own] == [(2021, 1, 9, due), (2020, 9, 9, None)]
    assert clusters_queries.due_on(year, Stage.PREPARING) == own[0].due_on


def test_a_visit_is_noted_at_most_every_ten_minutes(world, now):
    person = world.person(Role.UNIT_OFFICER, world.unit(2))
    assert note_visit(person_id=person.pk, now=now)
    assert not note_visit(person_id=person.pk, now=now + NOTE_EVERY - timedelta(seconds=1))
    assert note_visit(person_id=person.pk, now=now + NOTE_EVERY)
    person.refresh_from_db()
    assert person.last_visit == now + NOTE_EVERY


def test_since_last_time_lasts_for_the_whole_visit(world, sign_in, waiting, now):
    world.year()
    person = world.person(Role.UNIT_OFFICER, world.unit(2))
    Person.objects.filter(pk=person.pk).update(last_visit=now)
    client = sign_in(person)
    assert client.get(HOME).context["since"] == now
    assert client.get(HOME).context["since"] == now
    person.refresh_from_db()
    assert person.last_visit > now


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.SUPERIOR_OFFICER, "Bắt đầu bằng việc lập cụm"),
        (Role.OPERATOR, "Bạn quản trị phần mềm này"),
        (Role.UNIT_OFFICER, "Đơn vị của bạn chưa vào cụm nào"),
    ],
)
def test_an_empty_page_says_what_to_do_first(world, sign_in, monkeypatch, role, words):
    monkeypatch.setattr(ports, "WORK", [])
    assert words in sign_in(world.person(role, world.organisation("Don vi moi"))).get(HOME).content.decode()


def test_a_person_without_a_post_is_told_whom_to_ask(db, sign_in, now):
    person = Person.objects.create(username="moi", name="Mới", entered_at=now, activated_at=now)
    assert "Tài khoản chưa được giao chức vụ" in sign_in(person).get(HOME).content.decode()
