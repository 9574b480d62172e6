import random
from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from thidua.clusters.models import Membership
from thidua.kernel.actor import Role
from thidua.rapporteurs.models import CorpsKind
from thidua.rapporteurs.queries.coverage import coverage_of, silent_in
from thidua.rapporteurs.queries.talks import TalkFilter, listed, totals_of
from thidua.rapporteurs.rules.talks import Sum
from thidua.rapporteurs.tests.talking import DAY, member, record, topic, url


@pytest.fixture(autouse=True)
def _day(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def client_of(world, sign_in):
    return lambda: sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))


def table(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def names(found):
    return [member.name for row in found.units for member in row.members]


@pytest.mark.parametrize("seed", range(3))
def test_the_table_agrees_with_the_list(world, now, seed):
    chance = random.Random(seed)
    year = world.year()
    topics = [topic(year, f"Chủ đề {n}") for n in range(4)]
    speakers = {n: member(world.unit(n), f"Người {n}") for n in (1, 2, 3)}
    for _talk in range(12):
        number, planned = chance.choice([1, 2, 3]), chance.random() < 0.2
        spoken = chance.sample(topics, chance.randint(1, 3))
        audience = () if planned else (("members", chance.randint(1, 90)), ("others", chance.randint(1, 90)))
        record(world, year, number, speakers[number], *spoken, now=now, audience=audience)
    found = coverage_of(year)

    def in_list(**asked):
        sums = totals_of(listed(year, TalkFilter(state="da-to-chuc", **asked), DAY))
        return Sum(sums.held, sums.listeners)

    assert found.total == in_list()
    assert found.totals == [in_list(unit=unit.slug) for unit in found.units]
    for row in found.rows:
        assert row.total == in_list(topic=row.topic.pk)
        for unit, box in row.boxes:
            assert box == in_list(unit=unit.slug, topic=row.topic.pk)


def test_blanks_come_first_and_each_box_leads_to_the_list(world, client_of, now):
    year = world.year(illustrative=True)
    reached, blank, retired = topic(year, "Đã nói"), topic(year, "Chưa nói"), topic(year, "Bỏ", retired=True)
    topic(year, "Chờ", agreed=False, proposed_by=world.unit(2))
    record(world, year, 2, member(world.unit(2)), reached, now=now)
    found = coverage_of(year)
    assert ([row.topic for row in found.rows], found.blanks) == ([blank, reached], 5)
    page = client_of().get(url("coverage", year)).content.decode()
    assert f"?don-vi=don-vi-2&amp;chu-de={reached.pk}&amp;tinh-trang=da-to-chuc" in page
    assert f"?don-vi=don-vi-2&amp;chu-de={blank.pk}" in page
    rows = table(client_of().get(url("coverage_xlsx", year)).content)
    assert rows[1][0] == "Số liệu minh hoạ"
    assert rows[4] == ["Chưa nói", 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert rows[5] == ["Đã nói", 1, 0, 0, 1, 120, 0, 0, 1, 120]
    retired.retired = False
    retired.save()
    record(world, year, 2, member(world.unit(2), "B"), retired, now=now)
    retired.retired = True
    retired.save()
    assert retired in [row.topic for row in coverage_of(year).rows]


def test_a_unit_that_has_left_keeps_its_column(world, now):
    year = world.year()
    record(world, year, 3, member(world.unit(3)), topic(year), now=now)
    Membership.objects.filter(organisation=world.unit(3)).delete()
    year = type(year).objects.get(pk=year.pk)
    found = coverage_of(year)
    assert found.units == [world.unit(1), world.unit(2), world.unit(3)]
    assert found.total == sum(found.totals, Sum()) == Sum(1, 120)


def test_an_empty_table_says_what_to_do_first(world, client_of):
    assert "Chưa có chủ đề để xem bao phủ" in client_of().get(url("coverage", world.year())).content.decode()


def test_who_has_not_spoken_in_a_quarter(world, now):
    year = world.year()
    spoken = topic(year)
    spoke, planned = member(world.unit(2), "Đã nói"), member(world.unit(2), "Dự kiến", level="province")
    record(world, year, 2, spoke, spoken, now=now)
    record(world, year, 2, planned, spoken, now=now, audience=())
    member(world.unit(2), "Hết nhiệm kỳ", terms=((date(2020, 1, 1), date(2021, 9, 30)),))
    member(world.unit(2), "Thôi từ đầu quý", left_on=date(2021, 10, 1))
    member(world.unit(2), "Thôi giữa quý", left_on=date(2021, 10, 2))
    member(world.unit(2), "Cộng tác viên", kind=CorpsKind.COLLABORATOR)
    member(world.unit(1), "An")
    member(world.unit(3), "Mới", terms=((date(2021, 12, 31), date(2023, 12, 30)),))
    found = silent_in(year, 4)
    assert names(found) == ["An", "Dự kiến", "Thôi giữa quý", "Mới"]
    assert [(row.unit, row.in_term) for row in found.units] == [(world.unit(1), 1), (world.unit(2), 3), (world.unit(3), 1)]
    assert [m.name for row in found.units for m in row.members if m.planned] == ["Dự kiến"]
    assert (found.silent, found.in_term) == (4, 5)
    assert names(silent_in(year, 4, "province")) == ["Dự kiến"]
    assert "Đã nói" in names(silent_in(year, 3))
    assert "Mới" not in names(silent_in(year, 3))


def test_the_quarter_stands_in_the_address_bar(world, client_of, now):
    year = world.year()
    member(world.unit(2), "An")
    client = client_of()
    assert "Ai chưa nói trong Quý IV năm 2021" in client.get(url("silent", year)).content.decode()
    page = client.get(url("silent", year), {"quy": "2"}).content.decode()
    assert "Ai chưa nói trong Quý II năm 2021" in page
    assert "1/1 chưa nói" in page
    assert "Quý IV năm 2021" in client.get(url("silent", year), {"quy": "7", "cap": "x"}).content.decode()
    rows = table(client.get(url("silent_xlsx", year), {"quy": "2"}).content)
    assert rows[0][0] == "Báo cáo viên chưa nói, Quý II năm 2021"
    assert rows[4:] == [["An", "Phó trưởng phòng", "Don vi 2", "Cơ sở", ""]]
    assert "Không có báo cáo viên còn nhiệm kỳ" in client.get(url("silent", year), {"cap": "central"}).content.decode()
    record(world, year, 2, member(world.unit(2), "B", level="district"), topic(year), now=now)
    assert "Mọi báo cáo viên đều đã nói" in client.get(url("silent", year), {"cap": "district"}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_for_any_number_of_topics(world, client_of, now, rows, django_assert_num_queries):
    year = world.year()
    for number in range(rows):
        record(world, year, 2, member(world.unit(2), f"Người {number}"), topic(year, f"Chủ đề {number}"), now=now)
        member(world.unit(3), f"Im {number}")
    client = client_of()
    client.get(url("coverage", year))
    with django_assert_num_queries(10):
        client.get(url("coverage", year))
    with django_assert_num_queries(9):
        client.get(url("silent", year))
