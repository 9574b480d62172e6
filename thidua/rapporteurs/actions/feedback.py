"""Writes of what listeners say. `answer` publishes nothing: a chained row of the journal would carry the time of one sheet."""

import secrets
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.rules import Stage
from thidua.kernel.actor import SYSTEM, Actor, who
from thidua.kernel.errors import Absent, Refused
from thidua.rapporteurs import events
from thidua.rapporteurs.access import require_may_moderate, require_may_record_talk, unit_ids
from thidua.rapporteurs.models import FeedbackCount, FeedbackForm, FeedbackRemark, FeedbackTicket, RemarkState, Talk
from thidua.rapporteurs.queries.feedback import QUESTIONS, day_starts, is_over, ticket_of, verdict_of
from thidua.rapporteurs.rules import feedback as rules
from thidua.rapporteurs.rules.feedback import ANSWERS, Closing, Verdict

LETTERS = "bcdfghjkmnpqrstvwxz23456789"
"""Of a code: none that is mistaken for another, and no vowels, so that chance writes no word."""
CODE_LENGTH = 8
LOG_TRIES = 30
"""How often a busy log is tried to be emptied, a tenth of a second apart."""


@transaction.atomic
def open_form(*, talk: Talk, closes: Closing, actor: Actor, now: datetime) -> FeedbackForm:
    """Ask the listeners of a talk; also before its day, to print the poster. Each talk once: two counts of one hall, before and
    after somebody has answered, would tell that answer.

    Refuses a closed year, a unit that has left (rapporteurs.unit_left), a second time (rapporteurs.feedback_opened_before) and
    what `rules.check_not_too_late` and `rules.closes_at` refuse.
    """
    talks = Talk.objects.select_for_update(of=("self",)).select_related("year__cluster", "year__head", "unit", "speaker")
    locked = talks.filter(pk=talk.pk).first()
    if locked is None:
        raise Absent
    by = require_may_record_talk(actor, locked.year, locked.speaker)
    require_open(locked.year)
    if locked.unit_id not in unit_ids(locked.year):
        raise Refused("rapporteurs.unit_left", unit=locked.unit.name_vi)
    if FeedbackForm.objects.filter(talk=locked).exists():
        raise Refused("rapporteurs.feedback_opened_before")
    rules.check_not_too_late(locked.held_on, localdate(now))
    begins, ends = day_starts(locked.held_on), day_starts(locked.held_on + timedelta(days=1))
    until = rules.closes_at(closes, now=now, day_starts=begins, day_ends=ends)
    form = FeedbackForm.objects.create(
        talk=locked, code=_new_code(), opened_at=now, opened_by_name=who(by), closes_at=until
    )  # fmt: skip
    FeedbackCount.objects.bulk_create(
        FeedbackCount(form=form, question=question, answer=answer) for question in QUESTIONS for answer in ANSWERS
    )
    publish(events.FeedbackOpened(locked.year_id, locked.pk, locked.unit_id, locked.held_on, until), by, now=now)
    return form


@transaction.atomic
def answer(*, form: FeedbackForm, answers: Mapping[str, int], remark: str, cookie: str, now: datetime) -> None:
    """Count one sheet: five counters and the number of sheets grow by one, and the phone (the random number in its cookie) is
    marked. No row holds the sheet. The remark, if there is one, stands alone.

    Refuses: rapporteurs.feedback_closed, rapporteurs.feedback_too_early, rapporteurs.feedback_answered,
    rapporteurs.feedback_incomplete, rapporteurs.remark_too_long.
    """
    locked = _lock(form)
    talk = locked.talk
    if is_over(locked, now) or talk.year.stage == Stage.CLOSED:
        raise Refused("rapporteurs.feedback_closed")
    if now < day_starts(talk.held_on):
        raise Refused("rapporteurs.feedback_too_early", day=talk.held_on)
    rules.check_sheet(answers, QUESTIONS)
    words = rules.clean_remark(remark)
    _ticket, is_new = FeedbackTicket.objects.get_or_create(form=locked, digest=ticket_of(locked, cookie))
    if not is_new:
        raise Refused("rapporteurs.feedback_answered")
    chosen = Q(pk__in=[])
    for question, value in answers.items():
        chosen |= Q(question=question, answer=value)
    FeedbackCount.objects.filter(chosen, form=locked).update(number=F("number") + 1)
    FeedbackForm.objects.filter(pk=locked.pk).update(answers=F("answers") + 1)
    if words:
        FeedbackRemark.objects.create(form=locked, text=words)


