"""The collaborator's page, and that nobody else ever sees a figure."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from thidua.clusters.models import Cluster, ClusterYear, Membership
from thidua.kernel.actor import Role
from thidua.people.models import Organisation
from thidua.people.queries import actor_of
from thidua.rapporteurs.models import CollaboratorReport, CorpsKind, TopicCount
from thidua.rapporteurs.queries import owed, work
from thidua.rapporteurs.queries.counts import report_of
from thidua.rapporteurs.queries.round_work import rounds_work
from thidua.rapporteurs.tests.making_rounds import make_collaborator, make_report, make_round, make_topic, with_account

FIGURES = (7341, 5123, 4967, 3089)
SHOWN = {form for figure in (*FIGURES, sum(FIGURES)) for form in (str(figure), f"{figure:,}".replace(",", "."))}


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def year(world):
    return world.year()


@pytest.fixture
def topic(year):
    return make_topic(year)


@pytest.fixture
def asked(year, topic):
    return make_round(year)


@pytest.fixture
def own(world, year, now, sign_in):
    """A collaborator of unit 2 with an account, and a client signed in as them."""
    member, person, _actor = with_account(world, 2, now)
    return member, sign_in(person)


def url(name, year, *rest):
    return reverse(f"rapporteurs:{name}", args=[year.cluster.slug, year.year, *rest])


def here(asked, member):
    return url("count", asked.year, asked.pk, member.pk)


def typed(topic, *numbers, revision=0, trend="steady", **more):
    cells = dict(zip(("supportive", "concerned", "neutral", "mixed"), [*numbers, *[""] * 4][:4], strict=True))
    return {f"{topic.pk}-{name}": str(value) for name, value in cells.items()} | {
        f"{topic.pk}-trend": trend, "revision": str(revision), **more,
    }  # fmt: skip


def test_from_the_list_of_work_to_a_report_that_is_sent(asked, topic, own, now):
    member, client = own
    (row,) = work(actor_of(member.post.tenures.get().person, now), now)
    assert (row.url, row.due_on) == (here(asked, member), asked.due_on)
    page = client.get(row.url).content.decode()
    assert "Không bao giờ ghi tên" in page
    assert "<textarea" not in page
    response = client.post(row.url, typed(topic, "1.250", "3", trend="rising", save="1"), follow=True)
    assert "Đã lưu nháp" in response.content.decode()
    assert 'value="1250"' in response.content.decode()
    response = client.post(row.url, typed(topic, "1 250", "4", revision=1, send="1"), follow=True)
    assert "Đã gửi báo cáo" in response.content.decode()
    line = TopicCount.objects.get()
    assert (line.supportive, line.concerned, line.neutral, line.mixed) == (1250, 4, 0, 0)
    assert work(actor_of(member.post.tenures.get().person, now), now) == []


@pytest.mark.parametrize("wrong", ["-1", "ba", "1,5", "1000000000", "12 3", "١٢", "1e3"])
def test_what_is_no_number_is_told_at_its_cell_and_kept(asked, topic, own, wrong):
    member, client = own
    response = client.post(here(asked, member), typed(topic, 5, wrong, send="1"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Hãy ghi số từ 0 đến 1.000.000" in page
    assert f'href="#id_{topic.pk}-concerned"' in page
    assert f'value="{wrong}"' in page
    assert 'value="5"' in page
    assert not CollaboratorReport.objects.exists()


def test_a_large_number_asks_for_a_tick(asked, topic, own):
    member, client = own
    assert 'name="confirmed"' not in client.get(here(asked, member)).content.decode()
    response = client.post(here(asked, member), typed(topic, "150000", save="1"))
    assert response.status_code == 422
    assert 'name="confirmed"' in response.content.decode()
    assert client.post(here(asked, member), typed(topic, "150000", save="1", confirmed="on")).status_code == 302
    assert "checked" in client.get(here(asked, member)).content.decode()


def test_nothing_to_report_is_one_button(asked, topic, own):
    member, client = own
    response = client.post(here(asked, member), typed(topic, 5, nothing="1"))
    assert response.status_code == 422
    assert "Hãy xoá trắng các ô" in response.content.decode()
    assert 'value="5"' in response.content.decode()
    page = client.post(here(asked, member), typed(topic, 0, nothing="1"), follow=True).content.decode()
    assert "Đã gửi: không có gì để báo" in page
    assert report_of(asked, member).nothing_heard
    page = client.post(here(asked, member), typed(topic, 0, send="1", revision=1)).content.decode()
    assert "Báo cáo đã gửi nên không sửa được" in page


def test_sending_zeros_says_which_button(asked, topic, own):
    member, client = own
    response = client.post(here(asked, member), typed(topic, send="1"))
    assert "bấm “Không có gì để báo”" in response.content.decode()
    assert not CollaboratorReport.objects.exists()


def test_two_who_save_at_once_see_both(asked, topic, own):
    member, client = own
    assert client.post(here(asked, member), typed(topic, 71, save="1")).status_code == 302
    response = client.post(here(asked, member), typed(topic, 82, save="1"))
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="82"' in page
    assert "đang lưu 71" in page
    assert 'name="revision" value="1"' in page
    assert client.post(here(asked, member), typed(topic, 82, revision=1, save="1")).status_code == 302
    assert TopicCount.objects.get().supportive == 82


def test_a_topic_that_the_round_does_not_ask_is_told(year, asked, topic, own):
    member, client = own
    retired = make_topic(year, "Thôi dùng", retired=True)
    response = client.post(here(asked, member), typed(topic, 1) | typed(retired, 5, send="1"))
    assert response.status_code == 422
    assert "Kỳ này không hỏi về một chủ đề" in response.content.decode()
    assert not CollaboratorReport.objects.exists()


def test_a_report_is_taken_back_until_the_due_day(asked, topic, own, monkeypatch):
    member, client = own
    client.post(here(asked, member), typed(topic, 5, send="1"))
    back = url("take_back", asked.year, asked.pk, member.pk)
    assert back in client.get(here(asked, member)).content.decode()
    assert "Đã lấy lại báo cáo" in client.post(back, follow=True).content.decode()
    assert report_of(asked, member).sent_at is None
    client.post(here(asked, member), typed(topic, 6, revision=2, send="1"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2021, 11, 6, 2, 0, tzinfo=UTC))
    assert back not in client.get(here(asked, member)).content.decode()
    assert "Sau hạn không lấy lại" in client.post(back, follow=True).content.decode()


def test_the_round_before_stands_beside(year, asked, topic, own):
    member, client = own
    last = make_round(year, "Tháng 9", starts_on=date(2021, 9, 1), ends_on=date(2021, 9, 30), due_on=date(2021, 10, 5))
    make_report(last, member, [(topic, 61, 2, 0, 0)])
    page = client.get(here(asked, member)).content.decode()
    assert "kỳ trước 61" in page
    assert "kỳ trước 63" in page


def test_a_page_that_has_nothing_to_write_says_why(world, year, asked, own):
    member, client = own
    ahead = make_round(year, "Sau", starts_on=date(2021, 12, 1), ends_on=date(2021, 12, 31), due_on=date(2022, 1, 5))
    assert "Ghi được từ ngày 01-12-2021" in client.get(here(ahead, member)).content.decode()
    far = make_round(year, "Xa", due_on=date(2022, 12, 31))
    member.terms.update(ends_on=date(2021, 12, 31))
    assert "Không phải gửi báo cáo kỳ này" in client.get(here(far, member)).content.decode()
    ClusterYear.objects.update(stage="closed")
    assert "Năm thi đua đã đóng" in client.get(here(asked, member)).content.decode()
    assert client.post(here(asked, member), {"revision": "0", "nothing": "1"}).status_code == 422


def test_the_officer_enters_for_those_without_an_account_only(world, year, asked, topic, own, sign_in, now):
    with_one, _client = own
    without = make_collaborator(world.unit(2), "Lê Văn C")
    make_collaborator(world.unit(3), "Ở đơn vị khác")
    officer = world.officer(2)
    (row,) = work(officer, now)
    assert row.url == here(asked, without)
    client = sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))
    assert "Bạn ghi thay Lê Văn C" in client.get(row.url).content.decode()
    assert client.post(row.url, typed(topic, 4, send="1")).status_code == 302
    assert client.get(here(asked, with_one)).status_code == 403
    assert client.post(here(asked, with_one), typed(topic, 4, send="1")).status_code == 403
    assert client.post(url("take_back", year, asked.pk, with_one.pk)).status_code == 403
    assert work(officer, now) == []


def test_for_several_the_work_leads_to_the_list(world, asked, now):
    for name in ("Một", "Hai"):
        make_collaborator(world.unit(2), name)
    make_collaborator(world.unit(2), "Hết nhiệm kỳ", terms=((date(2020, 1, 1), date(2020, 12, 31)),))
    (row,) = work(world.officer(2), now)
    assert row.url == url("round", asked.year, asked.pk)
    assert "(2)" in str(row.title)


def test_work_asks_two_queries_whatever_there_is(world, year, own, now, django_assert_num_queries):
    member, _client = own
    actor = actor_of(member.post.tenures.get().person, now)
    for number in range(3):
        make_round(year, f"Kỳ {number}")
        with django_assert_num_queries(2):
            assert len(rounds_work(actor, now)) == number + 1
    auditor = world.actor(Role.AUDITOR, world.unit(2))
    with django_assert_num_queries(0):
        assert rounds_work(auditor, now) == []


def test_work_of_the_superior_body_and_of_no_closed_year(world, year, asked, now):
    body = Organisation.objects.get(slug="ban-tuyen-giao")
    actor = world.actor(Role.COLLABORATOR, body)
    member = make_collaborator(body, "Phạm D", post_id=actor.holdings[0].post_id)
    assert [row.url for row in work(actor, now)] == [here(asked, member)]
    ClusterYear.objects.update(stage="closed")
    assert work(actor, now) == []


def test_reminders_say_how_many_collaborators_owe(world, year, asked):
    assert owed(year, date(2021, 11, 8)) == []
    first, second = (make_collaborator(world.unit(2), name) for name in ("An", "Bình"))
    make_collaborator(world.unit(3), "Cúc", left_on=date(2021, 11, 1))
    assert owed(year, date(2021, 10, 20)) == []
    make_report(asked, first)
    (kind,) = owed(year, date(2021, 11, 8))
    line = "Báo cáo cộng tác viên tháng 10 năm 2021 (hạn 05-11-2021, quá 3 ngày): 1/2 người chưa gửi"
    assert kind.lines == {world.unit(2).pk: [line]}
    make_report(asked, second)
    assert owed(year, date(2021, 11, 8)) == []


def test_nobody_else_opens_the_page(world, year, asked, topic, own, sign_in, now):
    member, _client = own
    speaker = make_collaborator(world.unit(2), "Báo cáo viên", kind=CorpsKind.RAPPORTEUR)
    for role, number in [
        (Role.HEAD_SECRETARY, 1), (Role.UNIT_LEADER, 2), (Role.UNIT_OFFICER, 2), (Role.UNIT_OFFICER, 3), (Role.AUDITOR, 2),
        (Role.COLLABORATOR, 3), (Role.RAPPORTEUR, 2),
    ]:  # fmt: skip
        client = sign_in(world.person(role, world.unit(number)))
        assert client.get(here(asked, member)).status_code == 403
        assert client.post(here(asked, member), typed(topic, 1, send="1")).status_code == 403
    client = sign_in(world.person(Role.SUPERIOR_OFFICER, Organisation.objects.get(slug="ban-tuyen-giao")))
    assert client.get(here(asked, member)).status_code == 403
    assert client.get(here(asked, speaker)).status_code == 404
    assert not CollaboratorReport.objects.exists()


def test_collaborators_of_another_cluster_are_not_here(world, year, asked, own):
    _member, client = own
    body = world.organisation("Ban khac", "party_body")
    cluster = Cluster.objects.create(slug="cum-9", name_vi="Cụm số 9", superior_body=body)
    outside = world.organisation("Ngoai cum")
    foreign = ClusterYear.objects.create(cluster=cluster, year=2021, head=outside)
    Membership.objects.create(year=foreign, organisation=outside, position=1)
    assert client.get(here(asked, make_collaborator(outside, "Người ngoài"))).status_code == 404
    assert client.get(here(make_round(foreign), _member)).status_code == 404


@pytest.mark.parametrize(
    ("role", "number"),
    [
        (Role.HEAD_SECRETARY, 1), (Role.SUPERIOR_OFFICER, None), (Role.UNIT_LEADER, 2), (Role.UNIT_OFFICER, 2),
        (Role.UNIT_OFFICER, 3), (Role.AUDITOR, 2), (Role.RAPPORTEUR, 2), (Role.COLLABORATOR, 3),
    ],
)  # fmt: skip
def test_no_page_of_anybody_else_shows_a_figure(world, year, asked, topic, own, sign_in, role, number):
    member, client = own
    make_report(asked, member, [(topic, *FIGURES)])
    if role == Role.SUPERIOR_OFFICER:
        client = sign_in(world.person(role, Organisation.objects.get(slug="ban-tuyen-giao")))
    else:
        client = sign_in(world.person(role, world.unit(number)))
    unit = "don-vi-2"
    pages = [
        url("rounds", year), url("rounds_workbook", year), url("round", year, asked.pk), url("round_workbook", year, asked.pk),
        url("round_unit", year, unit) + "?quy=nam", url("round_unit_workbook", year, unit), url("edit_round", year, asked.pk),
        url("corps", year), url("member", year, member.pk), url("topics", year), url("topic", year, topic.pk), url("talks", year),
        url("coverage", year), here(asked, member), reverse("home:my_work"), year.get_absolute_url(),
    ]  # fmt: skip
    opened = 0
    for address in pages:
        response = client.get(address)
        opened += response.status_code == 200
        text = _text(response)
        assert [figure for figure in SHOWN if figure in text] == [], address
    assert opened >= 10


def _text(response):
    if "spreadsheet" not in response.get("Content-Type", ""):
        return response.content.decode()
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    return " ".join(str(value) for row in rows for value in row)


def test_the_one_who_counted_sees_the_figures(year, asked, topic, own):
    member, client = own
    make_report(asked, member, [(topic, *FIGURES)])
    page = client.get(here(asked, member)).content.decode()
    assert "7.341" in page
    assert "20.520" in page


def test_unlinking_the_post_opens_nothing(world, year, asked, topic, own, sign_in):
    member, _client = own
    make_report(asked, member, [(topic, *FIGURES)])
    officer = sign_in(world.person(Role.UNIT_OFFICER, member.unit))
    assert officer.get(here(asked, member)).status_code == 403
    post, member.post = member.post, None
    member.save()
    assert officer.get(here(asked, member)).status_code == 403
    author = sign_in(post.tenures.get().person)
    assert author.get(here(asked, member)).status_code == 200
    member.post = post
    member.save()
    successor = world.person(Role.COLLABORATOR, member.unit, username="ke-nhiem")
    assert sign_in(successor).get(here(asked, member)).status_code == 403
