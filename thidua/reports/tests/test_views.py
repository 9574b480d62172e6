"""The pages, from an empty year to a report received."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from thidua.clusters.models import Membership
from thidua.kernel.actor import Role
from thidua.reports import actions
from thidua.reports.models import Entry, Report, ReportPeriod
from thidua.reports.queries import practices_seen
from thidua.reports.rules.content import fingerprint
from thidua.reports.rules.periods import ItemValue
from thidua.reports.tests.conftest import NOTHING
from thidua.reports.tests.test_actions import PDF

UNIT = "don-vi-2"
ASKED = {"signer": "Trưởng ban", "instructions": "", "items_from": "proposed"}


def url(name, year, *rest):
    return reverse(f"reports:{name}", args=[year.cluster.slug, year.year, *rest])


@pytest.fixture
def as_(world, sign_in):
    """as_("secretary") or as_("leader", 2) → a client signed in as that person."""
    roles = {"secretary": Role.HEAD_SECRETARY, "leader": Role.UNIT_LEADER, "officer": Role.UNIT_OFFICER}

    def go(name, number=1):
        return sign_in(world.person(roles[name], world.unit(number)))

    return go


def typed(report, **values):
    """The form of a report as a browser sends it, with nothing changed but `values`."""
    sent = {"practices_seen": report_seen(report), "title-1": "", "words-1": ""}
    for entry in report.entries.select_related("item"):
        pk, figure = entry.item_id, entry.item.kind == "figure"
        sent[f"figure-{pk}" if figure else f"text-{pk}"] = str(entry.figure or "") if figure else entry.text
        sent[f"seen-{pk}"] = fingerprint(entry.figure, entry.text, entry.why_changed)
    return sent | values


def report_seen(report):
    return practices_seen([(practice.title, practice.text) for practice in report.practices.all()])


def items_typed(*rows, revision="1", initial=0):
    sent = {"revision": revision, "i-TOTAL_FORMS": str(len(rows)), "i-INITIAL_FORMS": str(initial)}
    for n, row in enumerate(rows):
        values = {
            "pk": "",
            "place": str(n + 1),
            "kind": "figure",
            "title": "",
            "unit_of_measure": "",
            "source": "",
            "hint": "",
        } | row
        sent |= {f"i-{n}-{name}": value for name, value in values.items()}
    return sent


def test_from_an_empty_year_to_a_report_received(world, as_):
    year = world.year(stage="running")
    secretary = as_("secretary")
    assert "Năm này chưa có kỳ báo cáo" in secretary.get(url("reports", year)).content.decode()
    page = secretary.get(url("new_period", year), {"ky": "month:10"}).content.decode()
    for proposed in ("Báo cáo tháng 10 năm 2021", "01-10-2021", "31-10-2021", "05-11-2021"):
        assert f'value="{proposed}"' in page
    sent = ASKED | {
        "kind": "month", "title": "Báo cáo tháng 10 năm 2021", "starts_on": "01-10-2021", "ends_on": "31-10-2021",
        "due_on": "05-12-2021",
    }  # fmt: skip
    response = secretary.post(url("new_period", year), sent)
    period = ReportPeriod.objects.get()
    assert response.url == url("items", year, period.pk)
    rows = items_typed(
        {"title": "Hội nghị", "unit_of_measure": "hội nghị", "required": "on"}, {"title": "Kết quả", "kind": "narrative"}
    )
    assert secretary.post(url("items", year, period.pk), rows).status_code == 302
    officer, here = as_("officer", 2), url("report", year, period.pk, UNIT)
    assert "Mở báo cáo" in officer.get(here).content.decode()
    assert officer.post(url("open", year, period.pk, UNIT)).url == here
    report = Report.objects.get()
    figure, words = period.items.all()
    sent = typed(report, **{f"figure-{figure.pk}": "1.234,5", f"text-{words.pk}": "Đã xong", "title-1": "Cách", "words-1": "Làm"})
    assert officer.post(here, sent).url == here
    page = officer.get(here).content.decode()
    assert 'value="1.234,5"' in page
    assert "đã đủ các mục bắt buộc" in page
    assert "Lưu và tới bước nộp" not in page
    leader = as_("leader", 2)
    report.refresh_from_db()
    assert leader.post(here, typed(report) | {"submit": "1", "title-1": "Cách", "words-1": "Làm"}).url == url(
        "submit", year, period.pk, UNIT
    )
    page = leader.get(url("submit", year, period.pk, UNIT)).content.decode()
    assert "1.234,5" in page
    assert f'name="revision" value="{report.revision}"' in page
    assert leader.post(url("submit", year, period.pk, UNIT), {"revision": report.revision}).url == here
    secretary = as_("secretary")
    assert "Tiếp nhận" in secretary.get(here).content.decode()
    assert secretary.post(url("send_back", year, period.pk, UNIT), {"reason": "ngắn"}).status_code == 422
    assert secretary.post(url("send_back", year, period.pk, UNIT), {"reason": "Thiếu số liệu của chi bộ"}).url == here
    page = as_("leader", 2).get(here).content.decode()
    assert "Thiếu số liệu của chi bộ" in page
    report.refresh_from_db()
    assert as_("leader", 2).post(url("submit", year, period.pk, UNIT), {"revision": report.revision}).url == here
    assert as_("secretary").post(url("accept", year, period.pk, UNIT)).url == here
    page = as_("officer", 2).get(here).content.decode()
    assert "Lần 1" in page
    assert "Lần 2" in page
    assert "tiếp nhận ngày" in page
    old = as_("officer", 2).get(url("submission", year, period.pk, UNIT, 1)).content.decode()
    assert report.submissions.first().digest in old


def test_the_officer_reads_that_the_leader_sees_a_whole_report(world, period_of, opened, written, as_):
    year = world.year()
    period = period_of(year)
    opened(period)
    here, told = url("report", year, period.pk, UNIT), "Lãnh đạo đơn vị thấy báo cáo này trong Việc của tôi"
    page = as_("officer", 2).get(here).content.decode()
    assert "Báo cáo tháng 10 năm 2021 – Don vi 2" in page
    assert told not in page
    written(period)
    assert told in as_("officer", 2).get(here).content.decode()
    assert told not in as_("leader", 2).get(here).content.decode()


def test_a_figure_names_what_was_found_so_that_the_page_asks_why_only_where_it_differs(world, period_of, opened, as_):
    year = world.year()
    report = opened(period_of(year))
    first = report.period.items.all()[0]
    Entry.objects.filter(item=first).update(figure="1234.5", computed="1234.5")
    page = as_("officer", 2).get(url("report", year, report.period_id, UNIT)).content.decode()
    assert f'data-found="1.234,5" data-why="id_why-{first.pk}"' in page
    assert f'id="id_why-{first.pk}"' in page


def test_a_wrong_figure_keeps_everything_typed(world, period_of, opened, as_):
    year = world.year()
    report = opened(period_of(year))
    first, second, _third = report.period.items.all()
    sent = typed(report, **{f"figure-{first.pk}": "mười", f"text-{second.pk}": "Đã viết dài"})
    response = as_("officer", 2).post(url("report", year, report.period_id, UNIT), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "“mười” không phải là số" in page
    assert 'value="mười"' in page
    assert "Đã viết dài" in page
    assert not Entry.objects.exclude(edited_by_name="").exists()


def test_what_was_typed_at_an_item_taken_out_meanwhile_is_told(world, period_of, opened, as_):
    year = world.year()
    report = opened(period_of(year))
    third = report.period.items.all()[2]
    sent = typed(report, **{f"text-{third.pk}": "Đề nghị cấp thêm tài liệu"})
    keep = [ItemValue(item.kind, item.title, pk=item.pk) for item in report.period.items.all()[:2]]
    actions.set_items(period=report.period, items=keep, revision=1, actor=world.secretary(), now=report.opened_at)
    page = as_("officer", 2).post(url("report", year, report.period_id, UNIT), sent)
    assert page.status_code == 422
    assert "“Đề nghị cấp thêm tài liệu”" in page.content.decode()


def test_two_people_see_both_texts_and_decide(world, period_of, opened, as_, now):
    year = world.year()
    report = opened(period_of(year))
    first, second, _third = report.period.items.all()
    stale = typed(report)
    theirs = {second.pk: actions.Typed(text="Của người kia", seen=NOTHING)}
    actions.save_report(report=report, typed=theirs, actor=world.leader(2), now=now)
    client, here = as_("officer", 2), url("report", year, report.period_id, UNIT)
    response = client.post(here, stale | {f"text-{second.pk}": "Của tôi", f"figure-{first.pk}": "5"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Người khác vừa sửa cùng chỗ" in page
    assert "Của người kia" in page
    assert "Của tôi" in page
    assert Entry.objects.get(item=first).figure == 5
    newest = fingerprint(None, "Của người kia", "")
    assert f'name="seen-{second.pk}" value="{newest}"' in page
    again = typed(report, **{f"text-{second.pk}": "Của cả hai"})
    assert client.post(here, again).status_code == 302
    assert Entry.objects.get(item=second).text == "Của cả hai"


def test_practices_clash_is_told(world, period_of, opened, as_, now):
    year = world.year()
    report = opened(period_of(year))
    stale = typed(report)
    practices = actions.TypedPractices([("Của người kia", "Nội dung")], stale["practices_seen"])
    actions.save_report(report=report, typed={}, practices=practices, actor=world.leader(2), now=now)
    sent = stale | {"title-1": "Của tôi", "words-1": "Khác"}
    page = as_("officer", 2).post(url("report", year, report.period_id, UNIT), sent).content.decode()
    assert "Của người kia: Nội dung" in page
    assert 'value="Của tôi"' in page


def test_another_units_report_is_not_there(world, period_of, submitted, as_):
    year = world.year()
    period = period_of(year)
    submitted(period)
    pages = ("report", "files")
    for name in pages:
        assert as_("officer", 3).get(url(name, year, period.pk, UNIT)).status_code == 404
        assert as_("officer", 2).get(url(name, year, period.pk, UNIT)).status_code == 200
        assert as_("secretary").get(url(name, year, period.pk, UNIT)).status_code == 200
    assert as_("officer", 3).get(url("submission", year, period.pk, UNIT, 1)).status_code == 404
    assert as_("officer", 3).post(url("open", year, period.pk, UNIT)).status_code == 404
    assert as_("officer", 3).post(url("report", year, period.pk, UNIT), {}).status_code == 404
    assert as_("officer", 2).get(url("submission", year, period.pk, UNIT, 2)).status_code == 404
    outsider = world.person(Role.UNIT_OFFICER, world.organisation("Ngoai cum"))
    client = as_("officer", 2)
    client.force_login(outsider, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(url("reports", year)).status_code == 404


def test_pages_of_the_head_are_closed_to_units(world, period_of, submitted, as_):
    year = world.year()
    period = period_of(year)
    submitted(period)
    officer = as_("officer", 2)
    for name, rest in (
        ("new_period", ()),
        ("lay_out", ()),
        ("edit_period", (period.pk,)),
        ("items", (period.pk,)),
        ("templates", ()),
    ):
        assert officer.get(url(name, year, *rest)).status_code == 403
    for name, rest in (("accept", (period.pk, UNIT)), ("remove_period", (period.pk,))):
        assert officer.post(url(name, year, *rest)).status_code == 403
    assert officer.get(url("send_back", year, period.pk, UNIT)).status_code == 403
    assert officer.get(url("submit", year, period.pk, UNIT)).status_code == 403


def test_what_came_late_or_not_at_all_stands_in_the_grid(world, period_of, submitted, as_):
    year = world.year()
    submitted(period_of(year, due_on=date(2021, 10, 31)))
    period_of(year, title="Kỳ sau", kind="ad_hoc", due_on=date(2021, 12, 31))
    officer = as_("officer", 3)
    page = officer.get(url("reports", year)).content.decode()
    assert "chậm 1 ngày, chờ nhận" in page
    assert url("report", year, Report.objects.get().period_id, UNIT) not in page
    assert url("report", year, Report.objects.get().period_id, "don-vi-3") in page
    page = officer.get(url("reports", year), {"tinh-trang": "to_receive", "loai": "month"}).content.decode()
    assert "Don vi 2" in page
    assert "Don vi 3</th>" not in page
    assert "Kỳ sau" not in page
    assert "Không có gì khớp" in officer.get(url("reports", year), {"tinh-trang": "returned"}).content.decode()
    assert officer.get(url("reports", year), {"tinh-trang": "nonsense", "loai": "x"}).status_code == 200
    response = officer.get(url("workbook", year))
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[5][0] == "Don vi 2"
    assert rows[5][2] == "chậm 1 ngày, chờ nhận"
    assert rows[7] == ["Đã nộp", "0/3", "1/3"]


def test_files_are_added_shown_and_taken_off(world, period_of, opened, as_):
    year = world.year()
    report = opened(period_of(year))
    here, client = url("files", year, report.period_id, UNIT), as_("officer", 2)
    good, bad = SimpleUploadedFile("bao-cao.pdf", PDF), SimpleUploadedFile("rong.pdf", b"")
    response = client.post(here, {"files": [good, bad]})
    assert response.status_code == 422
    assert "rong.pdf" in response.content.decode()
    kept = report.files.get()
    shown = client.get(url("file", year, report.period_id, UNIT, kept.pk))
    assert b"".join(shown.streaming_content) == PDF
    assert as_("officer", 3).get(url("file", year, report.period_id, UNIT, kept.pk)).status_code == 404
    assert as_("officer", 2).post(url("remove_file", year, report.period_id, UNIT, kept.pk)).url == here
    assert not report.files.exists()


def test_a_unit_that_left_writes_nothing_more(world, period_of, opened, as_):
    year = world.year()
    report = opened(period_of(year))
    Membership.objects.filter(year=year, organisation=world.unit(2)).delete()
    assert as_("officer", 2).get(url("report", year, report.period_id, UNIT)).status_code == 404
    page = as_("secretary").get(url("report", year, report.period_id, UNIT))
    assert page.status_code == 200


@pytest.mark.parametrize("units", [1, 3])
def test_the_grid_and_a_period_have_a_constant_number_of_queries(
    world, period_of, submitted, as_, units, django_assert_num_queries
):
    year = world.year()
    period = period_of(year)
    for number in range(1, units + 1):
        period_of(year, title=f"Kỳ {number}", kind="ad_hoc")
        submitted(period, number)
    client = as_("officer", 2)
    client.get(url("reports", year))
    with django_assert_num_queries(8):
        client.get(url("reports", year))
    with django_assert_num_queries(10):
        client.get(url("period", year, period.pk))


@pytest.mark.parametrize("items", [1, 3])
def test_a_report_has_a_constant_number_of_queries(world, period_of, written, as_, items, django_assert_num_queries):
    year = world.year()
    report = written(period_of(year))
    for number in range(items):
        report.practices.create(position=number, title=f"Cách {number}", text="Làm")
    client = as_("leader", 2)
    here = url("report", year, report.period_id, UNIT)
    client.get(here)
    with django_assert_num_queries(15):
        client.get(here)
    with django_assert_num_queries(14):
        client.get(url("submit", year, report.period_id, UNIT))
