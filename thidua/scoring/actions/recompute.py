"""Standings of one year or of all, computed anew in the background by the bulk path."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.scoring import events
from thidua.scoring.access import require_may_recompute, require_may_recompute_all
from thidua.scoring.actions import guard
from thidua.scoring.actions.standings import store_places
from thidua.scoring.models import Recomputation
from thidua.scoring.queries.portions import places_of
from thidua.scoring.queries.recomputing import GIVEN_UP

PORTION = 100
"""Years computed at once: some 50,000 cells of usual clusters, and often enough a step of the progress."""
_log = logging.getLogger(__name__)


@transaction.atomic
def ask_recomputation(*, year: ClusterYear | None, actor: Actor, now: datetime) -> Recomputation:
    """Ask for the standings of one open year (its head's secretary, the superior body), or of all that are open (who runs the
    installation, a superior body), to be computed anew. Whoever asked has it run afterwards: `run_recomputation`.

    Refuses while one of the same is under way (scoring.recomputation_under_way).
    """
    if year is None:
        by = require_may_recompute_all(actor)
    else:
        by = require_may_recompute(actor, year)
        require_open(year)
        ClusterYear.objects.select_for_update().get(pk=year.pk)
    waiting = Recomputation.objects.filter(year=year, ended_at=None, asked_at__gt=now - GIVEN_UP).first()
    if waiting is not None:
        raise Refused("scoring.recomputation_under_way", by=waiting.asked_by_name, done=waiting.done, years=waiting.years)
    name = guard.who(by)
    asked = Recomputation.objects.create(year=year, asked_at=now, asked_by_name=name, years=_years_of(year).count())
    publish(events.RecomputationAsked(year.pk if year else None, asked.pk, asked.years), by, now=now)
    return asked


def run_recomputation(recomputation_id: int, clock: Callable[[], datetime]) -> int:
    """Compute what was asked, portion by portion, each stored and counted on its own; how many standings changed. A run that has
    begun is not begun again. What goes wrong is kept with the run (`problem`) and raised: nothing stored before is undone."""
    begun = Recomputation.objects.filter(pk=recomputation_id, begun_at=None)
    if not begun.update(begun_at=clock()):
        return 0
    run = Recomputation.objects.select_related("year").get(pk=recomputation_id)
    try:
        years = list(_years_of(run.year))
        run.years = len(years)
        for start in range(0, len(years), PORTION):
            portion = years[start : start + PORTION]
            found = places_of(portion)
            run.changed += store_places(found, clock())
            run.done += len(portion)
            run.cells += sum(one.cells for one in found)
            run.save(update_fields=["years", "done", "cells", "changed"])
    except Exception as error:
        _log.exception("recomputation %s", recomputation_id)
        run.problem = f"{type(error).__name__}: {error}"[:500]
        raise
    finally:
        run.ended_at = clock()
        run.save(update_fields=["years", "ended_at", "problem"])
    return run.changed


def _years_of(year: ClusterYear | None) -> QuerySet[ClusterYear]:
    years = ClusterYear.objects.exclude(stage=Stage.CLOSED).order_by("pk")
    return years if year is None else years.filter(pk=year.pk)
