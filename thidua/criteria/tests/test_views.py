"""The pages: what they show, and what they say to bad input without losing anything typed."""

import html
import io
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from thidua.clusters.models import ClusterYear
from thidua.criteria import queries
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.papers import read_table
from thidua.criteria.rules import parse_criteria
from thidua.criteria.tests.conftest import CONTRADICTORY, HEADER, REAL, SMALL
from thidua.kernel.actor import Role

PAGE = "/cum/cum-2/2021/tieu-chi/"


@pytest.fixture
def secretary(world, sign_in):
    """A client signed in as the head's secretary of a year being prepared."""
    world.year()
    return sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))


def csv_bytes(rows):
    return "\n".join(",".join(row) for row in rows).encode()


def tsv(rows):
    return "\n".join("\t".join(row) for row in rows)


def xlsx(rows):
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return held.getvalue()


def send(client, content=None, name="bang.csv", **values):
    given = {"title": "Bảng của tôi", "pasted": "", **values}
    if content is not None:
        given["table"] = SimpleUploadedFile(name, content)
    return client.post(PAGE + "nhap/", given)


def take_in(client, sent):
    """Say yes to what the dry run shows."""
    assert sent.status_code == 302, html.unescape(sent.content.decode())
    assert "Xem trước" in client.get(sent.url).content.decode()
    return client.post(sent.url)


def test_an_empty_year_says_what_to_do_first(secretary):
    page = secretary.get(PAGE).content.decode()
    assert "Năm này chưa có bảng tiêu chí" in page
    assert PAGE + "nhap/" in page
    assert PAGE + "mau.xlsx" in page


def test_the_way_of_a_table_from_file_to_published(secretary):
    sent = take_in(secretary, send(secretary, REAL.read_bytes(), "tien-giang.csv"))
    assert (sent.status_code, sent.url) == (302, PAGE + "?ban=1")
    shown = secretary.get(sent.url).content.decode()
    assert shown.count('<tr class="tree-') == 147
    assert "dự thảo" in shown
    draft = CriteriaVersion.objects.get()
    assert draft.source_name == "tien-giang.csv"
    asked = secretary.get(PAGE + "ban-hanh/").content.decode()
    assert f'name="version" value="{draft.pk}"' in asked
    done = secretary.post(PAGE + "ban-hanh/", {"version": draft.pk, "decision": "Biên bản ngày 05-01-2021"})
    assert (done.status_code, done.url) == (302, PAGE)
    after = secretary.get(PAGE).content.decode()
    assert "Biên bản ngày 05-01-2021" in after
    assert "bản 1 đang áp dụng" in after


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (csv_bytes(SMALL), "bang.csv"),
        (b"\xef\xbb\xbf" + csv_bytes(SMALL).replace(b",", b";"), "bang.csv"),
        (xlsx(SMALL), "bang.xlsx"),
        (xlsx(SMALL), "bang.csv"),
        (
            xlsx(
                [HEADER, ["T", "", "Tổng", 10, "points"], [1, "T", "Nghị quyết", 6, "points"], [2, "T", "Báo cáo", 4, "points"]]
            ),
            "b.xlsx",
        ),
    ],
)
def test_every_usual_file_of_the_same_table_gives_the_same_draft(secretary, content, name):
    assert take_in(secretary, send(secretary, content, name)).status_code == 302
    assert queries.table_of(CriteriaVersion.objects.get()) == parse_criteria(SMALL).table


def test_a_table_pasted_from_a_spreadsheet_is_taken(secretary):
    assert take_in(secretary, send(secretary, pasted=tsv(SMALL) + "\r\n")).status_code == 302
    assert queries.table_of(CriteriaVersion.objects.get()) == parse_criteria(SMALL).table


def two_megabytes_of_text():
    return csv_bytes(SMALL) + b"\n" + b"x" * (5 * 2**20)


def far_cell():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet().write(1_048_575, 16_383, "xa")
    return held.getvalue()


