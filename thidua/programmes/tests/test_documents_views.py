import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from thidua.clusters.models import ClusterYear, Membership
from thidua.kernel.actor import Role
from thidua.programmes import actions, papers
from thidua.programmes.models import IndicatorFigure, Programme
from thidua.programmes.queries.contributions import document_work
from thidua.programmes.queries.documents import content_of, line_of
from thidua.programmes.rules.content import IndicatorLine, digest
from thidua.programmes.rules.tasks import State
from thidua.programmes.rules.writing import IndicatorEntry, Lists
from thidua.programmes.tests.papers_desk import WRITTEN

LISTS = {
    "g-TOTAL_FORMS": "2", "g-INITIAL_FORMS": "0", "g-0-text": "Mọi đảng viên học tập", "g-1-text": "",
    "i-TOTAL_FORMS": "1", "i-INITIAL_FORMS": "0", "i-0-name": "Tỷ lệ học tập", "i-0-target": "98,5", "i-0-unit_of_measure": "%",
}  # fmt: skip
TEXTS = {"title": "Chương trình hành động", "grounds": "Căn cứ", "measures": "Kiểm tra", "starts_on": "01-02-2021", "ends_on": ""}


def url(name, year, *rest):
    return reverse(f"programmes:{name}", args=[year.cluster.slug, year.year, *rest])


@pytest.fixture
def as_(world, sign_in):
    """as_("officer", 2) → a client signed in as that person."""

    def go(name, number=1):
        places = {Role.SUPERIOR_OFFICER: "Ban Tuyen giao"}
        role = {"secretary": Role.HEAD_SECRETARY, "superior": Role.SUPERIOR_OFFICER}.get(name) or Role(f"unit_{name}")
        return sign_in(world.person(role, world.organisation(places.get(role, f"Don vi {number}"))))

    return go


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_directive_becomes_a_programme_in_one_answer(desk, as_):
    directive = desk.directive()
    officer = as_("officer", 2)
    address = f"{url('new', desk.year)}?don-vi=don-vi-2&van-ban={directive.pk}"
    shown = page(officer, address)
    assert "Chương trình hành động thực hiện Chỉ thị 05-CT/TW" in shown
    assert shown.count("checked") == 3  # the kind and the two clauses
    assert "Việc của cụm trưởng" not in shown
    clauses = [clause.pk for clause in directive.clauses.exclude(position=99)]
    made = officer.post(address, TEXTS | {"kind": "action", "clauses": clauses})
    programme = Programme.objects.get()
    assert made.url == url("edit", desk.year, programme.pk)
    assert (programme.directive, programme.tasks.count()) == (directive, 2)
    assert "Đơn vị đã có cho văn bản này" in page(officer, address)


def test_what_was_typed_into_a_new_programme_stays(desk, as_):
    directive = desk.directive()
    address = f"{url('new', desk.year)}?van-ban={directive.pk}"
    typed = TEXTS | {"kind": "action", "starts_on": "01-02-2016", "title": "Tên đã gõ"}
    shown = as_("officer", 2).post(address, typed).content.decode()
    assert "Chỉ thị 05-CT/TW ban hành ngày 15-05-2016" in shown
    assert "Tên đã gõ" in shown
    assert not Programme.objects.exists()


def test_the_page_is_written_edited_presented_and_approved(desk, as_):
    programme = desk.programme(lists=None)
    one = url("programme", desk.year, programme.pk)
    saved = as_("officer", 2).post(url("edit", desk.year, programme.pk), TEXTS | LISTS | {"revision": "1"})
    assert saved.url == one
    programme.refresh_from_db()
    assert [indicator.target for indicator in programme.indicators.all()] == [Decimal("98.5")]
    shown = page(as_("officer", 2), one)
    assert "Trình lãnh đạo duyệt" in shown
    assert "Xem và duyệt" not in shown
    assert as_("officer", 2).post(url("present", desk.year, programme.pk)).url == one
    leader = as_("leader", 2)
    approve = url("approve", desk.year, programme.pk)
    assert digest(content_of(Programme.objects.get())) in page(leader, approve)
    assert leader.post(approve, {"digest": digest(content_of(Programme.objects.get())), "reason": ""}).url == one
    assert "đã duyệt bản 1" in page(leader, one)
    desk.edit(programme, written=replace(WRITTEN, title="Tên khác"), lists=desk_lists(programme))
    shown = page(leader, one)
    assert "Đã sửa sau khi duyệt bản 1" in shown
    assert "Tên khác" in shown
    assert "Khác với bản 1 đã duyệt" in page(leader, approve)


