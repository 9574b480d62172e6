"""What waits for a rapporteur who has planned nothing."""

from datetime import date, timedelta

import pytest

from thidua.clusters.models import ClusterYear
from thidua.rapporteurs.models import CorpsMember, Term
from thidua.rapporteurs.queries.speaker_work import speaker_work
from thidua.rapporteurs.tests.talking import record, signed_in, topic, url

NONE_YET = "Quý này bạn chưa có buổi nào: ghi hoặc lên kế hoạch"
NEXT = "Ghi buổi tuyên truyền, hoặc lên kế hoạch buổi tới"


@pytest.fixture
def own(world, now):
    year = world.year()
    speaker, _person, actor = signed_in(world, world.unit(2), now)
    return year, speaker, actor


def rows(actor, now):
    return [str(row.title) for row in speaker_work(actor, now)]


def test_a_rapporteur_is_led_to_the_next_talk(world, now, own, django_assert_num_queries):
    year, speaker, actor = own
    with django_assert_num_queries(1):
        [row] = speaker_work(actor, now)
    assert (str(row.title), row.url) == (NONE_YET, f"{url('record_talk', year)}?bao-cao-vien={speaker.pk}")
    spoken = topic(year)
    record(world, year, 2, speaker, spoken, now=now, held_on=date(2021, 9, 30))
    assert rows(actor, now) == [NONE_YET]
    record(world, year, 2, speaker, spoken, now=now)
    assert rows(actor, now) == [NEXT]
    record(world, year, 2, speaker, spoken, now=now, held_on=now.date() + timedelta(days=31), audience=())
    assert rows(actor, now) == [NEXT]
    record(world, year, 2, speaker, spoken, now=now, held_on=now.date() + timedelta(days=30), audience=())
    assert rows(actor, now) == []


def test_nobody_else_is_asked(world, now, own, django_assert_num_queries):
    _year, _speaker, actor = own
    officer = world.officer(2)
    with django_assert_num_queries(0):
        assert speaker_work(officer, now) == []
    ClusterYear.objects.update(stage="closed")
    assert rows(actor, now) == []
    ClusterYear.objects.update(stage="running", year=2020)
    assert rows(actor, now) == []
    ClusterYear.objects.update(year=2021)
    CorpsMember.objects.update(left_on=now.date())
    assert rows(actor, now) == []
    CorpsMember.objects.update(left_on=None)
    Term.objects.update(ends_on=now.date() - timedelta(days=1))
    assert rows(actor, now) == []
