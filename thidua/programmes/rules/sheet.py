"""A table of tasks from a spreadsheet: read by content, checked cell by cell, nothing kept until every row is right."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from thidua.kernel.errors import Refused
from thidua.kernel.text import fold
from thidua.programmes.rules.tasks import MOST_TITLE, Draft, State, check_days

COLUMNS = {
    "title": "Nhiệm vụ",
    "detail": "Chi tiết",
    "owner": "Chức vụ phụ trách",
    "starts_on": "Bắt đầu",
    "due_on": "Hạn",
    "state": "Trạng thái",
    "done_on": "Ngày xong",
    "clauses": "Mục",
    "parent": "Là việc con của",
}
"""The columns with the headings of the template, in its order."""
STATES = {"Dự kiến": State.PLANNED, "Đang làm": State.DOING, "Xong": State.DONE}
"""What a row may say; waiting and dropped need a reason and are said on the task's page."""
MOST_ROWS = 1000
MOST_CELL = 5000
MOST_LINES = 20_000
"""Of a file, whatever they say: a table to be taken in may have notes around it, and other sheets."""
MOST_COLUMNS = 500
MOST_CSV = 4 * 2**20
_OTHER_HEADINGS = {"tên nhiệm vụ": "title", "người phụ trách": "owner", "người/chức vụ phụ trách": "owner",
                   "phụ trách": "owner", "ngày bắt đầu": "starts_on", "hạn hoàn thành": "due_on",
                   "điều khoản": "clauses", "nhiệm vụ cha": "parent"}  # fmt: skip
