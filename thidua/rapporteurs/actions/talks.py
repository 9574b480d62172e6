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
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.rapporteurs import events
from thidua.rapporteurs.access import require_may_record_talk
from thidua.rapporteurs.actions.desk import lock_talk, lock_year, require_member
from thidua.rapporteurs.models import CorpsKind, CorpsMember, FeedbackForm, Talk, TalkAudience, Topic
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
def record_talk(*, year: ClusterYear, values: TalkValues, actor: Actor, now: datetime) -> Talk:
    """Plan a talk, or record one that has been held, at the unit of its speaker.

    Refuses a unit that has left (rapporteurs.unit_left), a collaborator as speaker (rapporteurs.not_a_rapporteur), and what
    `rules.check_day`, `check_speaker`, `check_topics` and `check_audience` refuse.
    """
    locked = lock_year(year)
    speaker = _speaker(values.speaker)
    by = _by(actor, locked, speaker)
    talk = Talk(year=locked, recorded_at=now, recorded_by_name=by.name)
    topics = _checked(talk, speaker, values, now)
    _write(talk, speaker, topics, values)
    publish(events.TalkRecorded(**_facts(talk, topics), listeners=talk.listeners), by, now=now)
    return talk


@transaction.atomic
def edit_talk(*, talk: Talk, values: TalkValues, revision: int, actor: Actor, now: datetime, reason: str = "") -> Talk:
    """Change a talk. `revision` is the one the writer saw: refuses a newer one (rapporteurs.talk_changed_meanwhile).

    One that has been held is corrected: that wants a `reason` for the journal (rapporteurs.reason_too_short). Without an
    audience it is planned again, unless listeners have answered (rapporteurs.talk_answered): then its speaker stays too, who
    is the one that was answered and may not moderate. Refuses as recording besides.
    """
    locked = lock_talk(talk)
    by = _by(actor, locked.year, locked.speaker)
    speaker = _speaker(values.speaker)
    if speaker.pk != locked.speaker_id:
        by = _by(actor, locked.year, speaker)
    if locked.revision != revision:
        raise Refused("rapporteurs.talk_changed_meanwhile")
    before = locked.listeners
    why = rules.check_reason(reason) if before else ""
    if (before and not values.audience) or speaker.pk != locked.speaker_id:
        _require_no_answers(locked)
    topics = _checked(locked, speaker, values, now)
    locked.revision += 1
    _write(locked, speaker, topics, values)
    facts = _facts(locked, topics) | {"listeners": locked.listeners, "revision": locked.revision}
    fact = events.TalkCorrected(**facts, listeners_before=before, reason=why) if before else events.TalkEdited(**facts)
    publish(fact, by, now=now)
    return locked


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
    (rapporteurs.talk_answered)."""
    locked = lock_talk(talk)
    by = _by(actor, locked.year, locked.speaker)
    if locked.held:
        raise Refused("rapporteurs.talk_held")
    _require_no_answers(locked)
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


def _require_no_answers(talk: Talk) -> None:
    """Refuses a talk whose listeners have answered, without their number: nobody learns it while the form is open."""
    if FeedbackForm.objects.filter(talk=talk, answers__gt=0).exists():
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
