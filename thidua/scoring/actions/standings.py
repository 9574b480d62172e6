"""Standings are stored beside the state they were computed from: after every save those of its year.

Whoever stores takes the year's row first and looks at its sheets only then, so that of two writers the later one stores what the
earlier one has saved; and what is stored is a state together with its key, never a mixture.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from thidua.clusters.models import ClusterYear, Membership
from thidua.scoring.models import ScoreSheet, StoredStanding
from thidua.scoring.queries.standings import YearPlaces, key_of, places_now

_FIGURES = ("total", "maximum", "percent", "rank", "tied")


def keep_after_commit(year_id: int, now: datetime) -> None:
    """Store the year's standings as soon as what is being written is committed, before the page answers. Several writes of one
    transaction compute once: the later calls find the state stored. A failure is logged; the next save or a recomputation mends
    it, and until then the key says that what is stored is old."""
    transaction.on_commit(partial(keep_standings, year_id, now), robust=True)


@transaction.atomic
def keep_standings(year_id: int, now: datetime) -> int:
    """Store the standings of the year as its sheets stand, and say how many units' changed. Only the sheet that changed is
    evaluated anew: the others' results are in memory. Eleven queries however many units, its savepoint among them."""
    year = ClusterYear.objects.select_for_update().get(pk=year_id)
    found = places_now(year)
    kept = StoredStanding.objects.filter(year=year)
    if found is None or {one.key for one in kept} == {found.key}:
        return 0
    return _store([found], now)


@transaction.atomic
def store_places(found: Sequence[YearPlaces], now: datetime) -> int:
    """Store computed standings, and say how many changed. A year whose sheets were written since they were read is passed over:
    that write stores its own."""
    locked = ClusterYear.objects.select_for_update().filter(pk__in=[one.year_id for one in found]).order_by("pk")
    years = {year.pk: year for year in locked}
    stamps: dict[int, list[str]] = {pk: [] for pk in years}
    for year_id, stamp in ScoreSheet.objects.filter(year__in=years).values_list("year_id", "stamp"):
        stamps[year_id].append(stamp)
    members: dict[int, list[int]] = {pk: [] for pk in years}
    for year_id, unit_id in Membership.objects.filter(year__in=years).values_list("year_id", "organisation_id"):
        members[year_id].append(unit_id)
    fresh = [one for one in found if one.key == key_of(years[one.year_id], stamps[one.year_id], members[one.year_id])]
    return _store(fresh, now)


def _store(found: Sequence[YearPlaces], now: datetime) -> int:
    """Writes the rows that differ from what is stored, and takes away those of units that have none any more."""
    columns = ("year_id", "unit_id", *_FIGURES, "key", "pk")
    kept = {row[:2]: row[2:] for row in StoredStanding.objects.filter(year__in=[y.year_id for y in found]).values_list(*columns)}
    rows, changed = [], 0
    for year in found:
        for place in year.places:
            old = kept.pop((year.year_id, place.unit_id), None)
            figures = (place.total, place.maximum, place.percent, place.rank, place.tied)
            differs = old is None or old[:-2] != figures
            changed += differs
            if differs or (old is not None and old[-2] != year.key):
                rows.append((year.year_id, place.unit_id, *figures, year.key))
    if kept:
        StoredStanding.objects.filter(pk__in=[row[-1] for row in kept.values()]).delete()
    _write(rows, now)
    return changed + len(kept)


def _write(rows: Sequence[tuple[object, ...]], now: datetime) -> None:
    """The rows without an object for each: those would take as long as everything else together."""
    if not rows:
        return
    names = ["year_id", "unit_id", *_FIGURES, "key", "computed_at"]
    told = ", ".join(f"{name} = excluded.{name}" for name in names[2:])
    statement = (
        f"INSERT INTO {StoredStanding._meta.db_table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
        f" ON CONFLICT (year_id, unit_id) DO UPDATE SET {told}"
    )
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*row, moment) for row in rows])
