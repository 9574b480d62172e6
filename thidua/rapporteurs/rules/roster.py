"""A unit's corps from a spreadsheet: read by its headings, checked cell by cell against what is kept, nothing written here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from thidua.kernel.errors import Refused
from thidua.kernel.text import fold
from thidua.rapporteurs.rules.corps import MOST_MONTHS, Span, check_term, identity, settled_end, tidy

COLUMNS = {
    "kind": "Loại",
    "level": "Cấp",
    "name": "Họ và tên",
    "post_title": "Chức vụ",
    "field": "Lĩnh vực",
    "contact": "Liên hệ (điện thoại cơ quan)",
    "decision": "Số quyết định",
    "issuer": "Cơ quan ban hành",
    "decided_on": "Ngày quyết định",
    "starts_on": "Từ ngày",
    "months": "Số tháng",
    "ends_on": "Đến ngày",
}
"""The columns with the headings of the template, in its order."""
REQUIRED = ("kind", "level", "name", "post_title")
KINDS = {"Báo cáo viên": "rapporteur", "Cộng tác viên": "collaborator"}
LEVELS = {"Trung ương": "central", "Tỉnh, thành phố": "province", "Huyện và tương đương": "district", "Cơ sở": "grassroots"}
"""The words of the template with the values of models.CorpsKind and directives.models.Level (a test compares them)."""
MOST_ROWS = 500
MOST_LINES = 2_000
"""Of the file, whatever they say: notes may stand around the table."""
LONGEST = {"name": 200, "post_title": 200, "field": 200, "contact": 200, "decision": 60, "issuer": 200}
_TERM = ("decision", "issuer", "decided_on", "starts_on", "months", "ends_on")
_TERM_NEEDS = ("decision", "decided_on", "starts_on")
_OTHER_HEADINGS = {"ho ten": "name", "lien he": "contact", "so qd": "decision", "thoi han (thang)": "months"}
_HEADINGS = {fold(title): key for key, title in COLUMNS.items()} | _OTHER_HEADINGS
_KINDS = {fold(words): kind for words, kind in KINDS.items()} | {"bcv": "rapporteur", "ctv": "collaborator"}
_LEVELS = {fold(words): level for words, level in LEVELS.items()} | {
    "cap trung uong": "central", "tinh": "province", "cap tinh": "province", "thanh pho": "province", "huyen": "district",
    "cap huyen": "district", "cap co so": "grassroots", "xa": "grassroots", "cap xa": "grassroots",
}  # fmt: skip
_NO_WORD = {"kind": "rapporteurs.cell_no_kind", "level": "rapporteurs.cell_no_level"}
_HEADER_WITHIN = 20
_MOST_CELL = 1_000
_DAY = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTHS = re.compile(r"(\d{1,4})(?:\s*(?:tháng|thang|th))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its number there and its cells by column, as text."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be taken: `column` is its heading, `code` and `facts` make the sentence that says what to do."""

    row: int
    column: str
    value: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term that a row gives."""

    span: Span
    issuer: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Planned:
    """What a right row does: `how` is "add", "renew" (a further term of a known member) or "same" (all of it is kept already)."""

    row: int
    how: str
    values: Mapping[str, str]
    term: NewTerm | None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Whom the row means."""
        return identity(*(self.values[name] for name in REQUIRED))


