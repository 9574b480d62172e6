"""Cards of the members in term: eight on an A4 page with lines to cut along. Always in Vietnamese."""

import json
from collections.abc import Sequence
from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import override

from thidua.clusters.models import ClusterYear
from thidua.paperwork.papers.pdf import fonts
from thidua.paperwork.rules import breakable, printable
from thidua.rapporteurs.queries.corps import Line

_TEMPLATE = Path(__file__).with_name("cards.typ")


def cards_response(year: ClusterYear, lines: Sequence[Line], filename: str) -> HttpResponse:
    """The cards of these members, who are all in term, as a PDF to download."""
    response = HttpResponse(cards_of(year, lines), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{filename}.pdf")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def cards_of(year: ClusterYear, lines: Sequence[Line]) -> bytes:
    """The PDF. A card has a fixed size: what is long is set smaller, and cut at the edge at the very last."""
    import typst

    with override("vi"):
        data = {
            "body": _text(year.cluster.superior_body.name_vi),
            "cluster": _text(year.cluster.name_vi),
            "illustrative": "Số liệu minh hoạ" if year.illustrative else "",
            "cards": [_card(line) for line in lines],
        }
    return typst.compile(
        str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=fonts(), ignore_system_fonts=True, format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip


def _card(line: Line) -> dict[str, str]:
    member, term = line.member, line.term
    issued = f"{term.decision}, {term.decided_on:%d-%m-%Y}" if term else ""
    return {
        "title": f"THẺ {member.get_kind_display().upper()}",
        "name": _text(member.name),
        "post": _text(member.post_title),
        "level": member.get_level_display(),
        "unit": _text(member.unit.name_vi),
        "decision": _text(issued),
        "until": f"{term.ends_on:%d-%m-%Y}" if term else "",
    }


def _text(text: str) -> str:
    return breakable(printable(text).replace("\n", " "), 18)
