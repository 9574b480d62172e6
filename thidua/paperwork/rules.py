"""An official paper as a value: what it says, without how it is drawn. Pure.

Sources: the components and measures of a State paper are those of NĐ 30/2020/NĐ-CP (Điều 8 and Phụ lục I); those of a Party paper
follow HD 36-HD/VPTW (2018), known here from secondary text only, so `PARTY_NEEDS_REVIEW` stays true until a person has
compared it with the original. Papers are always in Vietnamese, whatever the language of the page they are asked from.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Layout = Literal["state", "party"]

PARTY_NEEDS_REVIEW = True
"""The Party layout has not been checked against the original of HD 36-HD/VPTW."""

ILLUSTRATIVE = "SỐ LIỆU MINH HOẠ – KHÔNG PHẢI KẾT QUẢ THẬT CỦA CÁC ĐƠN VỊ"
"""The line on top of every page of a paper that shows invented figures."""

NOTHING = "(Không có)"
"""What stands in a table without rows."""

_HIDDEN = frozenset({"Cc", "Cs", "Co", "Cn"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the paper: level 1 ("I. …", "Điều 1. …") is bold, level 2 bold italic."""

    level: Literal[1, 2]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Justified text; line ends begin a new paragraph. `indent` sets the first line in by 1 cm; grounds (căn cứ) are italic."""

    text: str
    indent: bool = True
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list, each item led by a hyphen as on Vietnamese papers. An empty one leaves no trace."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its header stands on every page it reaches. Cells are texts, figures already as people read them.

    `numeric`: indexes of columns set to the right. `widths`: relative widths, one a column; without them numeric columns are
    narrow and the others share the rest. A row of another length than the header is a programming error (ValueError).
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        columns = len(self.headers)
        if any(len(row) != columns for row in self.rows) or len(self.widths) not in (0, columns):
            raise ValueError(f"every row and the widths of a table need {columns} columns")

    def shares(self) -> tuple[int, ...]:
        """Relative widths, one a column: those given, or 1 for a numeric column and 3 for any other."""
        return self.widths or tuple(1 if i in self.numeric else 3 for i in range(len(self.headers)))


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and a value, one a line: time, place, chair."""

    pairs: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Items | Table | Facts


@dataclass(frozen=True, slots=True)
class Signature:
    """One place to sign: "TM. BAN TỔ CHỨC", "TRƯỞNG BAN", the name, and a note where the pen would go ("(Ký tên)")."""

    prefix: str = ""
    post: str = ""
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """An official paper.

    `layout`: "state" (Quốc hiệu) or "party" (ĐẢNG CỘNG SẢN VIỆT NAM). `number`: number and symbol ("12/QĐ-UBND"); empty leaves
    the line out. `day`: None leaves dots to be filled by hand. `kind_title` ("BIÊN BẢN") with its `abstract` below.
    `recipients`: lines of "Nơi nhận". `footer`: small print at the foot of every page. `illustrative`: ILLUSTRATIVE on top.
    """

    layout: Layout
    superior_name: str
    issuer_name: str
    number: str
    place: str
    day: date | None
    kind_title: str
    abstract: str
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    illustrative: bool = False
    footer: str = ""

    @property
    def title(self) -> str:
        """Kind and abstract in one line: the title of the file."""
        return printable(f"{self.kind_title} {self.abstract}").replace("\n", " ").strip()


def layout_for(body_kind: str) -> Layout:
    """Which layout the papers under a superior body of that kind (people.OrganisationKind) have: Party bodies their own."""
    return "party" if body_kind in ("party_body", "party_committee") else "state"


def printable(text: str) -> str:
    """The text in composed form without what cannot be printed: control and unassigned characters, turned writing direction."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(c for c in composed if c == "\n" or not (unicodedata.category(c) in _HIDDEN or c in _TURNING))


def breakable(text: str, longest: int) -> str:
    """The text with places to break (zero-width spaces) in words longer than `longest` letters: they stay on the page."""
    return re.sub(rf"\S{{{longest}}}(?=\S)", lambda found: f"{found[0]}\u200b", text)


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in printable(text).split("\n") if line.strip()]


def number_line(paper: Paper) -> str:
    """ "Số: 12/QĐ-UBND"; a Party paper has no colon. Empty without a number."""
    if not paper.number:
        return ""
    return printable(f"Số {paper.number}" if paper.layout == "party" else f"Số: {paper.number}")


def place_and_day(paper: Paper) -> str:
    """ "Thái Nguyên, ngày 05 tháng 02 năm 2021": day below 10 and month below 3 get a zero (NĐ 30/2020, Phụ lục I)."""
    if paper.day is None:
        when = "ngày … tháng … năm …"
    else:
        month = f"{paper.day.month:02d}" if paper.day.month < 3 else str(paper.day.month)
        when = f"ngày {paper.day.day:02d} tháng {month} năm {paper.day.year}"
    return printable(f"{paper.place}, {when}" if paper.place else when.capitalize())


def signature_rows(signatures: Sequence[Signature]) -> list[tuple[Signature, ...]]:
    """How signatures stand: up to three side by side, more than three in rows of two."""
    across = len(signatures) if len(signatures) <= 3 else 2
    return [tuple(signatures[i : i + across]) for i in range(0, len(signatures), across or 1)]
