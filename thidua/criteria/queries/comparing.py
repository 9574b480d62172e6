"""The difference between two tables in words, and the versions that may be compared."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from thidua.clusters.access import years_visible_to
from thidua.clusters.models import ClusterYear
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.queries.versions import table_of
from thidua.criteria.queries.words import KINDS, METHODS
from thidua.criteria.rules import CriteriaTable
from thidua.criteria.rules.cells import FIGURE_COLUMNS, levels
from thidua.criteria.rules.criterion import Kind, Method, Proof
from thidua.criteria.rules.difference import CellChange, Difference, RowDifference, difference, word_changes
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent
from thidua.kernel.points import format_plain, format_vietnamese

MARKS = {
    "added": ("ok", gettext_lazy("thêm mới")),
    "removed": ("late", gettext_lazy("bỏ")),
    "changed": ("due", gettext_lazy("sửa")),
    "moved": ("wait", gettext_lazy("chuyển chỗ")),
    "recoded": ("wait", gettext_lazy("đổi mã")),
}
"""What may happen to a row: its colour and its word."""

COLUMNS = {
    "code": gettext_lazy("Mã"),
    "title_vi": gettext_lazy("Nội dung tiêu chí"),
    "max_points": gettext_lazy("Điểm tối đa"),
    "kind": gettext_lazy("Loại dòng"),
    "rule_text_vi": gettext_lazy("Cách chấm bằng lời"),
    "unit": gettext_lazy("Đơn vị tính"),
    "source_url": gettext_lazy("Nguồn"),
    "method": gettext_lazy("Cách tính"),
    "per_case": gettext_lazy("Điểm mỗi trường hợp"),
    "cap": gettext_lazy("Mức tối đa của dòng"),
    "over_rate": gettext_lazy("Thưởng cho mỗi 1 % vượt"),
    "over_cap": gettext_lazy("Thưởng vượt nhiều nhất"),
    "adjust_cap": gettext_lazy("Tổng thưởng và trừ không quá"),
    "floor": gettext_lazy("Điểm thấp nhất"),
    "bonus_cap": gettext_lazy("Tổng thưởng không quá"),
    "penalty_cap": gettext_lazy("Tổng trừ không quá"),
    "evidence": gettext_lazy("Yêu cầu minh chứng"),
    "assessor": gettext_lazy("Người theo dõi, chấm"),
    "not_assigned": gettext_lazy("Không giao cho"),
    "grades": gettext_lazy("Tỷ lệ điểm theo xếp loại"),
    "pool": gettext_lazy("Điểm theo thứ hạng"),
}
"""The columns of the table as people call them."""

_PROOFS = {
    Proof.ASKED: gettext_lazy("nên có"),
    Proof.REQUIRED: gettext_lazy("bắt buộc"),
    Proof.NOT_NEEDED: gettext_lazy("không cần"),
}
_LONG = ("title_vi", "rule_text_vi")


@dataclass(frozen=True, slots=True)
class CellWords:
    """A changed cell in words; `pieces` (mark, text) shows long texts as one with what went and what came."""

    name: object
    was: str
    becomes: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row of the difference, ready to be shown: `states` are pairs (colour, word), `level` is its depth in its own table."""

    row: RowDifference
    level: int
    states: list[tuple[str, object]]
    cells: list[CellWords]
    place: str

    @property
    def words(self) -> str:
        """The states as one text, for the workbook."""
        return ", ".join(str(word) for _state, word in self.states)

    @property
    def changes(self) -> str:
        """The changes as one text, a line each, for the workbook."""
        lines = [f"{cell.name}: {cell.was or '–'} → {cell.becomes or '–'}" for cell in self.cells]
        return "\n".join([*lines, *([self.place] if self.place else [])])


@dataclass(frozen=True, slots=True)
class Compared:
    """Two tables side by side: the rows to be shown, the difference behind them, and what it comes to in one sentence."""

    found: Difference
    rows: list[ComparedRow]
    sentence: str

    @property
    def is_same(self) -> bool:
        """Nothing differs."""
        return not self.found.changes

    @property
    def counted(self) -> list[tuple[str, str, object, int]]:
        """Each mark that occurs: its key, colour, word, and on how many rows."""
        return [(mark, *MARKS[mark], count) for mark, count in self.found.counts.items() if count]


def compared(old: CriteriaTable, new: CriteriaTable, only: str = "") -> Compared:
    """What leads from the old table to the new one. `only`: a mark of `MARKS`, "all" rows, otherwise all changes. No query."""
    found = difference(old, new)
    rows = found.rows if only == "all" else tuple(row for row in found.changes if only not in MARKS or only in row.marks)
    before, after = levels(old), levels(new)
    return Compared(found, [_shown(row, old, new, before, after) for row in rows], _sentence(found))


