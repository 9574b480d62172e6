"""Writes of the cluster's programme of the next year: drafted, discussed, adopted at the conference, copied into units."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_open, require_stage
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.directives.models import Clause
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.people.models import Organisation
from thidua.programmes import events
from thidua.programmes.access import require_may_adopt, require_may_draft_next_year, require_may_remark
from thidua.programmes.actions.documents import add_planned_tasks, lock, settle_document, write_version
from thidua.programmes.models import Goal, Indicator, Programme, ProgrammeKind, ProgrammeVersion, Remark
from thidua.programmes.queries.documents import content_of
from thidua.programmes.queries.next_year import (
    Adopted,
    adopted_in,
    count_of_members,
    following_year,
    units_without_copy,
)
from thidua.programmes.rules import content as rules
from thidua.programmes.rules.content import Content
from thidua.programmes.rules.writing import Hands, TaskEntry, check_hands


@dataclass(frozen=True, slots=True)
class Copied:
    """What copying made, and which units had their draft already."""

    made: list[Programme]
    following: ClusterYear


@transaction.atomic
def draft_next_year(*, year: ClusterYear, actor: Actor, now: datetime) -> Programme:
    """Begin the cluster's programme of the next year. Refuses a closed year and a second one (programmes.next_year_exists)."""
    locked = ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=year.pk)
    by = require_may_draft_next_year(actor, locked)
    require_open(locked)
    if Programme.objects.filter(year=locked, kind=ProgrammeKind.NEXT_YEAR).exists():
        raise Refused("programmes.next_year_exists")
    following = locked.year + 1
    programme = Programme.objects.create(
        year=locked, kind=ProgrammeKind.NEXT_YEAR, title=f"Chương trình công tác năm {following} của {locked.cluster.name_vi}",
        starts_on=date(following, 1, 1), ends_on=date(following, 12, 31), opened_at=now, opened_by_name=by.name,
    )  # fmt: skip
    settle_document(programme)
    publish(events.NextYearDrafted(locked.pk, programme.pk, programme.title), by, now=now)
    return programme


@transaction.atomic
def open_for_remarks(*, programme: Programme, actor: Actor, now: datetime) -> None:
    """Ask the units for remarks. Refuses programmes.nothing_to_approve and a second time (programmes.remarks_already_open)."""
    locked = _lock(programme)
    by = require_may_draft_next_year(actor, locked.year)
    require_open(locked.year)
    if locked.presented_at:
        raise Refused("programmes.remarks_already_open")
    if not content_of(locked).says_something:
        raise Refused("programmes.nothing_to_approve")
    locked.presented_at, locked.presented_by_name = now, by.name
    locked.save(update_fields=["presented_at", "presented_by_name"])
    publish(events.RemarksOpened(locked.year_id, locked.pk), by, now=now)


@transaction.atomic
def make_remark(*, programme: Programme, unit: Organisation, text: str, actor: Actor, now: datetime) -> Remark:
    """A unit's remark on the draft. Refuses before remarks are open (programmes.not_open_for_remarks), once it is adopted
    (programmes.adopted_stays) and without words (programmes.remark_empty)."""
    locked = _lock(programme)
    by = require_may_remark(actor, locked.year, unit.pk)
    _require_discussion(locked)
    if not text.strip():
        raise Refused("programmes.remark_empty", field="text")
    remark = Remark.objects.create(programme=locked, unit=unit, text=text.strip(), made_at=now, made_by_name=by.name)
    publish(events.RemarkMade(locked.year_id, locked.pk, remark.pk, unit.name_vi), by, now=now)
    return remark


@transaction.atomic
def answer_remark(*, remark: Remark, text: str, actor: Actor, now: datetime) -> None:
    """The head's answer; a later one replaces it, the journal keeps that it did. Refuses programmes.remark_empty."""
    locked = _lock(remark.programme)
    by = require_may_draft_next_year(actor, locked.year)
    require_open(locked.year)
    if not text.strip():
        raise Refused("programmes.remark_empty", field="text")
    remark.answer, remark.answered_at, remark.answered_by_name = text.strip(), now, by.name
    remark.save(update_fields=["answer", "answered_at", "answered_by_name"])
    publish(events.RemarkAnswered(locked.year_id, locked.pk, remark.pk, remark.unit.name_vi), by, now=now)


