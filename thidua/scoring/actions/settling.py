"""Verdicts from a cross-check round: all lines of a sheet at once, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thidua.clusters.access import require_stage
from thidua.clusters.rules import Stage
from thidua.criteria.queries import table_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.scoring import rules
from thidua.scoring.access import require_may_settle_sheet
from thidua.scoring.actions import guard
from thidua.scoring.actions.checking import close_check, keep_verdict
from thidua.scoring.actions.moving import relative_codes, standings_before, tell_moved
from thidua.scoring.models import Judgement, ScoreLine, ScoreSheet, Verdict
from thidua.scoring.queries.moving import BETWEEN_CODES
from thidua.scoring.queries.results import result_of, verified_lines, without_unit


@dataclass(frozen=True, slots=True)
class Finding:
    """What a round found for one line: the figures, and how they came about. The unit's own figures confirm the line."""

    line: rules.ScoreLine
    reason: str = ""


@transaction.atomic
def put_verdicts(*, sheet: ScoreSheet, found: Mapping[str, Finding], actor: Actor, now: datetime, told_by: str = "") -> int:
    """Write what a round found as verdicts of the sheet, each change with its history; how many lines it leaves unjudged.

    Where none is left the check of the sheet ends; otherwise its appraisers go on. A verdict that already says the same stays as
    it is. Whom changes of relative indicators move is journalled. `told_by` stands beside each verdict and the end of the check
    where the actor's name alone would say too little: the round and who settled it.

    Refuses a sheet that is not submitted or whose check has ended (scoring.not_submitted, scoring.check_finished), a change
    without a reason (scoring.reason_too_short), codes and figures that the table cannot take.
    """
    locked = guard.lock(sheet)
    by = require_may_settle_sheet(actor, locked.year)
    require_stage(locked.year, Stage.CROSS_CHECKING)
    guard.require_being_checked(locked)
    lines = {kept.code: kept for kept in ScoreLine.objects.filter(sheet=locked)}
    verdicts = {kept.code: kept for kept in Verdict.objects.filter(sheet=locked)}
    changed = {code for code, finding in found.items() if not guard.same_figures(lines.get(code), finding.line)}
    words = {code: guard.checked_reason(finding.reason, field=code, required=code in changed) for code, finding in found.items()}
    _check_together(locked, lines, verdicts, {code: found[code].line for code in changed})
    written = {
        code
        for code, finding in found.items()
        if (kept := verdicts.get(code)) is None or not _says(kept, finding.line, words[code], code in changed)
    }
    before = standings_before(locked, *written)
    for code in found:
        if code in written:
            keep_verdict(locked, found[code].line, lines.get(code), verdicts.get(code), words[code], by, now, told_by)
    guard.touch(locked, now)
    tell_moved(locked, BETWEEN_CODES.join(relative_codes(locked, written)), before, actor=by, now=now)
    waiting = result_of(locked).to_judge
    if not waiting:
        close_check(locked, by, now, told_by)
    return len(waiting)


def _says(kept: Verdict, line: rules.ScoreLine, words: str, changes: bool) -> bool:
    judgement = Judgement.CHANGED if changes else Judgement.CONFIRMED
    return kept.judgement == judgement and guard.same_figures(kept, line) and (kept.reason == words or not changes)


def _check_together(
    sheet: ScoreSheet,
    lines: dict[str, ScoreLine],
    verdicts: dict[str, Verdict],
    changed: Mapping[str, rules.ScoreLine],
) -> None:
    """As `guard.check_against_table`, for all changed lines by one evaluation: every one of them has its reason."""
    table = table_of(sheet.version)
    for code, line in changed.items():
        guard.check_figures(line)
        if code not in table.by_code:
            raise Refused("scoring.unknown_code", field=code, item=code)
        bands = {band.code for band in table.bands(code)}
        if bands and line.grade and line.grade not in bands:
            raise Refused("scoring.unknown_band", field=code, item=code)
    before = [without_unit(line) for line in verified_lines(lines, verdicts)]
    rest = [line for line in before if line.code not in changed and line.code in table.by_code]
    for warning in rules.evaluate_unit(table, [*rest, *changed.values()]).warnings:
        if warning.item in changed and warning.code in guard.UNUSABLE:
            raise Refused(warning.code, field=warning.item, **{"item": warning.item, **warning.facts})
