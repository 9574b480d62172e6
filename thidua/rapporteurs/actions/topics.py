"""Writes of topics: what the year speaks of, and what units propose."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, ProtectedError

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.directives.models import Directive
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.kernel.text import fold
from thidua.people.models import Organisation
from thidua.rapporteurs import events
from thidua.rapporteurs.access import require_may_propose_topic, require_may_set_topics
from thidua.rapporteurs.actions.desk import lock_topic, lock_year, require_member
from thidua.rapporteurs.models import Round, Topic, TopicCount
from thidua.rapporteurs.rules import talks as rules


@dataclass(frozen=True, slots=True)
class TopicValues:
    """What is written of a topic: title, note, the days it is spoken of (None: no limit), ids of its documents."""

    title: str
    note: str
    starts_on: date | None
    ends_on: date | None
    directives: tuple[int, ...]


@transaction.atomic
def set_topic(*, year: ClusterYear, values: TopicValues, actor: Actor, now: datetime) -> Topic:
    """Set a topic of the year, last in the order.

    Refuses what `rules.check_title` and `check_topic_span` refuse, a title that is there already (rapporteurs.topic_there,
    topic_waits, topic_was_turned_down), one topic too many (rapporteurs.too_many_topics) and a closed year.
    """
    locked = lock_year(year)
    by = require_may_set_topics(actor, locked)
    require_open(locked)
    topic = _new(locked)
    _write(topic, values)
    publish(events.TopicSet(locked.pk, topic.pk, topic.title), by, now=now)
    return topic


@transaction.atomic
def propose_topic(*, year: ClusterYear, unit: Organisation, title: str, note: str, actor: Actor, now: datetime) -> Topic:
    """Someone of a unit proposes a topic; it waits for the head. Refuses as `set_topic`, and rapporteurs.unit_left."""
    locked = lock_year(year)
    require_member(locked, unit)
    by = require_may_propose_topic(actor, locked, unit.pk)
    require_open(locked)
    topic = _new(locked)
    topic.agreed, topic.proposed_by = False, unit
    _write(topic, TopicValues(title, note, None, None, ()))
    publish(events.TopicProposed(locked.pk, topic.pk, topic.title, unit.pk, unit.name_vi), by, now=now)
    return topic


@transaction.atomic
def edit_topic(*, topic: Topic, values: TopicValues, revision: int, actor: Actor, now: datetime) -> Topic:
    """Change a topic, or a proposal before it is agreed to. `revision` is the one the writer saw: refuses a newer one
    (rapporteurs.topic_changed_meanwhile), another title once collaborators have sent counts for it (rapporteurs.topic_counted:
    a digest would print the new title over what was counted for the old), and as `set_topic`."""
    lock_year(topic.year)
    locked = lock_topic(topic)
    by = require_may_set_topics(actor, locked.year)
    require_open(locked.year)
    if locked.revision != revision:
        raise Refused("rapporteurs.topic_changed_meanwhile")
    if fold(values.title) != fold(locked.title) and _is_counted(locked):
        raise Refused("rapporteurs.topic_counted", field="title", title=locked.title)
    locked.revision += 1
    _write(locked, values)
    publish(events.TopicEdited(locked.year_id, locked.pk, locked.title, locked.revision), by, now=now)
    return locked


def _is_counted(topic: Topic) -> bool:
    return TopicCount.objects.filter(topic=topic, report__sent_at__isnull=False).exists()


@transaction.atomic
def agree_topic(*, topic: Topic, actor: Actor, now: datetime) -> Topic:
    """Agree to a proposal, also to one turned down before. Refuses one agreed already (rapporteurs.topic_answered)."""
    locked, by = _proposal(topic, actor)
    locked.agreed, locked.turned_down = True, ""
    locked.revision += 1
    locked.save()
    publish(events.TopicAgreed(locked.year_id, locked.pk, locked.title, _proposer(locked)), by, now=now)
    return locked


@transaction.atomic
def turn_down_topic(*, topic: Topic, reason: str, actor: Actor, now: datetime) -> Topic:
    """Turn a proposal down, with a reason that the proposer reads. Refuses rapporteurs.reason_too_short and topic_answered."""
    locked, by = _proposal(topic, actor)
    locked.turned_down = rules.check_reason(reason)
    locked.revision += 1
    locked.save()
    fact = events.TopicTurnedDown(locked.year_id, locked.pk, locked.title, _proposer(locked), locked.turned_down)
    publish(fact, by, now=now)
    return locked


@transaction.atomic
def retire_topic(*, topic: Topic, actor: Actor, now: datetime) -> Topic:
    """No longer offer a topic for new talks and reports; what used it stays. Once retired, again is no news."""
    locked, by = _agreed(topic, actor)
    if not locked.retired:
        _set_retired(locked, True)
        publish(events.TopicRetired(locked.year_id, locked.pk, locked.title), by, now=now)
    return locked


@transaction.atomic
def restore_topic(*, topic: Topic, actor: Actor, now: datetime) -> Topic:
    """Offer a retired topic again. One in use stays as it is."""
    locked, by = _agreed(topic, actor)
    if locked.retired:
        _set_retired(locked, False)
        publish(events.TopicRestored(locked.year_id, locked.pk, locked.title), by, now=now)
    return locked


@transaction.atomic
def move_topic(*, topic: Topic, up: bool, actor: Actor, now: datetime) -> Topic:
    """Move an agreed topic one place up or down among the agreed ones. At the end of the list it stays where it is."""
    lock_year(topic.year)
    locked, by = _agreed(topic, actor)
    order = list(Topic.objects.filter(year=locked.year_id, agreed=True))
    place = next(index for index, one in enumerate(order) if one.pk == locked.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return locked
    order[place], order[other] = order[other], order[place]
    for position, one in enumerate(order, 1):
        one.position = position
    Topic.objects.bulk_update(order, ["position"])
    publish(events.TopicMoved(locked.year_id, locked.pk, locked.title, other + 1), by, now=now)
    return order[other]


@transaction.atomic
def remove_topic(*, topic: Topic, actor: Actor, now: datetime) -> None:
    """Take out a topic that nothing uses (rapporteurs.topic_in_use otherwise). Whoever may propose for the unit takes back its
    proposal while it waits; all else is for those who set topics. One turned down stays, with its reason, for the unit that was
    promised it (rapporteurs.topic_answer_kept)."""
    locked = lock_topic(topic)
    by = _who_removes(locked, actor)
    require_open(locked.year)
    if locked.state == "turned_down":
        raise Refused("rapporteurs.topic_answer_kept", topic=locked.title)
    fact = events.TopicRemoved(locked.year_id, locked.pk, locked.title)
    used = Refused("rapporteurs.topic_in_use", topic=locked.title)
    if locked.talks.exists() or Round.objects.filter(topics=locked).exists():
        raise used
    try:
        with transaction.atomic():
            locked.delete()
    except ProtectedError:
        raise used from None
    publish(fact, by, now=now)


def _who_removes(topic: Topic, actor: Actor) -> Actor:
    try:
        return require_may_set_topics(actor, topic.year)
    except Forbidden:
        if topic.agreed or topic.proposed_by_id is None:
            raise
        return require_may_propose_topic(actor, topic.year, topic.proposed_by_id)


def _new(year: ClusterYear) -> Topic:
    """A topic at the end of the order, not saved. The caller has locked the year."""
    topics = Topic.objects.filter(year=year)
    if topics.count() >= rules.MOST_TOPICS:
        raise Refused("rapporteurs.too_many_topics", most=rules.MOST_TOPICS)
    last = topics.aggregate(last=Max("position"))["last"] or 0
    return Topic(year=year, position=last + 1)


def _write(topic: Topic, values: TopicValues) -> None:
    rules.check_topic_span(rules.Span(values.starts_on, values.ends_on))
    topic.title = rules.check_title(values.title)
    _require_title_free(topic)
    topic.note, topic.starts_on, topic.ends_on = values.note.strip(), values.starts_on, values.ends_on
    documents = Directive.objects.filter(cluster=topic.year.cluster_id, pk__in=values.directives).only("pk")
    if len(documents) != len(set(values.directives)):
        raise Absent
    topic.save()
    topic.directives.set(documents)


def _require_title_free(topic: Topic) -> None:
    """Titles that differ in marks or case only are the same."""
    there = Topic.objects.filter(year=topic.year_id, folded=fold(topic.title)).exclude(pk=topic.pk).first()
    if there is None:
        return
    if there.state == "waiting":
        raise Refused("rapporteurs.topic_waits", field="title", topic=there.title)
    if there.state == "turned_down":
        raise Refused("rapporteurs.topic_was_turned_down", field="title", topic=there.title, reason=there.turned_down)
    raise Refused("rapporteurs.topic_there", field="title", topic=there.title)


def _proposal(topic: Topic, actor: Actor) -> tuple[Topic, Actor]:
    locked = lock_topic(topic)
    by = require_may_set_topics(actor, locked.year)
    require_open(locked.year)
    if locked.agreed:
        raise Refused("rapporteurs.topic_answered")
    return locked, by


def _agreed(topic: Topic, actor: Actor) -> tuple[Topic, Actor]:
    locked = lock_topic(topic)
    by = require_may_set_topics(actor, locked.year)
    require_open(locked.year)
    if not locked.agreed:
        raise Refused("rapporteurs.topic_only_proposed")
    return locked, by


def _set_retired(topic: Topic, retired: bool) -> None:
    topic.retired = retired
    topic.revision += 1
    topic.save()


def _proposer(topic: Topic) -> str:
    return topic.proposed_by.name_vi if topic.proposed_by else ""