@transaction.atomic
def adopt_programme(*, programme: Programme, hands: Hands, digest: str, actor: Actor, now: datetime) -> ProgrammeVersion:
    """The conference adopts the content whose `digest` was shown, by show of hands, one for each member unit.

    Refuses outside the conference (clusters.wrong_stage), programmes.changed_meanwhile, programmes.nothing_to_approve,
    what `check_hands` refuses, and the same content with the same votes again (programmes.already_adopted).
    """
    locked = _lock(programme)
    by = require_may_adopt(actor, locked.year)
    require_stage(locked.year, Stage.CONFERENCE)
    content = content_of(locked)
    if digest != rules.digest(content):
        raise Refused("programmes.changed_meanwhile")
    if not content.says_something:
        raise Refused("programmes.nothing_to_approve")
    check_hands(hands, count_of_members(locked.year))
    votes = (hands.votes_for, hands.votes_against, hands.votes_abstained)
    before = adopted_in(locked.year)
    if before and before.version.digest == digest and before.votes == votes:
        raise Refused("programmes.already_adopted", version=before.version.number)
    named = dict(zip(("votes_for", "votes_against", "votes_abstained"), votes, strict=True))
    version = write_version(locked, content, by, now, **named)
    publish(events.ProgrammeAdopted(locked.year_id, locked.pk, version.number, version.digest, *votes), by, now=now)
    return version


@transaction.atomic
def copy_into_units(*, programme: Programme, actor: Actor, now: datetime) -> Copied:
    """Make of the adopted programme a draft of every unit's own in the following year, with goals, indicators, tasks, days and
    clauses. Units that have theirs keep it: a second time only makes what is missing.

    Refuses before it is adopted (programmes.not_adopted), before the following year is open (programmes.next_year_not_open)
    and when that year is closed.
    """
    locked = _lock(programme)
    by = require_may_adopt(actor, locked.year)
    adopted, following = adopted_in(locked.year), following_year(locked.year)
    if adopted is None:
        raise Refused("programmes.not_adopted")
    if following is None:
        raise Refused("programmes.next_year_not_open", year=locked.year.year + 1)
    require_open(following)
    content = rules.read(adopted.version.content)
    known = set(Clause.objects.filter(directive__cluster=following.cluster_id).values_list("pk", flat=True))
    made = [_copy(adopted, content, following, unit, known, by, now) for unit in units_without_copy(locked, following)]
    if made:
        names = tuple(copy.unit.name_vi for copy in made if copy.unit)
        publish(events.ProgrammeCopied(following.pk, locked.pk, names, len(made)), by, now=now)
    return Copied(made, following)


def _copy(
    adopted: Adopted, content: Content, following: ClusterYear, unit: Organisation, known: set[int], by: Actor, now: datetime
) -> Programme:
    copy = Programme.objects.create(
        year=following, unit=unit, kind=ProgrammeKind.PLAN, origin=adopted.programme, opened_at=now, opened_by_name=by.name,
        title=f"Chương trình công tác năm {following.year} của {unit.name_vi}"[:300],
        grounds=f"Căn cứ “{content.title}” đã được hội nghị tổng kết năm {adopted.programme.year.year} thông qua",
        measures=content.measures, starts_on=content.starts_on, ends_on=content.ends_on,
    )  # fmt: skip
    Goal.objects.bulk_create(Goal(programme=copy, position=n, text=text) for n, text in enumerate(content.goals, 1))
    Indicator.objects.bulk_create(
        Indicator(
            programme=copy, position=n, name=line.name, unit_of_measure=line.unit_of_measure, target=line.target,
            lower_is_better=line.lower_is_better,
        )
        for n, line in enumerate(content.indicators, 1)
    )  # fmt: skip
    entries = [
        TaskEntry(task.title, task.due_on, tuple(clause.pk for clause in task.clauses if clause.pk in known))
        for task in content.tasks
    ]
    add_planned_tasks(copy, entries, now)
    settle_document(copy)
    return copy


def _lock(programme: Programme) -> Programme:
    locked = lock(programme)
    if locked.kind != ProgrammeKind.NEXT_YEAR:
        raise Refused("programmes.not_next_year")
    return locked


def _require_discussion(programme: Programme) -> None:
    require_open(programme.year)
    if not programme.presented_at:
        raise Refused("programmes.not_open_for_remarks")
    if programme.approved_version:
        raise Refused("programmes.adopted_stays")
