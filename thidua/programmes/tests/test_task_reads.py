from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from thidua.kernel.errors import Absent
from thidua.programmes import queries
from thidua.programmes.queries import tasks as lists
from thidua.programmes.queries.task_figures import TASK_FIGURES, task_figures
from thidua.programmes.tests import made

TODAY = date(2021, 11, 1)
FIRST, LAST = date(2021, 10, 1), date(2021, 10, 31)


@pytest.fixture
def place(world, now):
    """A running year and the second unit's programme."""
    year = world.year(stage="running")
    return year, made.programme(year, world.unit(2), now)


def test_figures_of_a_span_are_of_its_last_evening(world, place, now):
    year, programme = place
    document = made.directive(year, now)
    rows = [
        {"due_on": date(2021, 10, 10), "state": "done", "done_on": date(2021, 10, 10)},  # due, done
        {"due_on": date(2021, 10, 10), "state": "done", "done_on": date(2021, 10, 20)},  # due, done, late
        {"due_on": date(2021, 10, 10), "state": "done", "done_on": date(2021, 11, 1)},  # due, overdue, open then
        {"due_on": date(2021, 10, 31)},  # due, overdue, open
        {"due_on": date(2021, 9, 1), "state": "waiting", "state_reason": "chờ"},  # overdue, open
        {"due_on": date(2021, 11, 1)},  # open
        {},  # open
        {"due_on": date(2021, 10, 10), "state": "dropped", "state_reason": "thôi"},  # nothing
    ]
    for row in rows:
        made.task(programme, now, **row).clauses.add(document.clauses.first())
    made.task(made.programme(year, world.unit(3), now), now, due_on=date(2021, 10, 10)).clauses.set(document.clauses.all())
    found = task_figures(year, world.unit(2).pk, FIRST, LAST)
    assert set(found) == set(TASK_FIGURES)
    assert {key.removeprefix("programmes."): figure.value for key, figure in found.items()} == {
        "tasks_due": Decimal(4), "tasks_done": Decimal(2), "tasks_done_late": Decimal(1), "tasks_overdue": Decimal(3),
        "tasks_open": Decimal(5), "clauses_answered": Decimal(1),
    }  # fmt: skip


def test_the_source_of_a_figure_lists_what_was_counted(world, place, now, sign_in):
    year, programme = place
    for number, (due, done) in enumerate([(5, 5), (5, 9), (5, None), (31, None)]):
        state = {"state": "done", "done_on": date(2021, 10, done), "percent": 100} if done else {}
        made.task(programme, now, f"Việc số {number}", due_on=date(2021, 10, due), **state)
    made.task(programme, now, "Việc số 9", state="dropped", state_reason="thôi", due_on=date(2021, 10, 5))
    client = sign_in(world.person("unit_officer", world.unit(2)))
    figures = task_figures(year, world.unit(2).pk, FIRST, LAST)
    for key in ("tasks_done", "tasks_done_late", "tasks_overdue", "tasks_open"):
        figure = figures[f"programmes.{key}"]
        page = client.get(figure.basis[0][1]).content.decode()
        assert page.count('<th scope="row"') == figure.value, key


def test_figures_take_three_queries(world, place, now, django_assert_num_queries):
    year, programme = place
    made.task(programme, now)
    unit = world.unit(2)
    with django_assert_num_queries(3):
        task_figures(year, unit.pk, FIRST, LAST)


def test_a_clause_is_in_use_once_a_task_answers_it(place, now):
    year, programme = place
    first, second = made.directive(year, now).clauses.all()
    made.task(programme, now).clauses.add(first)
    assert queries.clause_in_use(first.pk)
    assert not queries.clause_in_use(second.pk)


def test_work_of_a_unit_mine_first_and_not_too_much(world, place, now, django_assert_num_queries):
    year, programme = place
    officer = world.officer(2)
    mine = officer.holdings[0].post_id
    for number in range(12):
        made.task(programme, now, f"Việc {number}", due_on=TODAY - timedelta(number))
    made.task(programme, now, "Của tôi", due_on=TODAY + timedelta(30), owner_post_id=mine)
    made.task(programme, now, "Còn xa", due_on=TODAY + timedelta(31), owner_post_id=mine)
    made.task(programme, now, "Xong", due_on=TODAY, state="done", owner_post_id=mine)
    with django_assert_num_queries(2):
        found = queries.work(officer, now)
    assert [str(row.title) for row in found[:2]] == ["Của tôi", "Việc 11"]
    assert len(found) == 11
    assert str(found[-1].title).startswith("và 3 nhiệm vụ khác")
    assert queries.work(world.officer(3), now) == []
    assert queries.work(world.secretary(), now) == []
    year.stage = "closed"
    year.save()
    assert queries.work(officer, now) == []


def test_counting_stops(place, now):
    _year, programme = place
    for number in range(4):
        made.task(programme, now, str(number))
    assert lists.capped_count(programme.tasks.all(), 2) == 3
    assert lists.capped_count(programme.tasks.all(), 4) == 4


def test_who_sees_which_tasks(world, place, now):
    year, programme = place
    own, of_cluster = made.task(programme, now, "2"), made.task(made.programme(year, None, now, presented_at=now), now, "cụm")
    other = made.task(made.programme(year, world.unit(3), now), now, "3")
    asked = {
        (world.officer(2), ""): {own},
        (world.officer(2), "tat-ca"): {own},
        (world.officer(2), "cum"): {of_cluster},
        (world.secretary(), ""): {own, other},
        (world.secretary(), "don-vi-3"): {other},
        (world.superior(), ""): {own, other},
        (world.actor("delegate", world.unit(2)), ""): set(),
        (world.actor("auditor", world.organisation("Kiem toan")), "don-vi-2"): {own},
    }
    for (actor, unit), expected in asked.items():
        assert set(lists.visible_tasks(actor, year, unit)) == expected, (actor.name, unit)
    for actor, unit in ((world.officer(2), "don-vi-3"), (world.officer(2), "khong-co"), (world.secretary(), "khong-co")):
        with pytest.raises(Absent):
            lists.visible_tasks(actor, year, unit)


def test_the_day_of_work_is_that_of_the_installation(world, place, now):
    _year, programme = place
    made.task(programme, now, due_on=date(2021, 12, 1))
    late_evening = datetime(2021, 10, 31, 17, 30, tzinfo=UTC)  # 1 November in Vietnam
    assert len(queries.work(world.officer(2), late_evening)) == 1
