"""A unit's report and the consolidated one as official papers. Papers are in Vietnamese, whatever the language of the page."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import with_post
from thidua.kernel.points import format_vietnamese
from thidua.paperwork.rules import Block, Heading, Items, Paper, Paragraph, Signature, Table, layout_for, lines_of
from thidua.reports.models import Issue, Report, Submission
from thidua.reports.rules.summary import IN_TIME, LATE, RETURNED, Row, Summary, UnitState
from thidua.reports.rules.totals import How

TO_FILL = "……"
"""Where number and symbol are written by hand."""
PLACE = "…"
"""Before the day: nothing says where an organisation has its seat, so the place is written by hand too."""
DRAFT = "(DỰ THẢO)"
ITEMS_ACROSS = 4
"""Items side by side in the tables of units: more do not fit on A4 upright."""


def report_paper(report: Report, content: dict[str, Any], submission: Submission | None) -> Paper:
    """A unit's report: what it said when it was submitted, or (no submission) a draft. `content`: `actions.content_of` or the
    submission's own."""
    year, period = report.period.year, content["period"]
    span = f"(Từ {_day(period['starts_on'])} đến {_day(period['ends_on'])})"
    return Paper(
        layout=layout_for(year.cluster.superior_body.kind),
        superior_name=report.unit.parent.name_vi if report.unit.parent else "",
        issuer_name=content["unit"],
        number=TO_FILL,
        place=PLACE,
        day=localtime(submission.submitted_at).date() if submission else None,
        kind_title="BÁO CÁO",
        abstract="\n".join([abstract_of(period["title"]), span, *([] if submission else [DRAFT])]),
        blocks=(Paragraph(f"Kính gửi: {_addressee(report, year)}"), *_report_blocks(content)),
        signatures=(Signature("", period["signer"], "", "(Ký tên, đóng dấu)"),),
        recipients=("Như trên;", "Lưu: VT."),
        illustrative=year.illustrative,
        footer=_submitted(submission) if submission else "Dự thảo, chưa nộp",
    )


def consolidated_paper(year: ClusterYear, summary: Summary, issue: Issue | None) -> Paper:
    """The consolidated report as it was issued, or (no issue) a draft."""
    period = summary.period
    span = f"(Từ {_day(period.starts_on)} đến {_day(period.ends_on)})"
    return Paper(
        layout=layout_for(year.cluster.superior_body.kind),
        superior_name=year.cluster.superior_body.name_vi,
        issuer_name=year.cluster.name_vi,
        number=issue.number_text if issue else TO_FILL,
        place=PLACE,
        day=issue.issued_on if issue else None,
        kind_title="BÁO CÁO TỔNG HỢP",
        abstract="\n".join([abstract_of(period.title), span, *([] if issue else [DRAFT])]),
        blocks=tuple(_consolidated_blocks(summary)),
        signatures=(Signature("TM. CỤM THI ĐUA", summary.words.signer, "", "(Ký tên, đóng dấu)"),),
        recipients=(f"{year.cluster.superior_body.name_vi};", "Các đơn vị thành viên;", "Lưu: VT."),
        illustrative=year.illustrative,
        footer=f"SHA-256 của nội dung: {issue.digest}" if issue else "Dự thảo, chưa ban hành",
    )


def abstract_of(title: str) -> str:
    """The title of a period under the word BÁO CÁO: "Báo cáo quý III năm 2021" → "Quý III năm 2021"."""
    first, _, rest = title.partition(" ")
    second, _, more = rest.partition(" ")
    told = more if (first.lower(), second.lower()) == ("báo", "cáo") and more else title
    return told[:1].upper() + told[1:]


def told(value: Decimal | str | None) -> str:
    """A figure as read on paper; an en dash where there is none."""
    return "–" if value is None or value == "" else format_vietnamese(Decimal(value), most=3)


def change_told(row: Row) -> str:
    """The difference to the last period: "+20 (+40 %), 5 đơn vị"; "không so được" where there is none."""
    change = row.change
    if change is None:
        return "không so được"
    share = "" if change.percent is None or row.total.how is How.MEAN else f" ({_signed(change.percent)} %)"
    return f"{_signed(change.difference)}{share}, {len(change.units)} đơn vị"


def _signed(value: Decimal) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{told(abs(value))}"


def unit_told(unit: UnitState) -> str:
    """How a unit's report stands."""
    words = {IN_TIME: "đúng hạn", LATE: f"chậm {unit.days_late} ngày", RETURNED: "bị trả lại, chưa nộp lại"}
    return words.get(unit.state, "chưa nộp")


def _addressee(report: Report, year: ClusterYear) -> str:
    """The head of the cluster; for the head's own report the superior body."""
    if report.unit_id == year.head_id:
        return year.cluster.superior_body.name_vi
    return f"{year.head.name_vi}, cụm trưởng {year.cluster.name_vi}"


