import io
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from thidua.kernel.actor import Role
from thidua.paperwork.rules import Heading, Items, Paragraph, Table, place_and_day
from thidua.reports.actions import consolidated as actions
from thidua.reports.actions.submission import content_of
from thidua.reports.models import Consolidated, Entry
from thidua.reports.papers import consolidated_paper, report_paper
from thidua.reports.papers.official import abstract_of, blocks_of, change_told
from thidua.reports.queries import consolidated as queries
from thidua.reports.tests.making import AT, make_period, make_report, submit


@pytest.fixture
def period(world):
    """The third quarter, reported by units 1 and 2, after a second quarter reported by unit 1."""
    made = make_period(world.year(illustrative=True))
    make_report(make_period(made.year, number=2), world.unit(1), ["8", "90"])
    report = make_report(made, world.unit(1), ["10", "98.5"], practices=[("Sổ tay", "Mỗi tháng một chuyên đề")])
    item = made.items.get(kind="narrative")
    Entry.objects.create(report=report, item=item, text="Lùi ngày.\n- Thiếu phòng;\n- Thiếu máy.", edited_at=AT)
    make_report(made, world.unit(2), ["1234.5", None], late=2)
    return made


@pytest.fixture
def get(world, sign_in):
    """get(address, "officer", 2) → the response for that person."""
    roles = {"secretary": Role.HEAD_SECRETARY, "officer": Role.UNIT_OFFICER, "delegate": Role.DELEGATE}

    def go(address, by="secretary", number=1):
        return sign_in(world.person(roles[by], world.unit(number))).get(address)

    return go


def unit_address(period, number, kind):
    return reverse("reports:paper", args=[period.year.cluster.slug, period.year.year, period.pk, f"don-vi-{number}", kind])


def whole_address(period, kind):
    return reverse("reports:consolidated_paper", args=[period.year.cluster.slug, period.year.year, period.pk, kind])


def texts(response):
    paper = Document(io.BytesIO(response.content))
    headers = paper.sections[0].header, paper.sections[0].first_page_header
    above = "".join(text for header in headers for text in header._element.itertext())
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([above, *(paragraph.text for paragraph in paper.paragraphs), *cells])


def sheets(response):
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    return [book.get_sheet_by_index(i).to_python() for i in range(len(book.sheet_names))]


@pytest.mark.parametrize(("title", "abstract"), [
    ("Báo cáo quý III năm 2021", "Quý III năm 2021"), ("báo cáo nhanh", "Nhanh"), ("Chuyên đề học tập", "Chuyên đề học tập"),
    ("Báo cáo", "Báo cáo"),
])  # fmt: skip
def test_the_word_report_stands_once(title, abstract):
    assert abstract_of(title) == abstract


def test_lines_with_a_hyphen_become_a_list():
    blocks = blocks_of("Một.\n- a\n- b\nHai.")
    assert blocks == [Paragraph("Một."), Items(("a", "b")), Paragraph("Hai.")]


def test_a_draft_says_so_and_a_submitted_report_says_when_and_by_whom(world, period):
    report = period.reports.select_related("unit__parent", "period__year__cluster__superior_body").get(unit=world.unit(2))
    content = content_of(report)
    draft = report_paper(report, content, None)
    assert draft.abstract.endswith("(DỰ THẢO)")
    assert (draft.layout, draft.illustrative, draft.day) == ("party", True, None)
    assert draft.signatures[0].post == "Trưởng ban"
    assert place_and_day(draft) == "…, ngày … tháng … năm …"
    assert "Khó khăn" not in str(draft.blocks)
    assert draft.blocks[0].text == "Kính gửi: Don vi 1, cụm trưởng Cụm số 2"
    sent = report_paper(report, content, submit(report, content))
    assert "DỰ THẢO" not in sent.abstract
    assert sent.day == date(2021, 10, 5)
    assert "Nộp trên phần mềm lúc 10:00 ngày 05-10-2021 bởi Nguyễn Văn A" in sent.footer
    table = next(block for block in sent.blocks if isinstance(block, Table))
    assert [row[3] for row in table.rows] == ["1.234,5", "–"]


def test_the_heads_own_report_goes_to_the_superior_body(world, period):
    report = period.reports.get(unit=world.unit(1))
    assert report_paper(report, content_of(report), None).blocks[0].text == "Kính gửi: Ban Tuyen giao"


def test_a_unit_downloads_its_report_and_no_other(world, period, get):
    report = period.reports.get(unit=world.unit(1))
    submit(report, content_of(report))
    assert get(unit_address(period, 1, "pdf")).content.startswith(b"%PDF")
    told = texts(get(unit_address(period, 1, "docx")))
    for words in ("Sổ tay", "Thiếu phòng;", "98,5", "SỐ LIỆU MINH HOẠ"):
        assert words in told
    assert get(unit_address(period, 2, "pdf"), "officer", 2).status_code == 200
    assert get(unit_address(period, 1, "pdf"), "officer", 2).status_code == 404
    assert get(unit_address(period, 3, "pdf")).status_code == 404
    assert get(unit_address(period, 1, "odt")).status_code == 404


