"""Writes about how a question came out, and disputes about that."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import member_ids, require_open
from thidua.forecasts import events
from thidua.forecasts.access import require_may_answer_dispute, require_may_decide, require_may_dispute
from thidua.forecasts.actions.questions import lock_question
from thidua.forecasts.models import Dispute, Question, QuestionState, Resolution
from thidua.forecasts.rules import questions as rules
from thidua.forecasts.rules.questions import Answer
from thidua.kernel.actor import Actor, who
from thidua.kernel.errors import Absent, Refused
from thidua.kernel.points import format_vietnamese
from thidua.people.models import Organisation


@transaction.atomic
def decide_question(*, question: Question, answer: Answer, basis: str, actor: Actor, now: datetime) -> Resolution:
    """Say how a question came out, from where that can be checked. By somebody who did not forecast, for a unit that did not.

    Refuses a second time (forecasts.decided_already), before the day (forecasts.outcome_not_due), an answer that does not fit
    (forecasts.no_answer), a thin basis (forecasts.words_too_short).
    """
    locked = lock_question(question)
    by = require_may_decide(actor, locked)
    require_open(locked.year)
    if locked.state in rules.DECIDED:
        raise Refused("forecasts.decided_already")
    stands = rules.standing(locked.state, locked.closes_at, now)
    if stands != rules.CLOSED or localdate(now) < locked.outcome_on:
        raise Refused("forecasts.outcome_not_due", day=locked.outcome_on)
    return _resolve(locked, answer, basis, number=1, by=by, now=now)


@transaction.atomic
def raise_dispute(*, question: Question, unit: Organisation, reason: str, actor: Actor, now: datetime) -> Dispute:
    """A member unit says that the question was decided wrongly. Once for each outcome.

    Refuses forecasts.unit_left, a question not decided (forecasts.not_decided), a second one (forecasts.disputed_already),
    forecasts.words_too_short.
    """
    locked = lock_question(question)
    if unit.pk not in member_ids(locked.year):
        raise Refused("forecasts.unit_left", unit=unit.name_vi)
    by = require_may_dispute(actor, locked.year, unit.pk)
    require_open(locked.year)
    resolution = locked.resolutions.first()
    if resolution is None:
        raise Refused("forecasts.not_decided")
    if resolution.disputes.filter(unit=unit).exists():
        raise Refused("forecasts.disputed_already", unit=unit.name_vi)
    why = rules.check_reason(reason)
    made = Dispute.objects.create(resolution=resolution, unit=unit, reason=why, raised_at=now, raised_by_name=who(by))
    fact = events.DisputeRaised(locked.year_id, locked.pk, locked.title, unit.pk, unit.name_vi, resolution.number, why)
    publish(fact, by, now=now)
    return made


@transaction.atomic
def turn_down_dispute(*, dispute: Dispute, answer: str, actor: Actor, now: datetime) -> None:
    """Answer that the outcome stays. Refuses forecasts.dispute_answered, one's own unit's dispute (forecasts.own_dispute),
    forecasts.words_too_short."""
    question, locked, by = _lock_dispute(dispute, actor)
    words = rules.check_reason(answer, field="answer")
    _write_answer(locked, False, words, by, now)
    fact = events.DisputeTurnedDown(question.year_id, question.pk, question.title, locked.unit_id, locked.unit.name_vi, words)
    publish(fact, by, now=now)


@transaction.atomic
def uphold_dispute(*, dispute: Dispute, answer: str, outcome: Answer, basis: str, actor: Actor, now: datetime) -> Resolution:
    """Answer that the unit is right, and decide the question anew in the same step; the earlier outcome stays to read.

    Other disputes of the same outcome that wait are answered with it; whoever is not content disputes the new one.
    Refuses the outcome that stands (forecasts.same_outcome), and what turning down and deciding refuse.
    """
    question, locked, by = _lock_dispute(dispute, actor)
    words = rules.check_reason(answer, field="answer")
    old = locked.resolution
    if (outcome.choice, outcome.value, outcome.void) == (old.choice_id, old.value, old.void):
        raise Refused("forecasts.same_outcome", field="outcome")
    for each in Dispute.objects.filter(resolution=old, upheld=None).select_related("unit").order_by("pk"):
        _write_answer(each, True, words, by, now)
        fact = events.DisputeUpheld(question.year_id, question.pk, question.title, each.unit_id, each.unit.name_vi, words)
        publish(fact, by, now=now)
    return _resolve(question, outcome, basis, number=old.number + 1, by=by, now=now)


def _lock_dispute(dispute: Dispute, actor: Actor) -> tuple[Question, Dispute, Actor]:
    question = lock_question(dispute.resolution.question)
    by = require_may_answer_dispute(actor, question)
    require_open(question.year)
    rows = Dispute.objects.select_related("resolution", "unit").filter(resolution__question=question)
    locked = rows.filter(pk=dispute.pk).first()
    if locked is None:
        raise Absent
    if locked.upheld is not None:
        raise Refused("forecasts.dispute_answered")
    if by.using and by.using.organisation_id == locked.unit_id:
        raise Refused("forecasts.own_dispute")
    return question, locked, by


def _write_answer(dispute: Dispute, upheld: bool, words: str, by: Actor, now: datetime) -> None:
    dispute.upheld, dispute.answer, dispute.answered_at, dispute.answered_by_name = upheld, words, now, who(by)
    dispute.save(update_fields=["upheld", "answer", "answered_at", "answered_by_name"])


def _resolve(question: Question, answer: Answer, basis: str, *, number: int, by: Actor, now: datetime) -> Resolution:
    choices = {choice.pk: choice.text for choice in question.choices.all()}
    rules.check_answer(question.kind, answer, list(choices))
    words = rules.check_reason(basis, field="basis")
    made = Resolution.objects.create(
        question=question, number=number, choice_id=answer.choice, value=answer.value, void=answer.void, basis=words,
        resolved_at=now, resolved_by_id=by.person_id, resolved_by_name=who(by),
    )  # fmt: skip
    question.state = QuestionState.VOID if answer.void else QuestionState.RESOLVED
    question.closed_at = question.closed_at or question.closes_at
    question.save(update_fields=["state", "closed_at"])
    fact = events.QuestionDecided(
        question.year_id, question.pk, question.title, number, _outcome(question, answer, choices), words
    )
    publish(fact, by, now=now)
    return made


def _outcome(question: Question, answer: Answer, choices: dict[int, str]) -> str:
    """The outcome as the journal keeps it."""
    if answer.void:
        return "Không tính"
    if answer.value is not None:
        return f"{format_vietnamese(answer.value, most=6)} {question.unit_of_measure}".strip()
    return choices[answer.choice or 0]
