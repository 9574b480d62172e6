"""The list of those put forward, as an official paper. Papers are in Vietnamese whatever the language of the page."""

from collections.abc import Sequence

from django.utils.translation import override

from thidua.awards.models import Nomination
from thidua.awards.queries import points_text, voted_down
from thidua.clusters.models import ClusterYear
from thidua.paperwork.rules import Items, Paper, Paragraph, Signature, Table, layout_for

HEADERS = ("Đơn vị", "Danh hiệu, hình thức", "Căn cứ", "Kết quả", "Số, ngày quyết định")


def list_title(year: ClusterYear) -> str:
    """The name of the list."""
    return f"Danh sách suy tôn và khen thưởng năm {year.year}"


def rows(nominations: Sequence[Nomination], *, with_places: bool) -> list[tuple[str, ...]]:
    """One row a nomination. `with_places`: whether the reader may know the ranking."""
    with override("vi"):
        return [
            (n.unit.name_vi, n.title_text, grounds(n, with_places=with_places), n.get_status_display(), _paper_of(n))
            for n in nominations
        ]


def grounds(nomination: Nomination, *, with_places: bool) -> str:
    """What the nomination rests on, in words: "Hạng 1/7, 98,5 điểm; 6/7 đồng ý"."""
    basis, parts = nomination.basis, []
    if with_places and "rank" in basis:
        parts.append(f"Hạng {basis['rank']}/{basis['units']}, {points_text(basis['total'], basis.get('percent', ''))}")
    if poll := basis.get("poll"):
        parts.append(f"{poll['yes']}/{poll['of']} đồng ý")
    return "; ".join(parts)


def list_of(year: ClusterYear, nominations: Sequence[Nomination], *, with_places: bool) -> Paper:
    """The list as a paper of the cluster, signed by its head. What was voted down stands below, not among those put forward."""
    forward = rows([n for n in nominations if not n.is_voted_down], with_places=with_places)
    numbered = [(str(place), *row) for place, row in enumerate(forward, 1)]
    lines = voted_down(nominations)
    fallen = (Paragraph("Không đạt phiếu tại hội nghị, không đề nghị:"), Items(lines)) if lines else ()
    return Paper(
        layout=layout_for(year.cluster.superior_body.kind),
        superior_name=year.cluster.superior_body.name_vi,
        issuer_name=year.cluster.name_vi,
        number="",
        place="",
        day=None,
        kind_title="DANH SÁCH",
        abstract=f"Các đơn vị được suy tôn, khen thưởng năm {year.year}",
        blocks=(
            Table(("TT", *HEADERS), tuple(numbered), numeric=(0,), widths=(1, 5, 4, 3, 4, 5)),
            *fallen,
            Paragraph("Điều kiện, tiêu chuẩn theo luật chưa được phần mềm kiểm tra ở phiên bản này.", italic=True),
        ),
        signatures=(Signature("TM. CỤM THI ĐUA", "CỤM TRƯỞNG", "", year.head.name_vi),),
        illustrative=year.illustrative,
    )


def _paper_of(nomination: Nomination) -> str:
    if nomination.decision_date is None:
        return ""
    day = nomination.decision_date.strftime("%d-%m-%Y")
    return f"{nomination.decision_number}, {day}" if nomination.decision_number else day