def desk_lists(programme):
    indicators = tuple(IndicatorEntry(line_of(row), row.pk) for row in programme.indicators.all())
    return Lists(tuple(goal.text for goal in programme.goals.all()), indicators)


def test_two_who_edit_at_once_see_both(desk, as_):
    programme = desk.programme()
    desk.edit(programme, written=replace(WRITTEN, measures="Người kia vừa lưu"))
    officer = as_("officer", 2)
    typed = TEXTS | LISTS | {"revision": "2", "measures": "Tôi vừa gõ"}
    shown = officer.post(url("edit", desk.year, programme.pk), typed).content.decode()
    assert "Người khác vừa lưu chương trình này" in shown
    assert "Tôi vừa gõ" in shown
    assert "Người kia vừa lưu" in shown
    assert 'name="revision" value="3"' in shown
    assert officer.post(url("edit", desk.year, programme.pk), typed | {"revision": "3"}).status_code == 302
    assert Programme.objects.get().measures == "Tôi vừa gõ"


def test_a_wrong_line_keeps_everything_typed(desk, as_):
    programme = desk.programme(lists=None)
    wrong = TEXTS | LISTS | {"revision": "1", "i-0-target": "chín tám", "g-0-text": "Mục tiêu đã gõ"}
    shown = as_("officer", 2).post(url("edit", desk.year, programme.pk), wrong).content.decode()
    for kept in ("“chín tám” không phải là số", "Mục tiêu đã gõ", 'value="chín tám"'):
        assert kept in shown
    nameless = TEXTS | LISTS | {"revision": "1", "i-0-name": "", "i-0-target": "5"}
    assert "Hãy ghi tên chỉ tiêu" in as_("officer", 2).post(url("edit", desk.year, programme.pk), nameless).content.decode()
    assert not programme.indicators.exists()


def test_a_leader_with_an_old_page_reads_again(desk, as_):
    programme = desk.programme()
    shown = as_("leader", 2).post(url("approve", desk.year, programme.pk), {"digest": "0" * 64}).content.decode()
    assert "Chương trình vừa được sửa" in shown
    assert f'value="{programme.digest}"' in shown
    assert not programme.versions.exists()


@pytest.mark.parametrize("name", ["edit", "approve"])
def test_drafts_are_not_there_for_other_units_and_approved_ones_not_theirs(desk, as_, name):
    programme = desk.programme()
    for address in (url("programme", desk.year, programme.pk), url(name, desk.year, programme.pk)):
        assert as_("leader", 3).get(address).status_code == 404
    assert as_("secretary").get(url("programme", desk.year, programme.pk)).status_code == 200
    desk.approve(programme)
    assert as_("leader", 3).get(url("programme", desk.year, programme.pk)).status_code == 200
    for client in (as_("leader", 3), as_("secretary")):
        assert client.get(url(name, desk.year, programme.pk)).status_code == 403
    assert as_("officer", 2).get(url("approve", desk.year, programme.pk)).status_code == 403
    assert as_("leader", 3).get(url("new", desk.year) + "?don-vi=don-vi-2").status_code == 404
    assert as_("secretary").get(url("new", desk.year)).status_code == 404


def test_others_read_the_version_and_never_the_draft(desk, as_):
    programme = desk.programme()
    desk.approve(programme)
    desk.edit(programme, written=replace(WRITTEN, measures="Chưa ai duyệt"), lists=desk_lists(programme))
    shown = page(as_("officer", 3), url("programme", desk.year, programme.pk))
    assert "Chưa ai duyệt" not in shown
    assert "theo bản 1 đã duyệt" in shown
    assert as_("officer", 3).get(url("paper", desk.year, programme.pk, "pdf")).status_code == 404
    assert as_("officer", 3).get(url("version_paper", desk.year, programme.pk, 1, "pdf")).status_code == 200


