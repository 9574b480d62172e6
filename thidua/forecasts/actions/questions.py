"""Writes of questions: asking, editing, opening, and what may still change once somebody has forecast."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate, make_aware

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.forecasts import events
from thidua.forecasts.access import require_may_ask
from thidua.forecasts.models import Addition, AdditionKind, Choice, Forecast, Question, QuestionKind, QuestionState
from thidua.forecasts.rules import questions as rules
from thidua.kernel.actor import Actor, who
from thidua.kernel.errors import Absent, Refused

YES, NO = "Có", "Không"
"""The choices of a yes/no question, as they are kept; pages translate them."""


@dataclass(frozen=True, slots=True)
class QuestionValue:
    """A question as it is typed. `choices` only for several choices, measure and coverage only for a number."""

    title: str
    background: str
    decided_how: str
    kind: str
    closes_at: datetime
    outcome_on: date
    choices: tuple[str, ...] = ()
    unit_of_measure: str = ""
    coverage: Decimal = Decimal("0.80")


@transaction.atomic
def ask_question(*, year: ClusterYear, value: QuestionValue, open_now: bool, actor: Actor, now: datetime) -> Question:
    """Write a question down, open to forecasts at once or as a draft.

    Refuses what `rules.check_year`, `check_days` and `check_choices` refuse, an empty or used title (forecasts.title_empty,
    forecasts.question_exists), no clear way to decide (forecasts.words_too_short), a number without a measure
    (forecasts.measure_missing) or with another coverage than is offered (forecasts.coverage_unknown).
    """
    locked = _lock_year(year)
    by = require_may_ask(actor, locked)
    require_open(locked)
    question = Question(year=locked, asked_at=now, asked_by_id=by.person_id, asked_by_name=who(by))
    choices = _fill(question, value, now)
    if open_now:
        question.state, question.opened_at = QuestionState.OPEN, now
    question.save()
    _write_choices(question, choices)
    fact = events.QuestionAsked if open_now else events.QuestionDrafted
    publish(fact(locked.pk, question.pk, question.title, question.closes_at, question.outcome_on), by, now=now)
    return question


@transaction.atomic
def edit_question(*, question: Question, value: QuestionValue, revision: int, actor: Actor, now: datetime) -> Question:
    """Change a question nobody has forecast yet. Refuses forecasts.question_fixed after that or once it has closed,
    forecasts.edited_meanwhile, and what asking refuses."""
    _lock_year(question.year)
    locked = lock_question(question)
    by = require_may_ask(actor, locked.year)
    require_open(locked.year)
    if locked.revision != revision:
        raise Refused("forecasts.edited_meanwhile")
    if not is_editable(locked, now):
        raise Refused("forecasts.question_fixed")
    choices = _fill(locked, value, now)
    locked.revision += 1
    locked.save()
    _write_choices(locked, choices)
    fact = events.QuestionEdited(locked.year_id, locked.pk, locked.title, locked.closes_at, locked.outcome_on, locked.revision)
    publish(fact, by, now=now)
    return locked


@transaction.atomic
def open_question(*, question: Question, actor: Actor, now: datetime) -> None:
    """Let a draft take forecasts. Refuses forecasts.not_a_draft, and days that have passed meanwhile."""
    locked, by = _lock_to_ask(question, actor)
    _require_draft(locked)
    rules.check_year(locked.year.year, localdate(now))
    rules.check_days(locked.closes_at, locked.outcome_on, begins(locked.outcome_on), year=locked.year.year, now=now)
    locked.state, locked.opened_at = QuestionState.OPEN, now
    locked.save(update_fields=["state", "opened_at"])
    publish(events.QuestionOpened(locked.year_id, locked.pk, locked.title, locked.closes_at), by, now=now)


@transaction.atomic
def remove_question(*, question: Question, actor: Actor, now: datetime) -> None:
    """Throw a draft away. Refuses forecasts.not_a_draft."""
    locked, by = _lock_to_ask(question, actor)
    _require_draft(locked)
    fact = events.QuestionRemoved(locked.year_id, locked.title)
    locked.delete()
    publish(fact, by, now=now)


@transaction.atomic
def add_background(*, question: Question, text: str, actor: Actor, now: datetime) -> None:
    """Tell forecasters more, with the moment it was told. Refuses a draft (forecasts.still_draft) and a decided question
    (forecasts.decided_no_background), the same words again (forecasts.background_twice), forecasts.words_too_short."""
    locked, by = _lock_to_ask(question, actor)
    words = rules.check_reason(text, field="text")
    if locked.state == QuestionState.DRAFT:
        raise Refused("forecasts.still_draft")
    if locked.state in rules.DECIDED:
        raise Refused("forecasts.decided_no_background")
    if locked.additions.filter(kind=AdditionKind.BACKGROUND, text=words).exists():
        raise Refused("forecasts.background_twice", field="text")
    _add(locked, AdditionKind.BACKGROUND, words, by, now)
    publish(events.BackgroundAdded(locked.year_id, locked.pk, locked.title, words), by, now=now)


@transaction.atomic
def bring_closing_forward(*, question: Question, closes_at: datetime, reason: str, actor: Actor, now: datetime) -> None:
    """End forecasts earlier than was said. Refuses what is not open (forecasts.not_open, forecasts.still_draft), a moment that
    has passed or is not earlier (`rules.check_earlier`), forecasts.words_too_short."""
    locked, by = _lock_to_ask(question, actor)
    require_taking(locked, now)
    rules.check_earlier(closes_at, locked.closes_at, now)
    why, before = rules.check_reason(reason), locked.closes_at
    locked.closes_at = closes_at
    locked.save(update_fields=["closes_at"])
    _add(locked, AdditionKind.CLOSING, why, by, now, closes_at)
    fact = events.ClosingBroughtForward(locked.year_id, locked.pk, locked.title, before, closes_at, why)
    publish(fact, by, now=now)


@transaction.atomic
def close_question(*, question: Question, reason: str, actor: Actor, now: datetime) -> None:
    """End forecasts at once. Refuses what is not open (forecasts.not_open, forecasts.still_draft), forecasts.words_too_short."""
    locked, by = _lock_to_ask(question, actor)
    require_taking(locked, now)
    why = rules.check_reason(reason)
    locked.state, locked.closed_at = QuestionState.CLOSED, now
    locked.save(update_fields=["state", "closed_at"])
    _add(locked, AdditionKind.CLOSED, why, by, now, now)
    publish(events.QuestionClosed(locked.year_id, locked.pk, locked.title, why), by, now=now)


def lock_question(question: Question) -> Question:
    """The question's row, locked, with its year. Absent when it was a draft and someone has thrown it away."""
    rows = Question.objects.select_for_update(of=("self",))
    found = rows.select_related("year__cluster", "year__head").filter(pk=question.pk).first()
    if found is None:
        raise Absent
    return found


