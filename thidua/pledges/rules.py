"""The pledge (giao ước thi đua) as text: how it is put together, read back, hashed and compared. Pure.

What is signed is one plain text. Part of it the head's secretary writes (preamble, articles); the rest follows from what the
cluster has decided elsewhere: the criteria in force with their points, the rule for equal points, and each unit's own targets.
Practice asks for exactly these: "registered targets + agreed criteria, scale, scoring method; signed by all" (the guidance of a
provincial council on clusters and blocs, Hưng Yên 2021).
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from thidua.criteria.rules import CriteriaTable, Criterion, Kind
from thidua.kernel.errors import Refused
from thidua.kernel.points import format_vietnamese
from thidua.paperwork.rules import lines_of, printable

REASON_LENGTH = 10
"""Fewest letters of a reason for reopening."""
MOST_PREAMBLE, MOST_BODY, MOST_TARGET, MOST_UNIT_OF_MEASURE = 5_000, 50_000, 500, 60
MOST_TARGETS = 40
"""Targets of one unit: more is a plan, not a pledge."""

_ARTICLE = re.compile(r"Điều (\d{1,3})\.")
_NUMBERED = re.compile(r"\d{1,3}\. ")


class Status(StrEnum):
    """Where a pledge stands: being written, or frozen and open for the units to confirm."""

    DRAFTING = "drafting"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Target:
    """What a unit sets itself: words, and a figure with its unit of measure where there is one."""

    text: str
    figure: Decimal | None = None
    unit_of_measure: str = ""


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria in force, for the article about them. `sections` and `tie_break` are lines ready to print."""

    title: str
    number: int
    decision: str
    digest: str
    sections: tuple[str, ...]
    tie_break: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text and what it is: "article", "unit", "item" or "plain"."""

    kind: str
    text: str


def default_preamble(cluster: str, year: int) -> str:
    """How a pledge begins unless the secretary writes otherwise."""
    return f"Chúng tôi, các đơn vị thành viên {cluster}, cùng ký kết giao ước thi đua năm {year} với những nội dung sau:"


DEFAULT_BODY = """Điều 1. Cam kết chung
- Thực hiện đầy đủ các nội dung, tiêu chí thi đua cụm đã thống nhất và chỉ tiêu đơn vị đã đăng ký.
- Tự chấm điểm trung thực, có lý do và minh chứng; thẩm định khách quan, không thẩm định đơn vị mình.
- Trao đổi kinh nghiệm, giúp đỡ nhau hoàn thành nhiệm vụ; báo cáo đúng hạn theo lịch của năm.
Điều 2. Trách nhiệm của cụm trưởng, cụm phó
- Cụm trưởng điều hành theo lịch đã thống nhất, tổ chức sơ kết, tổng kết, tổng hợp kết quả và hồ sơ đề nghị khen thưởng.
- Cụm phó giúp cụm trưởng, thay mặt cụm trưởng khi được ủy quyền."""
"""Articles of the secretary's part of a new pledge, to be edited."""


def section_lines(table: CriteriaTable) -> tuple[str, ...]:
    """The sections of a criteria table with the points they stand for: its top rows, or those below a single one."""
    top = table.roots
    if len(top) == 1 and table.children(top[0].code):
        top = table.children(top[0].code)
    frame = table.frame()
    return tuple(_section_line(row, frame[row.code]) for row in top)


def _section_line(row: Criterion, points: Decimal) -> str:
    name = f"{row.code}. {row.title}" if row.title else row.code
    if row.is_gate:
        return f"{name}: điều kiện xếp hạng"
    if row.is_adjustment:
        low, high = row.bounds
        word, limit = ("điểm trừ", low) if row.kind is Kind.PENALTY else ("điểm thưởng", high)
        return f"{name}: {word}, nhiều nhất {format_vietnamese(abs(limit))} điểm" if limit else f"{name}: {word}"
    return f"{name}: {format_vietnamese(points)} điểm"


def tie_break_lines(codes: Sequence[str], table: CriteriaTable) -> tuple[str, ...]:
    """The criteria compared one after the other when totals are equal. Refuses a code that the table lacks
    (pledges.tie_break_unknown)."""
    for code in codes:
        if code not in table.by_code:
            raise Refused("pledges.tie_break_unknown", criterion=code)
    return tuple(f"{code}. {table.by_code[code].title}".rstrip(". ") for code in codes)


ILLUSTRATIVE = "Số liệu minh hoạ, không phải giao ước có thật của các đơn vị."


