"""What the collaborator's page says before sending, and what it asks to be ticked."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from thidua.clusters.models import Membership
from thidua.kernel import ports
from thidua.kernel.actor import Role
from thidua.people.queries import actor_of
from thidua.rapporteurs.models import CollaboratorReport
from thidua.rapporteurs.queries import work
from thidua.rapporteurs.queries.counts import report_of
from thidua.rapporteurs.queries.rounds import punctuality_of
from thidua.rapporteurs.rules.rounds import sending
from thidua.rapporteurs.tests.making_rounds import make_collaborator, make_report, make_round, make_topic, with_account
from thidua.rapporteurs.tests.test_counts_views import here, typed

AFTER_DUE = datetime(2021, 11, 9, 2, 0, tzinfo=UTC)


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


def test_what_sending_means_on_a_day():
    ends, due = date(2021, 10, 31), date(2021, 11, 5)
    days = [date(2021, 10, 30), ends, due, date(2021, 11, 6)]
    found = [sending(ends, due, day, gathered=False) for day in days]
    assert [(one.early, one.back) for one in found] == [(True, True), (False, True), (False, True), (False, False)]
    assert not sending(ends, due, ends, gathered=True).back


def test_in_time_the_page_says_until_when_it_can_be_taken_back(asked, topic, own):
    member, client = own
    page = client.get(here(asked, member)).content.decode()
    assert "lấy lại để sửa được đến hết ngày 05-11-2021" in page
    assert 'name="final"' not in page
    assert 'name="early"' not in page


def test_after_the_due_day_the_page_says_that_it_stays_and_asks_for_a_tick(asked, topic, own, monkeypatch):
    member, client = own
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER_DUE)
    assert "gửi rồi không lấy lại để sửa được" in client.get(here(asked, member)).content.decode()
    for button in ("send", "nothing"):
        answer = client.post(here(asked, member), typed(topic, 7 if button == "send" else "", **{button: "1"}))
        assert answer.status_code == 422
        assert "Hãy đánh dấu ô này" in answer.content.decode()
    assert not CollaboratorReport.objects.exists()
    assert client.post(here(asked, member), typed(topic, 7, save="1")).status_code == 302
    assert client.post(here(asked, member), typed(topic, 7, revision=1, send="1", final="on")).status_code == 302
    assert report_of(asked, member).days_late == 4


def test_before_the_span_ends_sending_asks_for_a_tick_and_is_punctual(year, topic, own):
    member, client = own
    long = make_round(year, "Quý IV", rhythm="quarterly", ends_on=date(2021, 12, 31), due_on=date(2022, 1, 5))
    assert "Kỳ chưa hết (đến 31-12-2021)" in client.get(here(long, member)).content.decode()
    answer = client.post(here(long, member), typed(topic, 7, send="1"))
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert client.post(here(long, member), typed(topic, 7, save="1")).status_code == 302
    assert client.post(here(long, member), typed(topic, 7, revision=1, send="1", early="on")).status_code == 302
    assert punctuality_of(year, date(2021, 11, 1))[member.pk] == (1, 1, 1)


def test_who_sends_after_the_digest_is_told_that_the_counts_go_into_none(asked, topic, own, monkeypatch):
    member, client = own
    monkeypatch.setattr(ports, "ROUND_GATHERED", [lambda round_id: round_id == asked.pk])
    assert "không vào bản tổng hợp nào nữa" in client.get(here(asked, member)).content.decode()
    assert client.post(here(asked, member), typed(topic, 7, send="1")).status_code == 422
    assert client.post(here(asked, member), typed(topic, 7, send="1", final="on")).status_code == 302


def test_what_is_wrong_stands_below_its_row_with_the_name_of_the_column(asked, topic, own):
    member, client = own
    page = client.post(here(asked, member), typed(topic, "-3", "x", "1,5", "9999999", send="1")).content.decode()
    row = page.partition('<td colspan="7" class="wide">')[2].partition("</tr>")[0]
    assert row.count("Hãy ghi số từ 0 đến 1.000.000") == 4
    assert "<b>Đồng tình</b>" in row


def test_a_collaborator_of_a_unit_that_has_left_still_reads_what_they_sent(world, year, asked, topic, own, sign_in):
    member, client = own
    other = make_round(year, "Kỳ khác")
    make_report(asked, member, [(topic, 7341, 0, 0, 0)])
    elsewhere = world.year(2022)
    Membership.objects.get_or_create(year=elsewhere, organisation=member.unit, defaults={"position": 99})
    Membership.objects.filter(year=year, organisation=member.unit).delete()
    page = client.get(here(asked, member)).content.decode()
    assert "7.341" in page
    assert "Lấy lại để sửa" not in page
    assert client.post(reverse("rapporteurs:take_back", args=[*_at(year), asked.pk, member.pk])).status_code == 403
    assert client.post(here(other, member), typed(topic, 1, send="1")).status_code == 422
    assert CollaboratorReport.objects.count() == 1
    officer = sign_in(world.person(Role.UNIT_OFFICER, world.unit(3)))
    assert officer.get(here(asked, member)).status_code == 403


def test_the_officer_of_the_superior_body_has_its_collaborators_as_work(world, year, asked, topic, now, sign_in):
    body = year.cluster.superior_body
    person = world.person(Role.SUPERIOR_OFFICER, body)
    member = make_collaborator(body, "Phạm D")
    make_collaborator(world.unit(2), "Lê Văn C")
    (row,) = [row for row in work(actor_of(person, now), now) if "/ky/" in row.url]
    assert row.url == here(asked, member)
    client = sign_in(person)
    assert client.post(row.url, typed(topic, 4, send="1")).status_code == 302
    assert not [row for row in work(actor_of(person, now), now) if "/ky/" in row.url]


def _at(year):
    return year.cluster.slug, year.year