def _report_blocks(content: dict[str, Any]) -> list[Block]:
    figures = [item for item in content["items"] if item["kind"] == "figure"]
    words = [item for item in content["items"] if item["kind"] != "figure" and item["text"]]
    parts: list[tuple[str, list[Block]]] = []
    if figures:
        rows = tuple(
            (str(place), item["title"], item["unit_of_measure"], told(item["figure"]), item["why_changed"])
            for place, item in enumerate(figures, 1)
        )
        headers = ("TT", "Nội dung", "Đơn vị tính", "Số liệu", "Ghi chú")
        parts.append(("Số liệu", [Table(headers, rows, numeric=(0, 3), widths=(2, 14, 5, 5, 8))]))
    if words:
        parts.append(("Nội dung", [block for place, item in enumerate(words, 1) for block in _told(place, item)]))
    if content["practices"]:
        parts.append(("Cách làm hay", [b for place, item in enumerate(content["practices"], 1) for b in _told(place, item)]))
    if content["files"]:
        parts.append(("Tài liệu kèm theo", [Items(tuple(f"{file['name']};" for file in content["files"]))]))
    return _numbered(parts)


def _told(place: int, item: dict[str, Any]) -> list[Block]:
    """A narrative item, or a practice: its title and its words."""
    return [Heading(2, f"{place}. {item['title']}"), *blocks_of(item["text"])]


def _consolidated_blocks(summary: Summary) -> list[Block]:
    headers = ("TT", "Nội dung", "Đơn vị tính", "Kỳ này", "Kỳ trước", "So với kỳ trước")
    rows = tuple(
        (
            str(place), row.title, row.unit_of_measure, told(row.total.value),
            told(row.change.before if row.change else None), change_told(row),
        )
        for place, row in enumerate(summary.rows, 1)
    )  # fmt: skip
    table = Table(headers, rows, numeric=(0, 3, 4), widths=(2, 12, 5, 5, 5, 8))
    practices = [
        block
        for place, one in enumerate(summary.practices, 1)
        for block in (Heading(2, f"{place}. {one.title} ({one.unit})"), *blocks_of(one.text))
    ]
    parts = [
        ("Tình hình", blocks_of(summary.words.situation)),
        ("Số liệu tổng hợp", [table, *_notes(summary.rows)] if rows else []),
        ("Đánh giá", blocks_of(summary.words.assessment)),
        ("Cách làm hay", practices),
        ("Phương hướng, nhiệm vụ", blocks_of(summary.words.directions)),
        ("Báo cáo và số liệu của từng đơn vị", _by_unit(summary)),
    ]
    return _numbered([part for part in parts if part[1]])


def _notes(rows: Sequence[Row]) -> list[Block]:
    """How the totals were made, where a reader could take them for sums."""
    means = any(row.total.how is How.MEAN for row in rows)
    note = "Mục tính bằng tỷ lệ (%) ghi bình quân của các đơn vị có số liệu; các mục khác là tổng. "
    last = "Chênh lệch tính trên các đơn vị có số liệu cả hai kỳ; “kỳ trước” là số của chính các đơn vị đó."
    return [Paragraph((note if means else "") + last, indent=False, italic=True)]


def _by_unit(summary: Summary) -> list[Block]:
    """Every unit's figures, a few items a table, and how its report came."""
    states = tuple((str(place), unit.name, unit_told(unit)) for place, unit in enumerate(summary.units, 1))
    blocks: list[Block] = [Table(("TT", "Đơn vị", "Báo cáo"), states, numeric=(0,), widths=(2, 14, 8))]
    for start in range(0, len(summary.rows), ITEMS_ACROSS):
        part = summary.rows[start : start + ITEMS_ACROSS]
        titles = tuple(f"{row.title} ({row.unit_of_measure})" if row.unit_of_measure else row.title for row in part)
        rows = [(unit.name, *(told(row.figures.get(unit.pk)) for row in part)) for unit in summary.units]
        rows.append(("Cả cụm", *(told(row.total.value) for row in part)))
        columns = tuple(range(1, len(part) + 1))
        blocks.append(Table(("Đơn vị", *titles), tuple(rows), numeric=columns, widths=(9, *(6 for _ in part))))
    return blocks


def _numbered(parts: Iterable[tuple[str, list[Block]]]) -> list[Block]:
    """Parts under headings "I. …", "II. …"."""
    numerals = ("I", "II", "III", "IV", "V", "VI")
    headed = [(Heading(1, f"{n}. {title}"), *blocks) for n, (title, blocks) in zip(numerals, parts, strict=False)]
    return [block for part in headed for block in part]


def blocks_of(text: str) -> list[Block]:
    """Lines as paragraphs, those that begin with "- " as a list."""
    blocks: list[Block] = []
    items: list[str] = []
    for line in lines_of(text):
        if line.startswith(("- ", "– ", "• ")):
            items.append(line[2:].strip())
            continue
        if items:
            blocks.append(Items(tuple(items)))
            items = []
        blocks.append(Paragraph(line))
    return [*blocks, Items(tuple(items))] if items else blocks


def _submitted(submission: Submission) -> str:
    at = localtime(submission.submitted_at)
    lent = f", theo ủy quyền của {submission.on_behalf_of_name}" if submission.on_behalf_of_name else ""
    who = f"{with_post(submission.submitted_by_name, submission.post_title)}{lent}"
    return f"Nộp trên phần mềm lúc {at:%H:%M} ngày {at:%d-%m-%Y} bởi {who}. SHA-256 của nội dung: {submission.digest}"


def _day(value: date | str) -> str:
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day:%d-%m-%Y}"
