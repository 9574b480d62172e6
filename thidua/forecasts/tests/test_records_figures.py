"""What a report and the evidence of a unit say about its forecasts: counts, and a score from ten decided questions on."""

from datetime import date, timedelta

import pytest

from thidua.forecasts import queries
from thidua.forecasts.models import Question
from thidua.forecasts.tests.deciding import CLOSED, decide, question, state, yes_no
from thidua.kernel.actor import Role
from thidua.people.models import Post

pytestmark = pytest.mark.django_db
MARCH = (date(2021, 3, 1), date(2021, 3, 31))


@pytest.fixture
def year(world):
    return world.year(stage="running")


def values(year, unit, span=MARCH):
    found = queries.figures_of(year, unit.pk, *span)
    assert list(found) == list(queries.FIGURES)
    return tuple(int(figure.value) for figure in found.values())


def test_nothing_asked(world, year):
    assert values(year, world.unit(1)) == (0, 0)
    assert queries.figures_of(year, world.unit(1).pk, *MARCH)["forecasts.questions"].basis == ()


def test_questions_that_closed_within_the_span_and_those_that_the_unit_answered(world, year):
    unit = world.unit(1)
    for title in ("answered", "not", "void", "draft", "by a post", "by another"):
        question(year, title)
    asked = {each.title: each for each in Question.objects.all()}
    Question.objects.filter(title="draft").update(state="draft")
    state(asked["answered"], unit, "0.6", "0.4")
    state(asked["answered"], unit, "0.7", "0.3", days=3)
    state(asked["void"], unit, "0.6", "0.4")
    decide(asked["void"], void=True)
    world.person(Role.RAPPORTEUR, unit)
    state(asked["by a post"], unit, "0.6", "0.4", post=Post.objects.get(organisation=unit))
    state(asked["by another"], world.unit(2), "0.6", "0.4")
    state(question(year, "April", closed_at=CLOSED + timedelta(days=40)), unit, "0.6", "0.4")
    assert values(year, unit) == (4, 1)
    assert values(year, world.unit(2)) == (4, 1)
    assert values(year, unit, (date(2021, 4, 1), date(2021, 4, 30))) == (1, 1)


def test_both_days_belong_to_the_span_in_local_time(world, year):
    question(year, "late on the 31st", closed_at="2021-03-31T16:59:00Z")  # 23:59 in Vietnam
    question(year, "the 1st of April", closed_at="2021-03-31T17:00:00Z")
    assert values(year, world.unit(1)) == (1, 0)


def test_figures_take_one_query(world, year, django_assert_num_queries):
    unit = world.unit(1)
    yes_no(year, 3, unit)
    with django_assert_num_queries(1):
        queries.figures_of(year, unit.pk, *MARCH)
    with django_assert_num_queries(0):
        assert queries.lists_of(year, unit.pk, *MARCH) == {}


def test_no_record_to_cite_before_a_question_came_out(world, year):
    unit = world.unit(1)
    state(question(year, "Mở?"), unit, "0.6", "0.4")
    assert queries.citables(year, unit.pk) == []
    assert queries.citables(year, 9999) == []


def test_the_record_of_the_year_as_evidence(world, year):
    unit = world.unit(1)
    yes_no(year, 8, unit)
    yes_no(year, 2, world.unit(2), start=8)
    (one,) = queries.citables(year, unit.pk)
    assert (one.kind, one.pk, one.title, one.day) == ("forecasting", unit.pk, "Dự báo năm 2021", date(2021, 3, 1))
    assert one.words == "Trả lời 8 trên 10 câu hỏi dự báo đã có kết quả"
    assert one.url.endswith(f"/thanh-tich/{unit.slug}/")
    yes_no(year, 2, unit, start=10)
    (one,) = queries.citables(year, unit.pk)
    assert one.words == "Trả lời 10 trên 12 câu hỏi dự báo đã có kết quả; điểm Brier 0,210 trên 10 câu có hay không"


def test_only_the_units_own_record_under_its_own_kind(world, year):
    unit = world.unit(1)
    yes_no(year, 1, unit)
    assert queries.citable(year, unit.pk, "forecasting", unit.pk) == queries.citables(year, unit.pk)[0]
    assert queries.citable(year, unit.pk, "study", unit.pk) is None
    assert queries.citable(year, unit.pk, "forecasting", world.unit(2).pk) is None
    assert queries.citable(year, world.unit(2).pk, "forecasting", world.unit(2).pk) is None
