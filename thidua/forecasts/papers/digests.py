"""A digest as an official paper and as a workbook: the published table and nothing else. Papers are in Vietnamese."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from thidua.forecasts.models import Digest, DigestState
from thidua.forecasts.rules.digests import SPLIT, Change, Content, DigestLine
from thidua.forecasts.rules.suppression import DIRECTIONS, FEWEST, LEAST
from thidua.kernel.points import format_vietnamese
from thidua.paperwork.rules import Block, Facts, Heading, Items, Paper, Paragraph, Signature, Table, layout_for, lines_of
from thidua.rapporteurs.models import Direction
from thidua.web.workbook import workbook_response

TRENDS: dict[str, object] = {
    "new": gettext_lazy("đa số thấy mới xuất hiện"),
    "rising": gettext_lazy("đa số thấy tăng"),
    "steady": gettext_lazy("đa số thấy không đổi"),
    "falling": gettext_lazy("đa số thấy giảm"),
    SPLIT: gettext_lazy("không chiều hướng nào quá nửa"),
    "": "–",
}
"""What is told of the trend of a topic."""
OTHERS = pgettext_lazy("digest", "Các chủ đề khác")
WITHHELD = "–"


def sides() -> list[str]:
    """The directions in the order of the cells."""
    return [str(Direction(side).label) for side in DIRECTIONS]


def why_withheld() -> str:
    """Why a number is not there, for whoever reads the table."""
    return _(
        "Dấu “–” là số không công bố. Số dưới {least}, kể cả số 0, không công bố để không ai đoán được ý kiến của một nhóm ít "
        "người; số mà bỏ phần của một đơn vị đi thì còn dưới {least} cũng vậy, để đơn vị ấy không tính ra. Có những số khác cũng "
        "không công bố, dù không nhỏ, để không ai lấy tổng trừ đi mà tính ra. Chủ đề có quá ít ý kiến, hoặc có ý kiến từ dưới "
        "{units} đơn vị, được gộp vào “{others}”."
    ).format(least=LEAST, units=FEWEST, others=OTHERS)


def digest_paper(digest: Digest, content: Content, changed: list[Change], previous: Digest | None) -> Paper:
    """The digest as it was issued, or a draft that says so. `changed`: against the digest issued before, if there is one."""
    with override("vi"):
        return _paper(digest, content, changed, previous)


def _paper(digest: Digest, content: Content, changed: list[Change], previous: Digest | None) -> Paper:
    year, issued = digest.year, digest.state == DigestState.ISSUED
    body = year.cluster.superior_body
    span = f"(Từ {digest.starts_on:%d-%m-%Y} đến {digest.ends_on:%d-%m-%Y})"
    return Paper(
        layout=layout_for(body.kind),
        superior_name=body.name_vi,
        issuer_name=year.cluster.name_vi,
        number="……",
        place="…",
        day=localtime(digest.issued_at).date() if digest.issued_at else None,
        kind_title="TỔNG HỢP DƯ LUẬN XÃ HỘI",
        abstract="\n".join([digest.title, span, *([] if issued else ["(DỰ THẢO)"])]),
        blocks=tuple(_blocks(digest, content, changed, previous)),
        signatures=(Signature("TM. CỤM THI ĐUA", "", "", "(Ký tên, đóng dấu)"),),
        recipients=(f"{body.name_vi};", "Các đơn vị thành viên;", "Lưu: VT."),
        illustrative=year.illustrative,
        footer=f"SHA-256 của nội dung: {digest.digest}" if issued else "Dự thảo, chưa ban hành",
    )


def _blocks(digest: Digest, content: Content, changed: list[Change], previous: Digest | None) -> Iterator[Block]:
    numbers = iter(("I", "II", "III", "IV", "V"))
    yield Heading(1, f"{next(numbers)}. Nguồn số liệu")
    yield Facts(
        (
            ("Các kỳ báo cáo", "; ".join(content.rounds)),
            ("Số báo cáo", f"{content.reports} báo cáo của cộng tác viên, từ {content.units} đơn vị"),
            ("Số ý kiến ghi nhận", WITHHELD if content.total is None else _told(content.total)),
        )
    )
    yield Heading(1, f"{next(numbers)}. Số ý kiến theo chủ đề")
    if content.lines:
        rows = [(title_of(line), *map(_told, line.cells), _told(line.total)) for line in content.lines]
        rows.append(("Cộng", *map(_told, content.sums), _told(content.total)))
        yield Table(("Chủ đề", *sides(), "Cộng"), tuple(rows), numeric=(1, 2, 3, 4, 5), widths=(9, 3, 3, 3, 3, 3))
    else:
        yield Paragraph("Cả kỳ có quá ít ý kiến, hoặc phần lớn ý kiến đến từ một đơn vị, nên không công bố con số nào.")
    if content.is_veiled:
        yield Paragraph(why_withheld(), italic=True)
    trends = tuple(f"{line.title}: {TRENDS[line.trend]}." for line in content.lines if line.title and line.trend)
    if trends:
        yield Heading(1, f"{next(numbers)}. Xu hướng")
        yield Items(trends)
    if changed and previous is not None:
        yield Heading(1, f"{next(numbers)}. So với “{previous.title}”")
        yield Table(
            ("Chủ đề", "Trước", "Nay", "Chênh"),
            tuple((one.title, _told(one.before), _told(one.now), _signed(one.difference)) for one in changed),
            numeric=(1, 2, 3),
        )
    if digest.words:
        yield Heading(1, f"{next(numbers)}. Nhận định")
        yield from (Paragraph(line) for line in lines_of(digest.words))


def digest_workbook(digest: Digest, content: Content, name: str) -> HttpResponse:
    """The published table, a line a topic and one of sums; withheld cells are "–", so that no formula takes them for zero."""
    headers = [_("Chủ đề"), *sides(), _("Cộng"), _("Số báo cáo"), _("Số đơn vị"), _("Xu hướng")]
    rows: list[list[object]] = [
        [title_of(line), *map(_cell, line.cells), line.total, *map(_cell, (line.reports, line.units)), TRENDS[line.trend]]
        for line in content.lines
    ]
    if content.lines:
        rows.append([_("Cộng"), *map(_cell, content.sums), _cell(content.total), content.reports, content.units, ""])
    illustrative = _("Số liệu minh hoạ – không phải kết quả thật của các đơn vị") if digest.year.illustrative else ""
    note = ". ".join(filter(None, [illustrative, why_withheld()]))
    return workbook_response(name, digest.title, headers, rows, note)


def title_of(line: DigestLine) -> str:
    """The topic, or that it is several."""
    return line.title or str(OTHERS)


def _cell(value: int | None) -> object:
    return WITHHELD if value is None else value


def _told(value: int | None) -> str:
    return WITHHELD if value is None else format_vietnamese(Decimal(value))


def _signed(value: int) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{_told(abs(value))}"