@dataclass(frozen=True, slots=True)
class Kept:
    """A member that the unit has: terms, and whether they have left."""

    spans: Sequence[Span] = ()
    left: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows that are right, and every fault in the order of the file."""

    planned: list[Planned]
    faults: list[Fault]

    def count(self, how: str) -> int:
        """How many rows would do that."""
        return sum(row.how == how for row in self.planned)


def rows_of(sheets: Iterable[tuple[str, Sequence[Sequence[object]]]]) -> list[Row]:
    """The rows below the headings in the first of the sheets (name, rows) that has the headings "Họ và tên" and "Loại".

    Refuses rapporteurs.roster_no_header, .roster_stranger (a heading that is no column: its cells would be lost),
    .roster_heading_twice, .roster_empty and .roster_too_long, all at the field `upload`.
    """
    for _name, rows in sheets:
        for place, row in enumerate(rows[:_HEADER_WITHIN]):
            keys = [_HEADINGS.get(fold(_text(cell))) for cell in row]
            if "name" in keys and "kind" in keys:
                return _below(rows, place, keys)
    raise Refused("rapporteurs.roster_no_header", field="upload", first=COLUMNS["name"], second=COLUMNS["kind"])


def _below(rows: Sequence[Sequence[object]], header: int, keys: list[str | None]) -> list[Row]:
    strangers = [_text(cell) for cell, key in zip(rows[header], keys, strict=True) if key is None and _text(cell)]
    if strangers:
        raise Refused("rapporteurs.roster_stranger", field="upload", headings=strangers, columns=list(COLUMNS.values()))
    twice = [COLUMNS[key] for key in COLUMNS if keys.count(key) > 1]
    if twice:
        raise Refused("rapporteurs.roster_heading_twice", field="upload", headings=twice)
    found = []
    for number, row in enumerate(rows[header + 1 :], header + 2):
        cells = {key: text for key, cell in zip(keys, row, strict=False) if key and (text := _text(cell))}
        if cells:
            found.append(Row(number, cells))
    if not found:
        raise Refused("rapporteurs.roster_empty", field="upload")
    if len(found) > MOST_ROWS:
        raise Refused("rapporteurs.roster_too_long", field="upload", rows=len(found), most=MOST_ROWS)
    return found


def _text(cell: object) -> str:
    """A cell as people would type it: days as dd-mm-yyyy, whole numbers without `.0`."""
    if isinstance(cell, date | datetime):
        return f"{cell.day:02}-{cell.month:02}-{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return tidy(str(cell))[:_MOST_CELL]


def day_in(text: str) -> date | None:
    """A day typed as dd-mm-yyyy, dd/mm/yyyy, dd.mm.yyyy or yyyy-mm-dd within 1900–2200; None for anything else, 30-02 too."""
    if found := _DAY.fullmatch(text):
        day, month, year = found.groups()
    elif found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    else:
        return None
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return made if 1900 <= made.year <= 2200 else None


def check(rows: Iterable[Row], kept: Mapping[tuple[str, str, str, str], Kept], today: date) -> Checked:
    """Every row against the unit's corps as it is kept, and against the rows above it.

    Faults: rapporteurs.cell_missing, .cell_too_long, .cell_no_kind, .cell_no_level, .cell_no_day, .cell_no_months,
    .cell_twice, .cell_has_left, and what `corps.settled_end` and `corps.check_term` refuse.
    """
    known = {key: Kept(list(one.spans), one.left) for key, one in kept.items()}
    seen: dict[tuple[object, ...], int] = {}
    planned: list[Planned] = []
    faults: list[Fault] = []
    for row in rows:
        desk = _Desk(row, today)
        values, term = desk.values(), desk.term()
        if not desk.faults:
            made = desk.planned(values, term, known, seen)
            if made is not None:
                planned.append(made)
        faults += desk.faults
    return Checked(planned, faults)


class _Desk:
    """One row being checked."""

    def __init__(self, row: Row, today: date) -> None:
        self.row, self.today = row, today
        self.faults: list[Fault] = []

    def fault(self, column: str, code: str, **facts: object) -> None:
        self.faults.append(Fault(self.row.number, COLUMNS[column], self.row.cells.get(column, ""), code, facts))

    def values(self) -> dict[str, str]:
        """The member's values; kind and level as they are kept."""
        given = {column: self.row.cells.get(column, "") for column in ("kind", "level", "name", "post_title", "field", "contact")}
        for column in COLUMNS:
            text = self.row.cells.get(column, "")
            if column in REQUIRED and not text:
                self.fault(column, "rapporteurs.cell_missing")
            elif len(text) > LONGEST.get(column, _MOST_CELL):
                self.fault(column, "rapporteurs.cell_too_long", length=len(text), most=LONGEST[column])
        return given | {"kind": self._word("kind", _KINDS, KINDS), "level": self._word("level", _LEVELS, LEVELS)}

    def _word(self, column: str, words: Mapping[str, str], offered: Mapping[str, str]) -> str:
        text = self.row.cells.get(column, "")
        found = words.get(fold(text), "")
        if text and not found:
            self.fault(column, _NO_WORD[column], offered=list(offered))
        return found

    def term(self) -> NewTerm | None:
        """The term that the row gives; None without any word of one."""
        cells = self.row.cells
        if not any(column in cells for column in _TERM):
            return None
        for column in _TERM_NEEDS:
            if column not in cells:
                self.fault(column, "rapporteurs.cell_missing")
        decided_on, starts_on, ends_on = (self._day(column) for column in ("decided_on", "starts_on", "ends_on"))
        months = self._months()
        if self.faults or decided_on is None or starts_on is None:
            return None
        try:
            span = Span(starts_on, settled_end(starts_on, months, ends_on), cells["decision"])
            check_term(span, (), decided_on=decided_on, today=self.today)
        except Refused as refused:
            self._refused(refused)
            return None
        return NewTerm(span, cells.get("issuer", ""), decided_on)

    def _day(self, column: str) -> date | None:
        text = self.row.cells.get(column, "")
        found = day_in(text)
        if text and found is None:
            self.fault(column, "rapporteurs.cell_no_day", example=f"05-02-{self.today.year}")
        return found

    def _months(self) -> int | None:
        text = self.row.cells.get("months", "")
        found = _MONTHS.fullmatch(text)
        if text and not found:
            self.fault("months", "rapporteurs.cell_no_months")
        if found and not 1 <= int(found[1]) <= MOST_MONTHS:
            self.fault("months", "rapporteurs.months_out_of_range", most=MOST_MONTHS)
        return int(found[1]) if found else None

    def _refused(self, refused: Refused) -> None:
        column = str(refused.facts.get("field", "starts_on"))
        self.fault(column, refused.code, **{name: fact for name, fact in refused.facts.items() if name != "field"})

    def planned(
        self,
        values: Mapping[str, str],
        term: NewTerm | None,
        known: dict[tuple[str, str, str, str], Kept],
        seen: dict[tuple[object, ...], int],
    ) -> Planned | None:
        """What the row does, or None after a fault. Notes in `known` and `seen` what the rows below must fit to."""
        key = identity(*(values[name] for name in REQUIRED))
        there = known.get(key)
        first = seen.setdefault((key, term), self.row.number)
        if first != self.row.number:
            self.fault("name", "rapporteurs.cell_twice", first=first)
            return None
        if there and there.left:
            self.fault("name", "rapporteurs.cell_has_left")
            return None
        spans = list(there.spans) if there else []
        if there and (term is None or term.span in spans):
            return Planned(self.row.number, "same", values, None)
        if term is not None:
            try:
                check_term(term.span, spans, decided_on=term.decided_on, today=self.today)
            except Refused as refused:
                self._refused(refused)
                return None
            spans.append(term.span)
        known[key] = Kept(spans)
        return Planned(self.row.number, "renew" if there else "add", values, term)