def test_what_was_submitted_is_printed_and_not_what_stands_there_since(world, period, get):
    report = period.reports.get(unit=world.unit(1))
    submit(report, content_of(report) | {"unit": "Tên khi nộp"})
    assert "TÊN KHI NỘP" in texts(get(unit_address(period, 1, "docx")))
    report.status = "returned"
    report.save()
    told = texts(get(unit_address(period, 1, "docx")))
    assert "TÊN KHI NỘP" not in told
    assert "(DỰ THẢO)" in told


def test_the_figures_of_a_report_as_a_workbook(world, period, get):
    Entry.objects.filter(report__unit=world.unit(1), item__position=1).update(
        computed="9", why_changed="=1+1", basis=[{"words": "9 buổi đã ghi", "url": ""}]
    )
    wide, long = sheets(get(unit_address(period, 1, "xlsx")))
    assert wide[1][0].startswith("Số liệu minh hoạ")
    assert wide[3] == ["Đơn vị", "Buổi học tập (buổi)", "Đảng viên học tập (%)"]
    assert wide[4] == ["Don vi 1", 10.0, 98.5]
    assert long[4] == ["Báo cáo quý III năm 2021", "Don vi 1", "Buổi học tập", "buổi", 10.0, 9.0, "=1+1", "9 buổi đã ghi"]


def test_the_figures_of_the_cluster_as_a_workbook_that_reckons_itself(world, period, get, now):
    actions.open_consolidated(period=period, actor=world.secretary(), now=now)
    response = get(whole_address(period, "xlsx"))
    wide, long = sheets(response)
    assert wide[4:8] == [
        ["Don vi 1", 10.0, 98.5], ["Don vi 2", 1234.5, ""], ["Don vi 3", "", ""],
        ["Cả cụm (tổng, hoặc bình quân với tỷ lệ)", 1244.5, 98.5],
    ]  # fmt: skip
    formulas = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    assert formulas.height == 8
    assert len(long) == 4 + 2 * 3
    assert long[5][:2] == ["Báo cáo quý III năm 2021", "Don vi 2"]


def test_the_consolidated_paper_tells_draft_from_issue(world, period, get, now):
    draft = actions.open_consolidated(period=period, actor=world.secretary(), now=now)
    assert "(DỰ THẢO)" in texts(get(whole_address(period, "docx")))
    assert get(whole_address(period, "docx"), "delegate", 3).status_code == 404
    Consolidated.objects.update(directions="Tiếp tục")
    draft.refresh_from_db()
    seen = queries.fingerprint_of(queries.draft_of(draft))
    values = {"number_text": "15-BC/CTĐ", "issued_on": date(2021, 10, 20), "seen": seen}
    issue = actions.issue_consolidated(consolidated=draft, **values, actor=world.secretary(), now=now)
    told = texts(get(whole_address(period, "docx"), "delegate", 3))
    assert "DỰ THẢO" not in told
    for words in ("CỤM TRƯỞNG", "…, ngày 20 tháng 10 năm 2021"):
        assert words in told
    for words in ("15-BC/CTĐ", "Tiếp tục", "chậm 2 ngày", "+2 (+25 %), 1 đơn vị", "chưa nộp"):
        assert words in told
    assert get(whole_address(period, "pdf"), "delegate", 3).content.startswith(b"%PDF")
    Consolidated.objects.update(directions="Bí mật")
    actions.reopen_consolidated(consolidated=draft, reason="Thiếu số liệu", actor=world.secretary(), now=now)
    assert "Bí mật" in texts(get(whole_address(period, "docx") + "?lan=0"))
    assert get(whole_address(period, "docx") + "?lan=0", "delegate", 3).status_code == 404
    assert "Tiếp tục" in texts(get(whole_address(period, "docx") + f"?lan={issue.ordinal}", "delegate", 3))


def test_units_and_items_fit_on_the_page_whatever_their_number(world, now):
    items = [(f"Mục {i}", "việc") for i in range(1, 10)]
    period = make_period(world.year(units=3), items=items)
    make_report(period, world.unit(1), ["1"] * 9)
    summary = replace(queries.summary_of(period))
    paper = consolidated_paper(period.year, summary, None)
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    assert [len(table.headers) for table in tables] == [6, 3, 5, 5, 2]
    assert [block.text for block in paper.blocks if isinstance(block, Heading)] == [
        "I. Số liệu tổng hợp", "II. Báo cáo và số liệu của từng đơn vị",
    ]  # fmt: skip
    assert {change_told(row) for row in summary.rows} == {"không so được"}
