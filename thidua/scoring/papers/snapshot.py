"""A submitted sheet as an official paper: what was submitted, by whom and when, with its digest at the foot."""

from django.utils import translation
from django.utils.timezone import localtime

from thidua.clusters.models import ClusterYear
from thidua.paperwork.rules import Facts, Heading, Paper, Paragraph, Signature, Table, layout_for
from thidua.people.models import Organisation
from thidua.scoring.models import SheetSnapshot
from thidua.scoring.queries import SnapshotRow
from thidua.scoring.queries.words import number

WHAT_THE_DIGEST_IS = (
    "Mã kiểm tra SHA-256 được tính từ mọi số liệu, lý do và minh chứng của phiếu khi nộp và được ghi vào nhật ký có chuỗi băm. "
    "Đây là xác nhận trên hệ thống, không phải chữ ký số."
)


def snapshot_paper(kept: SheetSnapshot, year: ClusterYear, unit: Organisation, rows: list[SnapshotRow]) -> Paper:
    """The paper of one submission, in Vietnamese. One that was taken back or returned says so on top."""
    with translation.override("vi"):
        at = localtime(kept.submitted_at)
        moment = f"{at:%H:%M} ngày {at:%d-%m-%Y}"
        facts = [
            ("Đơn vị", unit.name_vi),
            ("Người nộp", f"{kept.submitted_by_name}, {moment}"),
            ("Tổng điểm tự chấm", f"{number(kept.total)} / {number(kept.maximum)}"),
        ]
        if kept.ended_at is not None:
            ended = localtime(kept.ended_at)
            facts.append(("Không còn hiệu lực", f"{ended:%H:%M} ngày {ended:%d-%m-%Y}, {kept.ended_by_name}: {kept.ended_why}"))
        table = Table(
            ("Mã", "Tiêu chí", "Tối đa", "Số liệu", "Điểm", "Lý do, minh chứng"),
            tuple(_cells(row) for row in rows),
            numeric=(2, 4),
            widths=(9, 36, 9, 16, 9, 31),
        )
        return Paper(
            layout=layout_for(year.cluster.superior_body.kind),
            superior_name=year.cluster.name_vi,
            issuer_name=unit.name_vi,
            number="",
            place="",
            day=at.date(),
            kind_title="PHIẾU TỰ CHẤM ĐIỂM THI ĐUA",
            abstract=f"Năm {year.year}, lần nộp {kept.number}",
            blocks=(Facts(tuple(facts)), table, Heading(2, "Về mã kiểm tra"), Paragraph(WHAT_THE_DIGEST_IS)),
            signatures=(Signature("", "LÃNH ĐẠO ĐƠN VỊ", kept.submitted_by_name, f"Đã nộp trên thidua\nlúc {moment}"),),
            illustrative=year.illustrative,
            footer=f"SHA-256 của phiếu: {kept.digest}",
        )


def _cells(row: SnapshotRow) -> tuple[str, ...]:
    proofs = "; ".join(name for name, _digest in row.proofs)
    said = row.said if row.assigned else "Không giao"
    return row.code, row.title, row.maximum, said, row.points, " – ".join(filter(None, [row.reason, proofs]))
