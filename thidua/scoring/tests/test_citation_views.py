"""Citing in the browser: from the source, from the criterion, the list of all; and days late of reports."""

import re
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from thidua.kernel.actor import Role
from thidua.reports.models import Report
from thidua.scoring import actions
from thidua.scoring.models import Citation, ScoreLine
from thidua.scoring.tests.conftest import FULL
from thidua.scoring.tests.test_citations import corrected

YEAR = "/cum/cum-2/2021/"
SHEET = f"{YEAR}tu-cham/don-vi-2/"
CITE = f"{SHEET}dan-chung/"
ROW = f"{SHEET}minh-chung/"


@pytest.fixture
def officer(world, sign_in):
    """A client signed in as the officer of unit 2."""
    return lambda: sign_in(world.person(Role.UNIT_OFFICER, world.unit(2)))


def of(source):
    """The address of the page on which a report is cited."""
    return f"{CITE}?nguon=report&so={source.pk}"


def sent(source, code="A.1", **more):
    """The form that cites a report."""
    return {"nguon": "report", "so": str(source.pk), "code": code, **more}


def test_from_the_source_one_click_cites_and_leads_back(field, officer, report):
    field.open("running")
    source = report(2, "Báo cáo quý I", days_late=2)
    client = officer()
    page = client.get(of(source)).content.decode()
    assert "Báo cáo quý I" in page
    assert 'name="code" value="A.1"' in page
    assert 'name="code" value="A"' not in page
    answer = client.post(CITE, sent(source, ve="nguon"))
    assert answer.status_code == 302
    assert answer.url == Citation.objects.get().url
    page = client.get(of(source)).content.decode()
    assert 'name="code" value="A.1"' not in page
    assert "đang dẫn ở 1 tiêu chí" in page
    assert f"{CITE}{Citation.objects.get().pk}/bo/" in page


def test_criteria_are_searched_without_marks_in_the_address(field, officer, report):
    field.open()
    client, source = officer(), report(2, "Quý I")
    page = client.get(f"{of(source)}&tim=hoc+tap+ke").content.decode()
    assert 'value="A.1"' in page
    assert 'name="code" value="B.1"' not in page
    assert 'name="code" value="B.1"' in client.get(f"{of(source)}&tim=b.1").content.decode()
    assert "Không có tiêu chí nào khớp" in client.get(f"{of(source)}&tim=khong+co+dau").content.decode()


