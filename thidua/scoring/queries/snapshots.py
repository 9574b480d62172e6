"""What a sheet said when it was submitted: made once, read for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from thidua.criteria.rules import Criterion
from thidua.scoring import rules
from thidua.scoring.models import FIGURES, Citation, Evidence, ScoreSheet, SheetSnapshot
from thidua.scoring.queries.proof import digests_of
from thidua.scoring.queries.results import Result, seal_of, sealed_content
from thidua.scoring.queries.sheets import is_frame, levels_of
from thidua.scoring.queries.words import figures_in_words, gate_in_words, number


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """A row as it was submitted, ready to show. `proofs`: (name, SHA-256 or "" for what was cited)."""

    code: str
    title: str
    level: int
    maximum: str
    said: str
    points: str
    reason: str
    assigned: bool
    proofs: tuple[tuple[str, str], ...]


def content_of(sheet: ScoreSheet, result: Result) -> dict[str, object]:
    """What a snapshot keeps: `sealed` is what its digest covers, `rows` are the criteria with their points and the names of
    what proves them, as they read at that moment. Four queries."""
    reasons = {code: line.reason for code, line in result.lines.items()}
    proofs = _proofs(sheet)
    levels = levels_of(result.table)
    unassigned = {row.code for code in result.claimed.unassigned for row in result.table.subtree(code)}
    rows = [
        {
            "code": row.code,
            "title": row.title,
            "level": levels[row.code],
            "gate": row.is_gate,
            "maximum": None if row.is_gate else _plain(row.max_points),
            "points": _points(result, row),
            "assigned": row.code not in unassigned,
            "proofs": proofs.get(row.code, []),
        }
        for row in result.table.criteria
        if not is_frame(row, result.table)
    ]
    sealed = sealed_content([line.as_rule() for line in result.lines.values()], reasons, digests_of(sheet))
    return {"version": sheet.version.digest, "rows": rows, "sealed": sealed}


def _proofs(sheet: ScoreSheet) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for code, name, digest in Evidence.objects.filter(sheet=sheet).values_list("code", "file__name", "file__sha256"):
        found.setdefault(code, []).append([name, digest])
    for code, title in Citation.objects.filter(year=sheet.year_id, unit=sheet.unit_id).values_list("code", "title"):
        found.setdefault(code, []).append([title, ""])
    return found


def _points(result: Result, row: Criterion) -> str | None:
    return None if row.is_gate or row.is_band else _plain(result.claimed.values[row.code])


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def snapshots_of(sheet: ScoreSheet) -> list[SheetSnapshot]:
    """The snapshots of a sheet, newest first, without their contents. One query."""
    return list(SheetSnapshot.objects.filter(sheet=sheet).defer("content"))


def last_submitted(sheet: ScoreSheet | None) -> SheetSnapshot | None:
    """The newest snapshot, without its content. One query; none without a sheet."""
    return SheetSnapshot.objects.filter(sheet=sheet).defer("content").first() if sheet is not None else None


def is_intact(snapshot: SheetSnapshot) -> bool:
    """Whether what is kept still has the digest that the journal announced."""
    return seal_of(snapshot.content["sealed"]) == snapshot.digest


def snapshot_rows(snapshot: SheetSnapshot) -> list[SnapshotRow]:
    """The rows of a snapshot in the reader's words."""
    lines = {code: (figures, reason) for code, _assigned, figures, reason in snapshot.content["sealed"]["lines"]}
    return [_row(kept, *lines.get(kept["code"], ({}, ""))) for kept in snapshot.content["rows"]]


def _row(kept: Mapping[str, object], figures: Mapping[str, object], reason: str) -> SnapshotRow:
    line = _line(kept["code"], figures)
    return SnapshotRow(
        code=kept["code"],
        title=kept["title"],
        level=kept["level"],
        maximum=_number(kept["maximum"]),
        said=gate_in_words(line) if kept.get("gate") else figures_in_words(line) if line.has_figures else "",
        points=_number(kept["points"]),
        reason=reason,
        assigned=kept["assigned"],
        proofs=tuple((name, digest) for name, digest in kept["proofs"]),
    )


def _line(code: str, figures: Mapping[str, object]) -> rules.ScoreLine:
    plain = ("grade", "passed")
    exact = {name: figures[name] if name in plain else Decimal(figures[name]) for name in FIGURES if name in figures}
    return rules.ScoreLine(code=code, **exact)


def _number(value: str | None) -> str:
    return "" if value is None else number(Decimal(value))
