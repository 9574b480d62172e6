"""Says in the journal whom a change of one unit has moved: at an indicator relative to the leader, points depend on all units."""

from collections.abc import Collection, Sequence
from datetime import datetime

from thidua.audit.actions import publish
from thidua.criteria.queries import table_of
from thidua.criteria.rules import Method
from thidua.kernel.actor import Actor
from thidua.scoring import events, rules
from thidua.scoring.models import ScoreSheet
from thidua.scoring.queries.moving import moved_words, standings_of


def relative_codes(sheet: ScoreSheet, codes: Collection[str]) -> list[str]:
    """Those of the rows at which a change can move the points of other units, in the order of the table."""
    return [row.code for row in table_of(sheet.version).criteria if row.method is Method.RELATIVE_TO_LEADER and row.code in codes]


def standings_before(sheet: ScoreSheet, *codes: str) -> tuple[rules.Standing, ...] | None:
    """The standings before rows are changed, where the change can move the points of others; None where it cannot."""
    return standings_of(sheet.year) if relative_codes(sheet, codes) else None


def tell_moved(
    sheet: ScoreSheet, code: str, before: Sequence[rules.Standing] | None, *, actor: Actor, now: datetime
) -> list[str]:
    """Journal whose points the change has moved, once the sheet has its new stamp; the words. Nothing where nobody's have.

    Rows that were changed together are named together, `code` being theirs joined by `BETWEEN_CODES`."""
    if before is None:
        return []
    moved = moved_words(sheet.year, before, standings_of(sheet.year), sheet.unit_id, places=False)
    if moved:
        names = (sheet.year_id, sheet.pk, sheet.unit_id, sheet.unit.name_vi)
        publish(events.OthersMoved(*names, code, "; ".join(moved)), actor, now=now)
    return moved
