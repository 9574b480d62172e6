"""From what an editor types in a plain field to safe HTML. Three habits of plain text are understood, nothing else.

A blank line ends a paragraph; a line beginning with "- " is an item of a list; a line beginning with "## " is a sub-heading.
Everything is escaped: no tag that was typed ever becomes a tag.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

HEADING = "## "
ITEM = "- "


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text. `kind`: paragraph, list or heading; `lines` as typed, without the mark, not escaped."""

    kind: str
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """The paragraphs, lists and sub-headings of a text, in order; a sub-heading is always one line."""
    found: list[Block] = []
    for kind, lines in groupby((line.strip() for line in text.splitlines()), key=_kind):
        found.extend(_blocks(kind, list(lines)))
    return found


def to_html(text: str) -> str:
    """The text as HTML with only <p>, <br>, <h2>, <ul> and <li>."""
    return "\n".join(_html(block) for block in blocks(text))


def beginning(text: str, length: int) -> str:
    """The first words of a text on one line, cut at a space to at most `length` characters and an ellipsis."""
    line = " ".join(" ".join(part for block in blocks(text) for part in block.lines).split())
    if len(line) <= length:
        return line
    cut, space, _ = line[:length].rpartition(" ")
    return f"{cut if space else line[: length - 1]}…"


def _kind(line: str) -> str:
    if not line:
        return "blank"
    if line.startswith(HEADING):
        return "heading"
    return "list" if line.startswith(ITEM) else "paragraph"


def _blocks(kind: str, lines: list[str]) -> Iterator[Block]:
    if kind == "heading":
        yield from (Block("heading", (line[len(HEADING) :].strip(),)) for line in lines)
    elif kind == "list":
        yield Block("list", tuple(line[len(ITEM) :].strip() for line in lines))
    elif kind == "paragraph":
        yield Block("paragraph", tuple(lines))


def _html(block: Block) -> str:
    lines = [escape(line) for line in block.lines]
    if block.kind == "heading":
        return f"<h2>{lines[0]}</h2>"
    if block.kind == "list":
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    return f"<p>{'<br>'.join(lines)}</p>"
