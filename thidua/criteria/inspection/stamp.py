"""The stamp of a template: which table it was downloaded from. It lies in a hidden sheet and comes back with the file."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

SHEET = "_thidua"
_KIND = "criteria"


class _Sheet(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def rows(self) -> Sequence[Sequence[object]]: ...


@dataclass(frozen=True, slots=True)
class Stamp:
    """The table a file was made from: cluster, year, number and digest of the version; number 0 is an empty template."""

    cluster: str
    year: int
    number: int
    digest: str = ""


def lines_of(stamp: Stamp) -> list[tuple[str, str]]:
    """The stamp as the lines of its sheet: names and texts."""
    return [("kind", _KIND), *((name, str(value)) for name, value in asdict(stamp).items())]


def stamp_in(sheets: Iterable[_Sheet]) -> Stamp | None:
    """The stamp among the sheets; None where there is none, or somebody has written into it."""
    for sheet in sheets:
        if sheet.name != SHEET:
            continue
        found = {str(row[0]): _plain(row[1]) for row in sheet.rows if len(row) > 1}
        if found.get("kind") == _KIND and found.get("year", "").isdigit() and found.get("number", "").isdigit():
            return Stamp(found.get("cluster", ""), int(found["year"]), int(found["number"]), found.get("digest", ""))
    return None


def _plain(cell: object) -> str:
    """A spreadsheet may have made numbers of the texts."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
