"""Writes of rounds: when collaborators report, on what, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import get_default_timezone

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.rapporteurs import events
from thidua.rapporteurs.access import require_may_set_rounds
from thidua.rapporteurs.models import CollaboratorReport, Rhythm, Round, Topic
from thidua.rapporteurs.queries.rounds import is_fixed, is_gathered, missing_proposals
from thidua.rapporteurs.rules.rounds import check_days, check_reason, days_late, due_after


@dataclass(frozen=True, slots=True)
class RoundValue:
    """A round as it is typed; `topics` are ids, none for every agreed topic."""

    title: str
    starts_on: date
    ends_on: date
    due_on: date
    topics: tuple[int, ...] = ()


def lock_round(asked: Round) -> Round:
    """The round's row, locked, with its year. Absent when someone took it back a moment ago."""
    rounds = Round.objects.select_for_update(of=("self",)).select_related("year__cluster", "year__head")
    found = rounds.filter(pk=asked.pk).first()
    if found is None:
        raise Absent
    return found


def _lock_year(year: ClusterYear) -> ClusterYear:
    """The year's row, locked: titles of its rounds are given one at a time."""
    return ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head").get(pk=year.pk)


@transaction.atomic
def set_round(*, year: ClusterYear, rhythm: str, value: RoundValue, actor: Actor, now: datetime) -> Round:
    """Ask the collaborators for a report. Refuses what `check_days` refuses, a title that the year has already
    (rapporteurs.round_exists), an empty one (rapporteurs.round_title_empty), and a topic of another year, one not agreed or
    retired (rapporteurs.round_topic)."""
    locked = _lock_year(year)
    by = require_may_set_rounds(actor, locked)
    require_open(locked)
    made = _create(locked, rhythm, value)
    publish(events.RoundSet(locked.pk, made.pk, made.title, made.due_on), by, now=now)
    return made


@transaction.atomic
def lay_out_rounds(
    *, year: ClusterYear, rhythm: str, days: int, topics: Sequence[int], actor: Actor, now: datetime
) -> list[Round]:  # fmt: skip
    """Set every month or quarter of the year that is not there yet, each due so many days after its end. Refuses
    rapporteurs.year_laid_out when none is missing, rapporteurs.due_days, and what `set_round` refuses."""
    locked = _lock_year(year)
    by = require_may_set_rounds(actor, locked)
    require_open(locked)
    missing = missing_proposals(locked, rhythm)
    if not missing:
        raise Refused("rapporteurs.year_laid_out", field="rhythm")
    made = []
    for proposed in missing:
        due_on = due_after(proposed.ends_on, days)
        value = RoundValue(proposed.title, proposed.starts_on, proposed.ends_on, due_on, tuple(topics))
        made.append(_create(locked, rhythm, value))
    publish(events.RoundsLaidOut(locked.pk, rhythm, tuple(one.title for one in made)), by, now=now)
    return made


@transaction.atomic
def edit_round(*, asked: Round, value: RoundValue, reason: str, revision: int, actor: Actor, now: datetime) -> None:
    """Change a round. Another due day needs a reason of ten letters (rapporteurs.due_reason).

    Once a report has been sent, span and topics stay (rapporteurs.round_fixed) and the due day only moves back
    (rapporteurs.due_earlier): days late are then reckoned anew from the new day. Refuses rapporteurs.round_changed when someone
    else saved meanwhile, and what `set_round` refuses.
    """
    locked = lock_round(asked)
    by = require_may_set_rounds(actor, locked.year)
    require_open(locked.year)
    _lock_year(locked.year)
    if revision != locked.revision:
        raise Refused("rapporteurs.round_changed")
    old_due, there = locked.due_on, set(locked.topics.values_list("pk", flat=True))
    if is_fixed(locked):
        _check_fixed(locked, value, there)
    why = check_reason(reason) if value.due_on != old_due else ""
    _fill(locked, value, there)
    locked.revision += 1
    locked.save()
    locked.topics.set(value.topics)
    if why:
        _reckon_lateness(locked)
        publish(events.RoundDueDayMoved(locked.year_id, locked.pk, locked.title, old_due, locked.due_on, why), by, now=now)
    publish(events.RoundChanged(locked.year_id, locked.pk, locked.title), by, now=now)


@transaction.atomic
def remove_round(*, asked: Round, actor: Actor, now: datetime) -> None:
    """Take back a round, with what was only a draft. Refuses once a report has been sent (rapporteurs.round_in_use) or a digest
    has gathered it (rapporteurs.round_gathered)."""
    locked = lock_round(asked)
    by = require_may_set_rounds(actor, locked.year)
    require_open(locked.year)
    if is_fixed(locked):
        raise Refused("rapporteurs.round_in_use")
    if is_gathered(locked):
        raise Refused("rapporteurs.round_gathered")
    fact = events.RoundRemoved(locked.year_id, locked.title)
    CollaboratorReport.objects.filter(round=locked).delete()
    locked.delete()
    publish(fact, by, now=now)


def _create(year: ClusterYear, rhythm: str, value: RoundValue) -> Round:
    made = Round(year=year, rhythm=Rhythm(rhythm))
    _fill(made, value, set())
    made.save()
    made.topics.set(value.topics)
    return made


def _check_fixed(asked: Round, value: RoundValue, topics: set[int]) -> None:
    if (value.starts_on, value.ends_on) != (asked.starts_on, asked.ends_on):
        raise Refused("rapporteurs.round_fixed", field="starts_on")
    if set(value.topics) != topics:
        raise Refused("rapporteurs.round_fixed", field="topics")
    if value.due_on < asked.due_on:
        raise Refused("rapporteurs.due_earlier", field="due_on", day=asked.due_on)


def _fill(asked: Round, value: RoundValue, there: set[int]) -> None:
    """Put checked values into the round; topics that it had already may have been retired since."""
    title = " ".join(value.title.split())
    if not title:
        raise Refused("rapporteurs.round_title_empty", field="title")
    check_days(asked.year.year, value.starts_on, value.ends_on, value.due_on)
    if Round.objects.filter(year=asked.year, title=title).exclude(pk=asked.pk).exists():
        raise Refused("rapporteurs.round_exists", field="title", title=title)
    offered = Topic.objects.filter(year=asked.year, agreed=True, retired=False, pk__in=value.topics)
    if set(value.topics) - there - set(offered.values_list("pk", flat=True)):
        raise Refused("rapporteurs.round_topic", field="topics")
    asked.title, asked.starts_on, asked.ends_on, asked.due_on = title, value.starts_on, value.ends_on, value.due_on


def _reckon_lateness(asked: Round) -> None:
    for report in CollaboratorReport.objects.filter(round=asked, sent_at__isnull=False):
        report.days_late = days_late(report.sent_at, asked.due_on, get_default_timezone())
        report.save(update_fields=["days_late"])
