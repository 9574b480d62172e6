"""Sheets with their lines, verdicts and evidence, evaluated: self-scored and verified."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from thidua.clusters.models import ClusterYear
from thidua.criteria.queries import table_of
from thidua.criteria.rules import CriteriaTable, Method
from thidua.kernel.points import settle
from thidua.scoring import rules
from thidua.scoring.models import Judgement, ScoreLine, ScoreSheet, SheetStatus, Verdict
from thidua.scoring.queries.entry import Completeness, completeness, figures_of
from thidua.scoring.queries.memory import Memory
from thidua.scoring.queries.proof import counts_of


@dataclass(frozen=True, slots=True)
class Result:
    """A sheet as it stands: `claimed` is what the unit says, `verified` with what the appraisers changed. Maps go by code;
    `evidence` is how many files and citations prove a line, also of codes that the criteria do not hold. `best` are the best
    verified excesses over target of the cluster, for rows scored relative to the leader.

    `key` names the state: another result never has the same.
    """

    key: tuple[str, ...]
    table: CriteriaTable
    lines: dict[str, ScoreLine]
    verdicts: dict[str, Verdict]
    evidence: dict[str, int]
    claimed: rules.Evaluation
    verified: rules.Evaluation
    completeness: Completeness
    best: Mapping[str, Decimal]

    @property
    def changed(self) -> list[Verdict]:
        """The verdicts that changed a line, in the order of the table."""
        return [v for row in self.table.criteria if (v := self.verdicts.get(row.code)) and v.judgement == Judgement.CHANGED]

    @property
    def judged(self) -> int:
        """How many lines an appraiser has confirmed or changed."""
        return sum(verdict.judgement != Judgement.UNCONFIRMED for verdict in self.verdicts.values())

    @property
    def to_judge(self) -> list[str]:
        """Codes of lines with figures about which no appraiser has said anything yet, in the order of the table."""
        return [row.code for row in self.table.criteria if self._waits(row.code)]

    def _waits(self, code: str) -> bool:
        line, verdict = self.lines.get(code), self.verdicts.get(code)
        filled = line is not None and any(value not in (None, "") for value in line.figures().values())
        return filled and (verdict is None or verdict.judgement == Judgement.UNCONFIRMED)


_RESULTS: Memory[Result] = Memory(64)
"""The newest result of a sheet by its id, right while its `key` is the sheet's: what a save has superseded is forgotten. One
of a large table takes some 150 KB."""


def forget_results() -> None:
    """Empty the process's memory: for tests that count queries."""
    _RESULTS.clear()


def sheets_of(year: ClusterYear) -> dict[int, ScoreSheet]:
    """The sheets of the year by unit id. One query."""
    return {sheet.unit_id: sheet for sheet in ScoreSheet.objects.filter(year=year).select_related("version").order_by("pk")}


def results_of(sheets: Iterable[ScoreSheet], among: Iterable[ScoreSheet]) -> dict[int, Result]:
    """The results of `sheets` by sheet id; `among` are all sheets of their years, for indicators scored relative to the leader.

    At most three queries however many sheets; none for what was read before and has not changed since. The tables of versions
    are the criteria slice's to read and keep.
    """
    rivals = [sheet for sheet in among if sheet.status != SheetStatus.WITHHELD]
    keys = {sheet.pk: _key(sheet, rivals) for sheet in sheets}
    found = {pk: result for pk, key in keys.items() if (result := _RESULTS.get(pk)) and result.key == key}
    wanted = [sheet for sheet in sheets if sheet.pk not in found]
    if wanted:
        for pk, result in _read(wanted, rivals).items():
            found[pk] = _RESULTS.keep(pk, result)
    return found


def result_of(sheet: ScoreSheet) -> Result:
    """One sheet's result. Four queries at most, two of them when the table has no indicator relative to the leader."""
    rivals = sheets_of(sheet.year).values() if _is_relative(table_of(sheet.version)) else ()
    return results_of([sheet], rivals)[sheet.pk]


def self_result(sheet: ScoreSheet) -> rules.Evaluation:
    """The points the unit gives itself."""
    return result_of(sheet).claimed


def verified_result(sheet: ScoreSheet) -> rules.Evaluation:
    """The points after the cross-check: what was not changed stands as the unit scored it."""
    return result_of(sheet).verified


def _is_relative(table: CriteriaTable) -> bool:
    """Whether a unit's points depend on what others did."""
    return any(row.method is Method.RELATIVE_TO_LEADER for row in table.criteria)