def bomb():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (40 * 2**20))
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.7 ...", "bang.csv", "Tệp này là PDF, không phải bảng CSV hay XLSX."),
        (b"\x89PNG\r\n\x1a\n", "bang.xlsx", "Tệp này là PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "bang.xls", "Excel, Word 97"),
        (xlsx(SMALL)[:900], "bang.xlsx", "Tệp XLSX bị hỏng"),
        ("code,tên\n1,Đăng ký".encode("cp1258", "replace"), "bang.csv", "không ở bảng mã UTF-8"),
        (csv_bytes(SMALL).decode().encode("utf-16"), "bang.csv", "UTF-16"),
        (b'code,title\n"1,2', "bang.csv", "Dòng 2"),
        (two_megabytes_of_text(), "bang.csv", "vượt quá giới hạn 2 MB"),
        (csv_bytes([HEADER]) + b"\n" + b"a" * 20_001, "bang.csv", "Một ô có hơn 20000 ký tự"),
        (far_cell(), "bang.xlsx", "quá xa bảng"),
        (bomb(), "bang.xlsx", "vượt quá giới hạn 16 MB"),
        (xlsx([HEADER, [1.1, "", "a", 1, "points"]]), "bang.xlsx", "Mã 1.1 đang được lưu là số"),
        (b"", "bang.csv", "Bảng không có dòng nào"),
    ],
)
def test_a_file_that_is_no_table_gets_one_clear_sentence(secretary, content, name, words):
    page = send(secretary, content, name)
    assert page.status_code == 422
    text = page.content.decode()
    assert words in text
    assert 'value="Bảng của tôi"' in text
    assert not CriteriaVersion.objects.exists()


def test_the_contradiction_is_shown_at_its_row_with_both_numbers(secretary):
    page = send(secretary, CONTRADICTORY.read_bytes())
    assert page.status_code == 422
    (line,) = page.context["form"].problem_lines
    assert (line.row, line.column, line.value) == (13, "max_points", "210")
    assert "210" in line.sentence
    assert "260" in line.sentence
    assert line.sentence in page.content.decode()


def test_all_problems_are_listed_with_what_stands_in_the_cell_and_the_paste_is_kept(secretary):
    pasted = tsv([HEADER, ["1", "", "Một", "mười", "points"], ["2", "9", "Hai", "1", "khác"]])
    page = send(secretary, pasted=pasted)
    lines = page.context["form"].problem_lines
    assert [(line.row, line.column, line.value) for line in lines] == [
        (2, "max_points", "mười"),
        (3, "kind", "khác"),
        (3, "parent_code", "9"),
    ]
    assert all(" " in line.sentence for line in lines)
    text = page.content.decode()
    assert "mười" in text.split("<textarea")[1]
    assert all(line.sentence in html.unescape(text) for line in lines)
    assert list(page.context["form"].errors) == ["pasted"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Hãy chọn một tệp"),
        ({"pasted": "  \n "}, "Hãy chọn một tệp"),
        ({"pasted": tsv(SMALL), "title": " "}, "errorlist"),
        ({"pasted": tsv(SMALL), "content": csv_bytes(SMALL)}, "chỉ giữ một trong hai"),
        ({"pasted": "code\tnăm\n1\t2"}, "Dòng tiêu đề thiếu cột"),
    ],
)
def test_what_is_missing_is_said_at_the_form(secretary, values, words):
    page = send(secretary, **values)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not CriteriaVersion.objects.exists()


def test_columns_that_were_left_out_are_named(secretary):
    rows = [[*HEADER, "metod"], *([*row, ""] for row in SMALL[1:])]
    sent = send(secretary, csv_bytes(rows))
    assert "metod" in secretary.get(sent.url).content.decode()


def test_a_table_of_one_line_of_five_megabytes_pasted_is_refused_and_kept(secretary):
    page = send(secretary, pasted="x" * (5 * 2**20))
    assert page.status_code == 422
    assert "vượt quá giới hạn 2 MB" in page.content.decode()
    assert "x" * 1000 in page.content.decode()


def test_markup_and_addresses_in_a_table_are_only_text(secretary):
    rows = [[*HEADER, "source_url"], ["1", "", "<script>alert(1)</script>", "1", "points", "javascript:alert(1)"]]
    page = secretary.get(send(secretary, csv_bytes(rows)).url).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "javascript:alert" not in page


def test_publishing_without_a_decision_says_so(secretary, world, draft):
    version = draft(ClusterYear.objects.get())
    page = secretary.post(PAGE + "ban-hanh/", {"version": version.pk, "decision": ""})
    assert page.status_code == 422
    assert "errorlist" in page.content.decode()
    assert queries.published_version(version.year) is None


