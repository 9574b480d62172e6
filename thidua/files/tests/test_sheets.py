"""Sheets of real XLSX files, and of those made to fill or end the server."""

import struct
import zipfile
from datetime import date, datetime, time
from io import BytesIO

import pytest
import xlsxwriter

from thidua.files.inspection import Limits, sheets_of
from thidua.files.sentences import SENTENCES
from thidua.kernel.errors import Refused

FEW = Limits(100)
MOMENT = datetime.fromisoformat("2021-03-05T07:30")
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def written(fill):
    """An XLSX with what `fill(book)` writes."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        fill(book)
    return held.getvalue()


def by_hand(data, part="worksheets/sheet1.xml", size=None):
    """The smallest XLSX with this `sheetData`, its sheet under any name; `size`: what the archive says of the sheet's size."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{TYPES}"/>')
        whole = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{RELATIONS}">{whole}</Relationships>')
        sheets = '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">{sheets}</workbook>')
        relation = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="{part}"/>'
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>')
        archive.writestr(f"xl/{part}", f'<worksheet xmlns="{SHEET}"><sheetData>{data}</sheetData></worksheet>')
    content = bytearray(held.getvalue())
    if size is not None:
        entry = content.rindex(b"PK\x01\x02")
        start = struct.unpack_from("<I", content, entry + 42)[0]
        struct.pack_into("<I", content, entry + 24, size)
        struct.pack_into("<I", content, start + 22, size)
    return bytes(content)


def code_of(content, limits=FEW):
    with pytest.raises(Refused) as refused:
        sheets_of(BytesIO(content), limits)
    assert refused.value.code in SENTENCES
    return refused.value.code


def test_every_cell_comes_back_in_its_place():
    def fill(book):
        first, second = book.add_worksheet("Một"), book.add_worksheet("Hai")
        first.write(2, 1, "Mở lớp")
        first.write(2, 2, 12.5)
        first.write(4, 1, True)
        for row, (value, form) in enumerate(
            [(date(2021, 3, 5), "dd/mm/yyyy"), (MOMENT, "dd/mm/yyyy hh:mm"), (time(7, 30), "hh:mm")]
        ):
            second.write_datetime(row, 0, value, book.add_format({"num_format": form}))

    stream = BytesIO(written(fill))
    one, two = sheets_of(stream, FEW)
    assert stream.tell() == 0
    assert (one.name, two.name) == ("Một", "Hai")
    assert one.rows == [("", "", ""), ("", "", ""), ("", "Mở lớp", 12.5), ("", "", ""), ("", True, "")]
    assert two.rows[0] == (date(2021, 3, 5),)
    assert two.rows[1] == (MOMENT,)
    assert str(two.rows[2][0]) == "07:30:00"
    assert sheets_of(stream, Limits(100, first_only=True)) == [one]


def test_an_empty_sheet_has_no_row():
    assert [sheet.rows for sheet in sheets_of(BytesIO(written(lambda book: book.add_worksheet())), FEW)] == [[]]


FAR = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "content",
    [
        by_hand(f'{FAR}<row r="300000"><c r="XFD300000"><v>1</v></c></row>'),
        by_hand(f'{FAR}<row r="300000"><c r="xfd300000"><v>1</v></c></row>'),
        by_hand(f'{FAR}<row r="300000"><c r="XFD00000300000"><v>1</v></c></row>'),
        by_hand(f'{FAR}<row r="300000"><c s="0" r = "XFD300000"><v>1</v></c></row>'),
        by_hand(f'{FAR}<row r="1048576"><c><v>1</v></c></row><row r="2"><c r="XFD2"><v>1</v></c></row>'),
        by_hand(f'{FAR}<row r="300000"><c r="XFD300000"><v>1</v></c></row>', "sheetsX/s.xml"),
        by_hand(f'{FAR}<row r="1"><c r="XFE1"><v>1</v></c></row>'),
        by_hand(f'{FAR}<row r="2000"><c r="ZZ2000"><v>1</v></c></row>'),
    ],
    ids=["plain", "lower", "zeros", "spaces", "row", "elsewhere", "beyond", "many"],
)
def test_a_furthest_cell_that_would_fill_the_memory(content):
    assert len(content) < 3000
    assert code_of(content) == "files.sheet_too_wide"


def test_text_that_unpacks_without_end():
    words = "x" * 30_000
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{words}</t></is></c></row>' for n in range(1, 90))
    assert code_of(by_hand(rows), Limits(100, most_text=10**6)) == "files.sheet_too_wide"
    assert len(sheets_of(BytesIO(by_hand(rows)), FEW)[0].rows) == 89


def test_an_archive_that_lies_about_its_size_costs_nothing():
    content = by_hand(FAR + " " * 50_000_000, size=1000)
    assert len(content) < 60_000
    assert code_of(content) == "files.sheet_unreadable"


def damaged():
    """Its sheet's packed bytes are no deflate stream."""
    content = bytearray(by_hand(FAR))
    entry = content.rindex(b"PK\x01\x02")
    packed, _unpacked, name = struct.unpack_from("<IIH", content, entry + 20)
    start = struct.unpack_from("<I", content, entry + 42)[0] + 30 + name
    content[start : start + packed] = b"\xff" * packed
    return bytes(content)


def packed_by(method):
    content = bytearray(by_hand(FAR))
    entry = content.rindex(b"PK\x01\x02")
    struct.pack_into("<H", content, entry + 10, method)
    struct.pack_into("<H", content, struct.unpack_from("<I", content, entry + 42)[0] + 8, method)
    return bytes(content)


@pytest.mark.parametrize("content", [damaged(), packed_by(12), packed_by(14), packed_by(99), b"PK\x03\x04nothing", b""])
def test_what_cannot_be_read_is_said(content):
    assert code_of(content) == "files.sheet_unreadable"


def test_too_many_rows():
    rows = "".join(f'<row r="{2 * n}"><c r="A{2 * n}"><v>{n}</v></c></row>' for n in range(1, 102))
    assert code_of(by_hand(rows)) == "files.sheet_too_long"
    assert len(sheets_of(BytesIO(by_hand(rows)), Limits(101))[0].rows) == 202


def test_a_reader_that_takes_too_long_is_given_up():
    assert code_of(by_hand(FAR), Limits(100, seconds=0)) == "files.sheet_slow"
