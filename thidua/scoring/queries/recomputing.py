"""What the pages of recomputation show: the last runs, and what is stored for a year."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear
from thidua.kernel.points import places_for
from thidua.scoring.models import Recomputation, ScoreSheet
from thidua.scoring.queries.standings import in_points, key_of, stored_standings
from thidua.scoring.queries.words import number

GIVEN_UP = timedelta(hours=1)
"""After that a run that has not ended is taken for dead, and another may be asked for."""
SHOWN = 5
"""Runs that a page lists."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as shown: `state` for the mark (ok, due, late, wait), `words`, and whether it is still under way."""

    run: Recomputation
    state: str
    words: str
    under_way: bool


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A unit's stored standing in words; `rank` None for a unit that is not ranked."""

    name: str
    rank: int | None
    tied: bool
    total: str
    maximum: str
    percent: str
    computed_at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored for a year, best first; `current`: it is of the sheets as they stand."""

    rows: list[StoredRow]
    current: bool


def last_runs(year: ClusterYear | None, now: datetime) -> list[Run]:
    """The newest runs over the year, or over all years. One query."""
    return [_run(run, now) for run in Recomputation.objects.filter(year=year)[:SHOWN]]


def stored_of(year: ClusterYear) -> Stored:
    """What is stored for the year. Three queries."""
    kept = stored_standings(year)
    key = key_of(year, ScoreSheet.objects.filter(year=year).values_list("stamp", flat=True), member_ids(year))
    ordered = sorted(kept.values(), key=lambda one: (one.rank is None, one.rank or 0, one.unit.short))
    totals = {one.pk: in_points(one.total) for one in ordered}
    places = places_for(total for total in totals.values() if total is not None)
    rows = [
        StoredRow(
            name=one.unit.short,
            rank=one.rank,
            tied=one.tied,
            total=number(totals[one.pk], places, places),
            maximum=number(in_points(one.maximum)),
            percent="" if one.percent is None else number(in_points(one.percent), 2),
            computed_at=one.computed_at,
        )
        for one in ordered
    ]
    return Stored(rows, current=bool(kept) and {one.key for one in kept.values()} == {key})


def _run(run: Recomputation, now: datetime) -> Run:
    if run.problem:
        return Run(run, "late", _("dừng vì lỗi"), False)
    if run.ended_at is not None:
        return Run(run, "ok", _("đã xong"), False)
    if run.asked_at <= now - GIVEN_UP:
        return Run(run, "late", _("không chạy hết"), False)
    if run.begun_at:
        return Run(run, "due", pgettext("recomputation", "đang tính"), True)
    return Run(run, "wait", _("đang chờ"), True)