@transaction.atomic
def close_form(*, form: FeedbackForm, actor: Actor, now: datetime) -> None:
    """Close a form before its time. Final. Closing a closed form is no news; a closed year does not keep it open."""
    locked = _lock(form)
    by = require_may_record_talk(actor, locked.talk.year, locked.talk.speaker)
    if locked.closed_at is None:
        _close(locked, by, at=min(now, locked.closes_at), now=now)


def close_due(*, now: datetime) -> int:
    """Close every form whose time has come; says how many. Forms take no answers from that moment on whether or not this has
    run: it puts away what is no longer needed."""
    due = FeedbackForm.objects.filter(closed_at=None, closes_at__lte=now).order_by("pk").values_list("pk", flat=True)
    return sum(_close_if_due(pk, now) for pk in list(due))


@transaction.atomic
def _close_if_due(pk: int, now: datetime) -> bool:
    forms = FeedbackForm.objects.select_for_update(of=("self",)).select_related("talk")
    locked = forms.filter(pk=pk, closed_at=None, closes_at__lte=now).first()
    if locked is not None:
        _close(locked, SYSTEM, at=locked.closes_at, now=now)
    return locked is not None


@transaction.atomic
def moderate(*, form: FeedbackForm, states: Mapping[UUID, str], revision: int, actor: Actor, now: datetime) -> FeedbackForm:
    """Decide which remarks may be read; those not named stay as they are. `revision` is the one the moderator saw.

    Refuses: a closed year, a form without a shown result (rapporteurs.remarks_not_yet), and a moderation of another in the
    meantime (rapporteurs.remarks_moderated_meanwhile). Never the speaker (`require_may_moderate`).
    """
    locked = _lock(form)
    talk = locked.talk
    by = require_may_moderate(actor, talk)
    require_open(talk.year)
    if verdict_of(locked, now) is not Verdict.SHOWN:
        raise Refused("rapporteurs.remarks_not_yet")
    if locked.revision != revision:
        raise Refused("rapporteurs.remarks_moderated_meanwhile")
    changed = 0
    for state in RemarkState:
        named = [pk for pk, wanted in states.items() if wanted == state]
        others = FeedbackRemark.objects.filter(form=locked, pk__in=named).exclude(state=state)
        changed += others.update(state=state, moderated_by_name=by.name)
    if changed:
        locked.revision += 1
        locked.save(update_fields=["revision"])
        publish(events.RemarksModerated(talk.year_id, talk.pk, talk.unit_id, talk.held_on), by, now=now)
    return locked


def _lock(form: FeedbackForm) -> FeedbackForm:
    """The form's row is the one lock of its counters, tickets and remarks: no answer can slip in beside a closing."""
    forms = FeedbackForm.objects.select_for_update(of=("self",))
    found = (
        forms.select_related("talk__year__cluster", "talk__year__head", "talk__speaker", "talk__unit").filter(pk=form.pk).first()
    )
    if found is None:
        raise Absent
    return found


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if not FeedbackForm.objects.filter(code=code).exists():
            return code


def _close(locked: FeedbackForm, by: Actor, *, at: datetime, now: datetime) -> None:
    locked.closed_at, locked.closed_by_name = at, who(by) if at < locked.closes_at else ""
    locked.save(update_fields=["closed_at", "closed_by_name"])
    FeedbackTicket.objects.filter(form=locked).delete()
    _rewrite(locked, secrets.SystemRandom())
    transaction.on_commit(_empty_log)
    talk = locked.talk
    publish(events.FeedbackClosed(talk.year_id, talk.pk, talk.unit_id, talk.held_on), by, now=now)


def _rewrite(form: FeedbackForm, rng: Random) -> None:
    """Write counters and remarks anew, each in one go and the remarks in the order of new random keys: what a database keeps
    with a row (PostgreSQL's transaction number, SQLite's order of arrival) then no longer says which remark came with the last
    answer. Remarks of fewer than ten sheets could never be shown to anyone: they go."""
    FeedbackCount.objects.filter(form=form).update(number=F("number"))
    texts = list(FeedbackRemark.objects.filter(form=form).values_list("text", flat=True))
    FeedbackRemark.objects.filter(form=form).delete()
    if form.answers < rules.FEWEST:
        return
    rng.shuffle(texts)
    keys = sorted(uuid4() for _ in texts)
    FeedbackRemark.objects.bulk_create(
        FeedbackRemark(id=key, form=form, text=text) for key, text in zip(keys, texts, strict=True)
    )


def _empty_log() -> None:
    """Empty SQLite's write-ahead log, which would tell for a while which counters grew together. A reader may hold it for a
    moment. (PostgreSQL's log is the administrator's to guard.)"""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for _ in range(LOG_TRIES):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.1)
