"""Writes of the corps: members, their terms, leaving."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.kernel.text import fold
from thidua.people.models import Organisation, Post
from thidua.rapporteurs import events
from thidua.rapporteurs.access import ROLE_OF, is_own, require_may_keep_corps, unit_ids
from thidua.rapporteurs.models import CollaboratorReport, CorpsKind, CorpsMember, Grade, Talk, Term, TermKind
from thidua.rapporteurs.queries.corps import spans_of
from thidua.rapporteurs.rules import corps as rules
from thidua.rapporteurs.rules.corps import Span, tidy


@dataclass(frozen=True, slots=True)
class MemberValues:
    """What is written of a member. `kind` is fixed once they are entered; `post_id`: the post through which they sign in."""

    kind: str
    level: str
    name: str
    post_title: str
    field: str = ""
    contact: str = ""
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class TermValues:
    """What a decision says: its kind, number, issuer and day, and the term. The end is a number of months or a day."""

    kind: str
    decision: str
    issuer: str
    decided_on: date
    starts_on: date
    months: int | None = None
    ends_on: date | None = None


@transaction.atomic
def enter_member(
    *, year: ClusterYear, unit: Organisation, values: MemberValues, term: TermValues | None, actor: Actor, now: datetime
) -> CorpsMember:
    """Enter a rapporteur or collaborator of a unit, with the decision that appoints them when it is known.

    Refuses rapporteurs.unit_left, .member_there and .member_there_left (the same kind, level, name and post),
    .member_without_name, .member_without_post_title, .post_elsewhere, .post_without_role, .post_taken, .term_without_decision,
    and what `rules.settled_end` and `rules.check_term` refuse of the term.
    """
    by = admit(actor, year, unit)
    member = CorpsMember(unit=unit, kind=values.kind, entered_at=now, entered_by_name=by.name)
    _write(member, values)
    publish(events.MemberEntered(**_facts(year, member), kind=f"corps.{member.kind}"), by, now=now)
    _tell_post(year, member, None, by, now)
    if term is not None:
        put_term(year, member, term, by, now)
    return member


@transaction.atomic
def edit_member(
    *, year: ClusterYear, member: CorpsMember, values: MemberValues, revision: int, actor: Actor, now: datetime
) -> CorpsMember:
    """Change what is written of a member, save for the kind. `revision` is the one the writer saw.

    Refuses rapporteurs.member_changed_meanwhile, what `enter_member` refuses of the values, and rapporteurs.own_post: nobody
    changes the post of a member for whom they act themselves, for then they would moderate words about themselves.
    """
    locked, by = _desk(actor, year, member)
    _require_seen(locked, revision)
    before = locked.post_id
    if values.post_id != before and is_own(actor, locked):
        raise Refused("rapporteurs.own_post", field="post_id")
    _write(locked, replace(values, kind=locked.kind))
    publish(events.MemberEdited(**_facts(year, locked), revision=locked.revision), by, now=now)
    _tell_post(year, locked, before, by, now)
    return locked


@transaction.atomic
def remove_member(*, year: ClusterYear, member: CorpsMember, reason: str, actor: Actor, now: datetime) -> None:
    """Take out somebody entered by mistake, with their terms. Refuses rapporteurs.member_in_use once a talk, a report or a grade
    is theirs, and .reason_too_short."""
    locked, by = _desk(actor, year, member)
    why = rules.check_reason(reason)
    theirs = (Talk.objects.filter(speaker=locked), CollaboratorReport.objects.filter(member=locked))
    if any(rows.exists() for rows in theirs) or Grade.objects.filter(member=locked).exists():
        raise Refused("rapporteurs.member_in_use", name=locked.name)
    fact = events.MemberRemoved(**_facts(year, locked), reason=why)
    locked.delete()
    publish(fact, by, now=now)


@transaction.atomic
def enter_term(*, year: ClusterYear, member: CorpsMember, values: TermValues, revision: int, actor: Actor, now: datetime) -> Term:
    """Enter a decision that appoints or renews. Refuses rapporteurs.has_left, .member_changed_meanwhile, and what
    `rules.settled_end` and `rules.check_term` refuse: a day in two terms above all."""
    locked, by = _desk(actor, year, member)
    _require_seen(locked, revision)
    if locked.left_on is not None:
        raise Refused("rapporteurs.has_left", name=locked.name, day=locked.left_on)
    made = put_term(year, locked, values, by, now)
    _touch(locked)
    return made


@transaction.atomic
def edit_term(*, year: ClusterYear, term: Term, values: TermValues, revision: int, actor: Actor, now: datetime) -> Term:
    """Correct a decision or its term. `revision` is the member's. Refuses as `enter_term`; .leaves_before_term when the member
    left before the term would begin."""
    locked, by = _desk(actor, year, term.member)
    _require_seen(locked, revision)
    found = _term(locked, term)
    before = (found.decision, found.starts_on.isoformat(), found.ends_on.isoformat())
    _write_term(found, values, now)
    if locked.left_on is not None and locked.left_on < found.starts_on:
        raise Refused("rapporteurs.leaves_before_term", field="starts_on", day=found.starts_on)
    found.save()
    _touch(locked)
    fact = events.TermEdited(
        **_facts(year, locked), decision=found.decision, starts_on=found.starts_on, ends_on=found.ends_on, before=before
    )
    publish(fact, by, now=now)
    return found


@transaction.atomic
def remove_term(*, year: ClusterYear, term: Term, reason: str, actor: Actor, now: datetime) -> None:
    """Take out a term entered by mistake; the journal keeps it and why. Refuses rapporteurs.reason_too_short."""
    locked, by = _desk(actor, year, term.member)
    why = rules.check_reason(reason)
    found = _term(locked, term)
    fact = events.TermRemoved(
        **_facts(year, locked), decision=found.decision, starts_on=found.starts_on, ends_on=found.ends_on, reason=why
    )
    found.delete()
    _touch(locked)
    publish(fact, by, now=now)


@transaction.atomic
def leave_corps(
    *, year: ClusterYear, member: CorpsMember, left_on: date, reason: str, revision: int, actor: Actor, now: datetime
) -> CorpsMember:
    """Write that a member no longer belongs to the corps from a day on; a successor may then take the post.

    Refuses rapporteurs.has_left (a second time), .member_changed_meanwhile, and what `rules.check_leaving` refuses.
    """
    locked, by = _desk(actor, year, member)
    if locked.left_on is not None:
        raise Refused("rapporteurs.has_left", name=locked.name, day=locked.left_on)
    _require_seen(locked, revision)
    first = locked.terms.values_list("starts_on", flat=True).first()
    spoke = Talk.objects.filter(speaker=locked, listeners__gt=0).aggregate(last=Max("held_on"))["last"]
    locked.left_reason = rules.check_leaving(left_on, reason, first=first, spoke_on=spoke, today=localdate(now))
    locked.left_on = left_on
    _touch(locked, "left_on", "left_reason")
    publish(events.MemberLeft(**_facts(year, locked), left_on=left_on, reason=locked.left_reason), by, now=now)
    return locked


@transaction.atomic
def undo_leaving(*, year: ClusterYear, member: CorpsMember, actor: Actor, now: datetime) -> CorpsMember:
    """A leaving was a mistake. The post stays with a successor who has taken it: then the member has none, to be chosen anew.

    Refuses rapporteurs.has_not_left.
    """
    locked, by = _desk(actor, year, member)
    if locked.left_on is None:
        raise Refused("rapporteurs.has_not_left", name=locked.name)
    before = locked.post_id
    taken = _others_at(before, locked).exists() if before else False
    locked.left_on, locked.left_reason = None, ""
    locked.post_id = None if taken else locked.post_id
    _touch(locked, "left_on", "left_reason", "post")
    publish(events.LeavingUndone(**_facts(year, locked), kept_post=not taken), by, now=now)
    _tell_post(year, locked, before, by, now)
    return locked


def admit(actor: Actor, year: ClusterYear, unit: Organisation) -> Actor:
    """The actor at the gate of the unit's corps, with the year and the unit locked: names and posts are given one at a time.

    Refuses rapporteurs.unit_left, and as `require_may_keep_corps` and `require_open` do.
    """
    locked = ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head").get(pk=year.pk)
    Organisation.objects.select_for_update().get(pk=unit.pk)
    if unit.pk not in unit_ids(locked):
        raise Refused("rapporteurs.unit_left", unit=unit.name_vi)
    by = require_may_keep_corps(actor, locked, unit.pk)
    require_open(locked)
    return by


def put_term(year: ClusterYear, member: CorpsMember, values: TermValues, by: Actor, now: datetime) -> Term:
    """Keep a term of a member that is locked, and tell the journal. Refuses as `enter_term` of the term."""
    term = Term(member=member, entered_by_name=by.name)
    _write_term(term, values, now)
    term.save()
    fact = events.TermEntered(
        **_facts(year, member), kind=f"term.{term.kind}", decision=term.decision, starts_on=term.starts_on, ends_on=term.ends_on
    )
    publish(fact, by, now=now)
    return term


def _desk(actor: Actor, year: ClusterYear, member: CorpsMember) -> tuple[CorpsMember, Actor]:
    by = admit(actor, year, member.unit)
    found = CorpsMember.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=member.pk).first()
    if found is None:
        raise Absent
    return found, by


def _require_seen(member: CorpsMember, revision: int) -> None:
    if member.revision != revision:
        raise Refused("rapporteurs.member_changed_meanwhile")


def _touch(member: CorpsMember, *changed: str) -> None:
    """A change of the member's terms or leaving is a change of the member: who had the form open is told."""
    member.revision += 1
    member.save(update_fields=["revision", *changed])


