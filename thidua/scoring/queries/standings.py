"""Standings of a year: how they are stored, which state they stand for, and those of one year from what is in memory."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear
from thidua.kernel.points import SETTLED_PLACES
from thidua.scoring.models import SheetStatus, StoredStanding
from thidua.scoring.queries.results import results_of, sheets_of
from thidua.scoring.queries.standing import order_of


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's standing in billionths of points, as it is stored: `rank` None for a unit that is not ranked (not submitted, or
    a gate takes it out)."""

    unit_id: int
    total: int
    maximum: int
    percent: int | None
    rank: int | None
    tied: bool


@dataclass(frozen=True, slots=True)
class YearPlaces:
    """The standings of one year: of every unit whose sheet is not withheld. `cells` is how many lines they came from."""

    year_id: int
    key: str
    places: tuple[Place, ...]
    cells: int


def billionths(points: Decimal) -> int:
    """Settled points as whole billionths."""
    return int(points.scaleb(SETTLED_PLACES))


def in_points(steps: int | None) -> Decimal | None:
    """Whole billionths as points; None stays None."""
    return None if steps is None else Decimal(steps).scaleb(-SETTLED_PLACES)


def key_of(year: ClusterYear, stamps: Iterable[str], members: Iterable[int]) -> str:
    """SHA-256 of all that the standings of a year depend on: its tie-break, its members and the stamps of its sheets."""
    state = [*map(str, year.tie_break), "", *map(str, sorted(members)), "", *sorted(stamps)]
    return hashlib.sha256("\n".join(state).encode()).hexdigest()


def stored_standings(year: ClusterYear) -> dict[int, StoredStanding]:
    """What is stored for the year, by unit id, best first. One query."""
    return {kept.unit_id: kept for kept in StoredStanding.objects.filter(year=year).select_related("unit")}


def places_now(year: ClusterYear) -> YearPlaces | None:
    """The standings of one year from the results in memory, as its ranking page finds them; None for a year without sheets. Six
    queries at most, two where no sheet has changed since it was last read."""
    sheets = sheets_of(year)
    members = member_ids(year)
    within = [sheet for sheet in sheets.values() if sheet.status != SheetStatus.WITHHELD]
    results = results_of(within, sheets.values())
    ranked = {
        sheet.unit_id: results[sheet.pk] for sheet in within if sheet.status == SheetStatus.SUBMITTED and sheet.unit_id in members
    }
    standings = {int(one.unit): one for one in order_of(year, ranked)}
    places = []
    for sheet in within:
        verified, standing = results[sheet.pk].verified, standings.get(sheet.unit_id)
        percent = None if verified.percent is None else billionths(verified.percent)
        rank, tied = (standing.rank, standing.tied) if standing else (None, False)
        total, maximum = billionths(verified.total), billionths(verified.maximum)
        places.append(Place(sheet.unit_id, total, maximum, percent, rank, tied))
    cells = sum(len(results[sheet.pk].lines) for sheet in within)
    key = key_of(year, [sheet.stamp for sheet in sheets.values()], members)
    return YearPlaces(year.pk, key, tuple(places), cells) if sheets else None
