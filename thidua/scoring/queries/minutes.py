"""What score minutes say of a unit's points: self-scored total, bonuses, every agreed item, deductions, the total."""

from dataclasses import dataclass
from decimal import Decimal

from thidua.criteria.rules import Criterion, Kind
from thidua.scoring.models import Judgement, ScoreMinutes, ScoreSheet
from thidua.scoring.queries.results import Result, digest_of, result_of, verified_lines
from thidua.scoring.queries.sheets import is_frame


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the minutes: points as the unit scored itself and as agreed; the reason of a change, in brackets on paper."""

    code: str
    title: str
    maximum: Decimal | None
    claimed: Decimal
    agreed: Decimal
    reason: str
    heading: bool


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """The points of the minutes, items in the order of the table. Bonuses and deductions are those that count for anything."""

    claimed: Decimal
    agreed: Decimal
    maximum: Decimal
    items: tuple[Item, ...]
    bonuses: tuple[Item, ...]
    deductions: tuple[Item, ...]


def checked_digest(sheet: ScoreSheet) -> str:
    """SHA-256 of the verified lines and the reasons, as the end of the check announced it in the journal."""
    result = result_of(sheet)
    reasons = {code: verdict.reason for code, verdict in result.verdicts.items()}
    return digest_of(verified_lines(result.lines, result.verdicts), reasons)


def minutes_of(sheet: ScoreSheet | None) -> ScoreMinutes | None:
    """The sheet's minutes, if they have been written. One query."""
    return ScoreMinutes.objects.filter(sheet=sheet).first() if sheet is not None else None


def minutes_facts(result: Result) -> MinutesFacts:
    """What the minutes say of the points of a finished check."""
    table = result.table
    unassigned = {row.code for code in result.verified.unassigned for row in table.subtree(code)}
    items: list[Item] = []
    bonuses: list[Item] = []
    deductions: list[Item] = []
    for row in table.criteria:
        if row.is_band or row.is_gate or is_frame(row, table) or row.code in unassigned:
            continue
        item = _item(result, row)
        if not row.is_adjustment:
            items.append(item)
        elif item.claimed or item.agreed:
            (bonuses if row.kind is Kind.BONUS else deductions).append(item)
    claimed, verified = result.claimed, result.verified
    return MinutesFacts(claimed.total, verified.total, verified.maximum, tuple(items), tuple(bonuses), tuple(deductions))


def _item(result: Result, row: Criterion) -> Item:
    verdict = result.verdicts.get(row.code)
    reason = verdict.reason if verdict is not None and verdict.judgement == Judgement.CHANGED else ""
    heading = bool(result.table.parts(row.code))
    claimed, agreed = result.claimed.values[row.code], result.verified.values[row.code]
    return Item(row.code, row.title, row.max_points, claimed, agreed, reason, heading)
