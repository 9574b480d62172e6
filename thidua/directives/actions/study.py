"""Writes of study: a unit's sessions, its attendance from a list of certificates, and how many members it has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import member_ids, require_open
from thidua.clusters.models import ClusterYear
from thidua.directives import events
from thidua.directives.access import require_may_study
from thidua.directives.models import Directive, StudyCount, StudySession, UnitSize
from thidua.directives.queries.study import NAMED
from thidua.directives.rules import study as rules
from thidua.directives.rules.study import Count
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.people.models import Organisation


@dataclass(frozen=True, slots=True)
class SessionValues:
    """What is written of a session: the ids of its documents, day, form, speaker (by post), place, note, counts by group."""

    directives: tuple[int, ...]
    held_on: date
    form: str
    speaker: str
    place: str
    note: str
    counts: tuple[Count, ...]


@transaction.atomic
def record_session(*, year: ClusterYear, unit: Organisation, values: SessionValues, actor: Actor, now: datetime) -> StudySession:
    """A unit records a session in which it studied one or several documents.

    Refuses for a unit that has left the year (directives.unit_left), and what `rules.check_session` and `check_counts` refuse.
    """
    locked = ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head").get(pk=year.pk)
    by = _by(actor, locked, unit)
    documents = _documents(locked, values.directives)
    _check(values, documents, locked, now)
    session = StudySession(year=locked, unit=unit, revision=1, recorded_at=now, recorded_by_name=by.name)
    _write(session, values, documents)
    publish(events.StudyRecorded(**_facts(session, documents, values.counts)), by, now=now)
    return session


@transaction.atomic
def edit_session(*, session: StudySession, values: SessionValues, revision: int, actor: Actor, now: datetime) -> StudySession:
    """Change a session. `revision` is the one the writer saw: refuses a newer one (directives.study_edited_meanwhile), and
    what recording refuses."""
    locked = _lock(session)
    by = _by(actor, locked.year, locked.unit)
    _require_revision(locked, revision)
    documents = _documents(locked.year, values.directives)
    _check(values, documents, locked.year, now)
    locked.revision += 1
    _write(locked, values, documents)
    publish(events.StudyEdited(**_facts(locked, documents, values.counts), revision=locked.revision), by, now=now)
    return locked


@transaction.atomic
def remove_session(*, session: StudySession, reason: str, actor: Actor, now: datetime) -> None:
    """Take a session out; the journal keeps what it said and why. Refuses directives.study_reason_too_short."""
    locked = _lock(session)
    by = _by(actor, locked.year, locked.unit)
    why = rules.check_reason(reason)
    fact = events.StudyRemoved(**_facts(locked, locked.directives.only(*NAMED), counts_of(locked)), reason=why)
    locked.delete()
    publish(fact, by, now=now)


@transaction.atomic
def take_attendance(
    *, session: StudySession, listed: Mapping[str, int], revision: int, actor: Actor, now: datetime
) -> StudySession:
    """Take attendance by group from a list of certificates that the writer has checked. Only the counts come here.

    Refuses directives.study_edited_meanwhile and what `rules.check_counts` refuses.
    """
    locked = _lock(session)
    by = _by(actor, locked.year, locked.unit)
    _require_revision(locked, revision)
    before = counts_of(locked)
    counts = rules.with_list(before, dict(listed))
    rules.check_counts(counts)
    locked.revision += 1
    locked.save(update_fields=["revision"])
    _write_counts(locked, counts)
    fact = events.AttendanceListed(
        locked.year_id, locked.pk, locked.unit_id, locked.unit.name_vi, _attended(before), _attended(counts), locked.revision
    )
    publish(fact, by, now=now)
    return locked


@transaction.atomic
def set_size(*, year: ClusterYear, unit: Organisation, members: int, seen: int | None, actor: Actor, now: datetime) -> UnitSize:
    """A unit enters how many members of the Party it has in the year; the shares follow. The same figure again is no news.

    `seen` is the figure the writer saw: refuses directives.size_changed_meanwhile; refuses directives.size_out_of_range and
    directives.unit_left.
    """
    locked = ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head").get(pk=year.pk)
    by = _by(actor, locked, unit)
    rules.check_size(members)
    kept = UnitSize.objects.filter(year=locked, unit=unit).first()
    before = kept.members if kept else None
    if seen != before:
        raise Refused("directives.size_changed_meanwhile", field="members", members=before)
    size = kept or UnitSize(year=locked, unit=unit)
    size.members, size.entered_at, size.entered_by_name = members, now, by.name
    size.save()
    if members != before:
        publish(events.UnitSizeSet(locked.pk, unit.pk, unit.name_vi, before or 0, members), by, now=now)
    return size


def counts_of(session: StudySession) -> list[Count]:
    """The counts of a session as values. One query, none for one out of `queries.sessions_of`."""
    return [Count(count.audience, count.invited, count.attended) for count in session.counts.all()]


def _by(actor: Actor, year: ClusterYear, unit: Organisation) -> Actor:
    if unit.pk not in member_ids(year):
        raise Refused("directives.unit_left", unit=unit.name_vi)
    by = require_may_study(actor, year, unit.pk)
    require_open(year)
    return by


def _lock(session: StudySession) -> StudySession:
    rows = StudySession.objects.select_for_update(of=("self",)).select_related("year__cluster", "year__head", "unit")
    found = rows.filter(pk=session.pk).first()
    if found is None:
        raise Absent
    return found


def _require_revision(session: StudySession, revision: int) -> None:
    if session.revision != revision:
        raise Refused("directives.study_edited_meanwhile")


def _documents(year: ClusterYear, ids: Iterable[int]) -> list[Directive]:
    """The documents of the register; one that is not of it is simply not there."""
    wanted = set(ids)
    found = list(Directive.objects.filter(cluster=year.cluster_id, pk__in=wanted).only(*NAMED))
    if len(found) != len(wanted):
        raise Absent
    return found


def _check(values: SessionValues, documents: Sequence[Directive], year: ClusterYear, now: datetime) -> None:
    studied = [rules.Studied(document.name, document.issued_on) for document in documents]
    rules.check_session(values.held_on, studied, year=year.year, today=localdate(now))
    rules.check_counts(values.counts)


def _write(session: StudySession, values: SessionValues, documents: Sequence[Directive]) -> None:
    session.held_on, session.form, session.note = values.held_on, values.form, values.note.strip()
    session.speaker, session.place = " ".join(values.speaker.split()), " ".join(values.place.split())
    session.save()
    session.directives.set(documents)
    _write_counts(session, values.counts)


def _write_counts(session: StudySession, counts: Iterable[Count]) -> None:
    StudyCount.objects.filter(session=session).delete()
    StudyCount.objects.bulk_create(
        StudyCount(session=session, audience=count.audience, invited=count.invited, attended=count.attended)
        for count in counts
        if count.invited
    )


def _attended(counts: Iterable[Count]) -> int:
    return sum(count.attended for count in counts)


def _facts(session: StudySession, documents: Iterable[Directive], counts: Sequence[Count]) -> dict[str, Any]:
    """What every event of a session tells."""
    return {
        "year_id": session.year_id,
        "session_id": session.pk,
        "unit_id": session.unit_id,
        "unit": session.unit.name_vi,
        "directives": tuple(sorted(document.name for document in documents)),
        "held_on": session.held_on,
        "invited": sum(count.invited for count in counts),
        "attended": _attended(counts),
    }
