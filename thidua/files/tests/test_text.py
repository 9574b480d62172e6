"""Text of real PDF and DOCX files, and of those that cannot be read."""

import time
from io import BytesIO

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from docx import Document

from thidua.files.actions import check_upload
from thidua.files.inspection import read_text
from thidua.files.inspection.text import cleaned, reflowed
from thidua.files.rules import DOCX, JPEG, PDF, SCANS, megabytes
from thidua.kernel.errors import Refused
from thidua.web.sentences import sentence_of

SENTENCE = "Đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"


def pdf_of(markup):
    return typst.compile(markup.encode())


def docx_of(*paragraphs, table=()):
    made = Document()
    for words in paragraphs:
        made.add_paragraph(words)
    if table:
        grid = made.add_table(0, len(table[0]))
        for row in table:
            for cell, words in zip(grid.add_row().cells, row, strict=True):
                cell.text = words
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def test_text_of_a_pdf_keeps_every_mark_and_its_paragraphs():
    read = read_text(BytesIO(pdf_of(f"#set page(width: 9cm, height: 20cm)\n{SENTENCE} trong toàn Đảng.\n\n1. Mục đích\n")), PDF)
    assert read.missing == ""
    assert f"{SENTENCE} trong toàn Đảng." in read.text.splitlines()


def test_text_of_a_docx_with_its_tables_in_nfc():
    decomposed = "Ho\u0323c ta\u0323\u0302p"
    stream = BytesIO(docx_of(SENTENCE, decomposed, table=[("Đơn vị", "Số buổi"), ("Đơn vị 1", "3")]))
    assert read_text(stream, DOCX).text.splitlines() == [SENTENCE, "Học tập", "Đơn vị\tSố buổi", "Đơn vị 1\t3"]
    assert stream.tell() == 0


def test_text_of_an_upload_that_lies_on_disk_already():
    upload = TemporaryUploadedFile("a.docx", DOCX.mime, 0, None)
    upload.write(docx_of(SENTENCE))
    upload.seek(0)
    assert read_text(upload, DOCX).text == SENTENCE


def test_a_scan_has_no_text():
    assert read_text(BytesIO(pdf_of("#rect(width: 3cm, height: 3cm)")), PDF).missing == "no_text"


@pytest.mark.parametrize(("content", "kind"), [(b"%PDF-1.7\nnonsense", PDF), (b"PK\x03\x04nonsense", DOCX), (b"", PDF)])
def test_a_broken_file_is_said_to_be_broken(content, kind):
    assert read_text(BytesIO(content), kind).missing == "broken"


def test_a_picture_is_not_read():
    assert read_text(BytesIO(b"\xff\xd8\xff"), JPEG).missing == "no_reader"


def test_a_file_that_takes_too_long_is_given_up():
    begun = time.monotonic()
    assert read_text(BytesIO(pdf_of("a")), PDF, seconds=0.001).missing == "slow"
    assert time.monotonic() - begun < 5


def test_a_file_with_a_password_is_said_to_be_locked():
    locked = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -1 /O <%s> /U <%s> >> /ID [<61> <61>]" % (b"6f" * 32, b"75" * 32)
    content = _with_trailer(locked)
    assert read_text(BytesIO(_with_trailer(b"")), PDF).missing == "no_text"
    assert read_text(BytesIO(content), PDF).missing == "locked"


def _with_trailer(entries):
    """The smallest PDF of one empty page, with more entries in its trailer."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"xref\n0 4\n0000000000 65535 f \n" + table
    return made + b"trailer\n<< /Size 4 /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (entries, start)


def test_lines_of_a_page_become_paragraphs():
    lines = ["Các cấp ủy tổ chức học tập nghị quyết và", "xây dựng chương trình hành động.", "I. MỤC TIÊU"]
    page = "\n".join([*lines, "- Một mục rất dài không hết câu ở đây mà", "- Hai"])
    assert reflowed(page).splitlines() == [
        "Các cấp ủy tổ chức học tập nghị quyết và xây dựng chương trình hành động.",
        "I. MỤC TIÊU",
        "- Một mục rất dài không hết câu ở đây mà",
        "- Hai",
    ]
    assert reflowed("") == ""


def test_text_is_cut_at_its_limit_and_loses_control_characters():
    assert cleaned(["a\x00b\r\nc\u00add", "", "", "", "e"], 99) == "ab\ncd\n\ne"
    assert cleaned(["x" * 50] * 3, 60) == ("x" * 50 + "\n" + "x" * 9)


class Huge(SimpleUploadedFile):
    """200 MB as far as the server is told."""

    @property
    def size(self):
        return 200 * 2**20

    @size.setter
    def size(self, value):
        pass


def test_a_scan_of_200_mb_is_told_its_size_the_limit_and_what_to_do():
    with pytest.raises(Refused) as refused:
        check_upload(upload=Huge("quet.pdf", b"%PDF-1.7"), most=SCANS)
    words = sentence_of(refused.value)
    assert "nặng 200 MB, quá giới hạn 100 MB" in words
    assert "200 dpi, đen trắng" in words


def test_sizes_are_rounded_up():
    assert [megabytes(size) for size in (1, 2**20, 2**20 + 1)] == [1, 1, 2]
