"""What the corps gives to reports and to evidence: figures with their sources, lists, things to cite."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from thidua.clusters.queries import members
from thidua.rapporteurs import queries
from thidua.rapporteurs.queries.figures import FIGURES, LISTS, MOST_SOURCES
from thidua.rapporteurs.tests import assessing as made

THIRD_QUARTER = (date(2021, 7, 1), date(2021, 9, 30))


@pytest.fixture
def unit(world):
    return world.unit(2)


def values(year, unit, days=THIRD_QUARTER):
    """The values of every figure, without the name of the slice."""
    found = queries.figures_of(year, unit.pk, *days)
    assert found.keys() == FIGURES.keys()
    return {key.removeprefix("rapporteurs."): figure.value for key, figure in found.items()}


def test_a_unit_without_a_corps_has_noughts_and_no_sources(world, unit):
    year = world.year()
    found = queries.figures_of(year, unit.pk, *THIRD_QUARTER)
    assert {figure.value for figure in found.values()} == {Decimal(0), None}
    assert [key for key, figure in found.items() if figure.value is None] == ["rapporteurs.reports_on_time"]
    assert all(figure.basis == () for figure in found.values())
    assert queries.lists_of(year, unit.pk, *THIRD_QUARTER)["rapporteurs.talks_list"].basis == ()
    assert queries.citables(year, unit.pk) == []


def test_held_talks_of_the_span_count(world, unit):
    year = world.year()
    first, second = made.topic(year), made.topic(year, "Biển đảo")
    speaker, other = made.member(unit), made.member(unit, "Trần Thị Bình")
    made.talk(year, speaker, first, second, listeners=120, on=THIRD_QUARTER[0])
    made.talk(year, speaker, first, listeners=80, on=THIRD_QUARTER[1])
    made.talk(year, speaker, second, listeners=0, on=date(2021, 8, 1))  # planned
    made.talk(year, other, second, listeners=500, on=date(2021, 10, 1))
    made.talk(year, made.member(world.unit(3)), first, listeners=60)
    found = values(year, unit)
    assert (found["talks"], found["listeners"], found["topics_covered"], found["speakers"], found["corps"]) == (2, 200, 2, 1, 2)


def test_the_corps_is_who_is_in_term_on_the_last_day(world, unit):
    year = world.year()
    made.member(unit, "Còn nhiệm kỳ")
    made.member(unit, "Cộng tác viên", kind="collaborator", ends_on=date(2021, 9, 30))
    made.member(unit, "Đã hết", ends_on=date(2021, 9, 29))
    left = made.member(unit, "Đã thôi")
    left.left_on = date(2021, 9, 29)
    left.save()
    figure = queries.figures_of(year, unit.pk, *THIRD_QUARTER)["rapporteurs.corps"]
    assert figure.value == 2
    assert figure.basis[0][0] == "1 báo cáo viên, 1 cộng tác viên trong nhiệm kỳ"


def test_reports_are_owed_by_who_was_in_term_on_the_due_day_and_never_sent_is_late(world, unit):
    year = world.year()
    first, second = (made.member(unit, name, kind="collaborator") for name in ("Một", "Hai"))
    made.member(unit, "Sau này", kind="collaborator", starts_on=date(2021, 9, 1))
    july, august = (made.asked_round(year, f"Tháng {month}", date(2021, month, 28)) for month in (7, 8))
    made.asked_round(year, "Tháng 10", date(2021, 10, 28))
    made.report(july, first)
    made.report(july, second, late=3)
    made.report(august, first)
    made.report(august, second, sent=False)
    found = values(year, unit)
    assert (found["reports_owed"], found["reports_sent"], found["reports_on_time"]) == (4, 3, Decimal("50.0"))
    basis = queries.figures_of(year, unit.pk, *THIRD_QUARTER)["rapporteurs.reports_sent"].basis
    assert [words for words, _url in basis] == [
        "Tháng 7: phải gửi 2, đã gửi 2, đúng hạn 1", "Tháng 8: phải gửi 2, đã gửi 1, đúng hạn 1",
    ]  # fmt: skip


def test_talks_are_named_one_by_one_up_to_a_dozen(world, unit):
    year = world.year()
    speaker, topic = made.member(unit), made.topic(year)
    talks = [made.talk(year, speaker, topic, on=date(2021, 8, 1 + day)) for day in range(MOST_SOURCES + 2)]
    with override("vi"):
        basis = queries.lists_of(year, unit.pk, *THIRD_QUARTER)["rapporteurs.talks_list"].basis
    assert len(basis) == MOST_SOURCES + 1
    assert basis[0] == ("14-08-2021: Chuyển đổi số; 50 người nghe", f"/cum/cum-2/2021/buoi/{talks[-1].pk}/")
    assert basis[-1][0] == "và 2 buổi tuyên truyền khác"
    assert LISTS.keys() == queries.lists_of(year, unit.pk, *THIRD_QUARTER).keys()


@pytest.mark.parametrize("number", [1, 3])
def test_figures_take_three_queries_and_lists_one(world, unit, number, django_assert_num_queries):
    year = world.year()
    for each in range(number):
        made.talk(year, made.member(unit, f"Người {each}"), made.topic(year, f"Chủ đề {each}"))
        collaborator = made.member(unit, f"Cộng tác viên {each}", kind="collaborator")
        made.report(made.asked_round(year, f"Kỳ {each}", date(2021, 8, 20 + each)), collaborator)
    members(year)
    with django_assert_num_queries(3):
        queries.figures_of(year, unit.pk, *THIRD_QUARTER)
    with django_assert_num_queries(1):
        queries.lists_of(year, unit.pk, *THIRD_QUARTER)
    with django_assert_num_queries(3):
        queries.citables(year, unit.pk)


def test_held_talks_and_the_year_in_sum_can_be_cited_and_name_nobody(world, unit):
    year = world.year()
    speaker = made.member(unit)
    collaborator = made.member(unit, "Cộng tác viên", kind="collaborator")
    held = made.talk(year, speaker, made.topic(year), listeners=120)
    planned = made.talk(year, speaker, listeners=0)
    made.report(made.asked_round(year, "Tháng 3", date(2021, 3, 28)), collaborator)
    corps, talk = queries.citables(year, unit.pk)
    assert (corps.kind, corps.pk, corps.day) == ("corps", unit.pk, held.held_on)
    assert corps.words == (
        "1 báo cáo viên, 1 cộng tác viên trong nhiệm kỳ; 1 buổi tuyên truyền, 120 lượt người nghe, 1 chủ đề; "
        "cộng tác viên gửi 1 trong 1 báo cáo, đúng hạn 1"
    )
    assert corps.url == "/cum/cum-2/2021/danh-gia/don-vi/don-vi-2/"
    assert (talk.kind, talk.pk, talk.title) == ("talk", held.pk, "Tuyên truyền miệng: Chuyển đổi số")
    assert talk.words == "Trực tiếp, Hội trường A; 120 người nghe"
    assert queries.citable(year, unit.pk, "talk", held.pk) == talk
    assert queries.citable(year, unit.pk, "corps", unit.pk) == corps
    other = world.unit(3)
    absent = [(unit, "talk", planned.pk), (unit, "talk", 999_999), (unit, "corps", other.pk), (other, "talk", held.pk)]
    absent += [(other, "corps", other.pk), (unit, "study", held.pk), (world.organisation("Ngoai cum"), "talk", held.pk)]
    assert [queries.citable(year, body.pk, kind, pk) for body, kind, pk in absent] == [None] * len(absent)
