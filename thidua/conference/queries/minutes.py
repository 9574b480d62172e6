"""The minutes, drafted from what happened. They are an official paper, so always in Vietnamese (see paperwork.rules)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import override

from thidua.awards.models import Nomination
from thidua.awards.queries import nominations_of, ranking_rows, standings_of, voted_down
from thidua.ballots.queries import PollSummary, polls_of
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import next_head
from thidua.conference.models import Conference, HandOver, Section
from thidua.conference.queries.hall import delegates_of, quorum_of
from thidua.paperwork.rules import Block, Facts, Heading, Items, Paragraph, Table
from thidua.programmes.queries import adopted_in

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the minutes: what happened, and the secretary's remark."""

    section: str
    title: str
    drafted: tuple[Block, ...]
    remark: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The part as it stands on the paper, with its heading and the remark."""
        said = (Paragraph(self.remark),) if self.remark else ()
        return (Heading(1, self.title), *self.drafted, *said)

    @property
    def shown(self) -> list[tuple[str, Block]]:
        """What was drafted, each block with the name of its kind, for the preview."""
        return [(type(block).__name__.lower(), block) for block in self.drafted]


def minutes_of(conference: Conference, *, with_ranking: bool) -> list[Part]:
    """All parts in their order. `with_ranking`: whether the reader may know the ranking. Some ten queries."""
    remarks = dict(conference.remarks.values_list("section", "text"))
    drafts = {
        Section.ATTENDANCE: _attendance,
        Section.AGENDA: _agenda,
        Section.RANKING: _ranking if with_ranking else _ranking_withheld,
        Section.POLLS: _polls,
        Section.NOMINATIONS: _nominations,
        Section.NEXT_HEAD: _next_head,
        Section.HAND_OVER: _hand_over,
        Section.CLOSING: _closing,
    }
    with override("vi"):
        return [
            Part(str(section), f"{number}. {section.label.upper()}", tuple(draft(conference)), remarks.get(section, ""))
            for number, (section, draft) in zip(_ROMAN, drafts.items(), strict=True)
        ]


def _moment(moment) -> str:
    local = timezone.localtime(moment)
    return f"{local:%H} giờ {local:%M}, ngày {local:%d-%m-%Y}"


def _attendance(conference: Conference) -> Iterator[Block]:
    delegates = delegates_of(conference)
    quorum = quorum_of(conference, delegates)
    present = [delegate for delegate in delegates if delegate.present]
    yield Facts(
        (
            ("Thời gian", _moment(conference.started_at or conference.starts_at)),
            ("Địa điểm", conference.place),
            ("Chủ trì", conference.chair),
            ("Thư ký", conference.secretary),
            ("Có mặt", f"{len(present)}/{len(delegates)} đại biểu"),
            ("Có quyền biểu quyết", f"{quorum.present}/{quorum.voters} có mặt; cần ít nhất {quorum.needed}"),
        )
    )
    units: dict[str, list[str]] = {}
    for delegate in present:
        units.setdefault(delegate.unit.name_vi, []).append(delegate.name)
    rows = tuple((str(place), unit, ", ".join(names)) for place, (unit, names) in enumerate(units.items(), 1))
    yield Table(("TT", "Đơn vị", "Đại biểu có mặt"), rows, numeric=(0,), widths=(1, 6, 6))
    absent = tuple(f"{delegate.name}, {delegate.unit.name_vi}" for delegate in delegates if not delegate.present)
    if absent:
        yield Paragraph("Vắng mặt:")
        yield Items(absent)


def _agenda(conference: Conference) -> Iterator[Block]:
    for number, item in enumerate(conference.agenda.all(), 1):
        yield Heading(2, f"{number}. {item.title}")
        if item.notes:
            yield Paragraph(item.notes)
    adopted = adopted_in(conference.year)
    if adopted is not None:
        yield Paragraph(f"Thông qua chương trình công tác năm {adopted.for_year}: {adopted.words}.")


def _ranking(conference: Conference) -> Iterator[Block]:
    places = standings_of(conference.year)
    if not places:
        yield Paragraph("Chưa có kết quả chấm điểm.")
        return
    yield Paragraph("Hội nghị xem xét kết quả chấm điểm sau thẩm định như sau:")
    rows = ranking_rows([place.values for place in places])
    yield Table(("Hạng", "Đơn vị", "Tổng điểm"), rows, numeric=(0, 2), widths=(1, 7, 3))


def _ranking_withheld(conference: Conference) -> Iterator[Block]:
    yield Paragraph("Bảng xếp hạng chưa đến lúc công bố cho các đơn vị.")


def _polls(conference: Conference) -> Iterator[Block]:
    closed = [summary for summary in polls_of(conference.year) if summary.poll.closed_at]
    if not closed:
        yield Paragraph("Hội nghị không bỏ phiếu trên hệ thống.")
    for summary in closed:
        yield Heading(2, summary.poll.title)
        turnout = f"{summary.voted}/{summary.voters} đại biểu đã bỏ phiếu"
        yield Paragraph(f"Bỏ phiếu kín; {turnout}. Ngưỡng thông qua: {summary.poll.threshold_text}.")
        if summary.poll.outcome == "counted":
            yield _poll_table(summary)
        else:
            yield Paragraph(f"{summary.poll.get_outcome_display()}.")


def _poll_table(summary: PollSummary) -> Table:
    rows = []
    for result in summary.results:
        named = f"{result.item.nominee.name_vi} – {result.item.label}" if result.item.label else result.item.nominee.name_vi
        counts = (str(result.tally.yes), str(result.tally.no), str(result.tally.abstain))
        rows.append((named, *counts, "thông qua" if result.decision.carried else "không thông qua"))
    headers = ("Đơn vị, danh hiệu", "Đồng ý", "Không đồng ý", "Không ý kiến", "Kết quả")
    return Table(headers, tuple(rows), numeric=(1, 2, 3), widths=(6, 2, 2, 2, 3))


def _nominations(conference: Conference) -> Iterator[Block]:
    found = nominations_of(conference.year)
    if not found:
        yield Paragraph("Hội nghị không suy tôn đơn vị nào.")
        return
    forward = [nomination for nomination in found if not nomination.is_voted_down]
    if forward:
        yield Paragraph("Các đơn vị được suy tôn để đề nghị cấp trên xét:")
        rows = tuple((str(place), n.unit.name_vi, n.title_text, _vote_on(n)) for place, n in enumerate(forward, 1))
        yield Table(("TT", "Đơn vị", "Danh hiệu, hình thức", "Bỏ phiếu"), rows, numeric=(0,), widths=(1, 6, 4, 4))
    if fallen := voted_down(found):
        yield Paragraph("Không đạt phiếu, không đề nghị:")
        yield Items(fallen)


def _vote_on(nomination: Nomination) -> str:
    poll = nomination.basis.get("poll")
    if not poll:
        return "–"
    return f"{poll['yes']}/{poll['of']} đồng ý, {'đạt' if poll['carried'] else 'không đạt'}"


def _next_head(conference: Conference) -> Iterator[Block]:
    following = ClusterYear.objects.filter(previous=conference.year_id).select_related("head", "deputy").first()
    if following is not None:
        yield Paragraph(f"Cụm trưởng năm {following.year}: {following.head.name_vi}.")
        if following.deputy:
            yield Paragraph(f"Cụm phó năm {following.year}: {following.deputy.name_vi}.")
        return
    proposed = next_head(conference.year)
    if proposed is not None:
        yield Paragraph(f"Theo vòng luân phiên, giới thiệu {proposed.name_vi} làm cụm trưởng năm {conference.year.year + 1}.")


def _hand_over(conference: Conference) -> Iterator[Block]:
    record = HandOver.objects.filter(from_year=conference.year_id).first()
    if record is None:
        yield Paragraph("Biên bản bàn giao được lập khi mở năm thi đua sau.")
    elif record.is_signed_off:
        yield Paragraph(f"Hai bên đã ký bàn giao: {record.outgoing_signed_by}; {record.incoming_signed_by}.")
    else:
        yield Paragraph("Biên bản bàn giao đã lập, chờ hai bên ký.")


def _closing(conference: Conference) -> Iterator[Block]:
    if conference.ended_at:
        yield Paragraph(f"Hội nghị kết thúc lúc {_moment(conference.ended_at)}.")
    else:
        yield Paragraph("Hội nghị chưa kết thúc.")
