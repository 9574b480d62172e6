"""Writes of talks: plan, record, count the audience, correct, take out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor, who
from thidua.kernel.errors import Absent, Refused
from thidua.rapporteurs import events
from thidua.rapporteurs.access import require_may_correct_answered, require_may_record_talk
from thidua.rapporteurs.actions.desk import lock_talk, lock_year, require_member
from thidua.rapporteurs.models import CorpsKind, CorpsMember, FeedbackForm, Talk, TalkAudience, TalkCorrection, Topic
from thidua.rapporteurs.queries.feedback import is_over
from thidua.rapporteurs.queries.talks import twins_of
from thidua.rapporteurs.rules import talks as rules


@dataclass(frozen=True, slots=True)
class TalkValues:
    """What is written of a talk: ids of its speaker and topics, day, place, form, note, and how many of each group listened
    (empty: it is still planned)."""

    speaker: int
    held_on: date
    place: str
    form: str
    topics: tuple[int, ...]
    note: str = ""
    audience: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def record_talk(*, year: ClusterYear, values: TalkValues, actor: Actor, now: datetime, again: bool = False) -> Talk:
    """Plan a talk, or record one that has been held, at the unit of its speaker.

    Refuses a unit that has left (rapporteurs.unit_left), a collaborator as speaker (rapporteurs.not_a_rapporteur), and what
    `rules.check_day`, `check_speaker`, `check_topics` and `check_audience` refuse. A second talk of the speaker on that day at
    that place is refused (rapporteurs.talk_planned_there, rapporteurs.talk_there), unless `again` says that it is another one.
    """
    locked = lock_year(year)
    speaker = _speaker(values.speaker)
    by = _by(actor, locked, speaker)
    talk = Talk(year=locked, recorded_at=now, recorded_by_name=by.name)
    topics = _checked(talk, speaker, values, now)
    if not again:
        _require_no_twin(locked, speaker, values)
    _write(talk, speaker, topics, values)
    facts = _facts(talk, topics)
    publish(
        events.TalkRecorded(**facts, listeners=talk.listeners) if talk.held else events.TalkPlanned(**facts), by, now=now
    )  # fmt: skip
    return talk


@transaction.atomic
def edit_talk(*, talk: Talk, values: TalkValues, revision: int, actor: Actor, now: datetime, reason: str = "") -> Talk:
    """Change a talk. `revision` is the one the writer saw: refuses a newer one (rapporteurs.talk_changed_meanwhile).

    One that has been held is corrected: that wants a `reason` for the journal (rapporteurs.reason_too_short). Without an
    audience it is planned again, unless listeners have answered (rapporteurs.talk_answered): then its speaker stays too, who
    is the one that was answered and may not moderate; and only an office corrects its day and its audience
    (rapporteurs.answered_wants_office). The page of the talk keeps what was corrected. Refuses as recording besides.
    """
    locked = lock_talk(talk)
    by = _by(actor, locked.year, locked.speaker)
    speaker = _speaker(values.speaker)
    if speaker.pk != locked.speaker_id:
        by = _by(actor, locked.year, speaker)
    if locked.revision != revision:
        raise Refused("rapporteurs.talk_changed_meanwhile")
    before, was = locked.listeners, _state(locked)
    why = rules.check_reason(reason) if before else ""
    if speaker.pk != locked.speaker_id and FeedbackForm.objects.filter(talk=locked).exists():
        raise Refused("rapporteurs.talk_asked", field="speaker")  # asked, not answered: an open form tells nobody whether it is
    if before and not values.audience:
        _require_no_answers(locked)
    if _is_answered(locked) and _moves_result(locked, values):
        by = require_may_correct_answered(actor, locked.year, speaker)
    topics = _checked(locked, speaker, values, now)
    locked.revision += 1
    _write(locked, speaker, topics, values)
    if before:
        _keep_correction(locked, was, why, by, now)
    publish(_edited(locked, topics, before, why), by, now=now)
    return locked


def _edited(talk: Talk, topics: Iterable[Topic], before: int, why: str) -> object:
    facts = _facts(talk, topics) | {"revision": talk.revision}
    if before:
        return events.TalkCorrected(**facts, listeners=talk.listeners, listeners_before=before, reason=why)
    return events.TalkEdited(**facts, listeners=talk.listeners) if talk.held else events.TalkPlanChanged(**facts)


def _moves_result(talk: Talk, values: TalkValues) -> bool:
    """Whether the day changes, or an audience that has been counted."""
    counted = dict(talk.audience.values_list("group", "attended"))
    return values.held_on != talk.held_on or (talk.held and dict(values.audience) != counted)


def _state(talk: Talk) -> dict[str, Any]:
    """What a correction keeps of a talk, as it stands in the tables. One query."""
    return {
        "held_on": talk.held_on,
        "listeners": talk.listeners,
        "topics": "; ".join(topic.title for topic in talk.topics.all()),
        "speaker": talk.speaker.name,
    }


def _keep_correction(talk: Talk, was: dict[str, Any], why: str, by: Actor, now: datetime) -> None:
    kept = {f"{name}_before": value for name, value in was.items()}
    kept |= {f"{name}_after": value for name, value in _state(talk).items()}
    TalkCorrection.objects.create(talk=talk, reason=why, corrected_at=now, corrected_by_name=who(by), **kept)


@transaction.atomic
def count_audience(*, talk: Talk, audience: Mapping[str, int], revision: int, actor: Actor, now: datetime) -> Talk:
    """Write how many listened to a planned talk; with that it has been held.

    Refuses no audience at all (rapporteurs.audience_wanted), one that is counted already (rapporteurs.talk_counted), a newer
    revision (rapporteurs.talk_changed_meanwhile) and what `rules.check_audience` refuses.
    """
    locked = lock_talk(talk)
    by = _by(actor, locked.year, locked.speaker)
    if locked.held:
        raise Refused("rapporteurs.talk_counted", listeners=locked.listeners)
    if locked.revision != revision:
        raise Refused("rapporteurs.talk_changed_meanwhile")
    if not audience:
        raise Refused("rapporteurs.audience_wanted")
    rules.check_audience(audience, locked.held_on, localdate(now))
    _check_speaker(locked.speaker, locked.held_on)
    locked.revision += 1
    locked.listeners = sum(audience.values())
    locked.save()
    _write_audience(locked, audience)
    facts = _facts(locked, locked.topics.all())
    publish(events.TalkEdited(**facts, listeners=locked.listeners, revision=locked.revision), by, now=now)
    return locked


@transaction.atomic
def remove_talk(*, talk: Talk, actor: Actor, now: datetime) -> None:
    """Take out a talk that is still planned. Refuses one that has been held (rapporteurs.talk_held) or answered
    (rapporteurs.talk_answered), and one whose form is open (rapporteurs.talk_form_open): its code may be on the wall."""
    locked = lock_talk(talk)
    by = _by(actor, locked.year, locked.speaker)
    if locked.held:
        raise Refused("rapporteurs.talk_held")
    _require_no_answers(locked)
    form = FeedbackForm.objects.filter(talk=locked).first()
    if form is not None and not is_over(form, now):
        raise Refused("rapporteurs.talk_form_open")
    fact = events.TalkRemoved(**_facts(locked, locked.topics.all()))
    locked.delete()
    publish(fact, by, now=now)


def _by(actor: Actor, year: ClusterYear, speaker: CorpsMember) -> Actor:
    require_member(year, speaker.unit)
    by = require_may_record_talk(actor, year, speaker)
    require_open(year)
    return by


def _speaker(member_id: int) -> CorpsMember:
    found = CorpsMember.objects.select_related("unit").filter(pk=member_id).first()
    if found is None:
        raise Absent
    return found


def _checked(talk: Talk, speaker: CorpsMember, values: TalkValues, now: datetime) -> list[Topic]:
    """The topics of what is to be written, once everything has passed the rules."""
    rules.check_day(values.held_on, talk.year.year)
    _check_speaker(speaker, values.held_on)
    topics = list(Topic.objects.filter(year=talk.year_id, pk__in=values.topics))
    if len(topics) != len(set(values.topics)):
        raise Absent
    kept = set(talk.topics.values_list("pk", flat=True)) if talk.pk else set()
    rules.check_topics([_spoken(topic, topic.pk in kept) for topic in topics], values.held_on)
    rules.check_audience(values.audience, values.held_on, localdate(now))
    return topics


def _check_speaker(speaker: CorpsMember, held_on: date) -> None:
    if speaker.kind != CorpsKind.RAPPORTEUR:
        raise Refused("rapporteurs.not_a_rapporteur", field="speaker", name=speaker.name)
    terms = [rules.Span(term.starts_on, term.ends_on) for term in speaker.terms.all()]
    rules.check_speaker(speaker.name, terms, speaker.left_on, held_on)


def _spoken(topic: Topic, kept: bool) -> rules.Spoken:
    return rules.Spoken(topic.title, topic.agreed, topic.retired, rules.Span(topic.starts_on, topic.ends_on), kept)


def _require_no_twin(year: ClusterYear, speaker: CorpsMember, values: TalkValues) -> None:
    """Refuses what is there already, at the field again. The caller has locked the year."""
    there = twins_of(year, speaker.pk, values.held_on, values.place)
    if there:
        code = "talk_there" if there[0].held else "talk_planned_there"
        raise Refused(f"rapporteurs.{code}", field="again", speaker=speaker.name, day=values.held_on)


def _is_answered(talk: Talk) -> bool:
    return FeedbackForm.objects.filter(talk=talk, answers__gt=0).exists()


def _require_no_answers(talk: Talk) -> None:
    """Refuses a talk whose listeners have answered, without their number: nobody learns it while the form is open."""
    if _is_answered(talk):
        raise Refused("rapporteurs.talk_answered")


def _write(talk: Talk, speaker: CorpsMember, topics: Iterable[Topic], values: TalkValues) -> None:
    talk.speaker, talk.unit = speaker, speaker.unit
    talk.held_on, talk.form = values.held_on, values.form
    talk.place, talk.note = " ".join(values.place.split()), values.note.strip()
    talk.listeners = sum(values.audience.values())
    talk.save()
    talk.topics.set(topics)
    _write_audience(talk, values.audience)


def _write_audience(talk: Talk, audience: Mapping[str, int]) -> None:
    TalkAudience.objects.filter(talk=talk).delete()
    TalkAudience.objects.bulk_create(TalkAudience(talk=talk, group=group, attended=n) for group, n in audience.items())


def _facts(talk: Talk, topics: Iterable[Topic]) -> dict[str, Any]:
    """What every event of a talk tells."""
    return {
        "year_id": talk.year_id,
        "talk_id": talk.pk,
        "unit_id": talk.unit_id,
        "unit": talk.unit.name_vi,
        "speaker": talk.speaker.name,
        "held_on": talk.held_on,
        "topics": tuple(topic.title for topic in topics),
    }