def _term(member: CorpsMember, term: Term) -> Term:
    found = member.terms.filter(pk=term.pk).first()
    if found is None:
        raise Absent
    return found


def _write(member: CorpsMember, values: MemberValues) -> None:
    member.name, member.post_title = tidy(values.name), tidy(values.post_title)
    member.field, member.contact, member.level = tidy(values.field), tidy(values.contact), values.level
    if not member.name:
        raise Refused("rapporteurs.member_without_name", field="name")
    if not member.post_title:
        raise Refused("rapporteurs.member_without_post_title", field="post_title")
    _check_once(member)
    if values.post_id is not None and values.post_id != member.post_id:
        _check_post(member, values.post_id)
    member.post_id = values.post_id
    member.folded = fold(f"{member.name} {member.post_title} {member.field}")
    member.revision += 1 if member.pk else 0
    member.save()


def _check_once(member: CorpsMember) -> None:
    key = rules.identity(member.kind, member.level, member.name, member.post_title)
    others = CorpsMember.objects.filter(unit=member.unit, kind=member.kind, level=member.level).exclude(pk=member.pk)
    for name, title, left_on in others.values_list("name", "post_title", "left_on"):
        if rules.identity(member.kind, member.level, name, title) == key:
            code = "rapporteurs.member_there" if left_on is None else "rapporteurs.member_there_left"
            raise Refused(code, field="name", name=name, post=title, day=left_on)


