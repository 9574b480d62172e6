"""Coverage, progress, what is due, reminders: what the pages say, to whom they lead where, and what they cost."""

import pytest

from thidua.kernel import ports
from thidua.kernel.actor import Role
from thidua.programmes.models import Indicator, IndicatorFigure, Programme
from thidua.programmes.queries import progress, reminders
from thidua.programmes.tests.chain import DAY, TODAY, Chain


@pytest.fixture(autouse=True)
def _first_of_november(monkeypatch, now):
    """Pages are told the time by their request; it is the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def chain(world, now):
    return Chain(world, now)


@pytest.fixture
def read(chain, sign_in):
    """read(person, name, ask) → what that person reads."""

    def go(person, name, ask=""):
        answer = sign_in(person).get(chain.url(name, ask))
        assert answer.status_code == 200
        return answer.content.decode()

    return go


@pytest.fixture
def secretary(world):
    return lambda: world.person(Role.HEAD_SECRETARY, world.unit(1))


@pytest.fixture
def officer(world):
    return lambda number: world.person(Role.UNIT_OFFICER, world.unit(number))


def test_progress_counts_tasks_and_indicators(chain, world, read, officer):
    chain.task(2, state="done", percent=100)
    chain.task(2, due_on=TODAY - DAY)
    chain.task(2, state="planned", due_on=TODAY)
    chain.task(2, state="dropped")
    chain.task(3, state="waiting")
    programme = Programme.objects.filter(unit=world.unit(2)).get()
    for target, lower, values in [(90, False, [95, 80]), (10, True, [12, 9]), (None, False, [1]), (5, False, [])]:
        indicator = Indicator.objects.create(
            programme=programme, position=1, name="Chỉ tiêu", target=target, lower_is_better=lower
        )
        for n, value in enumerate(values):
            IndicatorFigure.objects.create(indicator=indicator, as_of=TODAY - (5 - n) * DAY, value=value, recorded_at=chain.now)
    rows = {row.of: row for row in progress.progress_by_unit(chain.year, TODAY)}
    found = rows[world.unit(2)].progress
    assert (found.total, found.done, found.overdue, found.percent, found.dropped) == (3, 1, 1, 33, 1)
    assert (rows[world.unit(2)].reached.targets, rows[world.unit(2)].reached.reached) == (3, 1)
    assert rows[world.unit(1)].progress.percent is None
    whole, reached, _bar = progress.sum_of(rows.values())
    assert (whole.total, whole.waiting, reached.targets) == (4, 1, 3)
    shown = read(officer(2), "progress")
    assert "33%" in shown
    assert "don-vi=don-vi-2" in shown
    assert "don-vi=don-vi-3" not in shown


def test_a_figure_of_a_later_day_reaches_nothing_yet(chain):
    indicator = Indicator.objects.create(programme=chain.programme(2), position=1, name="Chỉ tiêu", target=90)
    IndicatorFigure.objects.create(indicator=indicator, as_of=TODAY + DAY, value=95, recorded_at=chain.now)
    assert progress.sum_of(progress.progress_by_unit(chain.year, TODAY))[1].reached == 0
    assert progress.sum_of(progress.progress_by_unit(chain.year, TODAY + DAY))[1].reached == 1


def test_a_task_that_answers_two_clauses_counts_once_for_its_directive(chain, read, officer):
    directive, other = chain.directive(clauses=2), chain.directive("06-CT/TW", clauses=1)
    chain.task(2, *directive.clauses.all(), *other.clauses.all(), due_on=TODAY - DAY)
    rows = {row.of: row.progress for row in progress.progress_by_directive(chain.year, TODAY, "")[1]}
    assert (rows[directive].total, rows[directive].overdue, rows[other].total) == (1, 1, 1)
    assert "06-CT/TW" in read(officer(3), "progress", "?theo=van-ban")


def test_the_ladder_counts_each_task_on_one_rung(chain, world):
    for days in (-40, -1, 0, 1, 2, 7, 8, 14, 15, 30, 31):
        chain.task(2, due_on=TODAY + days * DAY)
    chain.task(2, due_on=TODAY, state="done")
    chain.task(2)
    rows = {row.unit: row for row in progress.ladder(chain.year, TODAY)}
    assert rows[world.unit(2)].counts == [2, 2, 2, 2, 2]
    assert rows[world.unit(2)].total == 10
    assert rows[world.unit(1)].total == 0
    assert next(iter(rows)) == world.unit(2)


def test_one_sees_the_due_tasks_of_ones_own_unit(chain, read, officer, secretary, sign_in):
    chain.task(2, title="Việc của hai", due_on=TODAY - 3 * DAY)
    chain.task(2, title="Việc tuần sau", due_on=TODAY + 7 * DAY)
    chain.task(3, title="Việc của ba", due_on=TODAY)
    shown = read(officer(2), "due")
    assert "Việc của hai" in shown
    assert "quá 3 ngày" in shown
    assert "Việc của ba" not in shown
    assert "Việc tuần sau" not in read(officer(2), "due", "?bac=qua-han")
    assert "Việc của hai" not in read(officer(2), "due", "?bac=7")
    for rung in ("Quá hạn", "Trong 1 ngày", "2–7 ngày", "8–14 ngày", "15–30 ngày"):
        assert rung in shown
    assert sign_in(officer(2)).get(chain.url("due", "?don-vi=don-vi-3")).status_code == 404
    assert sign_in(officer(2)).get(chain.url("due", "?don-vi=khong-co")).status_code == 404
    assert "Việc của ba" in read(secretary(), "due", "?don-vi=don-vi-3")


def test_reminders_name_what_is_owed(chain, world, read, secretary):
    sent, unsent = chain.directive("05-CT/TW", clauses=2), chain.directive("06-CT/TW", clauses=3)
    chain.sent(sent, 2, due_on=TODAY - 2 * DAY)
    chain.task(2, sent.clauses.first(), title="Báo cáo quý", due_on=TODAY - 4 * DAY)
    found = {row.unit: row for row in reminders.reminders(chain.year, TODAY).rows}
    owed = found[world.unit(2)].owed
    assert (owed.documents.count, owed.clauses.count, owed.tasks.count, owed.programmes.count) == (1, 1, 1, 1)
    assert found[world.unit(3)].letter == ""
    letter = found[world.unit(2)].letter
    assert "- Chỉ thị 05-CT/TW (hạn 30-10-2021, quá 2 ngày)." in letter
    assert "- Mục 2, Chỉ thị 05-CT/TW." in letter
    assert "- Báo cáo quý (hạn 28-10-2021, quá 4 ngày)." in letter
    assert unsent.number_text not in letter
    shown = read(secretary(), "reminders")
    assert "Kính gửi: Don vi 2" in shown
    assert shown.count("<textarea") == 2


def test_the_head_writes_no_letter_to_itself(chain, world, read, secretary):
    chain.task(1, due_on=TODAY - DAY)
    shown = read(secretary(), "reminders")
    assert "việc của đơn vị mình" in shown
    assert "<textarea" not in shown
    chain.task(2, due_on=TODAY - DAY)
    found = reminders.reminders(chain.year, TODAY)
    assert {row.unit: bool(row.letter) for row in found.rows if row.owed.count} == {world.unit(1): False, world.unit(2): True}
    assert "2. " not in found.letter
    assert "1. Don vi 2: " in found.letter


def test_what_other_slices_find_has_a_column_and_a_part_of_the_letter(chain, world, read, secretary, monkeypatch):
    def offer(year, today):
        lines = {world.unit(2).pk: [f"Kỳ {n}" for n in range(12)]}
        return [ports.Owed("Báo cáo chưa nộp", "Chưa nộp {n} báo cáo:", "báo cáo chưa nộp", lines)]

    monkeypatch.setattr(ports, "OWED", [offer])
    found = next(row for row in reminders.reminders(chain.year, TODAY).rows if row.unit == world.unit(2))
    assert "1. Chưa nộp 12 báo cáo:\n- Kỳ 0;" in found.letter
    assert "- và 2 nội dung khác." in found.letter
    shown = read(secretary(), "reminders")
    assert "Báo cáo chưa nộp" in shown
    assert "12 báo cáo chưa nộp" in shown


def test_a_letter_has_ten_lines_of_a_kind_and_counts_the_rest(chain, world):
    for n in range(12):
        chain.task(2, title=f"Việc {n}", due_on=TODAY - (20 - n) * DAY)
    for number in range(11):
        chain.sent(chain.directive(f"{number + 10}-CT/TW", clauses=1), 2)
    owed = next(row.owed for row in reminders.reminders(chain.year, TODAY).rows if row.unit == world.unit(2))
    for gap, count in ((owed.tasks, 12), (owed.documents, 11), (owed.clauses, 11)):
        assert (len(gap.lines), gap.count) == (10, count)
    assert owed.tasks.lines[0].startswith("Việc 0 (hạn")


@pytest.mark.parametrize(
    ("role", "unit", "status"),
    [
        (Role.HEAD_SECRETARY, 1, 200),
        (Role.UNIT_LEADER, 2, 403),
        (Role.UNIT_OFFICER, 2, 403),
        (Role.AUDITOR, 2, 403),
    ],
)
def test_only_who_runs_the_year_reminds(chain, world, sign_in, role, unit, status):
    person = world.person(role, world.unit(unit))
    assert sign_in(person).get(chain.url("reminders")).status_code == status
    shown = sign_in(person).get(chain.url("progress")).content.decode()
    assert (chain.url("reminders") in shown) == (status == 200)
