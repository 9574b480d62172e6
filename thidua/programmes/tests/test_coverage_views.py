"""Coverage, progress, what is due, reminders: what the pages say, to whom they lead where, and what they cost."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Directive
from thidua.kernel.actor import Role
from thidua.programmes.models import Indicator, Programme, Task
from thidua.programmes.queries import coverage, progress, reminders
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


def sheet(response):
    return CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()


@pytest.fixture
def secretary(world):
    return lambda: world.person(Role.HEAD_SECRETARY, world.unit(1))


@pytest.fixture
def officer(world):
    return lambda number: world.person(Role.UNIT_OFFICER, world.unit(number))


def texts(table, unit):
    place = [found.name_vi for found in table.units].index(unit.name_vi)
    return [row.cells[place].text for row in table.rows]


def test_the_matrix_says_who_has_answered_what(chain, world):
    directive = chain.directive()
    everyone = chain.clause(directive, "1")
    head = chain.clause(directive, "2", owner_kind="head", due_on=TODAY - DAY)
    chain.clause(directive, "3", owner_kind="nobody")
    hospitals = chain.clause(directive, "4", owner_kind="kinds", unit_kinds=["hospital"])
    world.unit(3).__class__.objects.filter(pk=world.unit(3).pk).update(kind="hospital")
    chain.task(1, everyone, state="done", percent=100)
    chain.task(2, everyone, percent=40)
    chain.task(2, everyone, state="done", percent=100)
    chain.task(3, hospitals, percent=10, due_on=TODAY - DAY)
    chain.task(3, everyone, state="dropped")
    table = coverage.matrix(world.secretary(), chain.year, directive, TODAY)
    assert texts(table, world.unit(1)) == ["xong", "Chưa có", "không giao", "không giao"]
    assert texts(table, world.unit(2)) == ["70%", "không giao", "không giao", "không giao"]
    assert texts(table, world.unit(3)) == ["Chưa có", "không giao", "không giao", "quá hạn, 10%"]
    assert [(row.total.asked, row.total.blank) for row in table.rows] == [(3, 1), (1, 1), (0, 0), (1, 0)]
    assert [(total.asked, total.blank) for total in table.totals] == [(2, 1), (1, 0), (2, 1)]
    assert table.rows[1].cells[0].state == "late"
    assert head.pk in {row.clause.pk for row in table.rows}


def test_tasks_of_another_year_answer_nothing(chain, world):
    directive = chain.directive(clauses=1)
    other = world.year(2020, units=3)
    task = chain.task(1, *directive.clauses.all(), state="done")
    Programme.objects.filter(pk=task.programme_id).update(year=other)
    Task.objects.update(year=other)
    table = coverage.matrix(world.secretary(), chain.year, directive, TODAY)
    assert table.total.answered == 0
    assert progress.progress_by_directive(chain.year, TODAY, "")[1][0].progress.total == 0


def test_the_matrix_is_filtered_and_sorted_by_its_blanks(chain, world):
    directive = chain.directive(clauses=3)
    first, second, third = directive.clauses.all()
    for number in (1, 2, 3):
        chain.task(number, first)
    chain.task(1, second, due_on=TODAY - DAY)

    def labels(**ask):
        return [row.clause for row in coverage.matrix(world.secretary(), chain.year, directive, TODAY, **ask).rows]

    assert labels() == [first, second, third]
    assert labels(only="trong") == [second, third]
    assert labels(only="qua-han") == [second]
    assert labels(blanks_first=True) == [third, second, first]
    assert labels(only="gì đó") == [first, second, third]
    assert [u.slug for u in coverage.matrix(world.secretary(), chain.year, directive, TODAY, unit="don-vi-2").units] == [
        "don-vi-2"
    ]


def test_a_cell_leads_to_its_tasks_only_whom_it_concerns(chain, read, secretary, officer):
    directive = chain.directive(clauses=1)
    clause = directive.clauses.get()
    chain.task(2, clause, percent=30)
    chain.task(3, clause, percent=60)
    ask = f"?van-ban={directive.pk}"
    links = {number: f"{chain.url('tasks')}?don-vi=don-vi-{number}&amp;muc={clause.pk}&amp;trang-thai=all" for number in (2, 3)}
    unit, head = read(officer(2), "coverage", ask), read(secretary(), "coverage", ask)
    assert "30%" in unit
    assert "60%" in unit
    assert links[2] in unit
    assert links[3] not in unit
    assert links[2] in head
    assert links[3] in head


def test_ones_own_blank_leads_to_a_new_task(chain, read, officer):
    directive = chain.directive(clauses=1)
    clause = directive.clauses.get()
    ask = f"?van-ban={directive.pk}"
    new = f"{chain.url('new')}?van-ban={directive.pk}&amp;don-vi=don-vi-2"
    assert new in read(officer(2), "coverage", ask)
    chain.programme(2)
    programme = chain.programme(2, directive=directive)
    chain.programme(2)
    address = reverse("programmes:new_task", args=[chain.year.cluster.slug, chain.year.year, programme.pk])
    shown = read(officer(2), "coverage", ask)
    assert f"{address}?muc={clause.pk}" in shown
    assert "don-vi=don-vi-3" not in shown
    ClusterYear.objects.update(stage="closed")
    assert address not in read(officer(2), "coverage", ask)


def test_coverage_of_all_directives(chain, read, officer):
    chain.directive("01-CT/TW")
    answered = chain.directive("02-CT/TW", clauses=1)
    blank = chain.directive("03-CT/TW", clauses=2)
    for number in (1, 2, 3):
        chain.task(number, *answered.clauses.all())
    chain.sent(blank, 1)
    shown = read(officer(2), "coverage", "?loc=tat-ca")
    assert "01-CT/TW" not in shown
    assert "100%" in shown
    assert "còn 2 mục" in shown
    assert "03-CT/TW" not in read(officer(2), "coverage", "?loc=tat-ca&q=02-ct")
    assert "Không có văn bản nào khớp" in read(officer(2), "coverage", "?q=99")


def test_what_was_not_sent_this_year_is_no_gap_unless_one_asks(chain, sign_in, read, officer):
    chain.directive("02-CT/TW", clauses=1)
    assert "Năm nay chưa gửi văn bản nào" in read(officer(2), "coverage")
    chain.sent(chain.directive("03-CT/TW", clauses=2), 1)
    shown = read(officer(2), "coverage")
    assert "03-CT/TW" in shown
    assert "02-CT/TW" not in shown
    assert "02-CT/TW" in read(officer(2), "coverage", "?loc=tat-ca")
    for ask, names in (("", ["03-CT/TW"]), ("?loc=tat-ca", ["02-CT/TW", "03-CT/TW"])):
        rows = sheet(sign_in(officer(2)).get(chain.url("coverage_workbook", ask)))
        assert sorted(name for row in rows for name in ("02-CT/TW", "03-CT/TW") if name in str(row[0])) == names


def test_the_rows_of_blanks_and_their_sums_agree(chain, world, read, officer):
    directive = chain.directive(clauses=2)
    first, _second = directive.clauses.all()
    chain.task(2, first)
    shown = read(officer(2), "coverage", f"?van-ban={directive.pk}")
    foot = shown[shown.index("<tfoot>") : shown.index("</tfoot>")]
    assert "Trống" in foot
    assert [foot.count(f">{n}<") for n in ("5/6", "2/2", "1/2")] == [1, 2, 1]


def test_empty_pages_say_what_comes_first(chain, read, officer, secretary):
    directive = chain.directive()
    assert "Chưa có văn bản nào được chia mục" in read(officer(2), "coverage")
    assert "chưa được chia mục" in read(officer(2), "coverage", f"?van-ban={directive.pk}")
    assert "Chưa có gì để đo" in read(officer(2), "progress")
    assert "Chưa có gì để đo" in read(officer(2), "progress", "?theo=van-ban")
    assert "không có nhiệm vụ nào đến hạn" in read(officer(2), "due")
    assert "Không đơn vị nào còn thiếu" in read(secretary(), "reminders")


@pytest.mark.parametrize("wrong", ["?van-ban=0", "?van-ban=x", "?van-ban=99999999999999999999", "?van-ban=1%00"])
def test_a_directive_that_is_not_there_is_not_found(chain, sign_in, officer, wrong):
    assert sign_in(officer(2)).get(chain.url("coverage", wrong)).status_code == 404


def test_a_directive_of_another_register_is_not_found(chain, world, sign_in, officer):
    from thidua.clusters.models import Cluster

    other = Cluster.objects.create(slug="cum-3", name_vi="Cụm số 3", superior_body=chain.year.cluster.superior_body)
    directive = chain.directive(clauses=1)
    Directive.objects.update(cluster=other)
    assert sign_in(officer(2)).get(chain.url("coverage", f"?van-ban={directive.pk}")).status_code == 404


def test_strangers_see_nothing(chain, world, sign_in, client):
    stranger = world.person(Role.UNIT_LEADER, world.organisation("Nguoi ngoai"))
    for name in ("coverage", "coverage_workbook", "progress", "progress_workbook", "due", "due_workbook", "reminders"):
        assert client.get(chain.url(name)).status_code == 302
        assert sign_in(stranger).get(chain.url(name)).status_code == 404
        client.logout()


def test_a_delegate_reads_figures_and_no_task(chain, world, read):
    directive = chain.directive(clauses=1)
    chain.task(2, *directive.clauses.all(), title="Việc riêng", due_on=TODAY - DAY)
    delegate = world.person(Role.DELEGATE, world.unit(2))
    for name, ask in (("coverage", f"?van-ban={directive.pk}"), ("progress", ""), ("due", "")):
        shown = read(delegate, name, ask)
        assert "don-vi=don-vi-" not in shown
        assert "Việc riêng" not in shown


def test_tables_as_workbooks(chain, world, sign_in, officer):
    chain.year.__class__.objects.update(illustrative=True)
    directive = chain.directive(clauses=2)
    chain.task(2, directive.clauses.first(), due_on=TODAY - DAY, percent=20)
    client = sign_in(officer(2))
    matrix = sheet(client.get(chain.url("coverage_workbook", f"?van-ban={directive.pk}&loc=qua-han")))
    assert matrix[1][0] == "Số liệu minh hoạ"
    assert matrix[3][3:] == ["Don vi 1", "Don vi 2", "Don vi 3", "Còn trống"]
    assert matrix[4][:2] + matrix[4][3:] == ["Mục 1", "Học tập", "Chưa có", "quá hạn, 20%", "Chưa có", 2]
    assert len(matrix) == 5
    assert sheet(client.get(chain.url("coverage_workbook", "?loc=tat-ca")))[4][2:] == [2, 6, 1, 5, 1]
    assert sheet(client.get(chain.url("progress_workbook")))[5][:4] == ["Don vi 2", 1, 0, 1]
    assert sheet(client.get(chain.url("progress_workbook", "?theo=van-ban")))[4][:2] == ["Chỉ thị 05-CT/TW", 1]
    assert sheet(client.get(chain.url("due_workbook")))[4] == ["Don vi 2", 1, 0, 0, 0, 0]


def grown(chain, number):
    """`number` directives with as many clauses, each answered and sent, and as many tasks, indicators and drafts."""
    for n in range(number):
        directive = chain.directive(f"{n + 1}-CT/TW", clauses=number)
        chain.sent(directive, 1, 2)
        for clause in directive.clauses.all():
            chain.task(2, clause, due_on=TODAY - DAY)
        programme = chain.programme(2, directive=directive)
        Indicator.objects.create(programme=programme, position=1, name="Chỉ tiêu", target=1)
    return directive


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_do_not_grow(chain, world, django_assert_num_queries, number):
    directive, year, unit = grown(chain, number), chain.year, world.unit(2).pk
    secretary, officer = world.secretary(), world.officer(2)
    with django_assert_num_queries(5):
        coverage.covered_directives(secretary, year, TODAY)
    with django_assert_num_queries(3):
        coverage.matrix(officer, year, directive, TODAY)
    with django_assert_num_queries(2):
        progress.progress_by_unit(year, TODAY)
    with django_assert_num_queries(4):
        progress.progress_by_directive(year, TODAY, "")
    with django_assert_num_queries(1):
        progress.ladder(year, TODAY)
    with django_assert_num_queries(2):
        list(progress.due_tasks(year, unit, None, TODAY, ""))
    with django_assert_num_queries(9 + 2):  # one of the reports, one of the rounds of collaborators
        reminders.reminders(year, TODAY)
    with django_assert_num_queries(1):
        progress.columns(secretary, year)


def test_the_boards_column_names_the_worst(chain, world):
    assert progress.columns(world.secretary(), chain.year) == []
    chain.task(1, state="done")
    chain.task(2)
    chain.task(2, state="done")
    chain.task(3, due_on=TODAY - DAY)
    chain.task(3, state="done")
    (column,) = progress.columns(world.secretary(), chain.year)
    cells = {pk: (cell.state, cell.text) for pk, cell in column.cells.items()}
    assert cells == {
        world.unit(1).pk: ("ok", "1/1"),
        world.unit(2).pk: ("due", "1/2"),
        world.unit(3).pk: ("late", "1 quá hạn"),
    }