def test_from_the_criterion_what_was_recorded_is_chosen_newest_first(field, officer, report):
    field.open("running")
    client = officer()
    assert "Đơn vị chưa ghi việc nào" in client.get(f"{ROW}A.1/").content.decode()
    for title in ("Quý I", "Quý II"):
        report(2, title)
    report(3, "Quý III")
    newest = Report.objects.get(period__title="Quý II")
    page = client.get(f"{ROW}A.1/").content.decode()
    assert "Quý III" not in page
    assert page.count(">Dẫn</button>") == 2
    answer = client.post(CITE, sent(newest), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"{ROW}A.1/"
    assert "Đã dẫn “Quý II” làm minh chứng của tiêu chí A.1." in page
    assert page.count(">Dẫn</button>") == 1
    again = client.post(CITE, sent(newest), follow=True).content.decode()
    assert "“Quý II” đã là minh chứng của tiêu chí A.1." in again
    assert Citation.objects.count() == 1
    assert "1 minh chứng" in client.get(SHEET).content.decode()


def test_what_was_recorded_is_searched_and_at_most_fifty_are_shown(field, officer, report):
    field.open()
    for number in range(52):
        report(2, f"Kỳ {number:02}", days_late=number)
    client = officer()
    page = client.get(f"{ROW}A.1/").content.decode()
    assert page.count(">Dẫn</button>") == 50
    assert "Còn 2 việc nữa" in page
    page = client.get(f"{ROW}A.1/?tim=ky+07&loai=report").content.decode()
    assert page.count(">Dẫn</button>") == 1
    assert "Không có việc nào khớp" in client.get(f"{ROW}A.1/?tim=ky+07&loai=task").content.decode()


def test_a_citation_is_taken_back_where_it_stands(field, officer, report):
    field.open()
    client, source = officer(), report(2, "Quý I")
    for back, leads_to in [("dong", f"{ROW}A.1/"), ("nguon", of(source)), ("", CITE)]:
        client.post(CITE, sent(source))
        answer = client.post(f"{CITE}{Citation.objects.get().pk}/bo/", {"ve": back})
        assert (answer.status_code, answer.url) == (302, leads_to)
        assert not Citation.objects.exists()


def test_who_reads_and_who_cites(field, world, sign_in, report):
    field.open()
    source, body = report(2, "Quý I"), world.organisation("Ban Tuyen giao", "party_body")
    made = actions.cite_source(
        year=field.year, unit=world.unit(2), code="A.1", kind="report", source=source.pk, actor=world.officer(2), now=field.now
    )
    field.appraiser(2)
    for role, place, reads in [
        (Role.UNIT_LEADER, world.unit(2), True),
        (Role.APPRAISER, body, True),
        (Role.HEAD_SECRETARY, world.unit(1), True),
        (Role.AUDITOR, world.organisation("Thanh tra"), True),
        (Role.UNIT_OFFICER, world.unit(3), False),
        (Role.DELEGATE, world.unit(2), False),
    ]:
        client = sign_in(world.person(role, place))
        own = role is Role.UNIT_LEADER
        status = 200 if reads else 404
        assert client.get(CITE).status_code == status, role
        assert client.get(f"{CITE}dan-chung.xlsx").status_code == status, role
        row = client.get(f"{ROW}A.1/")
        assert row.status_code == status, role
        assert ("Quý I" in row.content.decode()) == reads, role
        assert ("Thôi dẫn" in row.content.decode()) == own, role
        assert client.get(of(source)).status_code == (200 if own else 403 if reads else 404), role
        if not own:
            assert client.post(CITE, sent(source, "B.1")).status_code == (403 if reads else 404), role
            assert client.post(f"{CITE}{made.pk}/bo/").status_code == (403 if reads else 404), role
    assert Citation.objects.count() == 1


def test_sources_and_citations_of_others_are_not_there(field, world, officer, report):
    field.open()
    client, other = officer(), report(3, "Quý I")
    made = actions.cite_source(
        year=field.year, unit=world.unit(3), code="A.1", kind="report", source=other.pk, actor=world.officer(3), now=field.now
    )
    assert client.get(of(other)).status_code == 404
    assert client.post(CITE, sent(other)).status_code == 404
    assert client.post(f"{CITE}{made.pk}/bo/").status_code == 404
    for query in ("nguon=letter&so=1", "nguon=report&so=x", "nguon=report", "nguon=report&so=" + "9" * 30):
        assert client.get(f"{CITE}?{query}").status_code == 404
    assert client.post(CITE, {"nguon": "report", "so": "x", "code": "A.1"}).status_code == 404


def test_an_unknown_criterion_is_told_and_nothing_is_cited(field, officer, report):
    field.open()
    client, source = officer(), report(2, "Quý I")
    for code, back in [("Z.9", "nguon"), ("Z.9", ""), ("", "")]:
        answer = client.post(CITE, sent(source, code, ve=back), follow=True)
        assert answer.redirect_chain[-1][0] == of(source)
        assert f"Mã {code} không có trong bảng tiêu chí" in answer.content.decode()
    assert not Citation.objects.exists()


def test_a_locked_sheet_shows_the_source_and_offers_nothing(field, officer, report):
    field.open()
    source = report(2, "Quý I")
    field.submitted(2)
    page = officer().get(of(source)).content.decode()
    assert "không còn nhận minh chứng" in page
    assert 'name="code"' not in page


def test_the_list_says_what_has_changed_and_which_criterion_is_gone(field, world, officer, report, now):
    field.open("running")
    client = officer()
    assert "Chưa dẫn việc nào" in client.get(CITE).content.decode()
    first, second, third = (report(2, title) for title in ("Quý I", "Quý II", "Quý III"))
    client.post(CITE, sent(first, "A.3"))
    client.post(CITE, sent(second, "A.1"))
    client.post(CITE, sent(third, "B.1"))
    Report.objects.filter(pk=second.pk).update(days_late=8)
    corrected(field, world, now, "A.3")
    page = client.get(CITE).content.decode()
    assert "nguồn đã thay đổi" in page
    assert "chậm 8 ngày" in page
    assert "1 việc được dẫn cho tiêu chí mà bảng đang dùng không còn" in page
    lost = client.get(f"{CITE}?loc=lost").content.decode()
    assert "Quý II" not in lost
    assert "Dẫn ở tiêu chí khác" in lost
    assert "Quý III" in client.get(f"{CITE}?tim=quy+iii").content.decode()
    assert "Không có việc nào khớp" in client.get(f"{CITE}?tim=quy+iv").content.decode()
    assert "1 minh chứng của tiêu chí không còn" in client.get(SHEET).content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{CITE}dan-chung.xlsx").content)).get_sheet_by_index(0)
    rows = {row[0]: row for row in book.to_python()[4:]}
    assert (rows["A.3"][3], rows["A.3"][-1]) == ("Quý I", "tiêu chí không còn")
    assert rows["A.1"][-1] == "nguồn đã thay đổi"


def test_the_list_has_pages_that_keep_the_filter(field, officer, report):
    field.open()
    client = officer()
    for number in range(51):
        client.post(CITE, sent(report(2, f"Kỳ {number}"), ("A.1", "B.1")[number % 2]))
    page = client.get(f"{CITE}?tim=ky").content.decode()
    assert "Trang 1/2" in page
    assert "?tim=ky&amp;trang=2" in page
    assert "Trang 2/2" in client.get(f"{CITE}?tim=ky&trang=2").content.decode()


def test_the_workbook_of_the_sheet_counts_what_was_cited(field, officer, report):
    field.open()
    field.sheet(2)
    client = officer()
    client.post(CITE, sent(report(2, "Quý I")))
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{SHEET}phieu.xlsx").content)).get_sheet_by_index(0)
    assert {row[0]: row[8] for row in book.to_python()[4:]}["A.1"] == 1


def test_hostile_words_of_a_source_are_only_words(field, officer, report):
    field.open()
    client, source = officer(), report(2, "<script>alert(1)</script>")
    client.post(CITE, sent(source))
    for page in (of(source), f"{ROW}A.1/", CITE, f"{ROW}B.1/"):
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


def test_days_late_are_offered_one_by_one_and_together_and_saved_by_the_sheet(field, officer, report):
    field.open()
    client = officer()
    assert "Chưa có báo cáo nào đến hạn" in client.get(f"{ROW}B.1/").content.decode()
    report(2, "Quý I", days_late=3, returned=1)
    report(2, "Báo cáo quý II", days_late=2)
    report(2, "Quý III")
    page = client.get(f"{ROW}B.1/").content.decode()
    assert "Dùng tổng 5 ngày" in page
    assert "1 lần" in page
    assert "days_late-B.1" not in page
    assert not ScoreLine.objects.exists()
    for chosen, days, reason in [
        ("Quý I", "3", "Báo cáo Quý I: 3 ngày"),
        ("*", "5", "Báo cáo Quý I: 3 ngày; Báo cáo quý II: 2 ngày"),
    ]:
        page = client.get(f"{ROW}B.1/", {"dung": chosen}).content.decode()
        form = {name: field_of(page, f"{name}-B.1") for name in ("days_late", "revision")}
        words = re.search(r'name="reason-B.1"[^>]*>([^<]*)<', page)[1]
        assert (form["days_late"], words) == (days, reason)
        client.post(SHEET, {f"{name}-B.1": value for name, value in {**form, "reason": words}.items()})
        line = ScoreLine.objects.get(code="B.1")
        assert (line.days_late, line.reason) == (int(days), reason)
    assert "Dòng này đang ghi: chậm 5 ngày" in client.get(f"{ROW}B.1/?dung=Qu%C3%BD+I").content.decode()


def field_of(page, name):
    """The value of the input of that name."""
    return re.search(rf'name="{re.escape(name)}"[^>]*value="([^"]*)"', page)[1]


def test_the_days_of_a_report_are_saved_and_the_report_cited_in_one_step(field, officer, report):
    field.open()
    late, never = report(2, "Quý I", days_late=3), report(2, "Quý II", days_late=None)
    client = officer()
    page = client.get(f"{ROW}B.1/?dung=*").content.decode()
    assert "loại kỳ: Quý" in page
    assert f'name="bao-cao" value="{late.pk}" checked' in page
    assert f'name="bao-cao" value="{never.pk}"' not in page
    sent = {"days_late-B.1": "3", "reason-B.1": "Báo cáo Quý I: 3 ngày", "revision-B.1": "0"}
    sent |= {"dan-cho": "B.1", "bao-cao": str(late.pk)}
    page = client.post(SHEET, sent, follow=True).content.decode()
    assert "Đã dẫn 1 báo cáo làm minh chứng" in page
    assert [(made.code, made.kind, made.source) for made in Citation.objects.all()] == [("B.1", "report", late.pk)]
    assert 'name="bao-cao"' not in client.get(f"{ROW}B.1/?dung=*").content.decode()
    assert client.post(SHEET, sent | {"revision-B.1": "1"}).status_code == 302
    assert Citation.objects.count() == 1
    assert client.post(SHEET, sent | {"revision-B.1": "1", "bao-cao": str(never.pk)}).status_code == 404


def test_days_that_could_not_be_saved_cite_nothing(field, officer, report):
    field.open()
    sent = {"days_late-B.1": "ba", "reason-B.1": "", "revision-B.1": "0", "dan-cho": "B.1"}
    assert officer().post(SHEET, sent | {"bao-cao": str(report(2, "Quý I", days_late=3).pk)}).status_code == 422
    assert not Citation.objects.exists()


def test_two_officers_at_the_days_the_second_is_told(field, officer, report):
    field.open()
    sheet = field.sheet(2, {})
    report(2, "Quý I", days_late=3)
    client = officer()
    page = client.get(f"{ROW}B.1/?dung=*").content.decode()
    field.save(sheet, 2, "B.1", days_late="1")
    typed = {name: field_of(page, name) for name in ("days_late-B.1", "revision-B.1")}
    answer = client.post(SHEET, {**typed, "reason-B.1": "Báo cáo Quý I: 3 ngày"})
    assert answer.status_code == 422
    assert "vừa lưu <b>chậm 1 ngày</b>" in answer.content.decode()
    assert ScoreLine.objects.get().days_late == 1


def test_reports_in_time_are_zero_days_with_a_reason(field, officer, report):
    field.open()
    report(2, "Quý I")
    page = officer().get(f"{ROW}B.1/?dung=*").content.decode()
    assert field_of(page, "days_late-B.1") == "0"
    assert "Các báo cáo đều gửi đúng hạn" in page


def test_days_are_read_beside_the_figure_by_who_may_not_use_them(field, world, sign_in, report):
    field.open()
    report(2, "Quý I", days_late=3)
    field.submitted(2, {**FULL, "B.1": {"days_late": "1"}})
    field.appraiser(2)
    field.stage("cross_checking")
    client = sign_in(world.person(Role.APPRAISER, world.organisation("Ban Tuyen giao", "party_body")))
    assert f'href="{ROW}B.1/#ngay-cham"' in client.get(f"{YEAR}tham-dinh/don-vi-2/").content.decode()
    page = client.get(f"{ROW}B.1/?dung=*").content.decode()
    assert "tổng 3 ngày" in page
    assert "đơn vị tự chấm: chậm 1 ngày" in page
    assert "Dùng" not in page.split('id="ngay-cham"')[1].split("</section>")[0]
    assert "ngay-cham" not in client.get(f"{ROW}A.1/").content.decode()


def test_a_row_that_was_granted_points_offers_no_days(field, officer, report):
    field.open()
    field.sheet(2, {"B.1": {"points": "5"}})
    report(2, "Quý I", days_late=3)
    page = officer().get(f"{ROW}B.1/?dung=*").content.decode()
    assert "tổng 3 ngày" in page
    assert "days_late-B.1" not in page


def test_before_criteria_the_page_says_what_is_missing(world, field, officer, report):
    field.year = world.year()
    answer = officer().get(of(report(2, "Quý I")))
    assert answer.status_code == 409
    assert "chưa ban hành bảng tiêu chí" in answer.content.decode()