def _key(sheet: ScoreSheet, rivals: Sequence[ScoreSheet]) -> tuple[str, ...]:
    if not _is_relative(table_of(sheet.version)):
        return (sheet.stamp,)
    return (sheet.stamp, *sorted(rival.stamp for rival in rivals if rival.year_id == sheet.year_id))


def _read(wanted: Sequence[ScoreSheet], rivals: Sequence[ScoreSheet]) -> dict[int, Result]:
    relative = any(_is_relative(table_of(sheet.version)) for sheet in wanted)
    read = {sheet.pk: sheet for sheet in [*wanted, *(rivals if relative else ())]}
    lines: dict[int, dict[str, ScoreLine]] = {pk: {} for pk in read}
    for line in ScoreLine.objects.filter(sheet__in=read):
        lines[line.sheet_id][line.code] = line
    verdicts: dict[int, dict[str, Verdict]] = {pk: {} for pk in read}
    for verdict in Verdict.objects.filter(sheet__in=read):
        verdicts[verdict.sheet_id][verdict.code] = verdict
    claimed = {pk: [line.as_rule(str(read[pk].unit_id)) for line in lines[pk].values()] for pk in read}
    verified = {pk: verified_lines(lines[pk], verdicts[pk], str(read[pk].unit_id)) for pk in read}
    proved = counts_of((sheet.year_id, sheet.unit_id) for sheet in wanted)
    made = {}
    for sheet in wanted:
        table = table_of(sheet.version)
        pk = sheet.pk
        of_year = [other.pk for other in read.values() if other.year_id == sheet.year_id]
        own, best = _evaluate(table, claimed[pk], [line for other in of_year for line in claimed[other]])
        same = not any(v.judgement == Judgement.CHANGED for other in of_year for v in verdicts[other].values())
        checked = own
        if not same:
            checked, best = _evaluate(table, verified[pk], [line for other in of_year for line in verified[other]])
        said = {line.code: line for line in claimed[pk]}
        reasons = {code: line.reason for code, line in lines[pk].items()}
        proofs = proved.get((sheet.year_id, sheet.unit_id), {})
        lacks = completeness(table, own, said, reasons, proofs)
        key = _key(sheet, rivals)
        made[pk] = Result(key, table, lines[pk], verdicts[pk], proofs, own, checked, lacks, best)
    return made


def _evaluate(
    table: CriteriaTable, lines: list[rules.ScoreLine], of_all: list[rules.ScoreLine]
) -> tuple[rules.Evaluation, Mapping[str, Decimal]]:
    known = [line for line in lines if line.code in table.by_code]
    best = rules.best_excesses(table, of_all)
    return rules.evaluate_unit(table, known, best_excess=best), best


def verified_lines(lines: dict[str, ScoreLine], verdicts: dict[str, Verdict], unit: str = "") -> list[rules.ScoreLine]:
    """The lines with what the appraisers changed put in their place; lines they added come last."""
    found = []
    for code, line in lines.items():
        verdict = verdicts.get(code)
        changed = verdict is not None and verdict.judgement == Judgement.CHANGED
        found.append(verdict.as_rule(assigned=line.assigned, unit=unit) if changed else line.as_rule(unit))
    added = [v for code, v in verdicts.items() if code not in lines and v.judgement == Judgement.CHANGED]
    return found + [verdict.as_rule(assigned=True, unit=unit) for verdict in added]


def digest_of(lines: Iterable[rules.ScoreLine], reasons: dict[str, str], files: Iterable[tuple[str, str]] = ()) -> str:
    """SHA-256 of lines (figures in plain decimals), their reasons and the (code, sha256) of what proves them, in order."""
    return seal_of(sealed_content(lines, reasons, files))


def sealed_content(
    lines: Iterable[rules.ScoreLine], reasons: dict[str, str], files: Iterable[tuple[str, str]] = ()
) -> dict[str, list]:
    """What `digest_of` covers, as plain values in a fixed order: kept beside the digest, anyone can compute it again."""
    rows = [[line.code, line.assigned, _plain(figures_of(line)), reasons.get(line.code, "")] for line in lines]
    return {"lines": sorted(rows, key=lambda row: str(row[0])), "files": sorted(list(pair) for pair in files)}


def seal_of(content: dict[str, list]) -> str:
    """SHA-256 of sealed content."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _plain(figures: dict[str, object]) -> dict[str, object]:
    return {name: f"{settle(value):f}" if isinstance(value, Decimal) else value for name, value in figures.items()}


def without_unit(line: rules.ScoreLine) -> rules.ScoreLine:
    """The line as anyone's, so that lines of different origin compare by their figures."""
    return replace(line, unit="")
