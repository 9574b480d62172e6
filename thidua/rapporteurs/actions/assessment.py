"""Writes of assessment: the rules that the authority has set, and the year's grades, settled and numbered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor, who
from thidua.kernel.errors import Refused
from thidua.rapporteurs import events
from thidua.rapporteurs.access import require_may_assess
from thidua.rapporteurs.models import Assessment, AssessmentRules, CorpsKind, Grade
from thidua.rapporteurs.queries.assessment import Reckoned, Row, content_of, digest_of, reckon, rows_of, rules_of
from thidua.rapporteurs.rules.assessment import free_places
from thidua.rapporteurs.rules.schemes import GRADES, REVIEW, Scheme, check
from thidua.rapporteurs.rules.schemes import content_of as kept

LEAST_LETTERS = 10
MOST_REASON = 300


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided for a member whom the rules leave to them, and why."""

    grade: str
    reason: str


def _lock(year: ClusterYear, actor: Actor) -> tuple[ClusterYear, Actor]:
    """The year's row, locked, and who acts. Refuses whoever may not assess and a closed year."""
    locked = ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head").get(pk=year.pk)
    by = require_may_assess(actor, locked)
    require_open(locked)
    return locked, by


@transaction.atomic
def set_assessment_rules(
    *, year: ClusterYear, kind: str, scheme: Scheme, decision: str, confirmed: bool, revision: int, actor: Actor, now: datetime
) -> AssessmentRules:
    """Enter or change the rules of a kind. `confirmed`: whoever saves has compared every figure with the decision, this time.

    Refuses what `rules.schemes.check` refuses, a confirmation without a decision (rapporteurs.decision_wanted), and a revision
    (0: none were there) that is no longer the newest (rapporteurs.rules_changed).
    """
    locked, by = _lock(year, actor)
    check(scheme, CorpsKind(kind))
    paper = " ".join(decision.split())
    if confirmed and not paper:
        raise Refused("rapporteurs.decision_wanted", field="decision")
    rules = rules_of(locked, kind) or AssessmentRules(year=locked, kind=kind, revision=0)
    if rules.revision != revision:
        raise Refused("rapporteurs.rules_changed")
    rules.content, rules.decision, rules.confirmed = kept(scheme), paper, confirmed
    rules.revision, rules.set_at, rules.set_by_name = revision + 1, now, who(by)
    rules.save()
    publish(events.AssessmentRulesSet(locked.pk, kind, paper, confirmed, rules.revision), by, now=now)
    return rules


@transaction.atomic
def settle_grades(
    *, year: ClusterYear, kind: str, seen: str, reason: str, decided: Mapping[int, Decided], actor: Actor, now: datetime
) -> Assessment:
    """Settle the grades of a kind as they are now, with everything they stand on. `seen`: the digest of what was shown.

    `decided`: grades for members whom the rules leave to people, by member id; those not named stay "needs review". Refuses rules
    that are not there or not confirmed (rapporteurs.rules_not_confirmed), nobody in term (nobody_to_assess), figures that have
    changed since (figures_changed), a second time without a reason of ten letters (settle_reason), and what `_decide` refuses.
    """
    locked, by = _lock(year, actor)
    reckoned = reckon(locked, CorpsKind(kind), localdate(now))
    rules = reckoned.rules
    if rules is None or not (rules.confirmed and rules.decision):
        raise Refused("rapporteurs.rules_not_confirmed")
    if not reckoned.entries:
        raise Refused("rapporteurs.nobody_to_assess")
    if digest_of(content_of(locked, kind, rules, rows_of(reckoned.entries))) != seen:
        raise Refused("rapporteurs.figures_changed")
    last = Assessment.objects.filter(year=locked, kind=kind).first()
    why = " ".join(reason.split())[:MOST_REASON]
    if last and not _is_reason(why):
        raise Refused("rapporteurs.settle_reason", field="reason", least=LEAST_LETTERS)
    rows = _decide(reckoned, decided)
    content = content_of(locked, kind, rules, rows)
    made = Assessment.objects.create(
        year=locked, kind=kind, number=last.number + 1 if last else 1, rules=rules.content, decision=rules.decision,
        digest=digest_of(content), reason=why if last else "", settled_at=now, settled_by_name=who(by),
    )  # fmt: skip
    Grade.objects.bulk_create(
        Grade(
            assessment=made,
            member=row.member,
            unit=row.unit,
            level=row.level,
            grade=row.grade,
            percent=row.percent,
            basis=row.basis,
        )
        for row in rows
    )
    publish(events.AssessmentSettled(locked.pk, kind, made.number, len(rows), made.reason, made.digest), by, now=now)
    return made


def _is_reason(text: str) -> bool:
    return sum(char.isalpha() for char in text) >= LEAST_LETTERS


def _decide(reckoned: Reckoned, decided: Mapping[int, Decided]) -> list[Row]:
    """The rows with the grades that people decided. Refuses a decision about anyone who is not "needs review", or for no grade
    (rapporteurs.not_to_be_decided), one without a reason (decided_without_reason), and more good ones than a level has places
    (quota_exceeded)."""
    rows = rows_of(reckoned.entries)
    left_open = {row.member.pk for row in rows if row.grade == REVIEW}
    if not decided.keys() <= left_open or any(each.grade not in GRADES for each in decided.values()):
        raise Refused("rapporteurs.not_to_be_decided")
    for member, each in decided.items():
        if not _is_reason(each.reason):
            raise Refused("rapporteurs.decided_without_reason", field=f"reason_{member}", least=LEAST_LETTERS)
    graded = [_decided(row, decided[row.member.pk]) if row.member.pk in decided else row for row in rows]
    _check_quotas(reckoned, graded)
    return graded


def _decided(row: Row, decided: Decided) -> Row:
    facts = {"grade": f"grade.{decided.grade}", "reason": " ".join(decided.reason.split())[:MOST_REASON]}
    reasons = [*row.basis["reasons"], {"code": "rapporteurs.why_decided", "facts": facts}]
    return replace(row, grade=decided.grade, basis=row.basis | {"reasons": reasons})


def _check_quotas(reckoned: Reckoned, rows: list[Row]) -> None:
    results = [entry.result for entry in reckoned.entries]
    for level in reckoned.scheme.quota if reckoned.scheme else ():
        places = free_places(reckoned.scheme, level, results) if reckoned.scheme else None
        good = sum(row.level == level and row.grade == GRADES[0] for row in rows)
        if places is not None and good > places:
            raise Refused("rapporteurs.quota_exceeded", level=f"level.{level}", places=places, good=good)