_HEADINGS = {fold(title): key for key, title in COLUMNS.items()} | {fold(t): key for t, key in _OTHER_HEADINGS.items()}
_PLACES = {title: place for place, title in enumerate(COLUMNS.values())}
_HEADER_WITHIN = 20
_DAY = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its number there and its cells by column, as text."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: the sheet's name (empty for CSV), the rows below the header, headings that are no column."""

    sheet: str
    rows: list[Row]
    strangers: list[str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be taken: `column` is its heading, `code` and `facts` make the sentence that says what to do."""

    row: int
    column: str
    value: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def table_of(sheets: Iterable[tuple[str, Sequence[Sequence[object]]]]) -> Table:
    """The table in the first of the sheets (name, rows) that has the heading "Nhiệm vụ".

    Refuses programmes.sheet_no_header, .sheet_empty, .sheet_too_long (1,000 rows), all at the field `upload`.
    """
    wanted = {fold(COLUMNS["title"]), fold("Tên nhiệm vụ")}
    for name, rows in sheets:
        for place, row in enumerate(rows[:_HEADER_WITHIN]):
            if not wanted.isdisjoint(fold(_text(cell)) for cell in row):
                return _table(name, rows, place)
    raise Refused("programmes.sheet_no_header", field="upload", heading=COLUMNS["title"], rows=_HEADER_WITHIN)


def _table(name: str, rows: Sequence[Sequence[object]], header: int) -> Table:
    headings = [_text(cell) for cell in rows[header]]
    keys = [_HEADINGS.get(fold(cell)) for cell in headings]
    strangers = [cell for cell, key in zip(headings, keys, strict=True) if key is None and cell]
    found = []
    for number, row in enumerate(rows[header + 1 :], header + 2):
        cells = {key: text for key, cell in zip(keys, row, strict=False) if key and (text := _text(cell))}
        if cells:
            found.append(Row(number, cells))
    if not found:
        raise Refused("programmes.sheet_empty", field="upload")
    if len(found) > MOST_ROWS:
        raise Refused("programmes.sheet_too_long", field="upload", rows=len(found), limit=MOST_ROWS)
    return Table(name, found, strangers)


def csv_rows(content: bytes) -> list[list[str]]:
    """The cells of a CSV in UTF-8, separated by commas, semicolons or tabs. Nothing beyond a limit is looked at.

    Refuses programmes.sheet_too_heavy (4 MiB), .sheet_not_text, .sheet_damaged, files.sheet_too_long (MOST_LINES, blank ones
    too) and files.sheet_too_wide (MOST_COLUMNS), all at the field `upload`.
    """
    if len(content) > MOST_CSV:
        raise Refused("programmes.sheet_too_heavy", field="upload", megabytes=MOST_CSV // 2**20)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("programmes.sheet_not_text", field="upload") from None
    if "\0" in text:
        raise Refused("programmes.sheet_not_text", field="upload")
    beginning = islice(io.StringIO(text), _HEADER_WITHIN)
    header = next((line for line in beginning if fold(COLUMNS["title"]) in fold(line)), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    try:
        rows = list(islice(reader, MOST_LINES + 1))
    except csv.Error:
        raise Refused("programmes.sheet_damaged", field="upload") from None
    if len(rows) > MOST_LINES:
        raise Refused("files.sheet_too_long", field="upload", most=MOST_LINES)
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        raise Refused("files.sheet_too_wide", field="upload")
    return rows


def _text(cell: object) -> str:
    """A cell as people would type it: days as dd-mm-yyyy, whole numbers without `.0`."""
    if isinstance(cell, date | datetime):
        return f"{cell.day:02}-{cell.month:02}-{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFC", str(cell)).replace("\x00", "")
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())[:MOST_CELL]


def day(text: str) -> date | None:
    """A day typed as dd-mm-yyyy, dd/mm/yyyy, dd.mm.yyyy or yyyy-mm-dd within 1900–2200; None for anything else."""
    if found := _DAY.fullmatch(text):
        day_, month, year = found.groups()
    elif found := _ISO.fullmatch(text):
        year, month, day_ = found.groups()
    else:
        return None
    try:
        made = date(int(year), int(month), int(day_))
    except ValueError:
        return None
    return made if 1900 <= made.year <= 2200 else None


@dataclass(frozen=True, slots=True)
class Known:
    """What the programme knows, by folded names: posts and clauses with their ids (several where a name is not unique),
    tasks that may be a parent, the titles of all its tasks; and the documents with their days."""

    posts: Mapping[str, Sequence[int]]
    clauses: Mapping[str, Sequence[int]]
    parents: Mapping[str, int]
    titles: frozenset[str]
    issued: Sequence[tuple[str, date | None]] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A right row: what its task will say. `parent_row`: the row of the file that is its parent, if that is not kept yet."""

    row: int
    draft: Draft
    state: State
    done_on: date | None
    parent_row: int | None
    is_known: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows that are right, and every fault in the order of the file."""

    planned: list[Planned]
    faults: list[Fault]

    @property
    def known(self) -> list[Planned]:
        """Right rows whose title the programme has already."""
        return [row for row in self.planned if row.is_known]


def check(rows: Iterable[Row], known: Known, today: date) -> Checked:
    """Every row against what the programme knows. Faults: programmes.cell_missing, .cell_too_long, .cell_no_day,
    .cell_no_post, .cell_posts, .cell_no_state, .cell_done_needs_day, .cell_day_needs_done, .cell_no_clause, .cell_clauses,
    .cell_no_parent, .cell_twice, and of whole rows what `tasks.check_days` refuses."""
    listed = list(rows)
    tops = {fold(row.cells.get("title", "")): row.number for row in reversed(listed) if "parent" not in row.cells}
    twice = Counter(_key(row) for row in listed)
    planned, faults = [], []
    for row in listed:
        desk = _Desk(row, known, tops, today)
        if "title" in row.cells and twice[_key(row)] > 1:
            desk.fault("title", "programmes.cell_twice", rows=[r.number for r in listed if _key(r) == _key(row)])
        made = desk.planned()
        faults += sorted(desk.faults, key=lambda fault: _PLACES[fault.column])
        if not desk.faults:
            planned.append(made)
    return Checked(planned, faults)


def _key(row: Row) -> tuple[str, str, str]:
    return fold(row.cells.get("title", "")), fold(row.cells.get("parent", "")), row.cells.get("due_on", "")


class _Desk:
    """One row being checked."""

    def __init__(self, row: Row, known: Known, tops: Mapping[str, int], today: date) -> None:
        self.row, self.known, self.tops, self.today = row, known, tops, today
        self.faults: list[Fault] = []

    def fault(self, column: str, code: str, **facts: object) -> None:
        self.faults.append(Fault(self.row.number, COLUMNS[column], self.row.cells.get(column, ""), code, facts))

    def planned(self) -> Planned:
        title = self._title()
        starts_on, due_on, done_on = (self._day(column) for column in ("starts_on", "due_on", "done_on"))
        state = self._state(done_on)
        parent_id, parent_row = self._parent()
        clauses = frozenset(self._clauses())
        self._check_days(starts_on, due_on)
        draft = Draft(title, self.row.cells.get("detail", ""), self._post(), starts_on, due_on, clauses, parent_id)
        return Planned(self.row.number, draft, state, done_on, parent_row, fold(title) in self.known.titles)

    def _title(self) -> str:
        title = " ".join(self.row.cells.get("title", "").split())
        if not title:
            self.fault("title", "programmes.cell_missing")
        elif len(title) > MOST_TITLE:
            self.fault("title", "programmes.cell_too_long", length=len(title), limit=MOST_TITLE)
        return title

    def _day(self, column: str) -> date | None:
        text = self.row.cells.get(column, "")
        found = day(text)
        if text and found is None:
            self.fault(column, "programmes.cell_no_day")
        return found

    def _state(self, done_on: date | None) -> State:
        text = self.row.cells.get("state", "")
        found = next((state for words, state in STATES.items() if fold(words) == fold(text)), None)
        if text and found is None:
            self.fault("state", "programmes.cell_no_state", allowed=list(STATES))
        if found == State.DONE and "done_on" not in self.row.cells:
            self.fault("done_on", "programmes.cell_done_needs_day")
        if found != State.DONE and "done_on" in self.row.cells:
            self.fault("done_on", "programmes.cell_day_needs_done")
        if done_on and done_on > self.today:
            self.fault("done_on", "programmes.done_in_future", day=done_on)
        return found or State.PLANNED

    def _post(self) -> int | None:
        text = self.row.cells.get("owner", "")
        found = self.known.posts.get(fold(text), ())
        if text and not found:
            self.fault("owner", "programmes.cell_no_post")
        elif len(found) > 1:
            self.fault("owner", "programmes.cell_posts", count=len(found))
        return found[0] if len(found) == 1 else None

    def _clauses(self) -> list[int]:
        wanted = []
        for label in filter(None, (part.strip() for part in re.split(r"[;\n]", self.row.cells.get("clauses", "")))):
            found = self.known.clauses.get(fold(label), ())
            if not found:
                self.fault("clauses", "programmes.cell_no_clause", label=label)
            elif len(found) > 1:
                self.fault("clauses", "programmes.cell_clauses", label=label, count=len(found))
            else:
                wanted.append(found[0])
        return wanted

    def _parent(self) -> tuple[int | None, int | None]:
        text = self.row.cells.get("parent", "")
        key = fold(text)
        if not text:
            return None, None
        if key in self.tops and self.tops[key] != self.row.number:
            return None, self.tops[key]
        if key in self.known.parents:
            return self.known.parents[key], None
        self.fault("parent", "programmes.cell_no_parent")
        return None, None

    def _check_days(self, starts_on: date | None, due_on: date | None) -> None:
        try:
            check_days(starts_on, due_on, self.known.issued)
        except Refused as refused:
            self.fault("due_on", refused.code, **refused.facts)
