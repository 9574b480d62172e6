"""DOCX by python-docx: the same paper for editing, in the same order and to the same measures as the PDF (ADR 0006)."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from functools import singledispatch

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as DocxParagraph

from thidua.paperwork.rules import (
    ILLUSTRATIVE,
    NOTHING,
    Facts,
    Heading,
    Items,
    Paper,
    Paragraph,
    Signature,
    Table,
    lines_of,
    number_line,
    place_and_day,
    printable,
    signature_rows,
)

FACE = "Times New Roman"
_TEXT_WIDTH = 160


def docx_of(paper: Paper) -> bytes:
    """The paper as an editable document: A4, page number on top from the second page, table headers repeated."""
    document = Document()
    _set_up(document, paper)
    _head(document, paper)
    _title(document, paper)
    for block in paper.blocks:
        _add(block, document)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _foot(document, paper)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


# ---------- page and styles ----------
def _set_up(document: DocumentType, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15 if paper.layout == "party" else 20)
    section.header_distance = section.footer_distance = Mm(8)
    section.different_first_page_header_footer = True
    _styles(document)
    for header, numbered in ((section.first_page_header, False), (section.header, True)):
        line = header.paragraphs[0]
        if paper.illustrative:
            _run(_centred(line), ILLUSTRATIVE, size=9, bold=True).font.color.rgb = RGBColor(0x5C, 0x41, 0x00)
            line = header.add_paragraph() if numbered else line
        if numbered:
            _page_number(_centred(line))
    if paper.footer:
        for footer in (section.first_page_footer, section.footer):
            _run(_centred(footer.paragraphs[0]), paper.footer, size=9)
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title[:255], printable(paper.issuer_name)[:255], "vi-VN"
    properties.comments = ""
    if paper.day:
        properties.created = properties.modified = datetime.combine(paper.day, time())


def _styles(document: DocumentType) -> None:
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FACE, Pt(14), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FACE)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        style.element.rPr.append(language)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(6)
        style.paragraph_format.line_spacing = 1.15
    document.styles["Heading 2"].paragraph_format.space_before = Pt(6)
    document.styles["Heading 3"].font.italic = True


# ---------- head ----------
def _head(document: DocumentType, paper: Paper) -> None:
    [(left, right)] = _columns(document, (68, 92))
    _line(left, paper.superior_name.upper(), size=13)
    _line(left, paper.issuer_name.upper(), size=13, bold=True)
    if paper.layout == "party":
        _line(left, "*", bold=True)
        _line(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True)
    else:
        _rule(left, indent=20)
        _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12.5, bold=True)
        _line(right, "Độc lập - Tự do - Hạnh phúc", size=13.5, bold=True)
    _rule(right, indent=12 if paper.layout == "party" else 17)
    _line(left, number_line(paper), size=13)
    _line(right, place_and_day(paper), size=13.5, italic=True)


def _title(document: DocumentType, paper: Paper) -> None:
    title = document.add_heading("", level=1)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(16), Pt(2)
    _run(_centred(title), paper.kind_title, size=16 if paper.layout == "party" else 14, bold=True)
    for line in lines_of(paper.abstract):
        below = _centred(document.add_paragraph())
        below.paragraph_format.space_after = Pt(0)
        _run(below, line, bold=True)
    _rule(document, indent=64)


# ---------- body ----------
@singledispatch
def _add(block: object, document: DocumentType) -> None:
    raise TypeError(f"no block of a paper: {type(block).__name__}")


@_add.register
def _(block: Heading, document: DocumentType) -> None:
    heading = document.add_heading("", level=block.level + 1)
    _run(heading, " ".join(lines_of(block.text)), bold=True, italic=block.level == 2)


@_add.register
def _(block: Paragraph, document: DocumentType) -> None:
    for line in lines_of(block.text):
        paragraph = document.add_paragraph()
        paragraph.alignment = Align.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1) if block.indent else None
        _run(paragraph, line, italic=block.italic)


@_add.register
def _(block: Items, document: DocumentType) -> None:
    for text in block.texts:
        paragraph = document.add_paragraph()
        paragraph.alignment = Align.JUSTIFY
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1.4), Cm(-0.4)
        _run(paragraph, "- " + "\n".join(lines_of(text)))


@_add.register
def _(block: Table, document: DocumentType) -> None:
    table = document.add_table(rows=1, cols=len(block.headers))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _whole(table.rows[0])._tr.trPr.append(OxmlElement("w:tblHeader"))
    for cell, text in zip(table.rows[0].cells, block.headers, strict=True):
        _cell(cell, text, Align.CENTER, bold=True)
    for row in block.rows:
        for i, (cell, text) in enumerate(zip(_whole(table.add_row()).cells, row, strict=True)):
            _cell(cell, text, Align.RIGHT if i in block.numeric else Align.LEFT)
    if not block.rows:
        cells = table.add_row().cells
        _run(_centred(cells[0].merge(cells[-1]).paragraphs[0]), NOTHING, size=12, italic=True)
    _widths(table, [_TEXT_WIDTH * share / sum(block.shares()) for share in block.shares()])
    document.add_paragraph().paragraph_format.space_after = Pt(0)


@_add.register
def _(block: Facts, document: DocumentType) -> None:
    for label, value in block.pairs:
        paragraph = document.add_paragraph()
        _run(paragraph, f"{label}: ")
        _run(paragraph, value, bold=True)


def _cell(cell: _Cell, text: str, align: Align, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    _run(paragraph, text, size=12, bold=bold)


# ---------- signatures and recipients ----------
def _foot(document: DocumentType, paper: Paper) -> None:
    rows = signature_rows(paper.signatures)
    if len(paper.signatures) == 1:
        (left, office), (_, name) = _columns(document, (70, 90), rows=2)
        _recipients(left, paper.recipients)
        _sign([office], [name], paper.signatures)
        return
    for row in rows:
        offices, names = _columns(document, [_TEXT_WIDTH / len(row)] * len(row), rows=2)
        _sign(offices, names, row)
    if paper.recipients:
        _recipients(document, paper.recipients)


def _sign(offices: Sequence[_Cell], names: Sequence[_Cell], signatures: Sequence[Signature]) -> None:
    """Offices above, room for the pen, names below: the names of a row stand on one line."""
    pen = Pt(24 if any(len(lines_of(signature.note)) > 1 for signature in signatures) else 52)
    for office, name, signature in zip(offices, names, signatures, strict=True):
        _line(office, signature.prefix.upper(), size=13.5, bold=True)
        _line(office, signature.post.upper(), size=13.5, bold=True)
        for note in lines_of(signature.note):
            _line(office, note, size=11.5, italic=True)
        for paragraph in office.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
        below = _centred(name.paragraphs[0])
        below.paragraph_format.space_before, below.paragraph_format.space_after = pen, Pt(12)
        _run(below, signature.name, size=13.5, bold=True)


def _recipients(where: DocumentType | _Cell, recipients: Iterable[str]) -> None:
    lines = list(recipients)
    if not lines:
        return
    _run(where.add_paragraph(), "Nơi nhận:", size=12, bold=True, italic=True)
    for line in lines:
        paragraph = where.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _run(paragraph, f"- {line}", size=11)


# ---------- small parts ----------
def _run(paragraph: DocxParagraph, text: str, *, size: float = 14, bold: bool = False, italic: bool = False):
    run = paragraph.add_run(printable(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return run


def _centred(paragraph: DocxParagraph) -> DocxParagraph:
    paragraph.alignment = Align.CENTER
    return paragraph


def _line(cell: _Cell, text: str, **look) -> None:
    """One centred line in a cell; nothing for an empty text. The paragraph every new cell has is used first."""
    if not text:
        return
    first = cell.paragraphs[0]
    fresh = len(cell.paragraphs) == 1 and not first.runs and first.paragraph_format.space_before is None
    paragraph = _centred(first if fresh else cell.add_paragraph())
    paragraph.paragraph_format.space_after = Pt(0)
    _run(paragraph, text, **look)


def _columns(document: DocumentType, widths: Sequence[float], rows: int = 1) -> list[list[_Cell]]:
    """Rows of cells side by side without rules, `widths` in millimetres, no row torn across pages."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _widths(table, widths)
    return [list(_whole(row).cells) for row in table.rows]


def _whole(row: _Row) -> _Row:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row


def _widths(table: DocxTable, millimetres: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, millimetres, strict=True):
            cell.width = Mm(width) if len(set(row.cells)) == len(millimetres) else cell.width


def _rule(where: DocumentType | _Cell, *, indent: float) -> None:
    """A thin line: a small empty paragraph with a border on top, `indent` millimetres in from both sides."""
    paragraph = where.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(indent)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(2), Pt(4), Pt(4)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _page_number(paragraph: DocxParagraph) -> None:
    run = _run(paragraph, "", size=13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
