"""The list of certificates of a study session as a workbook: written with blank names, read back for its counts."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import BinaryIO

from thidua.directives.rules.certificates import HEADINGS, MOST_NAMES, ReadList, read_list
from thidua.files.inspection import Limits, Sheet, sheets_of
from thidua.kernel.errors import Refused
from thidua.web.workbook import new_workbook

TITLE = "DANH SÁCH CẤP GIẤY CHỨNG NHẬN"
ILLUSTRATIVE = "Số liệu minh hoạ"
_WIDTHS = (12, 36, 30, 22)
_HEAD_ROW = 6
_LIMITS = Limits(most_rows=MOST_NAMES + 100, most_cells=2_000_000, first_only=True)
"""Some lines stand above the names and below."""


def certificate_list(
    *, unit: str, held_on: date, documents: Sequence[str], groups: Sequence[tuple[str, int]], illustrative: bool
) -> bytes:
    """The workbook: a line for everybody who attended, with a number ("01/…", the unit completes it) and the group, the name
    and the signature left blank. `groups`: (word, attended); all words can be chosen in the column of groups.

    Refuses more than MOST_NAMES lines (directives.list_too_long): such a list could not be read back.
    """
    if sum(attended for _word, attended in groups) > MOST_NAMES:
        raise Refused("directives.list_too_long", most=MOST_NAMES)
    held = BytesIO()
    with new_workbook(held) as book:
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

    Refuses what `files.inspection.sheets_of` refuses; directives.list_too_long instead of its own sentence.
    """
    try:
        [first, *_others] = sheets_of(stream, _LIMITS, field="list") or [Sheet("", [])]
    except Refused as refused:
        if refused.code != "files.sheet_too_long":
            raise
        raise Refused("directives.list_too_long", field="list", most=MOST_NAMES) from None
    return read_list(first.rows, groups)
