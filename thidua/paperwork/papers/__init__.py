"""Official papers from data: a `rules.Paper` becomes a PDF or a DOCX, with the same content in the same order.

How another slice prints: its own `papers.py` builds the value, its view hands it out.

    from thidua.paperwork.papers import paper_response
    from thidua.paperwork.rules import Facts, Heading, Paper, Signature, Table, layout_for

    def minutes_of(...) -> Paper:
        return Paper(layout=layout_for(body.kind), superior_name=…, issuer_name=body.name_vi, number="", place=…, day=…,
                     kind_title="BIÊN BẢN", abstract="Hội nghị tổng kết …", blocks=(Heading(1, "I. Thành phần"), …),
                     signatures=(Signature("", "THƯ KÝ", "…"), Signature("", "CHỦ TỌA", "…")),
                     recipients=("Như thành phần", "Lưu: VT"), illustrative=year.illustrative)

    return paper_response(minutes_of(...), kind, "bien-ban-hoi-nghi-2021")      # kind: "pdf" or "docx", from the address

The PDF (typst, Tinos embedded) is PDF/A-2a and PDF/UA-1, and the same value gives the same bytes. The DOCX (python-docx,
ADR 0006) is for editing. Nothing in the data is read as markup by either.
"""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from thidua.kernel.errors import Absent
from thidua.paperwork.papers.pdf import pdf_of
from thidua.paperwork.rules import Paper

__all__ = ["docx_of", "paper_response", "pdf_of"]


def docx_of(paper: Paper) -> bytes:
    """The paper as DOCX, see `docx.docx_of`; python-docx is loaded with the first one, for it weighs sixteen megabytes."""
    from thidua.paperwork.papers import docx

    return docx.docx_of(paper)


_KINDS: dict[str, tuple[Callable[[Paper], bytes], str]] = {
    "pdf": (pdf_of, "application/pdf"),
    "docx": (docx_of, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def paper_response(paper: Paper, kind: str, filename: str) -> HttpResponse:
    """The paper as a download named `filename` (without extension). Absent (404) for a kind other than "pdf" and "docx"."""
    if kind not in _KINDS:
        raise Absent
    render, mime = _KINDS[kind]
    response = HttpResponse(render(paper), content_type=mime)
    response["Content-Disposition"] = content_disposition_header(True, f"{filename}.{kind}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