def test_what_was_not_approved_is_nowhere_told_to_others(desk, as_, sign_in):
    programme = desk.programme()
    desk.approve(programme)
    kept, officer = programme.indicators.get(), desk.by(desk.world.officer(2))
    target = IndicatorEntry(replace(line_of(kept), target=Decimal("77.125")), kept.pk)
    secret = IndicatorEntry(IndicatorLine("Kín mới", "cái", Decimal(5)))
    lists = Lists(("Kín mục tiêu",), (target, secret))
    desk.edit(programme, written=replace(WRITTEN, title="Kín tên", measures="Kín biện pháp"), lists=lists)
    hidden = programme.indicators.get(name="Kín mới")
    for indicator in (kept, hidden):
        values = {"as_of": date(2021, 3, 1), "value": Decimal("88.5"), "note": "Kín ghi chú"}
        actions.record_figure(indicator=indicator, **values, **officer)
    actions.present_programme(programme=programme, **officer)
    pages = [
        url("programme", desk.year, programme.pk), url("versions", desk.year, programme.pk),
        url("version", desk.year, programme.pk, 1), url("indicator", desk.year, programme.pk, kept.pk),
        url("programmes", desk.year),
    ]  # fmt: skip
    for other in (as_("officer", 3), sign_in(desk.world.person(Role.DELEGATE, desk.world.unit(3)))):
        for address in pages:
            shown = page(other, address)
            for unsaid in ("Kín", "77,125", "chờ lãnh đạo duyệt</span>", "trình lãnh đạo", "sửa sau khi duyệt bản"):
                assert unsaid not in shown, (address, unsaid)
        assert "88,5" in page(other, pages[0])
        assert "98,5" in page(other, pages[3])
        assert other.get(url("indicator", desk.year, programme.pk, hidden.pk)).status_code == 404
        book = CalamineWorkbook.from_filelike(io.BytesIO(other.get(url("programmes_workbook", desk.year)).content))
        said = str(book.get_sheet_by_index(0).to_python())
        assert "Kín" not in said
        assert "đã duyệt" in said
    own = as_("officer", 2)
    assert own.get(url("indicator", desk.year, programme.pk, hidden.pk)).status_code == 200
    assert "Kín ghi chú" in page(own, pages[3])
    assert "Kín tên" in page(own, pages[4])


@pytest.mark.parametrize("presented", [False, True])
def test_who_reads_no_drafts_filters_by_what_was_approved(desk, as_, presented):
    programme = desk.programme()
    desk.approve(programme)
    desk.edit(programme, written=replace(WRITTEN, title="Kín tên"), lists=desk_lists(programme))
    if presented:
        actions.present_programme(programme=programme, **desk.by(desk.world.officer(2)))
    shows = {"approved": 3, ("waiting" if presented else "changed"): 2}
    for state in ("draft", "waiting", "approved", "changed"):
        for number in (2, 3):
            found = as_("officer", number).get(url("programmes", desk.year) + f"?trang-thai={state}").context["rows"]
            assert len(found) == (shows.get(state) == number), (state, number)


def test_a_unit_that_left_is_told_what_to_do(desk, as_):
    programme = desk.programme()
    Membership.objects.filter(organisation=desk.world.unit(2)).delete()
    for address in (url("edit", desk.year, programme.pk), url("new", desk.year) + "?don-vi=don-vi-2"):
        response = as_("officer", 2).get(address)
        assert response.status_code in (404, 409)


def test_versions_are_viewed_and_compared(desk, as_):
    programme = desk.programme()
    for number in (1, 2, 3):
        desk.edit(programme, written=replace(WRITTEN, measures=f"Cách {number}"), lists=desk_lists(programme))
        desk.approve(programme, reason=f"Lần {number}")
    officer = as_("officer", 3)
    listed = page(officer, url("versions", desk.year, programme.pk))
    assert all(f"Lần {number}" in listed for number in (1, 2, 3))
    third = page(officer, url("version", desk.year, programme.pk, 3))
    assert "So với bản 2" in third
    assert "Cách 2" in third
    first = page(officer, url("version", desk.year, programme.pk, 3) + "?so-voi=1")
    assert "Cách 1" in first
    assert officer.get(url("version", desk.year, programme.pk, 9)).status_code == 404


