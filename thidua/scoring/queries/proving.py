"""All that a ranking is made of: each unit's criteria, figures, points and place, for who computes it again or asks what if."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.criteria.rules import Method
from thidua.people.models import Organisation
from thidua.scoring import rules
from thidua.scoring.models import ScoreSheet, SheetStatus
from thidua.scoring.queries.results import Result, results_of, sheets_of, verified_lines
from thidua.scoring.queries.standing import order_of, tie_break_of
from thidua.scoring.rules.stability import Entrant
from thidua.scoring.rules.supposing import Entry


@dataclass(frozen=True, slots=True)
class Proven:
    """One submitted unit: its sheet, its verified lines, what they come to, its standing (which may be out of the ranking)."""

    unit: Organisation
    sheet: ScoreSheet
    result: Result
    lines: tuple[rules.ScoreLine, ...]
    standing: rules.Standing

    @property
    def key(self) -> str:
        """The unit as the rules name it."""
        return self.standing.unit

    def entrant(self) -> Entrant:
        """For the rules of stability."""
        return Entrant(self.result.table, self.lines, replace(self.result.verified, unit=self.key), self.result.best)

    def entry(self) -> Entry:
        """For the rules of supposing."""
        return Entry(self.key, self.result.table, self.lines)


@dataclass(frozen=True, slots=True)
class Proving:
    """The submitted units of a year, best first, those out of the ranking last, and the rule for equal points."""

    units: list[Proven]
    tie_break: rules.TieBreak
    by_percent: bool

    @property
    def best_elsewhere(self) -> Mapping[str, Decimal]:
        """The best excess over target at each row scored relative to the leader where a unit that has not submitted has it: its
        figures are nobody's to read yet, but they count."""
        here: dict[str, Decimal] = {}
        for one in self.units:
            for code, excess in rules.best_excesses(one.result.table, one.lines).items():
                here[code] = max(here.get(code, Decimal(0)), excess)
        found = {code: excess for one in self.units for code, excess in one.result.best.items()}
        return {code: excess for code, excess in found.items() if excess > here.get(code, Decimal(0))}

    @property
    def relative(self) -> frozenset[str]:
        """Codes that some version scores relative to the leader."""
        rows = (row for one in self.units for row in one.result.table.criteria)
        return frozenset(row.code for row in rows if row.method is Method.RELATIVE_TO_LEADER)

    def others(self) -> list[rules.ScoreLine]:
        """Lines that stand for units without a place where they lead an indicator: a target of 1 with the excess above it."""
        return [rules.ScoreLine(code=code, actual=1 + excess, target=Decimal(1)) for code, excess in self.best_elsewhere.items()]


def proving(year: ClusterYear) -> Proving:
    """What the year's ranking is made of. Five queries, however many units; two at most when nothing has changed."""
    sheets, units = sheets_of(year), {unit.pk: unit for unit in members(year)}
    within = [sheet for sheet in sheets.values() if sheet.status == SheetStatus.SUBMITTED and sheet.unit_id in units]
    read = results_of(within, sheets.values())
    results = {sheet.unit_id: read[sheet.pk] for sheet in within}
    order = order_of(year, results)
    found = [_proven(units[int(s.unit)], sheets[int(s.unit)], results[int(s.unit)], s) for s in order]
    by_percent = any(s.reasons and s.reasons[0].code == "scoring.ranked_by_percent" for s in order)
    return Proving(found, tie_break_of(year, list(results.values())), by_percent)


def _proven(unit: Organisation, sheet: ScoreSheet, result: Result, standing: rules.Standing) -> Proven:
    lines = verified_lines(result.lines, result.verdicts, standing.unit)
    known = tuple(line for line in lines if line.code in result.table.by_code)
    return Proven(unit, sheet, result, known, standing)
