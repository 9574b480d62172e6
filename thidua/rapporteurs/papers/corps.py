"""The corps as an official paper: by unit and level, with the decisions. Always in Vietnamese."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.utils.translation import override

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Level
from thidua.paperwork.rules import Block, Heading, Paper, Paragraph, Table, layout_for
from thidua.rapporteurs.models import CorpsKind
from thidua.rapporteurs.queries.corps import LEVELS, Corps, Line, name_order

_HEADERS = ("TT", "Họ và tên, chức vụ", "Loại, lĩnh vực", "Quyết định", "Nhiệm kỳ")
_WIDTHS = (2, 10, 7, 7, 7)


def corps_paper(year: ClusterYear, corps: Corps, lines: Sequence[Line]) -> Paper:
    """The list of these members on the day of the corps. Undated and without a number: whoever issues it completes both."""
    body = year.cluster.superior_body
    with override("vi"):
        return Paper(
            layout=layout_for(body.kind),
            superior_name=body.name_vi,
            issuer_name=year.cluster.name_vi,
            number="",
            place="…",
            day=None,
            kind_title="DANH SÁCH",
            abstract=f"Báo cáo viên, cộng tác viên năm {year.year}\n(tính đến ngày {corps.day:%d-%m-%Y})",
            blocks=tuple(_blocks(corps, lines)),
            illustrative=year.illustrative,
        )


def _blocks(corps: Corps, lines: Sequence[Line]) -> Iterable[Block]:
    yield Paragraph(_summary(lines))
    place = {unit.pk: number for number, unit in enumerate(corps.units)}
    ordered = sorted(lines, key=lambda line: (place[line.member.unit_id], *_within_unit(line)))
    for number, (_unit_id, of_unit) in enumerate(groupby(ordered, key=lambda line: line.member.unit_id), 1):
        theirs = list(of_unit)
        yield Heading(1, f"{number}. {theirs[0].member.unit.name_vi} ({len(theirs)} người)")
        for level, of_level in groupby(theirs, key=lambda line: line.member.level):
            yield Heading(2, f"Cấp: {Level(level).label}")
            rows = tuple(_row(place, line) for place, line in enumerate(of_level, 1))
            yield Table(_HEADERS, rows, numeric=(0,), widths=_WIDTHS)


def _within_unit(line: Line) -> tuple[object, ...]:
    member = line.member
    return (LEVELS.index(member.level), member.kind != CorpsKind.RAPPORTEUR, *name_order(member))


def _summary(lines: Sequence[Line]) -> str:
    speak = sum(line.member.kind == CorpsKind.RAPPORTEUR for line in lines)
    return f"Tổng số: {len(lines)} người, gồm {speak} báo cáo viên và {len(lines) - speak} cộng tác viên."


def _row(number: int, line: Line) -> tuple[str, ...]:
    member, term = line.member, line.term
    kind = "\n".join(filter(None, (member.get_kind_display(), member.field)))
    decision = f"{term.decision}\nngày {_day(term.decided_on)}" if term else "Chưa có"
    span = f"{_day(term.starts_on)} đến {_day(term.ends_on)}" if term else line.words
    return str(number), f"{member.name}\n{member.post_title}", kind, decision, span


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"
