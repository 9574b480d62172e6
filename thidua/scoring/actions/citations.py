"""Writes of citations: what a unit has recorded, named as evidence of a criterion."""

from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.criteria.queries import published_version, table_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.people.models import Organisation
from thidua.scoring import events
from thidua.scoring.access import require_may_score
from thidua.scoring.actions import guard
from thidua.scoring.models import Citation, ScoreSheet
from thidua.scoring.queries.citables import citable_of

MOST_CITED = 50
"""Most sources for one criterion: an appraiser has to read them."""


@transaction.atomic
def cite_source(
    *, year: ClusterYear, unit: Organisation, code: str, kind: str, source: int, actor: Actor, now: datetime
) -> Citation:
    """Cite something the unit has recorded as evidence of a criterion, from the day criteria are published until the sheet is
    submitted. Keeps what the source says now.

    Refuses what the unit did not record (Absent), a criterion that is not there (scoring.unknown_code), the same twice
    (scoring.already_cited), more than 50 for one criterion (scoring.too_many_cited), and as `_sheet_open_for`.
    """
    by = require_may_score(actor, year, unit.pk)
    sheet = _sheet_open_for(year, unit)
    version = sheet.version if sheet else published_version(year)
    if version is None:
        raise Refused("scoring.no_criteria")
    found = citable_of(year, unit.pk, kind, source)
    if found is None:
        raise Absent
    if code not in table_of(version).by_code:
        raise Refused("scoring.unknown_code", item=code)
    there = set(Citation.objects.filter(year=year, unit=unit, code=code).values_list("kind", "source"))
    if (kind, source) in there:
        raise Refused("scoring.already_cited", item=code, title=found.title)
    if len(there) >= MOST_CITED:
        raise Refused("scoring.too_many_cited", limit=MOST_CITED)
    citation = Citation.objects.create(
        year=year, unit=unit, code=code, kind=kind, source=source, title=found.title, words=found.words, day=found.day,
        url=found.url, cited_at=now, cited_by_name=guard.who(by),
    )  # fmt: skip
    _tell(events.SourceCited, citation, sheet, by, now)
    return citation


@transaction.atomic
def withdraw_citation(*, citation: Citation, actor: Actor, now: datetime) -> None:
    """Take what was cited off its criterion, also one that a later version of the criteria no longer has. The journal keeps
    what it was. Refuses as `_sheet_open_for`."""
    by = require_may_score(actor, citation.year, citation.unit_id)
    sheet = _sheet_open_for(citation.year, citation.unit)
    removed, _rows = Citation.objects.filter(pk=citation.pk).delete()
    if not removed:
        raise Absent
    _tell(events.CitationWithdrawn, citation, sheet, by, now)


def _sheet_open_for(year: ClusterYear, unit: Organisation) -> ScoreSheet | None:
    """The unit's sheet, locked, if there is one; what is cited must not come in beside a sheet that is being opened, so the
    unit's place in the year is locked first. Refuses a closed year (clusters.year_closed), one past self-scoring
    (clusters.wrong_stage), a sheet that was submitted or withheld (as `guard.require_drafting`)."""
    require_open(year)
    if year.has_reached(Stage.CROSS_CHECKING):
        raise Refused("clusters.wrong_stage", stage=year.stage, wanted=Stage.SELF_SCORING)
    guard.lock_place(year, unit)
    sheet = ScoreSheet.objects.filter(year=year, unit=unit).first()
    if sheet is None:
        return None
    locked = guard.lock(sheet)
    guard.require_drafting(locked)
    return locked


def _tell(
    event: type[events.SourceCited | events.CitationWithdrawn],
    citation: Citation,
    sheet: ScoreSheet | None,
    by: Actor,
    now: datetime,
) -> None:
    """A new stamp for the sheet, whose evidence has changed, and the fact for the journal."""
    if sheet is not None:
        guard.touch(sheet, now)
    names = (citation.year_id, citation.unit_id, citation.unit.name_vi)
    publish(event(*names, citation.code, citation.kind, citation.source, citation.title), by, now=now)
