"""Programmes as official papers. Always in Vietnamese."""

from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import override

from thidua.kernel.points import format_vietnamese
from thidua.paperwork.rules import Block, Heading, Items, Paper, Paragraph, Signature, Table, layout_for
from thidua.programmes.models import Programme, ProgrammeKind, ProgrammeVersion
from thidua.programmes.queries.next_year import Adopted
from thidua.programmes.rules.content import Content, IndicatorLine, TaskLine
from thidua.programmes.rules.figures import MOST_DECIMALS

KIND_TITLES = {
    ProgrammeKind.ACTION: "CHƯƠNG TRÌNH HÀNH ĐỘNG",
    ProgrammeKind.PLAN: "KẾ HOẠCH",
    ProgrammeKind.SPECIAL: "KẾ HOẠCH",
    ProgrammeKind.NEXT_YEAR: "CHƯƠNG TRÌNH",
}
_ROMAN = ("I", "II", "III", "IV")


def programme_paper(programme: Programme, content: Content, version: ProgrammeVersion | None, digest: str) -> Paper:
    """The paper of a version, or of the draft (None), which says that it is one."""
    year, unit = programme.year, programme.unit
    above = (unit.parent.name_vi if unit.parent else "") if unit else year.cluster.superior_body.name_vi
    kind, abstract = _named(programme, content.title)
    return Paper(
        layout=layout_for(year.cluster.superior_body.kind),
        superior_name=above,
        issuer_name=unit.name_vi if unit else year.cluster.name_vi,
        number="",
        place="…",
        day=localtime(version.approved_at).date() if version else None,
        kind_title=kind,
        abstract=abstract if version else f"{abstract}\n(DỰ THẢO)",
        blocks=tuple(_blocks(content, version)),
        signatures=(_signature(programme, version),),
        recipients=(year.cluster.name_vi, "Lưu: Văn thư"),
        illustrative=year.illustrative,
        footer=f"SHA-256 của nội dung: {digest}" if version else "Dự thảo, chưa được duyệt.",
    )


def _named(programme: Programme, title: str) -> tuple[str, str]:
    """The kind of paper, and the title without it: "CHƯƠNG TRÌNH HÀNH ĐỘNG", "Thực hiện Chỉ thị 05-CT/TW"."""
    kind = KIND_TITLES[ProgrammeKind(programme.kind)]
    if title.upper().startswith(kind):
        rest = title[len(kind) :].strip(" :–-")
        return kind, rest[:1].upper() + rest[1:]
    return kind, title


def _blocks(content: Content, version: ProgrammeVersion | None) -> list[Block]:
    opening: list[Block] = [Paragraph(content.grounds, italic=True)] if content.grounds else []
    if span := _span(content.starts_on, content.ends_on):
        opening.append(Paragraph(f"Thời gian thực hiện: {span}."))
    if version and version.votes_for is not None:
        opening.append(Paragraph(_adoption(version.programme, version)))
    parts: list[tuple[str, Block]] = []
    if content.goals:
        parts.append(("MỤC TIÊU", Items(content.goals)))
    if content.indicators:
        parts.append(("CHỈ TIÊU", _indicators(content.indicators)))
    if content.tasks:
        parts.append(("NHIỆM VỤ", _tasks(content.tasks)))
    if content.measures:
        parts.append(("BIỆN PHÁP, TỔ CHỨC THỰC HIỆN", Paragraph(content.measures)))
    numbered = [(Heading(1, f"{number}. {title}"), block) for number, (title, block) in zip(_ROMAN, parts, strict=False)]
    return [*opening, *(block for pair in numbered for block in pair)]


def _adoption(programme: Programme, version: ProgrammeVersion) -> str:
    words = Adopted(programme, version).words
    return f"Hội nghị thông qua ngày {localtime(version.approved_at):%d-%m-%Y}: {words}."


def _indicators(lines: tuple[IndicatorLine, ...]) -> Table:
    rows = tuple((str(n), _name(line), line.unit_of_measure, _target(line)) for n, line in enumerate(lines, 1))
    return Table(("TT", "Chỉ tiêu", "Đơn vị tính", "Mức đề ra"), rows, numeric=(0, 3), widths=(1, 8, 3, 3))


def _name(line: IndicatorLine) -> str:
    return f"{line.name} (càng thấp càng tốt)" if line.lower_is_better else line.name


def _target(line: IndicatorLine) -> str:
    return "–" if line.target is None else format_vietnamese(line.target, most=MOST_DECIMALS)


def _tasks(lines: tuple[TaskLine, ...]) -> Table:
    rows = tuple(
        (str(n), line.title, line.owner, _span(line.starts_on, line.due_on), "\n".join(clause.words for clause in line.clauses))
        for n, line in enumerate(lines, 1)
    )
    headers = ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian", "Mục thực hiện")
    return Table(headers, rows, numeric=(0,), widths=(1, 6, 3, 3, 4))


def _span(starts_on: date | None, ends_on: date | None) -> str:
    if starts_on and ends_on:
        return f"từ {starts_on:%d-%m-%Y} đến {ends_on:%d-%m-%Y}"
    if ends_on:
        return f"đến {ends_on:%d-%m-%Y}"
    return f"từ {starts_on:%d-%m-%Y}" if starts_on else ""


def _signature(programme: Programme, version: ProgrammeVersion | None) -> Signature:
    with override("vi"):
        office = programme.unit.name_vi if programme.unit else programme.year.cluster.name_vi
        if version is None:
            return Signature("", office, "", "(Chưa duyệt)")
        at = localtime(version.approved_at)
        return Signature(
            "", version.post_title or office, version.approved_by_name, f"(Duyệt trên thidua lúc {at:%H:%M %d-%m-%Y})"
        )