def versions_to_compare(actor: Actor, year: ClusterYear) -> list[CriteriaVersion]:
    """All versions of the cluster's years that this person sees, newest first. One query."""
    years = years_visible_to(actor).filter(cluster=year.cluster_id)
    versions = CriteriaVersion.objects.filter(year__in=years).select_related("year__cluster")
    return list(versions.order_by("-year__year", "-number"))


def choose_two(
    versions: list[CriteriaVersion], year: ClusterYear, older: str, newer: str
) -> tuple[CriteriaVersion | None, CriteriaVersion | None]:
    """The two versions named like "2021-1"; where none is named, the year's newest and the published one before it, for the
    cluster's first version the one after it: always the older first. Absent for a name that none of them has."""
    by_name = {name_of(version): version for version in versions}
    if (older and older not in by_name) or (newer and newer not in by_name):
        raise Absent
    now = by_name.get(newer) or next((v for v in versions if v.year_id == year.pk), None)
    place = versions.index(now) if now else -1
    before = by_name.get(older) or next((v for v in versions[place + 1 :] if not v.is_draft), None)
    if before is None and place > 0 and not newer:  # the cluster's oldest: compared with what came after it
        return now, versions[place - 1]
    return before, now


def name_of(version: CriteriaVersion) -> str:
    """How an address names a version: "2021-1"."""
    return f"{version.year.year}-{version.number}"


def compared_versions(old: CriteriaVersion, new: CriteriaVersion, only: str = "") -> Compared:
    """The same of two versions. Two queries at most."""
    return compared(table_of(old), table_of(new), only)


def _shown(
    row: RowDifference, old: CriteriaTable, new: CriteriaTable, before: dict[str, int], after: dict[str, int]
) -> ComparedRow:
    level = after[row.row.code] if row.becomes else before[row.row.code]
    place = ""
    if row.moved and row.was and row.becomes:
        place = _place(old, row.was.parent, new, row.becomes.parent)
    cells = [_words(cell) for cell in row.cells if cell.column != "code"]  # told by the column of codes
    return ComparedRow(row, min(level, 5), [MARKS[mark] for mark in row.marks], cells, place)


def _place(old: CriteriaTable, was: str, new: CriteriaTable, becomes: str) -> str:
    left, right = _heading(old, was), _heading(new, becomes)
    if was == becomes or left.partition(" ")[2] == right.partition(" ")[2] != "":
        return _("đổi thứ tự trong {heading}").format(heading=right)
    return _("từ {was} sang {becomes}").format(was=left, becomes=right)


def _heading(table: CriteriaTable, code: str) -> str:
    if not code:
        return _("gốc của bảng")
    return f"“{code} {table.by_code[code].title}”".replace(" ”", "”")


def _words(cell: CellChange) -> CellWords:
    was, becomes = _value(cell.column, cell.was), _value(cell.column, cell.becomes)
    pieces = word_changes(was, becomes) if cell.column in _LONG and was and becomes else ()
    return CellWords(COLUMNS.get(cell.column, cell.column), was, becomes, pieces)


def _value(column: str, text: str) -> str:
    """A cell as people read it."""
    if column == "kind":
        return str(KINDS[Kind(text)])
    if column == "method":
        return str(METHODS[Method(text)])
    if column == "evidence":
        return str(_PROOFS[Proof(text)])
    if column in FIGURE_COLUMNS and text:
        return _figure(Decimal(text))
    return text


def _figure(value: Decimal) -> str:
    return format_plain(value, fewest=0) if get_language() == "en" else format_vietnamese(value, most=6)


def _sentence(found: Difference) -> str:
    patterns = {
        "added": ngettext("thêm {n} dòng", "thêm {n} dòng", found.counts["added"]),
        "removed": ngettext("bỏ {n} dòng", "bỏ {n} dòng", found.counts["removed"]),
        "changed": ngettext("sửa {n} dòng", "sửa {n} dòng", found.counts["changed"]),
        "moved": ngettext("chuyển chỗ {n} dòng", "chuyển chỗ {n} dòng", found.counts["moved"]),
        "recoded": ngettext("đổi mã {n} dòng", "đổi mã {n} dòng", found.counts["recoded"]),
    }
    told = [pattern.format(n=found.counts[mark]) for mark, pattern in patterns.items() if found.counts[mark]]
    if not told:
        return _("Hai bảng giống hệt nhau.")
    text = ", ".join(told)
    was, becomes = found.total.was or Decimal(0), found.total.becomes or Decimal(0)
    if was == becomes:
        points = _("tổng điểm vẫn là {points}").format(points=_figure(becomes))
    else:
        points = _("tổng điểm từ {was} thành {becomes}").format(was=_figure(was), becomes=_figure(becomes))
    return f"{text[:1].upper()}{text[1:]}; {points}."
