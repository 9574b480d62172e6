"""Tables come as people have them: several encodings, separators and programs; each mistake gets its place."""

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from thidua.criteria.inspection import reading
from thidua.criteria.papers import read_table
from thidua.criteria.rules.wording import PROBLEMS
from thidua.kernel.errors import Refused

TABLE = [["code", "title_vi"], ["1.10", "Báo cáo đúng hạn, đủ mẫu"]]


def csv_of(separator: str = ",") -> str:
    return f'code{separator}title_vi\n1.10{separator}"Báo cáo đúng hạn, đủ mẫu"\n'


def xlsx(rows: list[list[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
        book.add_worksheet().write(0, 0, "second sheet")
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_utf_8_with_any_usual_separator(encoding: str, separator: str) -> None:
    assert read_table(csv_of(separator).encode(encoding)) == TABLE
    assert read_table(csv_of(separator).replace("\n", "\r\n").encode(encoding)) == TABLE


def test_decomposed_vietnamese_becomes_composed() -> None:
    assert read_table(unicodedata.normalize("NFD", csv_of()).encode()) == TABLE


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_another_encoding_is_told_in_one_sentence(encoding: str) -> None:
    text = csv_of() if encoding != "cp1258" else "code,title_vi\n1,ok\n2,Đăng\n"
    with pytest.raises(Refused) as refusal:
        read_table(text.encode(encoding))
    assert refusal.value.code == "criteria.wrong_encoding"
    assert refusal.value.facts["row"] == (3 if encoding == "cp1258" else 1)


def test_a_wrong_byte_behind_a_byte_order_mark_is_told_at_its_row() -> None:
    with pytest.raises(Refused) as refusal:
        read_table(b"\xef\xbb\xbfcode\na\n\xff\n")
    assert (refusal.value.code, refusal.value.facts["row"]) == ("criteria.wrong_encoding", 3)
    assert refusal.value.facts["found"] == "byte 0xff"


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b'code,title_vi\na,"open\n', "criteria.csv_broken", 2),
        (b'code,title_vi\na,b\nc,"d"e\n', "criteria.csv_broken", 3),
        (b"code\n" + b"x" * 20_001, "criteria.cell_too_long", 2),
        (b"code\n" + b"x" * 5_000_000, "criteria.cell_too_long", 2),
        (b"%PDF-1.7", "criteria.file_not_table", None),
        (b"\xd0\xcf\x11\xe0 old", "criteria.file_not_table", None),
        (b"PK\x03\x04 no archive", "criteria.file_damaged", None),
        (b"\0" * 9, "criteria.wrong_encoding", 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(content: bytes, code: str, row: int | None) -> None:
    with pytest.raises(Refused) as refusal:
        read_table(content)
    assert (refusal.value.code, refusal.value.facts.get("row")) == (code, row)


def test_blank_rows_keep_their_numbers_and_an_empty_file_is_an_empty_table() -> None:
    assert read_table(b"code\n\na\n") == [["code"], [], ["a"]]
    assert read_table(b"") == []


def test_absent_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"criteria\.file_absent"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(Refused, match=r"criteria\.file_unreadable"):
        read_table(tmp_path)


def test_a_file_is_judged_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    lying = tmp_path / "table.csv"
    lying.write_bytes(xlsx([*TABLE]))
    assert read_table(lying) == TABLE


def test_the_first_sheet_of_a_workbook_with_its_numbers_exact() -> None:
    rows: list[list[object]] = [
        ["code", "max_points"],
        ["a", 0.1],
        ["b", 12.5],
        [7, 100],
        ["c", -0.25],
        ["d", 1e-05],
        ["e", True],
    ]
    assert read_table(xlsx(rows)) == [
        ["code", "max_points"],
        ["a", "0.1"],
        ["b", "12.5"],
        ["7", "100"],
        ["c", "-0.25"],
        ["d", "0.00001"],
        ["e", "1"],
    ]


def test_rows_of_a_sheet_that_starts_lower_keep_their_numbers() -> None:
    assert read_table(xlsx([[], [], ["code"], ["a"]]))[2:] == [["code"], ["a"]]


def test_a_code_stored_as_a_fraction_is_refused_since_1_1_and_1_10_look_alike() -> None:
    with pytest.raises(Refused) as refusal:
        read_table(xlsx([["title_vi", "code"], ["A", "1.10"], ["B", 1.1]]))
    assert refusal.value.code == "criteria.code_is_number"
    assert refusal.value.facts == {"row": 3, "column": "code", "text": "1.1"}


def archive_of(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive_of("word/document.xml", b"<x/>"), "criteria.file_not_table"),
        (archive_of("xl/bomb.xml", b"0" * (9 * 2**20)), "criteria.file_too_big"),
        (b"x" * (2**20 + 1), "criteria.file_too_big"),
    ],
)
def test_what_would_not_fit_into_memory_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_table(content, most_megabytes=1)
    assert refusal.value.code == code
    assert refusal.value.code in PROBLEMS


def test_a_table_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert len(read_table(b"code\n1\n2\n")) == 3
    with pytest.raises(Refused, match=r"criteria\.too_many_rows"):
        read_table(b"code\n1\n2\n3\n")


def with_reference(reference: bytes) -> bytes:
    """A sheet whose first cell says that it stands elsewhere."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(TABLE))) as whole, zipfile.ZipFile(file, "w") as changed:
        for member in whole.infolist():
            changed.writestr(member.filename, whole.read(member).replace(b'r="A1"', b'r="' + reference + b'"'))
    return file.getvalue()


@pytest.mark.parametrize("reference", [b"XFD1048576", b"xfd1048576", b"XFD0000300000", b"XFE1", b"A1048577", b"AAAA1"])
def test_a_cell_far_away_or_that_the_format_does_not_have_is_refused(reference: bytes) -> None:
    with pytest.raises(Refused, match=r"criteria\.sheet_too_wide"):
        read_table(with_reference(reference), most_megabytes=1)


@pytest.mark.parametrize("reference", [b"ZZZZZZ9999999999", b"A" + b"9" * 5000])
def test_a_cell_that_no_reader_can_place_is_refused(reference: bytes) -> None:
    with pytest.raises(Refused, match=r"criteria\.(sheet_too_wide|file_damaged)"):
        read_table(with_reference(reference), most_megabytes=1)


def test_leading_zeros_do_not_make_a_row_far_away() -> None:
    assert read_table(with_reference(b"A0000000001")) == TABLE


def in_directory(place: int, value: bytes) -> bytes:
    """A workbook with other bytes at a place of its first central directory entry, whose name claims to be UTF-8."""
    whole = bytearray(xlsx(TABLE))
    entry = whole.index(b"PK\x01\x02")
    whole[entry + 9] |= 8
    whole[entry + place : entry + place + len(value)] = value
    return bytes(whole)


def with_offset_of_directory(offset: bytes) -> bytes:
    whole = bytearray(xlsx(TABLE))
    end = whole.rindex(b"PK\x05\x06")
    whole[end + 16 : end + 20] = offset
    return bytes(whole)


@pytest.mark.parametrize(
    "content",
    [
        in_directory(46, b"\xff\xfe"),
        in_directory(6, b"\x63"),
        with_offset_of_directory(b"\xff" * 4),
    ],
)
def test_a_damaged_archive_is_told_as_such(content: bytes) -> None:
    with pytest.raises(Refused, match=r"criteria\.file_damaged"):
        read_table(content)


def test_packed_bytes_that_are_none_are_a_damaged_file() -> None:
    content = bytearray(xlsx(TABLE))
    place = content.index(b"xl/worksheets/sheet1.xml") + 24
    content[place : place + 40] = b"\xff" * 40
    with pytest.raises(Refused, match=r"criteria\.file_damaged"):
        read_table(bytes(content))
