"""The papers are judged by programs nobody here wrote: poppler's tools and a reader of DOCX."""

import io
import re
import subprocess
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from thidua.kernel.errors import Absent
from thidua.paperwork.papers import docx_of, paper_response, pdf_of
from thidua.paperwork.rules import ILLUSTRATIVE, Facts, Heading, Items, Paragraph, Signature, Table
from thidua.paperwork.tests.samples import LETTERS, MARKUP, paper

EVERY_LAYOUT = pytest.mark.parametrize("layout", ["state", "party"])


def poppler(program, content, *options):
    """What a program of poppler-utils prints about the file."""
    target = ["-"] if program == "pdftotext" else []
    done = subprocess.run([program, *options, "-", *target], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def text_of(content, *options):
    return poppler("pdftotext", content, *options)


def flat(text):
    return " ".join(text.split())


def opened(content):
    return Document(io.BytesIO(content))


def docx_texts(document):
    """Every text of the body in order: paragraphs and cells, without the empty ones."""
    return [p.text for part in document.element.body for p in _paragraphs(part) if p.text]


def _paragraphs(part):
    return [DocxParagraph(p, None) for p in part.iter(qn("w:p"))]


# ---------- PDF ----------
def test_the_pdf_is_a4_tagged_titled_and_dated_by_the_paper():
    about = poppler("pdfinfo", pdf_of(paper()))
    assert "(A4)" in about
    assert re.search(r"Tagged: +yes", about)
    assert re.search(r"Title: +BIÊN BẢN Hội nghị tổng kết năm 2021", about)
    assert re.search(r"CreationDate: +Fri Feb +5 .* 2021", about)


def test_the_pdf_says_which_standards_it_keeps():
    meta = poppler("pdfinfo", pdf_of(paper()), "-meta")
    assert re.search(r'pdfaid:part(="|>)2', meta)
    assert re.search(r'pdfaid:conformance(="|>)A', meta)
    assert re.search(r'pdfuaid:part(="|>)1', meta)
    assert ">vi-VN<" in meta


def test_every_font_of_the_pdf_is_tinos_and_embedded():
    rows = poppler("pdffonts", pdf_of(paper())).splitlines()[2:]
    assert rows
    for row in rows:
        assert "Tinos" in row
        assert row.split()[-5:-2] == ["yes", "yes", "yes"]


def test_the_same_value_gives_the_same_bytes():
    assert pdf_of(paper()) == pdf_of(paper())
    assert pdf_of(paper()) != pdf_of(paper(place="Hà Nội"))


@EVERY_LAYOUT
def test_markup_in_the_data_stays_literal(layout):
    blocks = (Paragraph(MARKUP), Items((MARKUP,)), Heading(1, MARKUP))
    found = flat(text_of(pdf_of(paper(layout=layout, blocks=blocks, abstract=MARKUP))))
    assert found.count(flat(MARKUP)) == 4


def test_markup_in_cells_names_and_notes_stays_literal():
    awkward = "#x $y$ *z* <w>"
    written = paper(
        blocks=(Table((awkward,), ((awkward,),)), Facts(((awkward, awkward),))),
        signatures=(Signature(awkward, awkward, awkward, awkward),), recipients=(awkward,), footer=awkward, issuer_name=awkward,
    )
    assert flat(text_of(pdf_of(written))).lower().count(awkward) == 11
    assert " ".join(docx_texts(opened(docx_of(written)))).lower().count(awkward) == 10  # its footer is not in the body


def test_every_vietnamese_letter_is_there():
    found = text_of(pdf_of(paper(blocks=(Paragraph(LETTERS), Paragraph(LETTERS.upper())))))
    letters = "".join(found.split())
    assert LETTERS.replace(" ", "") in letters
    assert LETTERS.upper().replace(" ", "") in letters


def test_a_character_the_typeface_lacks_does_not_stop_the_paper():
    content = pdf_of(paper(blocks=(Paragraph("Mừng \U0001f600 năm mới"),)))
    assert "năm mới" in text_of(content)
    assert "pdfaid" not in poppler("pdfinfo", content, "-meta")


@EVERY_LAYOUT
def test_the_head_follows_the_layout(layout):
    found = flat(text_of(pdf_of(paper(layout=layout)), "-f", "1", "-l", "1"))
    state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in found and "Độc lập - Tự do - Hạnh phúc" in found
    assert state == (layout == "state")
    assert ("ĐẢNG CỘNG SẢN VIỆT NAM" in found and " * " in found) == (layout == "party")
    assert "ngày 05 tháng 02 năm 2021" in found


def test_a_long_table_repeats_its_header_and_pages_are_numbered_from_the_second():
    rows = tuple((str(i), f"Đơn vị {i}", "97,50") for i in range(1, 101))
    content = pdf_of(paper(blocks=(Table(("TT", "Tên đơn vị", "Điểm"), rows, numeric=(0, 2)),), footer=""))
    pages = text_of(content, "-layout").split("\f")[:-1]
    assert len(pages) > 2
    tabled = [page for page in pages if re.search(r"Đơn vị \d", page)]
    assert all("Tên đơn vị" in page for page in tabled)
    assert [page.strip().split()[0] for page in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]
    assert not re.match(r"\s*1\s*\n", pages[0])
    assert all(re.search(rf"\b{i} +Đơn vị {i} +97,50", "\n".join(pages)) for i in range(1, 101))


def test_illustrative_figures_are_marked_on_every_page_and_only_then():
    rows = tuple((str(i), "Đơn vị") for i in range(80))
    marked = text_of(pdf_of(paper(blocks=(Table(("TT", "Đơn vị"), rows),), illustrative=True))).split("\f")[:-1]
    assert len(marked) > 1
    assert all(ILLUSTRATIVE in flat(page) for page in marked)
    assert ILLUSTRATIVE not in flat(text_of(pdf_of(paper())))


@pytest.mark.parametrize(
    "long", ["Đảng ủy Công ty cổ phần Kim loại màu Thái Nguyên – Vimico trực thuộc Đảng bộ " * 4, "https://" + "Ắ" * 300]
)
def test_long_names_and_words_wrap_inside_the_page(long):
    content = pdf_of(
        paper(
            issuer_name=long, superior_name=long, abstract=long, kind_title=long, recipients=(long,),
            blocks=(Paragraph(long), Heading(1, long), Items((long,)), Facts(((long, long),)), Table(("A",), ((long,),))),
            signatures=(Signature(long, long, long, long),) * 3,
        )
    )  # fmt: skip
    words = re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', poppler("pdftotext", content, "-bbox"))
    assert min(float(x) for x, _ in words) >= 30 / 25.4 * 72 - 1
    assert max(float(x) for _, x in words) <= (210 - 20) / 25.4 * 72 + 1


def test_a_check_code_stays_in_one_piece():
    code = "0123456789abcdef" * 4
    assert code in text_of(pdf_of(paper(blocks=(Paragraph(f"Mã kiểm tra của văn bản này là {code}"),), footer=code)))


def test_a_paper_with_nothing_in_it_is_still_a_paper():
    bare = paper(number="", abstract="", blocks=(Items(()), Table(("TT", "Đơn vị"), ()), Facts(()), Paragraph("")), signatures=(),
                 recipients=(), footer="", superior_name="", issuer_name="", place="")
    found = flat(text_of(pdf_of(bare)))
    assert "BIÊN BẢN" in found
    assert "(Không có)" in found
    assert "Số:" not in found
    assert "Nơi nhận" not in found
    assert "(Không có)" in docx_texts(opened(docx_of(bare)))


# ---------- DOCX ----------
GOLDEN = [
    "ỦY BAN NHÂN DÂN TỈNH", "CỤM THI ĐUA SỐ 2", "Số: 12/BB-CTĐ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Thái Nguyên, ngày 05 tháng 02 năm 2021",
    "BIÊN BẢN", "Hội nghị tổng kết", "năm 2021",
    "Căn cứ quy chế của cụm;", "Thời gian: 8 giờ 00", "I. Thành phần", "1. Đại biểu",
    "- Lãnh đạo các đơn vị;", "- Cán bộ các đơn vị.",
    "TT", "Đơn vị", "Điểm", "1", "Đơn vị A", "97,50", "2", "Đơn vị B", "96,00",
    "Hội nghị kết thúc lúc 11 giờ 30.",
    "THƯ KÝ", "(Ký tên)", "TM. CỤM", "CHỦ TỌA", "(Ký tên)", "Người ghi", "Người chủ trì",
    "Nơi nhận:", "- Các đơn vị", "- Lưu: VT.",
]  # fmt: skip


def test_the_docx_says_everything_in_order():
    assert docx_texts(opened(docx_of(paper()))) == GOLDEN


def test_the_pdf_says_what_the_docx_says():
    found = flat(text_of(pdf_of(paper())))
    assert [text for text in GOLDEN if text not in found] == []


def test_the_docx_has_the_measures_of_the_decree():
    document = opened(docx_of(paper()))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(x.mm) for x in (section.top_margin, section.left_margin, section.right_margin)] == [20, 30, 20]
    assert round(opened(docx_of(paper(layout="party"))).sections[0].right_margin.mm) == 15
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.core_properties.title == "BIÊN BẢN Hội nghị tổng kết năm 2021"


