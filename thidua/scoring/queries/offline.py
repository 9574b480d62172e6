"""The sheet as a file: how each row may be filled in, what an upload would change, and the uploads there have been."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.criteria.models import CriteriaVersion
from thidua.kernel.points import format_plain
from thidua.people.models import Organisation
from thidua.scoring import rules
from thidua.scoring.models import LineSave, ScoreLine, ScoreSheet, SheetUpload
from thidua.scoring.queries.entry import COLUMNS_OF, Entry, entry_of, figures_of, may_be_granted_whole
from thidua.scoring.queries.results import Result
from thidua.scoring.queries.sheets import options_of
from thidua.scoring.queries.words import figures_in_words
from thidua.scoring.rules.merging import RowState, merge
from thidua.scoring.rules.offline import FilledRow, Origin, Way

VERSION_LETTERS = 12
"""Letters of the criteria's digest in a stamp."""
NEWEST = 5
"""Uploads that the page shows."""


@dataclass(frozen=True, slots=True)
class Change:
    """What taking in one row would change. `by`: who saved the line since the file was made (empty: nobody); `clash`: that person
    wrote in the same cell, which would be replaced."""

    row: int
    code: str
    figures: Mapping[str, object]
    reason: str
    by: str
    clash: bool


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """A change ready to show."""

    row: int
    code: str
    title: str
    was: str
    becomes: str
    reason_was: str
    reason: str
    by: str
    clash: bool


def origin_of(year: ClusterYear, unit: Organisation, version: CriteriaVersion) -> Origin:
    """What the stamps of this unit's file say."""
    return Origin(year.cluster.slug, year.year, unit.slug, version.digest[:VERSION_LETTERS])


def ways_of(result: Result) -> dict[str, Way]:
    """How each row of the sheet may be filled in, in the order of the table: as on the page of the sheet."""
    table = result.table
    unassigned = {row.code for code in result.claimed.unassigned for row in table.subtree(code)}
    found = {}
    for row in table.criteria:
        line = result.lines.get(row.code)
        entry = entry_of(row, table)
        granted = line is not None and line.points is not None and not row.is_band
        whole = may_be_granted_whole(row, table) or granted
        if entry is None and whole:
            entry = Entry.POINTS
        columns = COLUMNS_OF[entry] if entry else ()
        choices = _choices(entry, options_of(entry, row, table)) if entry else {}
        found[row.code] = Way(columns, choices, whole and "points" not in columns, row.code not in unassigned)
    return found


def _choices(entry: Entry, options: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What may be written for a choice: its value, its words as the page shows them, or both as the workbook's list does."""
    found = {}
    for value, words in options:
        if value or entry is Entry.GATE:
            texts = (value, f"{value} · {words}") if entry is Entry.BAND else (value, words)
            found.update({text: value for text in texts if text})
    if entry is Entry.GATE:
        found["1"] = ""
    return found


def listed_choices(way: Way, name: str) -> list[str]:
    """The texts that the workbook's drop-down list offers for a column."""
    if name not in way.columns or not way.choices:
        return []
    by_value: dict[str, str] = {}
    for text, value in way.choices.items():
        by_value[value] = text if len(text) > len(by_value.get(value, "")) else by_value[value]
    return list(by_value.values())


def state_of(kept: ScoreLine | LineSave | None) -> RowState:
    """What stands in a line."""
    if kept is None:
        return RowState({}, "")
    return RowState({name: value for name, value in kept.figures().items() if value not in (None, "")}, kept.reason)


def changes_of(sheet: ScoreSheet, lines: Mapping[str, ScoreLine], filled: Sequence[FilledRow]) -> list[Change]:
    """What taking in the rows would change: their own changes, merged with what others saved since the file was made. One
    query."""
    stale = [row for row in filled if row.revision is not None and row.revision != _revision(lines.get(row.code))]
    saves = LineSave.objects.filter(sheet=sheet, code__in=[row.code for row in stale])
    seen = {(save.code, save.revision): save for save in saves}
    found = []
    for row in filled:
        kept = lines.get(row.code)
        theirs = state_of(kept)
        base: RowState | None = theirs
        if row.revision is not None and row.revision != _revision(kept):
            save = seen.get((row.code, row.revision))
            base = state_of(save) if save is not None or not row.revision else None
        merged = merge(base, theirs, _meant(row, theirs))
        if merged.state != theirs:
            by = kept.edited_by_name if kept is not None and base != theirs else ""
            found.append(Change(row.row, row.code, merged.state.figures, merged.state.reason, by, bool(merged.clashes)))
    return found


def _revision(kept: ScoreLine | None) -> int:
    return kept.revision if kept is not None else 0


def _meant(row: FilledRow, theirs: RowState) -> RowState:
    """What the row wants to be there. Without a stamp nobody knows what its writer saw: empty cells leave what stands there."""
    stamped = row.revision is not None
    reason = theirs.reason if row.reason is None or (not row.reason and not stamped) else row.reason
    return RowState(row.figures if row.figures or stamped else theirs.figures, reason)


def kept_change(change: Change) -> dict[str, object]:
    """The change as it is kept with an upload."""
    return {
        "row": change.row, "code": change.code, "figures": plain_figures(change.figures), "reason": change.reason,
        "by": change.by, "clash": change.clash,
    }  # fmt: skip


def plain_figures(figures: Mapping[str, object]) -> dict[str, object]:
    """Figures as JSON keeps them: decimals as their digits."""
    return {name: format_plain(value, fewest=0) if isinstance(value, Decimal) else value for name, value in figures.items()}


def kept_line(code: str, figures: Mapping[str, object]) -> rules.ScoreLine:
    """The line of figures that were kept."""
    exact = {name: value if name in ("grade", "passed") else Decimal(str(value)) for name, value in figures.items()}
    return rules.ScoreLine(code=code, **exact)


def upload_words(upload: SheetUpload, result: Result) -> list[ChangeWords]:
    """The changes of an upload: before it is taken in, against what stands there now; afterwards, against what stood there."""
    before = {row["code"]: row for row in upload.before or ()}
    found = []
    for row in upload.rows:
        code, line = row["code"], result.lines.get(row["code"])
        was = kept_line(code, before[code]["figures"]) if code in before else line.as_rule() if line else None
        reason_was = before[code]["reason"] if code in before else line.reason if line else ""
        becomes = kept_line(code, row["figures"])
        criterion = result.table.by_code.get(code)
        words = "" if figures_of(was) == figures_of(becomes) else figures_in_words(becomes)
        reason = "" if reason_was == row["reason"] else row["reason"] or _("(bỏ lý do)")
        title = criterion.title if criterion else ""
        shown = (row["row"], code, title, figures_in_words(was), words, reason_was, reason, row["by"], row["clash"])
        found.append(ChangeWords(*shown))
    return found


def uploads_of(sheet: ScoreSheet | None) -> list[SheetUpload]:
    """The newest uploads of the sheet that were taken in. One query."""
    if sheet is None:
        return []
    return list(SheetUpload.objects.filter(sheet=sheet, taken_at__isnull=False).select_related("read_by")[:NEWEST])
