"""A filled list of certificates, read row by row: what is wrong where, or how many of each group. Names stay in here."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thidua.directives.rules.passages import runs
from thidua.kernel.errors import Refused
from thidua.kernel.text import fold

HEADINGS = ("Số", "Họ và tên", "Nhóm", "Ký nhận")
"""Of the columns, as the workbook has them; found again whatever their order."""

_NUMBER, _NAME, _GROUP, _SIGNATURE = HEADINGS
_FIRST_ROWS = 30
"""Within which the headings must stand."""

MOST_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell to be mended: its row as the spreadsheet numbers it, its column, what it says, and the code of what to do."""

    row: int
    column: str
    value: str
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SameFault:
    """One thing to mend in several rows: the first of them as a fault, how many there are, and runs of neighbours."""

    fault: Fault
    count: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a list says: how many of each group, or its faults."""

    counts: dict[str, int]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    number: str
    name: str
    group: str


def read_list(rows: Iterable[Sequence[object]], groups: Mapping[str, str]) -> ReadList:
    """Counts by group out of the rows of a sheet, first row first. `groups`: word of a group → its key.

    Refuses a sheet without the headings (directives.list_without_headings), without a line (directives.list_empty) and
    beyond MOST_NAMES (directives.list_too_long). A fault is a missing name, a name or number that stands twice, or a group
    that is missing or unknown.
    """
    keys = {fold(word): key for word, key in groups.items()}
    lines = _lines(list(rows))
    if not lines:
        raise Refused("directives.list_empty", field="list")
    if len(lines) > MOST_NAMES:
        raise Refused("directives.list_too_long", field="list", most=MOST_NAMES)
    faults: list[Fault] = []
    counts: dict[str, int] = {}
    names: dict[tuple[str, str], int] = {}
    numbers: dict[str, int] = {}
    for line in lines:
        group = keys.get(fold(line.group))
        faults += _faults_of(line, group, "; ".join(groups), names, numbers)
        if group:
            counts[group] = counts.get(group, 0) + 1
    return ReadList(counts, tuple(faults))


def gathered(faults: Iterable[Fault]) -> list[SameFault]:
    """The same fault in many rows told once, in the order of its first row."""
    alike: dict[tuple[object, ...], list[Fault]] = {}
    for fault in faults:
        alike.setdefault((fault.column, fault.value, fault.code, *sorted(fault.facts.items())), []).append(fault)
    return [SameFault(same[0], len(same), tuple(runs(fault.row for fault in same))) for same in alike.values()]


def _faults_of(
    line: _Line, group: str | None, known: str, names: dict[tuple[str, str], int], numbers: dict[str, int]
) -> list[Fault]:
    found = []
    name, number = _plain(line.name), _plain(line.number)
    if not name:
        found.append(Fault(line.row, _NAME, "", "directives.list_name_missing", {}))
    elif (first := names.setdefault((name, fold(line.group)), line.row)) != line.row:
        found.append(Fault(line.row, _NAME, line.name, "directives.list_name_twice", {"first": first}))
    if _has_digit(number) and (first := numbers.setdefault(number, line.row)) != line.row:
        found.append(Fault(line.row, _NUMBER, line.number, "directives.list_number_twice", {"first": first}))
    if not line.group:
        found.append(Fault(line.row, _GROUP, "", "directives.list_group_missing", {"known": known}))
    elif group is None:
        found.append(Fault(line.row, _GROUP, line.group, "directives.list_group_unknown", {"known": known}))
    return found


def _lines(rows: list[Sequence[object]]) -> list[_Line]:
    """The rows below the headings that say anything."""
    place, columns = _headings(rows)
    lines = []
    for row, cells in enumerate(rows[place + 1 :], place + 2):
        texts = {heading: _text(cells[at]) if at < len(cells) else "" for heading, at in columns.items()}
        if any(texts.values()):
            lines.append(_Line(row, texts.get(_NUMBER, ""), texts[_NAME], texts[_GROUP]))
    return lines


def _headings(rows: list[Sequence[object]]) -> tuple[int, dict[str, int]]:
    wanted = {fold(heading): heading for heading in HEADINGS}
    for place, cells in enumerate(rows[:_FIRST_ROWS]):
        columns = {wanted[word]: at for at, cell in enumerate(cells) if (word := fold(_text(cell))) in wanted}
        if _NAME in columns and _GROUP in columns:
            return place, columns
    raise Refused("directives.list_without_headings", field="list", name=_NAME, group=_GROUP)


def _text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return " ".join(str(int(cell) if whole else cell).split())  # type: ignore[call-overload]


def _plain(text: str) -> str:
    """As compared: two names that differ in a mark are two people, two that differ in capitals are one."""
    return unicodedata.normalize("NFC", text).casefold()


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
