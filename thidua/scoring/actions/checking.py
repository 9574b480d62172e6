"""Writes of the cross-check: who appraises whom, verdicts, the unit's answers, the end of the check."""

from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import member_ids, require_open, require_stage, where_in
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.kernel.points import format_plain
from thidua.people.models import Organisation, Person
from thidua.people.queries import actor_of
from thidua.scoring import events, rules
from thidua.scoring.access import APPRAISE, conflicted_units, require_may_answer, require_may_appraise, require_may_assign
from thidua.scoring.actions import guard
from thidua.scoring.actions.moving import standings_before, tell_moved
from thidua.scoring.models import AppraiserAssignment, Judgement, ScoreLine, ScoreSheet, Verdict, VerdictChange
from thidua.scoring.queries.results import digest_of, result_of, verified_lines, without_unit
from thidua.scoring.queries.words import figures_in_words


@transaction.atomic
def assign_appraiser(
    *, year: ClusterYear, person: Person, unit: Organisation, actor: Actor, now: datetime
) -> AppraiserAssignment:
    """The head's secretary gives a unit to an appraiser. Refuses whoever holds any post at the unit, own or lent
    (scoring.appraiser_of_own_unit), a standing conflict of interest (scoring.appraiser_in_conflict), whoever is no appraiser here
    (scoring.not_an_appraiser), and from the conference on."""
    by = require_may_assign(actor, year)
    _require_before_conference(year)
    if unit.pk not in member_ids(year):
        raise Absent
    appraiser = actor_of(person, now)
    if unit.pk in appraiser.organisations():
        raise Refused("scoring.appraiser_of_own_unit", field="person", person=person.name, unit=unit.name_vi)
    if unit.pk in conflicted_units(appraiser, year):
        raise Refused("scoring.appraiser_in_conflict", field="person", person=person.name, unit=unit.name_vi)
    if appraiser.by(APPRAISE, where_in(year)) is None:
        raise Refused("scoring.not_an_appraiser", field="person", person=person.name)
    given, made = AppraiserAssignment.objects.get_or_create(year=year, person=person, unit=unit)
    if made:
        publish(events.AppraiserAssigned(year.pk, person.pk, person.name, unit.pk, unit.name_vi), by, now=now)
    return given


@transaction.atomic
def unassign_appraiser(*, assignment: AppraiserAssignment, actor: Actor, now: datetime) -> None:
    """The head's secretary takes a unit from an appraiser; what was found so far stays."""
    year, person, unit = assignment.year, assignment.person, assignment.unit
    by = require_may_assign(actor, year)
    _require_before_conference(year)
    assignment.delete()
    publish(events.AppraiserUnassigned(year.pk, person.pk, person.name, unit.pk, unit.name_vi), by, now=now)


@transaction.atomic
def give_verdict(
    *, sheet: ScoreSheet, line: rules.ScoreLine, reason: str = "", revision: int | None = None, actor: Actor, now: datetime
) -> Verdict:
    """Confirm a line (the same figures as the unit's) or change it, which needs a reason of ten letters; each change is kept and
    journalled. `revision` as in `save_line`. Refuses scoring.changed_meanwhile, scoring.reason_too_short, figures nothing can
    be computed from, and a verdict on nothing (scoring.nothing_to_judge)."""
    locked = guard.lock(sheet)
    by = require_may_appraise(actor, locked.year, locked.unit_id)
    require_stage(locked.year, Stage.CROSS_CHECKING)
    guard.require_being_checked(locked)
    lines = {kept.code: kept for kept in ScoreLine.objects.filter(sheet=locked)}
    verdicts = {kept.code: kept for kept in Verdict.objects.filter(sheet=locked)}
    said, kept = lines.get(line.code), verdicts.get(line.code)
    agrees = guard.same_figures(said, line)
    words = guard.checked_reason(reason, field=line.code, required=not agrees)
    if kept is not None and _already(kept, line, words, agrees):
        return kept
    guard.check_revision(kept, revision, kept.given_by_name if kept else "", figures_in_words(kept), line.code)
    guard.check_figures(line)
    guard.check_against_table(locked, line, [without_unit(other) for other in verified_lines(lines, verdicts)], reason=words)
    if said is None and kept is None and not line.has_figures:
        raise Refused("scoring.nothing_to_judge", field=line.code)
    before = standings_before(locked, line.code)
    verdict = keep_verdict(locked, line, said, kept, words, by, now)
    guard.touch(locked, now)
    tell_moved(locked, line.code, before, actor=by, now=now)
    return verdict


def _already(kept: Verdict, line: rules.ScoreLine, words: str, agrees: bool) -> bool:
    judgement = Judgement.CONFIRMED if agrees else Judgement.CHANGED
    return kept.judgement == judgement and guard.same_figures(kept, line) and kept.reason == words


