"""Writes of who runs a round: agreed values, and verdicts from what the marks come to."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit.actions import publish
from thidua.clusters.access import require_stage
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.criteria.queries import table_of
from thidua.crosschecks import events
from thidua.crosschecks.access import require_may_settle, require_state
from thidua.crosschecks.models import Agreement, CheckRound, CheckTask, RoundState
from thidua.crosschecks.queries.marks import line_of, sheet_to_check
from thidua.crosschecks.queries.settling import Settlement, settlement_of
from thidua.crosschecks.rules.valuing import points_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.people.models import Organisation
from thidua.scoring import rules
from thidua.scoring.access import require_no_conflict
from thidua.scoring.actions import Finding, guard, put_verdicts
from thidua.scoring.models import ScoreLine
from thidua.scoring.queries.words import figures_in_words

MOST_NAMED = 300
"""Letters that fit beside a verdict."""


@transaction.atomic
def agree_value(
    *,
    check: CheckRound,
    unit: Organisation,
    line: rules.ScoreLine,
    reason: str,
    revision: int | None = None,
    actor: Actor,
    now: datetime,
) -> Agreement:
    """Put down what was agreed for a line of a closed round, always with the reason: it goes before the marks.

    Refuses one's own unit (crosschecks.agree_own_unit) and a standing conflict of interest, whoever one is;
    scoring.changed_meanwhile, scoring.reason_too_short, and figures that the table cannot take.
    """
    locked, by = _lock_for_agreement(check, unit, actor)
    sheet = sheet_to_check(locked.year, unit)
    guard.require_being_checked(sheet)
    words = guard.checked_reason(reason)
    kept = Agreement.objects.filter(round=locked, unit=unit, code=line.code).first()
    before = figures_in_words(line_of(kept, line.code)) if kept else ""
    guard.check_revision(kept, revision, kept.agreed_by_name if kept else "", before, "reason")
    guard.check_figures(line)
    table = table_of(sheet.version)
    others = [said.as_rule() for said in ScoreLine.objects.filter(sheet=sheet) if said.code in table.by_code]
    guard.check_against_table(sheet, line, others, reason=words)
    if points_of(table, line) is None and not table.by_code[line.code].is_gate:
        raise Refused("crosschecks.figures_not_enough", item=line.code)
    agreed = kept or Agreement(round=locked, unit=unit, code=line.code, revision=0)
    guard.put_figures(agreed, line)
    agreed.reason, agreed.revision = words, agreed.revision + 1
    agreed.agreed_at, agreed.agreed_by_name = now, guard.who(by)
    agreed.save()
    names = (locked.year_id, locked.pk, unit.pk, unit.name_vi)
    publish(events.ValueAgreed(*names, line.code, before, figures_in_words(line), words), by, now=now)
    return agreed


@transaction.atomic
def withdraw_agreement(*, check: CheckRound, unit: Organisation, code: str, reason: str, actor: Actor, now: datetime) -> None:
    """Let the marks decide again, with the reason. Refuses where nothing was agreed (crosschecks.nothing_agreed)."""
    locked, by = _lock_for_agreement(check, unit, actor)
    kept = Agreement.objects.filter(round=locked, unit=unit, code=code).first()
    if kept is None:
        raise Refused("crosschecks.nothing_agreed", item=code)
    words = guard.checked_reason(reason)
    was = figures_in_words(line_of(kept, code))
    kept.delete()
    publish(events.AgreementWithdrawn(locked.year_id, locked.pk, unit.pk, unit.name_vi, code, was, words), by, now=now)


@transaction.atomic
def settle_round(*, check: CheckRound, stamp: str = "", actor: Actor, now: datetime) -> Settlement:
    """Make verdicts of what a closed round comes to, all units in one transaction, and settle it.

    `stamp` is that of the preview that was seen: refuses when anything changed since (crosschecks.settled_meanwhile). Refuses
    lines whose marks decide nothing (crosschecks.lines_not_agreed) and sheets whose check has ended otherwise
    (crosschecks.checked_outside).
    """
    locked = _lock(check)
    by = require_may_settle(actor, locked.year)
    require_stage(locked.year, Stage.CROSS_CHECKING)
    require_state(locked, RoundState.CLOSED)
    found = settlement_of(locked)
    if stamp and stamp != found.stamp:
        raise Refused("crosschecks.settled_meanwhile")
    if found.waiting:
        codes = [f"{line.code} ({unit.unit.short})" for unit in found.units for line in unit.waiting]
        raise Refused("crosschecks.lines_not_agreed", missing=len(codes), codes=guard.some_codes(codes))
    if found.ended:
        raise Refused("crosschecks.checked_outside", unit="; ".join(unit.unit.name_vi for unit in found.ended))
    told_by = _told_by(locked, by)
    for unit in found.units:
        findings = {line.code: Finding(line.found, line.reason if line.changes else "") for line in unit.lines if line.found}
        put_verdicts(sheet=unit.sheet, found=_said(findings, unit.result.lines), actor=actor, now=now, told_by=told_by)
    locked.state, locked.settled_at, locked.settled_by_name = RoundState.SETTLED, now, guard.who(by)
    locked.revision += 1
    locked.save(update_fields=["state", "settled_at", "settled_by_name", "revision"])
    names = (locked.year_id, locked.pk, locked.number, locked.title)
    publish(events.RoundSettled(*names, len(found.units), found.changed, found.stamp), by, now=now)
    return found


def _said(findings: dict[str, Finding], lines: dict[str, ScoreLine]) -> dict[str, Finding]:
    """Without what would say nothing: a gate that all found to hold, of which the unit had said nothing either."""
    return {code: finding for code, finding in findings.items() if finding.line.has_figures or code in lines}


def _told_by(check: CheckRound, by: Actor) -> str:
    """What stands beside a verdict of a round: the round, and who settled it. Cut where the name would not fit."""
    words = _("Vòng thẩm định %(n)d (người chốt: %(who)s)")
    told = words % {"n": check.number, "who": guard.who(by)}
    return told if len(told) <= MOST_NAMED else told[: MOST_NAMED - 1] + "…"


def _lock(check: CheckRound) -> CheckRound:
    rounds = CheckRound.objects.select_for_update(of=("self",)).select_related("year__cluster", "year__head")
    return rounds.get(pk=check.pk)


def _lock_for_agreement(check: CheckRound, unit: Organisation, actor: Actor) -> tuple[CheckRound, Actor]:
    locked = _lock(check)
    year: ClusterYear = locked.year
    by = require_may_settle(actor, year)
    if not CheckTask.objects.filter(round=locked, unit=unit).exists():
        raise Absent
    if unit.pk in actor.organisations():
        raise Forbidden("crosschecks.agree_own_unit", unit=unit.name_vi)
    require_no_conflict(actor, year, unit.pk)
    require_stage(year, Stage.CROSS_CHECKING)
    require_state(locked, RoundState.CLOSED)
    return locked, by
