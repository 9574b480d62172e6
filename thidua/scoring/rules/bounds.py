"""What granted points may reach at each row, and how the bonuses and penalties of an item are bounded."""

from dataclasses import dataclass
from decimal import Decimal

from thidua.criteria.rules import CriteriaTable, Criterion, Kind

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Room:
    """How far bonuses may lift and penalties lower a row beyond its own points (None: as far as they like); `down` is ≤ 0."""

    up: Decimal | None = _ZERO
    down: Decimal | None = _ZERO


_NO_ROOM = Room()


def bounded_adjustment(row: Criterion, bonus: Decimal, penalty: Decimal) -> Decimal:
    """The sum of an item's bonuses (≥ 0) and penalties (≤ 0) within its caps.

    "tổng trừ … không quá" bounds the penalties, "tổng thưởng … không quá" the bonuses, adjust_cap ("tổng cộng hoặc trừ … không
    quá") their sum on both sides.
    """
    if row.bonus_cap is not None:
        bonus = min(bonus, row.bonus_cap)
    if row.penalty_cap is not None:
        penalty = max(penalty, -row.penalty_cap)
    total = bonus + penalty
    return total if row.adjust_cap is None else max(-row.adjust_cap, min(row.adjust_cap, total))


def rooms(table: CriteriaTable) -> dict[str, Room]:
    """For every row the room its bonus and penalty rows, at any depth, leave: "what the row and its bonus rows allow"."""
    found: dict[str, Room] = {}
    reach: dict[str, Room] = {}
    for row in table.bottom_up:
        parts = table.parts(row.code)
        if row.is_adjustment:
            reach[row.code] = _reach(row, [reach.get(part.code, Room()) for part in parts])
        adjustments = table.adjustments(row.code)
        own = _capped(row, _together([reach[child.code] for child in adjustments])) if adjustments else _NO_ROOM
        found[row.code] = _together([own, *(found[part.code] for part in parts)]) if parts else own
    return found


def allowed(row: Criterion, room: Room) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that may be granted at the row when nothing below it is scored (None: no bound stated)."""
    if row.is_adjustment:
        return row.bounds
    most = None if row.max_points is None or room.up is None else row.max_points + room.up
    return room.down, most


def _reach(row: Criterion, parts: list[Room]) -> Room:
    """What one bonus or penalty row may add or take; a heading without a cap of its own reaches as far as its rows."""
    lowest, highest = row.bounds
    if parts and row.kind is Kind.BONUS and highest is None:
        highest = _together(parts).up
    if parts and row.kind is Kind.PENALTY and lowest is None:
        lowest = _together(parts).down
    return Room(up=highest, down=lowest)


def _capped(row: Criterion, room: Room) -> Room:
    up = [cap for cap in (room.up, row.bonus_cap, row.adjust_cap) if cap is not None]
    down = [-abs(cap) for cap in (room.down, row.penalty_cap, row.adjust_cap) if cap is not None]
    return Room(up=min(up, default=None), down=max(down, default=None))


def _together(found: list[Room]) -> Room:
    return Room(up=_sum([room.up for room in found]), down=_sum([room.down for room in found]))


def _sum(figures: list[Decimal | None]) -> Decimal | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known, _ZERO) if len(known) == len(figures) else None