def test_the_docx_repeats_table_headers_and_numbers_pages_from_the_second():
    document = opened(docx_of(paper(illustrative=True)))
    ruled = next(table for table in document.tables if table.style.name == "Table Grid")
    assert ruled.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    for header in (section.header, section.first_page_header):
        assert header.paragraphs[0].text == ILLUSTRATIVE
    assert section.footer.paragraphs[0].text == section.first_page_footer.paragraphs[0].text == "Chân trang"


def test_control_characters_do_not_break_the_docx():
    assert "ab" in docx_texts(opened(docx_of(paper(blocks=(Paragraph("a\x00\x0bb"),)))))


@EVERY_LAYOUT
def test_markup_in_the_docx_stays_literal(layout):
    assert MARKUP in docx_texts(opened(docx_of(paper(layout=layout, blocks=(Paragraph(MARKUP),)))))


@pytest.mark.parametrize("lines", range(16, 30))
def test_no_page_holds_only_the_signature_or_the_end_of_a_short_table(lines):
    before = tuple(Paragraph(f"Dòng {i}") for i in range(lines))
    table = Table(("Đơn vị", "Số"), tuple((f"hàng {i}", "1") for i in range(6)))
    for end in (Paragraph("Câu cuối"), Items(("Câu cuối",)), table):
        pages = text_of(pdf_of(paper(blocks=(*before, end)))).split("\f")[:-1]
        assert len(pages) <= 2
        assert "Dòng" in pages[-1] or "Câu cuối" in pages[-1] or "hàng 0" in pages[-1]
        assert sum("hàng" in page for page in pages) == (end is table)


def test_in_the_docx_the_last_words_keep_with_the_signature():
    document = opened(docx_of(paper(blocks=(Paragraph("Câu đầu"), Paragraph("Câu cuối")))))
    kept = {p.text for p in document.paragraphs if p.paragraph_format.keep_with_next and not p.style.name.startswith("Heading")}
    assert kept == {"Câu cuối"}


# ---------- download ----------
@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_a_paper_is_handed_out_under_its_name(kind, start):
    response = paper_response(paper(), kind, "biên-bản 2021")
    assert response.content.startswith(start)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''bi%C3%AAn-b%E1%BA%A3n%202021." + kind)
    assert response["X-Content-Type-Options"] == "nosniff"


def test_no_other_kind_is_handed_out():
    with pytest.raises(Absent):
        paper_response(replace(paper()), "exe", "x")
