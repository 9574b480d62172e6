"""Minutes and hand-over as official papers. Always in Vietnamese."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from thidua.awards.models import NominationStatus, Title
from thidua.awards.queries import ranking_rows
from thidua.conference.models import Conference, HandOver, Side
from thidua.conference.queries.minutes import Part
from thidua.paperwork.rules import Block, Facts, Heading, Items, Paper, Paragraph, Signature, Table, layout_for


def minutes_paper(conference: Conference, parts: list[Part]) -> Paper:
    """The minutes of the conference, signed by secretary and chair."""
    year = conference.year
    held = timezone.localdate(conference.started_at or conference.starts_at)
    return Paper(
        layout=layout_for(year.cluster.superior_body.kind),
        superior_name=year.cluster.superior_body.name_vi,
        issuer_name=year.cluster.name_vi,
        number="",
        place="",
        day=held,
        kind_title="BIÊN BẢN",
        abstract=f"Hội nghị tổng kết công tác thi đua năm {year.year}",
        blocks=tuple(block for part in parts for block in part.blocks),
        signatures=(Signature("", "THƯ KÝ", conference.secretary), Signature("", "CHỦ TRÌ", conference.chair)),
        recipients=(year.cluster.superior_body.name_vi, "Các đơn vị thành viên", "Lưu: Cụm trưởng"),
        illustrative=year.illustrative,
        footer="" if conference.ended else "Dự thảo: hội nghị chưa kết thúc.",
    )


def hand_over_paper(hand_over: HandOver, facts: dict[str, Any], journal_digest: str) -> Paper:
    """The record of the hand-over, with where the journal's chain ended, so that a later rewriting of it would show."""
    year = hand_over.from_year
    signed = hand_over.outgoing_signed_at or hand_over.incoming_signed_at
    with override("vi"):
        blocks = _hand_over_blocks(facts)
    return Paper(
        layout=layout_for(year.cluster.superior_body.kind),
        superior_name=year.cluster.superior_body.name_vi,
        issuer_name=year.cluster.name_vi,
        number="",
        place="",
        day=timezone.localdate(signed) if signed else None,
        kind_title="BIÊN BẢN",
        abstract=f"Bàn giao nhiệm vụ cụm trưởng năm {facts['year']} sang năm {facts['next_year']}",
        blocks=(*blocks, Heading(1, "Đối chiếu nhật ký"), Paragraph(f"SHA-256: {journal_digest}")),
        signatures=(_signature(hand_over, Side.OUTGOING, "BÊN GIAO"), _signature(hand_over, Side.INCOMING, "BÊN NHẬN")),
        recipients=(year.cluster.superior_body.name_vi, "Bên giao, bên nhận", "Lưu: Cụm trưởng"),
        illustrative=year.illustrative,
        footer="" if hand_over.is_signed_off else "Chưa đủ chữ ký của hai bên.",
    )


def _signature(hand_over: HandOver, side: Side, words: str) -> Signature:
    at, by = hand_over.signature_of(side)
    return Signature(words, hand_over.head_of(side).name_vi, by, f"(Đã ký lúc {_moment(at)})" if at else "(Chưa ký)")


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M %d-%m-%Y")


def _hand_over_blocks(facts: dict[str, Any]) -> tuple[Block, ...]:
    held = facts["conference"]
    conference = "Chưa tổ chức"
    if held:
        when = _moment(datetime.fromisoformat(held["held_at"]))
        conference = f"{when}, {held['place']}; {held['present']}/{held['called']} đại biểu có mặt"
    return (
        Facts((("Bên giao", facts["outgoing"]), ("Bên nhận", facts["incoming"]), ("Hội nghị", conference))),
        Heading(1, "I. Các đơn vị thành viên"),
        Items(tuple(facts["units"])),
        Heading(1, "II. Kết quả xếp hạng"),
        Table(("Hạng", "Đơn vị", "Tổng điểm"), ranking_rows(facts["ranking"]), numeric=(0, 2), widths=(1, 7, 3)),
        Heading(1, "III. Suy tôn, khen thưởng"),
        Table(("Đơn vị", "Danh hiệu, hình thức", "Kết quả", "Số quyết định"), nomination_rows(facts), widths=(5, 4, 4, 3)),
        Heading(1, "IV. Bỏ phiếu"),
        Items(tuple(f"{title}: {ballots} phiếu" for title, ballots in facts["polls"])),
    )


def nomination_rows(facts: dict[str, Any]) -> tuple[tuple[str, str, str, str], ...]:
    """The nominations as people read them."""
    titles, states = dict(Title.choices), dict(NominationStatus.choices)
    rows = facts["nominations"]
    return tuple((unit, str(titles.get(title, title)), str(states[status]), number) for unit, title, status, number in rows)
