"""The parser itself, run as `python -m thidua.files.inspection.text PATH KIND MOST`: text on standard output, without Django.

Exit codes: 0 done, 3 the file asks for a password, 4 it cannot be read.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator

import pypdfium2
from docx import Document
from docx.table import Table

from thidua.files.inspection.limits import limit

DONE, LOCKED, BROKEN = 0, 3, 4
MEMORY = 2 * 2**30

_LIST_MARK = re.compile(r"(?:[-–+*•▪]|\(?\d{1,3}[.)]|[IVXLC]{1,6}\.|[a-zđ]\)|(?:Điều|Chương|Mục|Phần|Khoản)\s)")
_SENTENCE_END = tuple('.;:!?”"')
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\u00ad\ufffe\uffff]")
_FULL_LINE = 0.75


def reflowed(page: str) -> str:
    """A page's lines joined to paragraphs: a long line goes on in the next one unless it ends a sentence or a list begins."""
    lines = [line.strip() for line in page.splitlines()]
    longest = max(map(len, lines), default=0)
    found: list[str] = []
    goes_on = False
    for line in lines:
        if line and goes_on and not _LIST_MARK.match(line):
            found[-1] += f" {line}"
        else:
            found.append(line)
        goes_on = len(line) >= _FULL_LINE * longest and not line.endswith(_SENTENCE_END)
    return "\n".join(found)


def pdf_pages(path: str) -> Iterator[str]:
    """The text of each page; a page without text (a picture) is empty."""
    with pypdfium2.PdfDocument(path) as document:
        for number in range(len(document)):
            page = document[number]
            try:
                yield reflowed(page.get_textpage().get_text_bounded())
            finally:
                page.close()


def docx_paragraphs(path: str) -> Iterator[str]:
    """Paragraphs and rows of tables, in their order."""
    for block in Document(path).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells)
        else:
            yield block.text


def cleaned(pieces: Iterable[str], most: int) -> str:
    """The pieces in NFC without control characters, never more than one blank line together, at most `most` characters."""
    found: list[str] = []
    length = 0
    for piece in pieces:
        plain = _UNWANTED.sub("", unicodedata.normalize("NFC", piece.replace("\r\n", "\n").replace("\r", "\n")))
        found.append(plain)
        length += len(plain) + 1
        if length >= most:
            break
    return re.sub(r"\n{3,}", "\n\n", "\n".join(found)).strip()[:most]


def main(path: str, kind: str, most: str) -> int:
    """Print the text of the file and answer with the exit code."""
    limit(MEMORY)
    try:
        text = cleaned(pdf_pages(path) if kind == "pdf" else docx_paragraphs(path), int(most))
    except pypdfium2.PdfiumError as error:
        return LOCKED if "password" in str(error).lower() else BROKEN
    except Exception:  # whatever a parser throws at a file it cannot read means the same
        return BROKEN
    sys.stdout.buffer.write(text.encode(errors="replace"))
    return DONE


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