def compose(
    *,
    cluster: str,
    year: int,
    preamble: str,
    body: str,
    rubric: Rubric | None,
    targets: Iterable[tuple[str, Sequence[Target]]],
    illustrative: bool = False,
) -> str:
    """The whole text, one paragraph a line: title, cluster, preamble, the secretary's articles, then those that follow from
    the criteria, the tie-break and the targets of each unit (name, targets) in the order of the papers. An illustrative one
    says so below the cluster, since its text file has nothing around it that could."""
    written = lines_of(body)
    article = 1 + max((int(found[1]) for line in written if (found := _ARTICLE.match(line))), default=0)
    lines = [f"GIAO ƯỚC THI ĐUA NĂM {year}", *lines_of(cluster)[:1], *([ILLUSTRATIVE] if illustrative else [])]
    lines += [*lines_of(preamble), *written]
    lines += _about_criteria(article, rubric)
    lines += _about_equal_points(article + 1, rubric)
    lines.append(f"Điều {article + 2}. Chỉ tiêu đăng ký của từng đơn vị")
    for place, (unit, own) in enumerate(targets, 1):
        lines.append(f"{place}. {unit}")
        lines += [f"- {target_line(target)}" for target in own] or ["- Không đăng ký chỉ tiêu riêng."]
    return "\n".join(" ".join(printable(line).split()) for line in lines) + "\n"


def _about_criteria(article: int, rubric: Rubric | None) -> list[str]:
    if rubric is None:
        return [f"Điều {article}. Tiêu chí và thang điểm", "Chưa ban hành bảng tiêu chí."]
    by = f", ban hành theo {rubric.decision}" if rubric.decision else ""
    return [
        f"Điều {article}. Tiêu chí và thang điểm",
        f"Các đơn vị tự chấm, thẩm định và xếp hạng theo “{rubric.title}” (bản {rubric.number}{by}), gồm:",
        *(f"- {section}." for section in rubric.sections),
        f"Mã kiểm tra SHA-256 của bảng tiêu chí: {rubric.digest}",
    ]


def _about_equal_points(article: int, rubric: Rubric | None) -> list[str]:
    lines = [f"Điều {article}. Khi bằng điểm"]
    if rubric is None or not rubric.tie_break:
        return [*lines, "Các đơn vị có tổng điểm bằng nhau thì đồng hạng."]
    return [
        *lines,
        "Các đơn vị có tổng điểm bằng nhau thì so lần lượt điểm của các mục sau, đơn vị cao hơn đứng trước;"
        " vẫn bằng nhau thì đồng hạng:",
        *(f"- {line}." for line in rubric.tie_break),
    ]


def target_line(target: Target) -> str:
    """A target in one line: "Tỷ lệ đảng viên học nghị quyết: 98 %"."""
    figure = format_vietnamese(target.figure, most=6) if target.figure is not None else ""
    measured = " ".join(part for part in (figure, target.unit_of_measure.strip()) if part)
    return f"{target.text.strip()}: {measured}" if measured else target.text.strip()


def read(text: str) -> list[Line]:
    """The lines after title and cluster with what they are, for pages and papers."""
    return [_line(line) for line in text.split("\n")[2:] if line]


def _line(line: str) -> Line:
    if _ARTICLE.match(line):
        return Line("article", line)
    if line.startswith("- "):
        return Line("item", line[2:])
    return Line("unit" if _NUMBERED.match(line) else "plain", line)


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8: what `sha256sum` says of the text file that everyone can download."""
    return hashlib.sha256(text.encode()).hexdigest()


def short(code: str) -> str:
    """The first 16 digits of a digest in groups of four, for reading aloud."""
    return " ".join(code[i : i + 4] for i in range(0, 16, 4))


def check_written(preamble: str, body: str) -> None:
    """What the secretary wrote says something and is not a book. Refuses pledges.text_empty and pledges.text_too_long."""
    for field, text, most in (("preamble", preamble, MOST_PREAMBLE), ("body", body, MOST_BODY)):
        if not lines_of(text):
            raise Refused("pledges.text_empty", field=field)
        if len(text) > most:
            raise Refused("pledges.text_too_long", field=field, length=len(text), limit=most)


def check_targets(targets: Sequence[Target]) -> None:
    """Every target has words of a bearable length. Refuses pledges.too_many_targets, pledges.target_empty,
    pledges.target_too_long; `line` is the place among the targets."""
    if len(targets) > MOST_TARGETS:
        raise Refused("pledges.too_many_targets", limit=MOST_TARGETS)
    for line, target in enumerate(targets, 1):
        if not target.text.strip():
            raise Refused("pledges.target_empty", line=line)
        if len(target.text) > MOST_TARGET or len(target.unit_of_measure) > MOST_UNIT_OF_MEASURE:
            raise Refused("pledges.target_too_long", line=line, limit=MOST_TARGET)


def check_reason(reason: str) -> str:
    """The reason without blanks around it. Refuses one too short (pledges.reason_too_short)."""
    if len(reason.strip()) < REASON_LENGTH:
        raise Refused("pledges.reason_too_short", field="reason", letters=REASON_LENGTH)
    return reason.strip()
