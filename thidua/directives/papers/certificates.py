"""The list of certificates of a study session as a workbook: written with blank names, read back for its counts."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import BinaryIO

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from thidua.directives.rules.certificates import HEADINGS, MOST_NAMES, ReadList, read_list
from thidua.kernel.errors import Refused

TITLE = "DANH SÁCH CẤP GIẤY CHỨNG NHẬN"
ILLUSTRATIVE = "Số liệu minh hoạ"
_WIDTHS = (12, 36, 30, 22)
_HEAD_ROW = 6
_MOST_CELLS = 2_000_000
"""From the first cell to the furthest: the reader lays out all of them, and a small file may name XFD1048576."""
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,9})([0-9]{1,9})""")
_DAMAGED = (CalamineError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OverflowError)
"""What the two readers raise for a damaged archive."""


def certificate_list(
    *, unit: str, held_on: date, documents: Sequence[str], groups: Sequence[tuple[str, int]], illustrative: bool
) -> bytes:
    """The workbook: a line for everybody who attended, with a number ("01/…", the unit completes it) and the group, the name
    and the signature left blank. `groups`: (word, attended); all words can be chosen in the column of groups."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Danh sách")
        bold = book.add_format({"bold": True})
        line = book.add_format({"border": 1, "num_format": "@", "text_wrap": True, "valign": "vcenter"})
        head = book.add_format({"bold": True, "bg_color": "#EFEEE8", "border": 1, "valign": "vcenter"})
        about = [unit, f"Học tập, quán triệt: {'; '.join(documents)}", f"Ngày tổ chức: {held_on:%d-%m-%Y}"]
        sheet.write_string(0, 0, TITLE, bold)
        for row, text in enumerate([*about, ILLUSTRATIVE if illustrative else ""], 1):
            sheet.write_string(row, 0, text)
        for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(_HEAD_ROW, column, heading, head)
        people = [word for word, attended in groups for _one in range(attended)]
        for number, word in enumerate(people, 1):
            for column, text in enumerate((f"{number:02d}/…", "", word, "")):
                sheet.write_string(_HEAD_ROW + number, column, text, line)
        choice = {"validate": "list", "source": [word for word, _attended in groups]}
        sheet.data_validation(_HEAD_ROW + 1, 2, _HEAD_ROW + MOST_NAMES, 2, choice)
        sheet.freeze_panes(_HEAD_ROW + 1, 0)
        sheet.repeat_rows(_HEAD_ROW)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return held.getvalue()


def read_certificates(stream: BinaryIO, groups: dict[str, str]) -> ReadList:
    """What a filled list says (see rules.certificates.read_list). `groups`: word → key. The caller has checked the upload.

    Refuses what the reader cannot read (directives.list_unreadable) and a sheet whose furthest cell lies beyond _MOST_CELLS
    (directives.list_too_wide).
    """
    try:
        _check_extent(stream)
        book = CalamineWorkbook.from_filelike(stream)
        if not book.sheet_names:
            raise Refused("directives.list_unreadable", field="list")
        rows: Iterable[Sequence[object]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except _DAMAGED:
        raise Refused("directives.list_unreadable", field="list") from None
    except BaseException as error:
        # A panic of the reader's Rust is no Exception, and its class has no module to import it from.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused("directives.list_unreadable", field="list") from None
    return read_list(rows, groups)


def _check_extent(stream: BinaryIO) -> None:
    """Refuses a file one of whose sheets (they may lie under any name) reaches further than _MOST_CELLS."""
    with zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            rows = columns = 1
            for letters, digits in _REFERENCE.findall(archive.read(member)):
                rows, columns = max(rows, int(digits)), max(columns, _column(letters))
            if rows * columns > _MOST_CELLS:
                raise Refused("directives.list_too_wide", field="list")
    stream.seek(0)


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column