def keep_verdict(
    sheet: ScoreSheet,
    line: rules.ScoreLine,
    said: ScoreLine | None,
    kept: Verdict | None,
    words: str,
    by: Actor,
    now: datetime,
    told_by: str = "",
) -> Verdict:
    """Write one verdict with its history and journal, whatever was checked before and without a new stamp: both are the
    caller's. `told_by` stands in the place of the actor's name."""
    agrees = guard.same_figures(said, line)
    was = kept if kept is not None and kept.judgement == Judgement.CHANGED else said
    before = {} if was is None else _facts(was)
    before_words = figures_in_words(was)
    differs = not guard.same_figures(was, line)
    verdict = kept or Verdict(sheet=sheet, code=line.code, revision=0)
    guard.put_figures(verdict, line)
    verdict.judgement = Judgement.CONFIRMED if agrees else Judgement.CHANGED
    verdict.reason, verdict.revision = words, verdict.revision + 1
    verdict.given_at, verdict.given_by_name = now, told_by or guard.who(by)
    verdict.save()
    if differs:
        VerdictChange.objects.create(
            verdict=verdict,
            was=before,
            becomes=_facts(verdict),
            reason=words,
            changed_at=now,
            changed_by_name=verdict.given_by_name,
        )
        becomes = figures_in_words(verdict)
        names = (sheet.year_id, sheet.pk, sheet.unit_id, sheet.unit.name_vi)
        publish(events.VerdictChanged(*names, line.code, before_words, becomes, words), by, now=now)
    return verdict


def _facts(kept: ScoreLine | Verdict) -> dict[str, object]:
    filled = {name: value for name, value in kept.figures().items() if value not in (None, "")}
    return {name: value if isinstance(value, bool | str) else f"{value:f}" for name, value in filled.items()}


@transaction.atomic
def confirm_all_remaining(*, sheet: ScoreSheet, actor: Actor, now: datetime) -> int:
    """Confirm every line with figures about which nothing was said yet; how many. The end of the check journals them all."""
    locked = guard.lock(sheet)
    by = require_may_appraise(actor, locked.year, locked.unit_id)
    require_stage(locked.year, Stage.CROSS_CHECKING)
    guard.require_being_checked(locked)
    result = result_of(locked)
    codes = result.to_judge
    Verdict.objects.filter(sheet=locked, code__in=codes).delete()
    Verdict.objects.bulk_create(
        Verdict(
            sheet=locked,
            code=code,
            judgement=Judgement.CONFIRMED,
            given_at=now,
            given_by_name=guard.who(by),
            **result.lines[code].figures(),
        )
        for code in codes
    )
    if codes:
        guard.touch(locked, now)
    return len(codes)


@transaction.atomic
def finish_check(*, sheet: ScoreSheet, actor: Actor, now: datetime) -> None:
    """Close the check of a sheet. Refuses while lines are not judged (scoring.lines_not_judged): how many and which."""
    locked = guard.lock(sheet)
    by = require_may_appraise(actor, locked.year, locked.unit_id)
    require_stage(locked.year, Stage.CROSS_CHECKING)
    guard.require_being_checked(locked)
    if waiting := result_of(locked).to_judge:
        raise Refused("scoring.lines_not_judged", missing=len(waiting), codes=guard.some_codes(waiting))
    close_check(locked, by, now)


def close_check(locked: ScoreSheet, by: Actor, now: datetime, told_by: str = "") -> None:
    """The check of a locked sheet ends, with the digest of its verified lines in the journal; what was asked before is the
    caller's."""
    result = result_of(locked)
    reasons = {code: verdict.reason for code, verdict in result.verdicts.items()}
    digest = digest_of(verified_lines(result.lines, result.verdicts), reasons)
    guard.touch(locked, now, checked_at=now, checked_by_name=told_by or guard.who(by))
    names = (locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi)
    total = format_plain(result.verified.total, fewest=0)
    publish(events.CheckFinished(*names, total, len(result.changed), digest), by, now=now)


@transaction.atomic
def reopen_check(*, sheet: ScoreSheet, reason: str, actor: Actor, now: datetime) -> None:
    """Open a finished check again, say after the unit's answer; with a reason."""
    locked = guard.lock(sheet)
    by = require_may_appraise(actor, locked.year, locked.unit_id)
    require_stage(locked.year, Stage.CROSS_CHECKING)
    if locked.checked_at is None:
        raise Refused("scoring.check_open")
    words = guard.checked_reason(reason)
    guard.touch(locked, now, checked_at=None, checked_by_name="")
    publish(events.CheckReopened(locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, words), by, now=now)


@transaction.atomic
def answer_verdict(*, sheet: ScoreSheet, code: str, answer: str, actor: Actor, now: datetime) -> Verdict:
    """The unit answers a change, as long as the cross-check runs. Refuses a line that was not changed (scoring.not_changed)."""
    locked = guard.lock(sheet)
    by = require_may_answer(actor, locked.year, locked.unit_id)
    require_stage(locked.year, Stage.CROSS_CHECKING)
    verdict = Verdict.objects.filter(sheet=locked, code=code).first()
    if verdict is None or verdict.judgement != Judgement.CHANGED:
        raise Refused("scoring.not_changed", item=code)
    words = guard.checked_reason(answer, field="answer")
    verdict.unit_answer, verdict.answered_at, verdict.answered_by_name = words, now, guard.who(by)
    verdict.save(update_fields=["unit_answer", "answered_at", "answered_by_name"])
    guard.touch(locked, now)
    names = (locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi)
    publish(events.VerdictAnswered(*names, code, words), by, now=now)
    return verdict


def _require_before_conference(year: ClusterYear) -> None:
    require_open(year)
    if year.has_reached(Stage.CONFERENCE):
        raise Refused("clusters.wrong_stage", stage=year.stage, wanted=Stage.CROSS_CHECKING)
