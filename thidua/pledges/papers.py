"""The pledge as an official paper: the text, who has confirmed it when and by which post, and what a confirmation is."""

from django.utils.timezone import localtime

from thidua.clusters.models import ClusterYear
from thidua.paperwork.rules import Block, Heading, Items, Paper, Paragraph, Signature, layout_for
from thidua.pledges.models import Pledge
from thidua.pledges.queries import UnitRow
from thidua.pledges.rules import read

WHAT_A_CONFIRMATION_IS = (
    "Mỗi xác nhận dưới đây do lãnh đạo đơn vị, hoặc người được ủy quyền, thực hiện khi đã đăng nhập thidua; phần mềm ghi người, "
    "chức vụ, thời điểm và mã kiểm tra của văn bản vào nhật ký có chuỗi băm. Đây là xác nhận trên hệ thống, không phải chữ ký số."
)


def paper_of(pledge: Pledge, year: ClusterYear, text: str, rows: list[UnitRow]) -> Paper:
    """The paper of the pledge with that text; a draft says that it is one."""
    moment = localtime(pledge.frozen_at) if pledge.frozen_at else None
    title, cluster = text.split("\n")[:2]
    kind, number = title.rsplit(" NĂM ", 1)
    blocks = [*_blocks(text), *(_about_confirmations(pledge) if pledge.is_open else ())]
    return Paper(
        layout=layout_for(year.cluster.superior_body.kind),
        superior_name=year.cluster.superior_body.name_vi,
        issuer_name=cluster,
        number="",
        place="",
        day=moment.date() if moment else None,
        kind_title=kind,
        abstract=f"Năm {number}" if pledge.is_open else f"Năm {number}\n(Dự thảo, chưa chốt)",
        blocks=tuple(blocks),
        signatures=tuple(_signature(row) for row in rows),
        illustrative=year.illustrative,
        footer=f"SHA-256 của văn bản: {pledge.digest}" if pledge.is_open else "",
    )


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    items: list[str] = []
    for line in read(text):
        if line.kind == "item":
            items.append(line.text)
            continue
        if items:
            blocks.append(Items(tuple(items)))
            items = []
        if line.kind == "plain":
            blocks.append(Paragraph(line.text))
        else:
            blocks.append(Heading(1 if line.kind == "article" else 2, line.text))
    return [*blocks, Items(tuple(items))]


def _about_confirmations(pledge: Pledge) -> tuple[Block, ...]:
    return (
        Heading(1, "Xác nhận của các đơn vị"),
        Paragraph(WHAT_A_CONFIRMATION_IS),
        Paragraph(f"Mã kiểm tra SHA-256 của toàn văn giao ước (tệp văn bản tải ở trang Giao ước): {pledge.digest}"),
    )


def _signature(row: UnitRow) -> Signature:
    made = row.confirmation
    if made is None:
        return Signature(prefix=row.unit.name_vi, note="(Chưa xác nhận)")
    at = localtime(made.confirmed_at)
    lent = f"\ntheo ủy quyền của {made.on_behalf_of_name}" if made.on_behalf_of_name else ""
    note = f"Đã xác nhận trên thidua\nlúc {at:%H:%M} ngày {at:%d-%m-%Y}{lent}"
    return Signature(row.unit.name_vi, made.post_title, made.person_name, note)