def test_publishing_another_draft_than_the_one_looked_at_is_refused(secretary, draft):
    year = ClusterYear.objects.get()
    looked_at = draft(year)
    draft(year)
    for step in ("ban-hanh/", "bo-du-thao/"):
        page = secretary.post(PAGE + step, {"version": looked_at.pk, "decision": "Biên bản"})
        assert page.status_code == 409
        assert "đã bị thay hoặc bỏ" in page.content.decode()
    assert queries.draft_version(year) is not None


def test_a_correction_asks_for_its_reason_and_keeps_the_decision(world, sign_in, draft):
    year = world.year(stage="running")
    version = draft(year)
    client = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1)))
    page = client.post(PAGE + "ban-hanh/", {"version": version.pk, "decision": "Biên bản số 2", "reason": "sai"})
    assert page.status_code == 422
    assert "Hãy nêu lý do điều chỉnh" in page.content.decode()
    assert 'value="Biên bản số 2"' in page.content.decode()
    assert (
        client.post(
            PAGE + "ban-hanh/", {"version": version.pk, "decision": "Biên bản", "reason": "Theo kết luận họp"}
        ).status_code
        == 302
    )


def test_a_draft_is_thrown_away_after_a_question(secretary, draft):
    version = draft(ClusterYear.objects.get())
    assert "hoàn tác được" in secretary.get(PAGE + "bo-du-thao/").content.decode()
    assert secretary.post(PAGE + "bo-du-thao/", {"version": version.pk}).status_code == 302
    assert not CriteriaVersion.objects.exists()
    assert secretary.get(PAGE + "bo-du-thao/").status_code == 409


def test_older_versions_stay_readable_and_others_are_absent(secretary, published):
    year = ClusterYear.objects.get()
    published(year)
    published(year, [HEADER, ["A", "", "Khác", "5", "points"]])
    assert "Nghị quyết" not in secretary.get(PAGE).content.decode()
    old = secretary.get(PAGE + "?ban=1").content.decode()
    assert "Nghị quyết" in old
    assert "đã được thay bằng bản 2" in old
    assert {secretary.get(PAGE + "?ban=" + number).status_code for number in ("3", "x", "-1")} == {404}
    assert secretary.get(PAGE + "ban-3.xlsx").status_code == 404


def test_the_download_can_be_imported_again(secretary, published, real_rows):
    version = published(ClusterYear.objects.get(), real_rows)
    download = secretary.get(PAGE + "ban-1.xlsx")
    assert download["Content-Type"].startswith("application/vnd.openxmlformats")
    assert take_in(secretary, send(secretary, download.content, "lai.xlsx")).status_code == 302
    assert queries.draft_version(version.year).digest == version.digest


def test_the_download_of_an_illustrative_year_says_so(world, sign_in, published):
    published(world.year(illustrative=True))
    content = sign_in(world.person(Role.AUDITOR, world.unit(1))).get(PAGE + "ban-1.xlsx").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "Số liệu minh hoạ" in archive.read("xl/sharedStrings.xml").decode()


def test_the_template_has_the_header_and_two_rows_marked_as_samples(secretary):
    rows = read_table(secretary.get(PAGE + "mau.xlsx").content)
    assert rows[0][:5] == HEADER
    assert ["mẫu" in row[2] for row in rows[1:]] == [True, True]


def test_a_closed_year_shows_its_criteria_and_no_button(world, sign_in, published):
    year = world.year(stage="decided")
    published(year)
    ClusterYear.objects.update(stage="closed")
    page = sign_in(world.person(Role.HEAD_SECRETARY, world.unit(1))).get(PAGE).content.decode()
    assert "Nghị quyết" in page
    assert PAGE + "nhap/" not in page


@pytest.mark.parametrize("rows", [SMALL[:2], SMALL])
def test_the_tree_takes_the_same_queries_however_long_the_table(secretary, draft, django_assert_num_queries, rows):
    draft(ClusterYear.objects.get(), rows)
    secretary.get(PAGE)
    queries.forget_tables()
    with django_assert_num_queries(QUERIES_OF_THE_TREE):
        secretary.get(PAGE)
    with django_assert_num_queries(QUERIES_OF_THE_TREE - 1):
        secretary.get(PAGE)


QUERIES_OF_THE_TREE = 9
"""Session, person, the two of the actor, the year, its members, the versions, the newest change, the rows (the first time)."""