def _check_post(member: CorpsMember, post_id: int) -> None:
    """Refuses rapporteurs.post_elsewhere (not of the unit), .post_without_role, .post_taken."""
    post = Post.objects.filter(pk=post_id, organisation=member.unit_id).first()
    if post is None:
        raise Refused("rapporteurs.post_elsewhere", field="post_id", unit=member.unit.name_vi)
    if ROLE_OF[CorpsKind(member.kind)] not in post.roles:
        raise Refused("rapporteurs.post_without_role", field="post_id", post=post.title_vi, role=f"corps.{member.kind}")
    other = _others_at(post_id, member).first()
    if other is not None and member.left_on is None:
        raise Refused("rapporteurs.post_taken", field="post_id", post=post.title_vi, name=other.name)


def _others_at(post_id: int, member: CorpsMember) -> Any:
    return CorpsMember.objects.filter(post=post_id, kind=member.kind, left_on=None).exclude(pk=member.pk)


def _write_term(term: Term, values: TermValues, now: datetime) -> None:
    ends_on = rules.settled_end(values.starts_on, values.months, values.ends_on)
    span = Span(values.starts_on, ends_on, tidy(values.decision))
    others = spans_of(Term.objects.filter(member=term.member).exclude(pk=term.pk))
    rules.check_term(span, others, decided_on=values.decided_on, today=localdate(now))
    if not span.decision:
        raise Refused("rapporteurs.term_without_decision", field="decision")
    term.kind, term.decision, term.issuer = TermKind(values.kind), span.decision, tidy(values.issuer)
    term.decided_on, term.starts_on, term.ends_on = values.decided_on, span.starts_on, span.ends_on
    if term.pk is None:
        term.entered_at = now


def _facts(year: ClusterYear, member: CorpsMember) -> dict[str, Any]:
    """What every event of a member tells."""
    return {
        "year_id": year.pk,
        "member_id": member.pk,
        "unit_id": member.unit_id,
        "unit": member.unit.name_vi,
        "name": member.name,
    }


def _tell_post(year: ClusterYear, member: CorpsMember, before: int | None, by: Actor, now: datetime) -> None:
    """Tell the journal through which post the member signs in now, and through which before; nothing when it is the same."""
    if member.post_id == before:
        return
    titles = dict(Post.objects.filter(pk__in=[pk for pk in (before, member.post_id) if pk]).values_list("pk", "title_vi"))
    old, new = (titles[pk] if pk else "corps.no_post" for pk in (before, member.post_id))
    publish(events.MemberPostChanged(**_facts(year, member), before=old, after=new), by, now=now)
