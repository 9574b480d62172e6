"""A unit's sheet that was filled in as a file and comes back: what its cells say, row by row, and what is wrong with them.

Read are the columns of the scores table (commands.md) with `reason` and `stamp`, under these names or under those the workbook
shows. The stamp stands in every row: whose sheet it is, for which version, and the revision of the line when the file was made.
Rows may be sorted or left out; a row that says nothing erases only what the person saw there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from thidua.criteria.rules import Problem
from thidua.criteria.rules.grid import Record, read_grid

FIGURE_COLUMNS = ("points", "actual", "target", "count", "grade", "days_late", "passed")
LABELS = {
    "unit": "đơn vị",
    "code": "mã",
    "title_vi": "tiêu chí",
    "max_points": "tối đa",
    "rule_text_vi": "cách tính",
    "points": "điểm",
    "actual": "thực hiện",
    "target": "chỉ tiêu",
    "count": "số lần",
    "grade": "mức",
    "days_late": "ngày chậm",
    "passed": "kết quả",
    "assigned": "giao",
    "reason": "lý do",
    "stamp": "dấu",
}
"""What the columns are called in the workbook; the file is read under either name."""
_NAMES = {label: name for name, label in LABELS.items()}
_COMPUTED = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = ("points", "actual", "target", "count", "days_late")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from: cluster, year and unit, and the beginning of the digest of the criteria."""

    cluster: str
    year: int
    unit: str
    version: str

    def stamp(self, revision: int) -> str:
        """What stands in a row of the file."""
        return f"{self.cluster}/{self.year}/{self.unit}/{self.version}/{revision}"


def origin_in(stamp: str) -> tuple[Origin, int] | None:
    """The origin and the revision that a stamp names; None for what is no stamp."""
    parts = stamp.split("/")
    if len(parts) != 5 or not (parts[1].isdecimal() and parts[4].isdecimal()) or len(parts[1]) > 4 or len(parts[4]) > 9:
        return None
    return Origin(parts[0], int(parts[1]), parts[2], parts[3]), int(parts[4])


@dataclass(frozen=True, slots=True)
class Way:
    """How one row may be filled in: its columns, the choices (as written → the value kept), whether points may be granted for
    the row as a whole, and whether it concerns the unit."""

    columns: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
    assigned: bool = True

    def chosen(self, text: str) -> str | None:
        """The value of what was written for a choice, in large or small letters, with or without the words after its value;
        None for what is no choice."""
        folded = {words.casefold(): value for words, value in self.choices.items()}
        found = folded.get(text.casefold())
        return folded.get(text.partition(" · ")[0].casefold()) if found is None else found


@dataclass(frozen=True, slots=True)
class FilledRow:
    """What one row of the file says. `reason` is None where the file has no such column, `revision` where it has no stamp."""

    row: int
    code: str
    figures: Mapping[str, object]
    reason: str | None
    revision: int | None


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """The rows of a file in its order, what is wrong with its cells, and the origins that its stamps name."""

    rows: tuple[FilledRow, ...]
    problems: tuple[Problem, ...]
    origins: tuple[Origin, ...]


def named_columns(header: Sequence[str]) -> list[str]:
    """The header under the names of the scores table; what it does not know stays as it is."""
    cleaned = [name.strip().lstrip("\ufeff").lower() for name in header]
    return [_NAMES.get(name, name) for name in cleaned]


def guarded(text: str) -> str:
    """A text as it stands in a CSV that people open in a spreadsheet: an apostrophe keeps what begins like a formula from being
    computed there (`=HYPERLINK(…)`). `unguarded` takes it off again."""
    return f"'{text}" if text.lstrip("'")[:1] in _COMPUTED and text else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'")[:1] in _COMPUTED else text


