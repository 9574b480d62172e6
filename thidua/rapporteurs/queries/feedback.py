"""Reads of what listeners answered. Nothing is counted out while a form is open, nor below ten sheets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear, Membership
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor, Role
from thidua.kernel.errors import Forbidden
from thidua.kernel.ports import Work
from thidua.rapporteurs.access import require_may_moderate, require_may_record_talk
from thidua.rapporteurs.models import FeedbackCount, FeedbackForm, FeedbackQuestion, FeedbackRemark, RemarkState, Talk
from thidua.rapporteurs.rules import feedback as rules
from thidua.rapporteurs.rules.feedback import FEWEST, POSITIVE, Result, Share, Verdict

QUESTIONS = tuple(FeedbackQuestion.values)
MOST_WORK = 10


@dataclass(frozen=True, slots=True)
class TalkFeedback:
    """What the pages of a talk show of its listeners. `form` None: nobody has been asked. `result` and `remarks` are there
    only with the verdict SHOWN; `waiting` (remarks to be moderated) only for somebody who may moderate."""

    talk: Talk
    form: FeedbackForm | None
    verdict: Verdict | None
    result: Result | None
    remarks: tuple[str, ...]
    waiting: int
    may_open: bool
    may_close: bool
    may_moderate: bool

    @property
    def useful(self) -> Share | None:
        """The share that found the talk useful on the whole."""
        return self.result.of(FeedbackQuestion.USEFUL).share if self.result else None

    @property
    def rows(self) -> list[tuple[str, rules.QuestionResult]]:
        """Each question in words, with its result."""
        return [(FeedbackQuestion(one.question).label, one) for one in self.result.questions] if self.result else []


def is_over(form: FeedbackForm, now: datetime) -> bool:
    """Whether the form takes no more answers: closed by hand, or its time has come."""
    return form.closed_at is not None or form.closes_at <= now


def verdict_of(form: FeedbackForm, now: datetime) -> Verdict:
    """Whether the form's result may be read (its talk is loaded). No query."""
    return rules.verdict(is_over=is_over(form, now), answers=form.answers, listeners=form.talk.listeners)


def feedback_of(talk: Talk, actor: Actor, now: datetime) -> TalkFeedback:
    """What the page of a talk shows of its listeners. At most four queries."""
    form = FeedbackForm.objects.filter(talk=talk).first()
    is_open_year = talk.year.stage != Stage.CLOSED
    may_record = is_open_year and _passes(require_may_record_talk, actor, talk.year, talk.speaker)
    if form is None:
        return TalkFeedback(talk, None, None, None, (), 0, may_record, False, False)
    form.talk = talk
    said = verdict_of(form, now)
    shown = said is Verdict.SHOWN
    may_moderate = shown and is_open_year and _passes(require_may_moderate, actor, talk)
    texts = list(FeedbackRemark.objects.filter(form=form, state=RemarkState.SHOWN).values_list("text", flat=True)) if shown else []
    waiting = FeedbackRemark.objects.filter(form=form, state=RemarkState.WAITING).count() if may_moderate else 0
    return TalkFeedback(
        talk, form, said, result_of(form) if shown else None, tuple(texts), waiting,
        may_open=False, may_close=may_record and said is Verdict.OPEN, may_moderate=may_moderate,
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
    """For each member: (sheets that found the talk useful, sheets, talks), over talks of the year whose results count. One query."""
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
