"""The score minutes of a unit (biên bản chấm điểm) as an official paper.

What they say and in which order follows the minutes of a cluster of Tiền Giang (2022): time, place, people of both sides;
self-scored total; bonuses by item; agreed points item by item with the reason in brackets; deductions; total; the unit's opinion;
copies and who keeps them; signatures of chair, secretary and unit.
"""

from collections.abc import Sequence

from django.utils import translation
from django.utils.timezone import localtime

from thidua.clusters.models import ClusterYear
from thidua.paperwork.rules import Block, Facts, Heading, Items, Paper, Paragraph, Signature, Table, layout_for, lines_of
from thidua.people.models import Organisation
from thidua.scoring.models import ScoreMinutes
from thidua.scoring.queries.minutes import Item, MinutesFacts
from thidua.scoring.queries.words import change, number


def minutes_paper(kept: ScoreMinutes, facts: MinutesFacts, year: ClusterYear, unit: Organisation) -> Paper:
    """The minutes in Vietnamese, to be signed by hand."""
    with translation.override("vi"):
        return Paper(
            layout=layout_for(year.cluster.superior_body.kind),
            superior_name=year.cluster.superior_body.name_vi,
            issuer_name=year.cluster.name_vi,
            number="",
            place="",
            day=localtime(kept.ended_at).date(),
            kind_title="BIÊN BẢN",
            abstract=f"Chấm điểm thi đua năm {year.year} của {unit.name_vi}",
            blocks=(*_session(kept), *_points(facts), *_end(kept, unit)),
            signatures=(
                Signature("", "CHỦ TRÌ", kept.chair, "(Ký, ghi rõ họ tên)"),
                Signature("", "THƯ KÝ", kept.secretary, "(Ký, ghi rõ họ tên)"),
                Signature("", "ĐẠI DIỆN ĐƠN VỊ", kept.signer, "(Ký, ghi rõ họ tên)"),
            ),
            recipients=tuple(lines_of(kept.kept_by)),
            illustrative=year.illustrative,
            footer=f"SHA-256 của kết quả thẩm định: {kept.digest}",
        )


def _session(kept: ScoreMinutes) -> tuple[Block, ...]:
    begun = localtime(kept.begun_at)
    return (
        Facts((("Thời gian", f"{begun:%H giờ %M}, ngày {begun:%d-%m-%Y}"), ("Địa điểm", kept.place))),
        Heading(1, "I. Thành phần"),
        Paragraph("1. Bên thẩm định:"),
        Items(tuple(lines_of(kept.checkers))),
        Paragraph("2. Đơn vị được thẩm định:"),
        Items(tuple(lines_of(kept.unit_people))),
    )


def _points(facts: MinutesFacts) -> tuple[Block, ...]:
    return (
        Heading(1, "II. Kết quả chấm điểm"),
        Paragraph(f"1. Đơn vị tự chấm: {number(facts.claimed)} điểm trên {number(facts.maximum)} điểm."),
        Paragraph("2. Điểm thưởng:"),
        _list(facts.bonuses, "Không có điểm thưởng."),
        Paragraph("3. Điểm thống nhất từng tiêu chí:"),
        Table(
            ("Mã", "Tiêu chí", "Tối đa", "Tự chấm", "Thống nhất"),
            tuple(_cells(item) for item in facts.items),
            numeric=(2, 3, 4),
            widths=(9, 55, 11, 11, 14),
        ),
        Paragraph("4. Điểm trừ:"),
        _list(facts.deductions, "Không có điểm trừ."),
        Paragraph(
            f"5. Tổng điểm thống nhất: {number(facts.agreed)} điểm "
            f"(so với tự chấm: {change(facts.agreed - facts.claimed)} điểm)."
        ),
    )


def _end(kept: ScoreMinutes, unit: Organisation) -> tuple[Block, ...]:
    ended = localtime(kept.ended_at)
    return (
        Heading(1, f"III. Ý kiến của {unit.name_vi}"),
        Paragraph(kept.opinion),
        Paragraph(
            f"Biên bản lập xong lúc {ended:%H giờ %M}, ngày {ended:%d-%m-%Y}, đã được đọc lại cho các bên cùng nghe, lập thành "
            f"{kept.copies:02d} bản có giá trị như nhau."
        ),
    )


def _list(items: Sequence[Item], nothing: str) -> Block:
    if not items:
        return Paragraph(nothing)
    return Items(tuple(f"{item.code} {item.title}: {number(item.agreed)} điểm{_brackets(item)}" for item in items))


def _cells(item: Item) -> tuple[str, ...]:
    return item.code, f"{item.title}{_brackets(item)}", number(item.maximum), number(item.claimed), number(item.agreed)


def _brackets(item: Item) -> str:
    """The change and why, as minutes put it: "(tự chấm 11; chưa có quyết định công nhận)"."""
    if item.claimed == item.agreed and not item.reason:
        return ""
    said = [f"tự chấm {number(item.claimed)}"] if item.claimed != item.agreed else []
    return f" ({'; '.join([*said, *([item.reason.rstrip('.')] if item.reason else [])])})" if said or item.reason else ""