def read_filled(rows: Sequence[Sequence[str]], ways: Mapping[str, Way], unit_names: Sequence[str]) -> FilledSheet:
    """The file's rows against what each row of the sheet takes; never raises for what is in the cells.

    Problems: of the frame as in every table (`criteria.*`), kernel.points_* for what is no number, and scoring.unknown_code,
    scoring.duplicate_code, scoring.other_unit, scoring.column_not_used, scoring.heading_filled, scoring.row_not_assigned,
    scoring.two_ways, scoring.not_a_choice. Unknown columns are passed over: people add their own.
    """
    named = [named_columns(rows[0]), *rows[1:]] if rows else []
    grid = read_grid(named, required=("code",), optional=tuple(LABELS))
    problems = [problem for problem in grid.problems if problem.is_error]
    if any(problem.row == 1 for problem in problems):
        return FilledSheet((), tuple(problems), ())
    reader = _Reader(ways, unit_names, "reason" in named[0] if named else False, problems)
    read = [row for record in grid.records if (row := reader.read(record)) is not None]
    problems.sort(key=lambda problem: problem.row or 0)
    return FilledSheet(tuple(read), tuple(problems), tuple(reader.origins))


class _Reader:
    def __init__(self, ways: Mapping[str, Way], unit_names: Sequence[str], with_reason: bool, problems: list[Problem]) -> None:
        self.ways, self.unit_names, self.with_reason, self.problems = ways, unit_names, with_reason, problems
        self.origins: dict[Origin, None] = {}
        self._seen: dict[str, int] = {}

    def read(self, record: Record) -> FilledRow | None:
        """One row; None where it names no row of the sheet."""
        code = record.text("code")
        way = self.ways.get(code)
        if way is None:
            self._tell("scoring.unknown_code", record, "code", item=code or "–")
            return None
        first = self._seen.setdefault(code, record.row)
        if first != record.row:
            self._tell("scoring.duplicate_code", record, "code", item=code, first=first)
            return None
        if record.text("unit") and record.text("unit") not in self.unit_names:
            self._tell("scoring.other_unit", record, "unit", found=record.text("unit"), unit=self.unit_names[-1])
        reason = unguarded(record.text("reason")) if self.with_reason and way.assigned else None
        return FilledRow(record.row, code, self._figures(record, way, reason), reason, self._revision(record))

    def _revision(self, record: Record) -> int | None:
        found = origin_in(record.text("stamp"))
        if found is None:
            return None
        self.origins[found[0]] = None
        return found[1]

    def _figures(self, record: Record, way: Way, reason: str | None) -> dict[str, object]:
        filled = [name for name in FIGURE_COLUMNS if record.text(name)]
        if not way.assigned:
            if filled:
                self._tell("scoring.row_not_assigned", record, filled[0])
            return {}
        if not way.columns:
            for name in [*filled, *(["reason"] if reason else [])]:
                self._tell("scoring.heading_filled", record, name)
            return {}
        usable = {*way.columns, *(["points"] if way.whole else [])}
        for name in filled:
            if name not in usable:
                self._tell("scoring.column_not_used", record, name, columns=", ".join(LABELS[used] for used in way.columns))
        if way.whole and "points" in filled and any(name in way.columns for name in filled if name != "points"):
            self._tell("scoring.two_ways", record, "points")
        values = {name: self._value(record, name, way) for name in filled if name in usable}
        return {name: value for name, value in values.items() if value is not None}

    def _value(self, record: Record, name: str, way: Way) -> Decimal | str | bool | None:
        if name in _NUMBERS:
            return record.number(name, self.problems)
        text = record.text(name)
        chosen = way.chosen(text)
        if chosen is None:
            self._tell("scoring.not_a_choice", record, name, text=text[:40])
            return None
        return chosen if name == "grade" else {"1": True, "0": False}.get(chosen)

    def _tell(self, code: str, record: Record, column: str, **facts: object) -> None:
        self.problems.append(Problem(code, record.row, column, facts))


def in_file_words(problem: Problem, header: Sequence[str]) -> Problem:
    """The problem with its column as the file itself calls it."""
    names = named_columns(header)
    if problem.column not in names:
        return problem
    return replace(problem, column=header[names.index(problem.column)].strip())