def test_papers_say_what_they_are(desk, as_):
    ClusterYear.objects.update(illustrative=True)
    directive = desk.directive()
    programme = desk.programme(directive=directive, clauses=[directive.clauses.first().pk])
    draft = as_("officer", 2).get(url("paper", desk.year, programme.pk, "docx"))
    lines = [p.text for p in Document(io.BytesIO(draft.content)).paragraphs]
    assert "(DỰ THẢO)" in lines
    assert "Thực hiện Chỉ thị 05-CT/TW" in lines
    version = desk.approve(programme)
    response = as_("officer", 2).get(url("version_paper", desk.year, programme.pk, 1, "docx"))
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"Việc thứ 1", "đến 01-12-2021", "Mục 1, Chỉ thị 05-CT/TW", "98,5", "%"} <= set(cells)
    assert "(DỰ THẢO)" not in [p.text for p in document.paragraphs]
    assert "MINH HOẠ" in document.sections[0].first_page_header.paragraphs[0].text
    assert version.digest in document.sections[0].first_page_footer.paragraphs[0].text
    assert as_("officer", 2).get(url("version_paper", desk.year, programme.pk, 1, "pdf")).content.startswith(b"%PDF-")
    assert as_("officer", 2).get(url("version_paper", desk.year, programme.pk, 1, "exe")).status_code == 404


def test_a_paper_names_its_kind_once(desk):
    programme = desk.programme(kind="plan", written=replace(WRITTEN, title="Kế hoạch công tác năm 2021"))
    paper = papers.programme_paper(programme, content_of(programme), None, "")
    assert (paper.kind_title, paper.abstract) == ("KẾ HOẠCH", "Công tác năm 2021\n(DỰ THẢO)")


def test_figures_are_recorded_put_right_and_taken_out(desk, as_):
    programme = desk.programme()
    indicator = programme.indicators.get()
    address = url("indicator", desk.year, programme.pk, indicator.pk)
    officer = as_("officer", 2)
    typed = {"as_of": "30-06-2021", "value": "97,25", "note": "Quý II", "revision": "0"}
    assert officer.post(address, typed).status_code == 302
    again = officer.post(address, typed | {"value": "99"}).content.decode()
    assert "Người khác vừa ghi số liệu của ngày này: 97,25" in again
    assert 'name="revision" value="1"' in again
    figure = IndicatorFigure.objects.get()
    assert 'value="97,25"' in page(officer, f"{address}?sua={figure.pk}")
    assert officer.post(address, typed | {"value": "99", "revision": "1"}).status_code == 302
    assert "Đạt" in page(officer, address) or "đạt" in page(officer, address)
    assert "3 chữ số sau" in officer.post(address, typed | {"value": "1,23456"}).content.decode()
    assert officer.post(url("remove_figure", desk.year, programme.pk, indicator.pk, figure.pk)).status_code == 302
    assert not IndicatorFigure.objects.exists()
    assert as_("officer", 3).post(address, typed).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(desk, as_, django_assert_num_queries, count):
    directive = desk.directive()
    for _number in range(count):
        desk.approve(desk.programme(directive=directive, clauses=[directive.clauses.first().pk]))
    client = as_("officer", 3)
    client.get(url("programmes", desk.year))
    with django_assert_num_queries(10):
        assert client.get(url("programmes", desk.year)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_programme_costs_the_same_for_any_number_of_lines(desk, as_, django_assert_num_queries, count):
    directive = desk.directive(clauses=count)
    clauses = [clause.pk for clause in directive.clauses.exclude(position=99)]
    programme = desk.programme(directive=directive, clauses=clauses)
    desk.approve(programme)
    client = as_("officer", 2)
    address = url("programme", desk.year, programme.pk)
    client.get(address)
    with django_assert_num_queries(17):
        assert client.get(address).status_code == 200


def test_the_list_filters_in_the_address_and_puts_own_units_first(desk, as_):
    desk.programme(3, written=replace(WRITTEN, title="Của đơn vị ba"))
    approved = desk.programme(1, kind="plan", written=replace(WRITTEN, title="Của đơn vị một"))
    desk.approve(approved, 1)
    address = url("programmes", desk.year)
    mine = page(as_("officer", 3), address)
    assert mine.index("Của đơn vị ba") < mine.index("Của đơn vị một")
    assert "Của đơn vị ba" not in page(as_("officer", 2), address)
    secretary = as_("secretary")
    assert "Của đơn vị ba" not in page(secretary, f"{address}?trang-thai=approved&loai=plan&xep=moi")
    assert "Không có chương trình nào như vậy" in page(secretary, f"{address}?don-vi=don-vi-2&van-ban=x&trang=99")
    held = io.BytesIO(secretary.get(url("programmes_workbook", desk.year)).content)
    rows = CalamineWorkbook.from_filelike(held).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[4:]] == ["Của đơn vị một", "Của đơn vị ba"]