def require_taking(question: Question, now: datetime) -> None:
    """Refuses a draft (forecasts.still_draft) and a question that has closed (forecasts.not_open)."""
    stands = rules.standing(question.state, question.closes_at, now)
    if stands == rules.DRAFT:
        raise Refused("forecasts.still_draft")
    if stands != rules.OPEN:
        raise Refused("forecasts.not_open", closed_at=question.closed_at or question.closes_at)


def is_editable(question: Question, now: datetime) -> bool:
    """Whether everything may still change: a draft, or open while nobody has forecast. At most one query."""
    stands = rules.standing(question.state, question.closes_at, now)
    return stands == rules.DRAFT or (stands == rules.OPEN and not Forecast.objects.filter(question=question).exists())


def begins(day: date) -> datetime:
    """The first moment of a day here."""
    return make_aware(datetime.combine(day, time.min))


def _lock_year(year: ClusterYear) -> ClusterYear:
    """The year's row, locked: titles of its questions are given one at a time."""
    return ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head").get(pk=year.pk)


def _lock_to_ask(question: Question, actor: Actor) -> tuple[Question, Actor]:
    locked = lock_question(question)
    by = require_may_ask(actor, locked.year)
    require_open(locked.year)
    return locked, by


def _require_draft(question: Question) -> None:
    if question.state != QuestionState.DRAFT:
        raise Refused("forecasts.not_a_draft")


def _fill(question: Question, value: QuestionValue, now: datetime) -> tuple[str, ...]:
    """Put checked values into the question; the choices it has."""
    rules.check_year(question.year.year, localdate(now))
    title = " ".join(value.title.split())
    if not title:
        raise Refused("forecasts.title_empty", field="title")
    year = question.year
    if Question.objects.filter(year=year, title=title).exclude(pk=question.pk).exists():
        raise Refused("forecasts.question_exists", field="title", title=title)
    choices = (YES, NO) if value.kind == QuestionKind.YES_NO else rules.check_choices(value.kind, value.choices)
    is_number = value.kind == QuestionKind.NUMBER
    measure = " ".join(value.unit_of_measure.split()) if is_number else ""
    if is_number and not measure:
        raise Refused("forecasts.measure_missing", field="unit_of_measure")
    if is_number and value.coverage not in rules.COVERAGES:
        raise Refused("forecasts.coverage_unknown", field="coverage")
    rules.check_days(value.closes_at, value.outcome_on, begins(value.outcome_on), year=year.year, now=now)
    question.title, question.background, question.kind = title, value.background.strip(), value.kind
    question.decided_how = rules.check_reason(value.decided_how, field="decided_how")
    question.unit_of_measure = measure
    question.coverage = value.coverage if is_number else Decimal("0.80")
    question.closes_at, question.outcome_on = value.closes_at, value.outcome_on
    return choices


def _write_choices(question: Question, choices: tuple[str, ...]) -> None:
    Choice.objects.filter(question=question).delete()
    Choice.objects.bulk_create(Choice(question=question, position=n, text=text) for n, text in enumerate(choices, 1))


def _add(question: Question, kind: str, text: str, by: Actor, now: datetime, closes_at: datetime | None = None) -> None:
    Addition.objects.create(question=question, kind=kind, text=text, closes_at=closes_at, added_at=now, added_by_name=who(by))
