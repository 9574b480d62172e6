"""The conversation between a unit and those who check it, about one line."""

from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import may, require_stage
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.criteria.queries import table_of
from thidua.crosschecks import events
from thidua.crosschecks.access import SETTLE, require_may_mark, require_may_settle
from thidua.crosschecks.models import RoundState
from thidua.crosschecks.queries.marks import sheet_to_check
from thidua.crosschecks.queries.rounds import tasks_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.people.models import Organisation
from thidua.scoring.access import may_appraise, require_may_answer, require_may_appraise
from thidua.scoring.actions import guard
from thidua.scoring.models import CellRemark
from thidua.scoring.queries.entry import MOST_LETTERS


@transaction.atomic
def say_remark(*, year: ClusterYear, unit: Organisation, code: str, text: str, actor: Actor, now: datetime) -> CellRemark:
    """Say something about a line: the unit itself, whoever checks it in a round or by assignment, or who runs the round.

    Remarks are only ever added. Refuses others (crosschecks.no_thread), rows that are not there (404), an empty remark
    (crosschecks.remark_empty) and one too long (crosschecks.remark_too_long).
    """
    sheet = guard.lock(sheet_to_check(year, unit))
    by, from_unit = _side(actor, year, unit)
    require_stage(year, Stage.CROSS_CHECKING)
    if code not in table_of(sheet.version).by_code:
        raise Absent
    words = text.replace("\x00", "").strip()
    if not words:
        raise Refused("crosschecks.remark_empty", field="text")
    if len(words) > MOST_LETTERS:
        raise Refused("crosschecks.remark_too_long", field="text", length=len(words), limit=MOST_LETTERS)
    said = CellRemark.objects.create(
        sheet=sheet, code=code, from_unit=from_unit, text=words, said_at=now, said_by_name=guard.who(by)
    )
    names = (year.pk, sheet.pk, unit.pk, unit.name_vi)
    publish(events.RemarkMade(*names, code, from_unit, words), by, now=now)
    return said


def _side(actor: Actor, year: ClusterYear, unit: Organisation) -> tuple[Actor, bool]:
    """The actor with the post that is used, and whether it speaks for the unit."""
    if unit.pk in actor.organisations():
        return require_may_answer(actor, year, unit.pk), True
    task = next((t for t in tasks_of(actor, year, RoundState.OPEN, RoundState.CLOSED) if t.unit_id == unit.pk), None)
    if task is not None:
        return require_may_mark(actor, task), False
    if may_appraise(actor, year, unit.pk):
        return require_may_appraise(actor, year, unit.pk), False
    if may(SETTLE, actor, year):
        return require_may_settle(actor, year), False
    raise Forbidden("crosschecks.no_thread")
