"""A small graph of a document's relations, laid out for a narrow column: what points to it above, what it points to below.

Lengths are units of the SVG's viewBox; at WIDTH a phone shows it one to one. No two lines cross, however many documents.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 360
BOX_HEIGHT = 44
_STEP = BOX_HEIGHT + 12
_TRUNK, _LEFT, _MIDDLE_WIDTH = 14, 128, 250
_NAME_LETTERS, _TITLE_LETTERS = 31, 37


@dataclass(frozen=True, slots=True)
class Link:
    """How a document relates to the one in the middle. `way`: "in" (it points to the middle), "out" or "both" (symmetric);
    `labels` are the kinds of its relations that go this way."""

    key: int
    name: str
    title: str
    labels: tuple[str, ...]
    way: str


@dataclass(frozen=True, slots=True)
class Box:
    """A document at its place; `key` is None for the one in the middle."""

    key: int | None
    x: int
    y: int
    width: int
    name: str
    title: str

    @property
    def text_x(self) -> int:
        return self.x + 10

    @property
    def name_y(self) -> int:
        return self.y + 18

    @property
    def title_y(self) -> int:
        return self.y + 34


@dataclass(frozen=True, slots=True)
class Line:
    """A line from the trunk to a box, with its labels (words, x, y) above and below it and the points of its arrow heads."""

    path: str
    labels: tuple[tuple[str, int, int], ...]
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything to draw."""

    width: int
    height: int
    boxes: list[Box]
    lines: list[Line]


def common_way(ways: Iterable[str]) -> str:
    """The way of one line for several relations: that of those with a direction, "both" when they have none or contradict."""
    directed = set(ways) - {"both"}
    return directed.pop() if len(directed) == 1 else "both"


def layout(name: str, title: str, links: Sequence[Link]) -> Graph:
    """The document in the middle, others around it: those that refer to it above, the rest below."""
    above = [link for link in links if link.way == "in"]
    below = [link for link in links if link.way != "in"]
    middle = len(above) * _STEP
    boxes, lines = [Box(None, 0, middle, _MIDDLE_WIDTH, _short(name, _NAME_LETTERS), _short(title, _TITLE_LETTERS))], []
    for row, link in enumerate(above):
        boxes.append(_box(link, row * _STEP))
        lines.append(_line(link, row * _STEP + BOX_HEIGHT // 2, middle))
    for row, link in enumerate(below, len(above) + 1):
        boxes.append(_box(link, row * _STEP))
        lines.append(_line(link, row * _STEP + BOX_HEIGHT // 2, middle + BOX_HEIGHT))
    return Graph(WIDTH, len(links) * _STEP + BOX_HEIGHT, boxes, lines)


def _box(link: Link, y: int) -> Box:
    return Box(link.key, _LEFT, y, WIDTH - _LEFT, _short(link.name, _NAME_LETTERS), _short(link.title, _TITLE_LETTERS))


def _line(link: Link, y: int, root: int) -> Line:
    at_box = f"{_LEFT},{y} {_LEFT - 8},{y - 4} {_LEFT - 8},{y + 4}"
    at_trunk = f"{_TRUNK},{y} {_TRUNK + 8},{y - 4} {_TRUNK + 8},{y + 4}"
    heads = {"in": (at_trunk,), "out": (at_box,), "both": (at_box, at_trunk)}[link.way]
    words = (link.labels[0], ", ".join(link.labels[1:]))
    labels = tuple((text, _TRUNK + 10, place) for text, place in zip(words, (y - 6, y + 15), strict=True) if text)
    return Line(f"M {_TRUNK} {root} V {y} H {_LEFT}", labels, heads)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
