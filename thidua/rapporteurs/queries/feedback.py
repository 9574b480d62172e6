"""Reads of what listeners answered. Nothing is counted out while a form is open, nor below ten sheets."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import F, Q, Sum
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate, make_aware

from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Forbidden
from thidua.rapporteurs.access import require_may_moderate, require_may_record_talk
from thidua.rapporteurs.models import (
    FeedbackCount,
    FeedbackForm,
    FeedbackQuestion,
    FeedbackRemark,
    FeedbackTicket,
    RemarkState,
    Talk,
)
from thidua.rapporteurs.rules import feedback as rules
from thidua.rapporteurs.rules.feedback import FEWEST, POSITIVE, Result, Share, Verdict

QUESTIONS = tuple(FeedbackQuestion.values)


@dataclass(frozen=True, slots=True)
class TalkFeedback:
    """What the pages of a talk show of its listeners. `form` None: nobody has been asked. `result` and `remarks` are there
    only with the verdict SHOWN; `waiting` (remarks to be moderated) only for somebody who may moderate. `is_late`: nobody was
    asked and it is too late to. `takes_from`: the form is open, and takes answers from that day to come."""

    talk: Talk
    form: FeedbackForm | None
    verdict: Verdict | None
    result: Result | None
    remarks: tuple[str, ...]
    waiting: int
    may_open: bool
    may_close: bool
    may_moderate: bool
    is_late: bool = False
    takes_from: date | None = None

    @property
    def useful(self) -> Share | None:
        """The share that found the talk useful on the whole."""
        return self.result.of(FeedbackQuestion.USEFUL).share if self.result else None

    @property
    def rows(self) -> list[tuple[str, rules.QuestionResult]]:
        """Each question in words, with its result."""
        return [(FeedbackQuestion(one.question).label, one) for one in self.result.questions] if self.result else []


def day_starts(day: date) -> datetime:
    """The first moment of a day here."""
    return make_aware(datetime.combine(day, time()))


def ticket_of(form: FeedbackForm, cookie: str) -> str:
    """What is kept of a phone that has answered: HMAC-SHA256 of its cookie's random number, for this form only, with the
    installation's key."""
    return salted_hmac("thidua.rapporteurs.feedback", f"{form.pk}:{cookie}", algorithm="sha256").hexdigest()


def has_answered(form: FeedbackForm, cookie: str) -> bool:
    """Whether the phone with this cookie has answered the form, while it is open. One query, none without a cookie."""
    return bool(cookie) and FeedbackTicket.objects.filter(form=form, digest=ticket_of(form, cookie)).exists()


def is_over(form: FeedbackForm, now: datetime) -> bool:
    """Whether the form takes no more answers: closed by hand, or its time has come."""
    return form.closed_at is not None or form.closes_at <= now


def takes_from(form: FeedbackForm, now: datetime) -> date | None:
    """The day from which an open form takes answers, while it is still to come (its talk is loaded). No query."""
    held_on: date = form.talk.held_on
    return held_on if not is_over(form, now) and now < day_starts(held_on) else None


def verdict_of(form: FeedbackForm, now: datetime) -> Verdict:
    """Whether the form's result may be read (its talk is loaded). No query."""
    return rules.verdict(is_over=is_over(form, now), answers=form.answers, listeners=form.talk.listeners)


def feedback_of(talk: Talk, actor: Actor, now: datetime) -> TalkFeedback:
    """What the page of a talk shows of its listeners. At most four queries."""
    form = FeedbackForm.objects.filter(talk=talk).first()
    is_open_year = talk.year.stage != Stage.CLOSED
    may_record = is_open_year and _passes(require_may_record_talk, actor, talk.year, talk.speaker)
    if form is None:
        late = rules.is_too_late(talk.held_on, localdate(now))
        return TalkFeedback(talk, None, None, None, (), 0, may_record and not late, False, False, is_late=late)
    form.talk = talk
    said = verdict_of(form, now)
    shown = said is Verdict.SHOWN
    may_moderate = shown and is_open_year and _passes(require_may_moderate, actor, talk)
    texts = (
        list(FeedbackRemark.objects.filter(form=form, state=RemarkState.SHOWN).values_list("text", flat=True)) if shown else []
    )
    waiting = FeedbackRemark.objects.filter(form=form, state=RemarkState.WAITING).count() if may_moderate else 0
    return TalkFeedback(
        talk, form, said, result_of(form) if shown else None, tuple(texts), waiting,
        may_open=False, may_close=may_record and said is Verdict.OPEN, may_moderate=may_moderate,
        takes_from=takes_from(form, now),
    )  # fmt: skip


def _passes(gate: object, *values: object) -> bool:
    try:
        gate(*values)  # type: ignore[operator]
    except Forbidden:
        return False
    return True


def result_of(form: FeedbackForm) -> Result:
    """The result out of the form's counters. The caller has asked `verdict_of`. One query, none when prefetched."""
    return rules.result(((one.question, one.answer, one.number) for one in form.counts.all()), QUESTIONS)


def useful_by_speaker(year: ClusterYear) -> dict[int, tuple[int, int, int]]:
    """For each member: (sheets that found the talk useful, sheets, talks), over the talks whose results count. One query."""
    counting = FeedbackCount.objects.filter(
        question=FeedbackQuestion.USEFUL, form__talk__year=year, form__closed_at__isnull=False,
        form__answers__gte=FEWEST, form__talk__listeners__gte=F("form__answers"),
    )  # fmt: skip
    useful = Sum("number", filter=Q(answer__in=POSITIVE), default=0)
    talks = counting.values("form", "form__talk__speaker").annotate(useful=useful, sheets=F("form__answers"))
    found: dict[int, tuple[int, int, int]] = {}
    for row in talks:
        member = row["form__talk__speaker"]
        positive, sheets, number = found.get(member, (0, 0, 0))
        found[member] = (positive + row["useful"], sheets + row["sheets"], number + 1)
    return found