def test_an_empty_list_says_what_to_do_first(desk, as_):
    assert "lập chương trình hành động cho một văn bản đã nhận" in page(as_("officer", 2), url("programmes", desk.year))
    ClusterYear.objects.update(stage="closed")
    assert "Lập chương trình, kế hoạch" not in page(as_("officer", 2), url("programmes", desk.year))


def test_the_leader_finds_what_waits(desk, now, django_assert_num_queries):
    programmes = [desk.programme(written=replace(WRITTEN, title=f"Số {n}")) for n in range(12)]
    leader = desk.world.leader(2)
    assert document_work(leader, now) == []
    for programme in programmes:
        actions.present_programme(programme=programme, **desk.by(desk.world.officer(2)))
    with django_assert_num_queries(1):
        found = document_work(leader, now)
    assert (len(found), str(found[0].title)) == (11, "Duyệt “Số 0”")
    assert found[-1].url.endswith("?trang-thai=waiting")
    assert document_work(desk.world.leader(3), now) == []
    assert document_work(desk.world.officer(2), now) == []


def test_dates_outside_the_years_of_the_house_are_refused(desk, as_):
    programme = desk.programme(lists=None)
    typed = TEXTS | LISTS | {"revision": "1", "ends_on": "01-01-0021"}
    assert "Năm phải từ 1900 đến 2200" in as_("officer", 2).post(url("edit", desk.year, programme.pk), typed).content.decode()
    assert Programme.objects.get().ends_on is None
    assert date(2021, 2, 1) == Programme.objects.get().starts_on


def test_the_page_lists_each_task_once_with_its_state_and_says_what_is_given_up(desk, as_):
    directive = desk.directive()
    clauses = [clause.pk for clause in directive.clauses.exclude(position=99)]
    programme = desk.programme(directive=directive, clauses=clauses)
    officer = as_("officer", 2)
    address = url("programme", desk.year, programme.pk)
    shown = page(officer, address)
    assert (shown.count("Việc thứ 1"), shown.count("Việc thứ 2")) == (1, 1)
    assert "Bao phủ văn bản" in shown  # the links to the parts
    assert "Còn thời gian" in shown  # what the colours of the bar are
    gone = programme.tasks.last()
    actions.set_state(task=gone, state=State.DROPPED, reason="Gộp", **desk.by(desk.world.officer(2)))
    shown = page(officer, address)
    assert "Việc thứ 2" not in shown
    assert "1 nhiệm vụ đã thôi không làm" in shown


def test_the_paper_is_headed_as_the_papers_of_the_cluster(desk):
    programme = desk.programme()
    for kind, layout in (("party_body", "party"), ("government_body", "state")):
        programme.year.cluster.superior_body.kind = kind
        paper = papers.programme_paper(programme, content_of(programme), None, "")
        assert (paper.layout, paper.place) == (layout, "…")


def test_a_task_due_after_the_end_of_its_programme_is_told_of(desk, as_):
    programme = desk.programme(written=replace(WRITTEN, ends_on=date(2021, 11, 30)))
    officer, address = as_("officer", 2), url("new_task", desk.year, programme.pk)
    late = officer.post(address, {"title": "Tổng kết", "due_on": "01-12-2021"}, follow=True).content.decode()
    assert "sau ngày kết thúc của chương trình (30-11-2021)" in late
    task = programme.tasks.get()
    typed = {"title": "Tổng kết", "due_on": "30-11-2021", "revision": task.revision}
    intime = officer.post(url("edit_task", desk.year, task.pk), typed, follow=True).content.decode()
    assert "Đã lưu nhiệm vụ" in intime
    assert "sau ngày kết thúc của chương trình" not in intime
