"""The order of the units of a cluster: exact, with ties, percentages, gates, and the tie-break the cluster agreed on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from thidua.criteria.rules import CriteriaTable
from thidua.kernel.errors import Refused
from thidua.scoring.rules.evaluation import Evaluation
from thidua.scoring.rules.reasons import Reason


class LastResort(StrEnum):
    """What happens to units that the agreed criteria leave equal: they share the rank, or share it until a vote decides."""

    SHARED = "shared"
    VOTE = "vote"


@dataclass(frozen=True, slots=True)
class TieBreak:
    """Chosen by the cluster before the pledge is signed: criteria compared in order (more points first), then the last resort."""

    codes: tuple[str, ...] = ()
    last_resort: LastResort = LastResort.SHARED

    def check(self, table: CriteriaTable) -> None:
        """Refuses `scoring.tie_break_unknown` for a code that is not in the table."""
        for code in self.codes:
            if code not in table.by_code:
                raise Refused("scoring.tie_break_unknown", item=code)


SHARED_RANKS = TieBreak()


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit's place. `rank` is None for a unit out of the ranking; equal units share the better rank (1, 1, 3)."""

    unit: str
    total: Decimal
    maximum: Decimal
    percent: Decimal | None
    rank: int | None
    tied: bool
    excluded: bool
    reasons: tuple[Reason, ...]


def rank(evaluations: Iterable[Evaluation], tie_break: TieBreak = SHARED_RANKS) -> tuple[Standing, ...]:
    """All units, best first, those out of the ranking last; the order in which units come in changes nothing.

    By total; by percent of the maximum assigned as soon as something was not assigned to a unit that is ranked (commands.md). A
    failed gate takes a unit out, and so does having nothing assigned where percentages decide; the reasons say which.
    """
    units = sorted(evaluations, key=lambda evaluation: evaluation.unit)
    inside = [unit for unit in units if not unit.failed_gates]
    by_percent = any(unit.unassigned for unit in inside)
    ranked = [unit for unit in inside if not by_percent or unit.percent is not None]
    keys = {id(unit): _key(unit, by_percent, tie_break) for unit in ranked}
    ordered = sorted(ranked, key=lambda unit: keys[id(unit)], reverse=True)
    in_order = [keys[id(unit)] for unit in ordered]
    standings = [_standing(unit, keys[id(unit)], in_order, by_percent, tie_break) for unit in ordered]
    outside = [unit for unit in units if id(unit) not in keys]
    return tuple(standings) + tuple(_excluded(unit) for unit in outside)


def _key(unit: Evaluation, by_percent: bool, tie_break: TieBreak) -> tuple[Decimal, ...]:
    first = unit.percent if by_percent and unit.percent is not None else unit.total
    return (first, *(unit.values[code] for code in tie_break.codes))


def _standing(
    unit: Evaluation, key: tuple[Decimal, ...], keys: Sequence[tuple[Decimal, ...]], by_percent: bool, tie_break: TieBreak
) -> Standing:
    tied = keys.count(key) > 1
    reasons = [_measure(unit, by_percent)]
    rivals = [other for other in keys if other[0] == key[0] and other != key]
    if rivals:
        reasons.append(_decided(unit, key, rivals, tie_break))
    if tied:
        by_vote = tie_break.last_resort is LastResort.VOTE
        reasons.append(Reason("scoring.tied_vote" if by_vote else "scoring.tied", facts={"units": keys.count(key)}))
    reasons.extend(Reason("scoring.not_assigned", code) for code in unit.unassigned)
    place = 1 + keys.index(key)
    return Standing(unit.unit, unit.total, unit.maximum, unit.percent, place, tied, False, tuple(reasons))


def _measure(unit: Evaluation, by_percent: bool) -> Reason:
    facts: dict[str, object] = {"total": unit.total, "maximum": unit.maximum}
    if by_percent:
        return Reason("scoring.ranked_by_percent", facts={**facts, "percent": unit.percent})
    return Reason("scoring.ranked_by_total", facts=facts)


def _decided(unit: Evaluation, key: tuple[Decimal, ...], rivals: Sequence[tuple[Decimal, ...]], tie_break: TieBreak) -> Reason:
    """The last criterion that was needed to tell this unit from the others with the same points."""
    depth = max(next(i for i, (a, b) in enumerate(zip(key, other, strict=True)) if a != b) for other in rivals)
    code = tie_break.codes[depth - 1]
    return Reason("scoring.tie_broken", code, {"points": unit.values[code]})


def _excluded(unit: Evaluation) -> Standing:
    reasons = [Reason("scoring.gate_excludes", code) for code in unit.failed_gates] or [Reason("scoring.nothing_assigned")]
    return Standing(unit.unit, unit.total, unit.maximum, unit.percent, None, False, True, tuple(reasons))
