"""Whom a change of one unit moves: indicators scored relative to the leader, and places."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from thidua.audit.models import JournalEntry
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.criteria.rules import Criterion, Method
from thidua.kernel.actor import Actor
from thidua.scoring import rules
from thidua.scoring.access import may_see_ranking
from thidua.scoring.events import OthersMoved
from thidua.scoring.models import ScoreSheet
from thidua.scoring.queries.proving import proving
from thidua.scoring.queries.words import number
from thidua.scoring.rules.supposing import Move, moved_others

_EXACT = 6
BETWEEN_CODES = ", "
"""Stands between the codes of rows that moved others together."""


def standings_of(year: ClusterYear) -> tuple[rules.Standing, ...]:
    """The standings of all submitted units as they are now. Queries as `proving`."""
    return tuple(one.standing for one in proving(year).units)


def moved_words(
    year: ClusterYear, before: Sequence[rules.Standing], after: Sequence[rules.Standing], unit_id: int, *, places: bool = True
) -> list[str]:
    """For each other unit that a change of this one has moved: "BVTW: 85,5 → 85,2 điểm, hạng 4 → 5". Without `places`, only units
    whose points have moved. One query where any has."""
    moved = [move for move in moved_others(before, after, str(unit_id)) if places or _points(move)]
    if not moved:
        return []
    names = {str(unit.pk): unit.short for unit in members(year)}
    return [f"{names.get(move.unit, move.unit)}: {', '.join(_changes(move))}" for move in moved]


@dataclass(frozen=True, slots=True)
class MovedOthers:
    """What a change of a line did to other units, as it was journalled: `words` as `moved_words` joined."""

    words: str
    codes: str
    by: str
    at: datetime


def moved_by(actor: Actor, sheet: ScoreSheet, row: Criterion) -> list[MovedOthers]:
    """Whom changes of this line have moved, oldest first, for one who may see the ranking: the words name points of others. One
    query at a row scored relative to the leader, none elsewhere."""
    if row.method is not Method.RELATIVE_TO_LEADER or not may_see_ranking(actor, sheet.year):
        return []
    found = []
    for entry in JournalEntry.objects.filter(year_id=sheet.year_id, event=OthersMoved.__name__):
        facts = json.loads(entry.facts)
        if facts["sheet_id"] == sheet.pk and row.code in facts["code"].split(BETWEEN_CODES):
            found.append(MovedOthers(facts["moved"], facts["code"], entry.person_name, entry.at))
    return found


def _points(move: Move) -> bool:
    return move.before is not None and move.after is not None and move.before.total != move.after.total


def _changes(move: Move) -> list[str]:
    was, now = move.before, move.after
    if was is None or now is None:
        return [_("vào bảng xếp hạng") if was is None else _("ra khỏi bảng xếp hạng")]
    found = []
    if was.total != now.total:
        found.append(_("%(was)s → %(now)s điểm") % {"was": number(was.total, _EXACT), "now": number(now.total, _EXACT)})
    if was.rank != now.rank:
        found.append(_("hạng %(was)s → %(now)s") % {"was": was.rank or "–", "now": now.rank or "–"})
    if not found:
        shares = {"was": number(was.percent, _EXACT), "now": number(now.percent, _EXACT)}
        found.append(_("%(was)s → %(now)s %%") % shares)
    return found
