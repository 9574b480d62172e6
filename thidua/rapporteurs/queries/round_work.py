"""What rounds show on pages of the slices below: a collaborator's open rounds, and what units' collaborators owe."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import Actor, Role
from thidua.kernel.ports import Owed, Work
from thidua.rapporteurs.access import UNIT
from thidua.rapporteurs.models import CorpsKind, CorpsMember, Round
from thidua.rapporteurs.queries.rounds import collaborators_of, late_of, owes, rounds_of
from thidua.rapporteurs.rules import rounds as rules

AHEAD = timedelta(days=30)
"""Rounds due within so many days wait for their collaborators."""
SOON = timedelta(days=7)
"""Rounds due within so many days are in reminders."""
MOST_WORK = 10


@dataclass(slots=True)
class _Person:
    """A collaborator for whom the actor counts: their own, or by an office of the unit as a member unit (`below`), or as the
    superior body (`above`)."""

    pk: int
    unit_id: int
    unit: str
    own: bool
    below: bool
    above: bool
    left_on: date | None
    terms: list[tuple[date, date]]


def rounds_work(actor: Actor, now: datetime) -> list[Work]:
    """For a collaborator the rounds that have begun and are not sent; for officers of the unit or of the superior body those of
    its collaborators without an account, a row for each round. Two queries, none for people without such posts; ten rows at
    most."""
    people = _people(actor)
    if not people:
        return []
    found = []
    for row in _open_rounds({person.unit_id for person in people}, localdate(now)):
        waiting = [person for person in people if _is_waited_for(person, row)]
        found += [_own(row, person) for person in waiting if person.own]
        found += _instead(row, [person for person in waiting if not person.own])
    return found[:MOST_WORK]


def _is_waited_for(person: _Person, row: dict[str, Any]) -> bool:
    """Whether the collaborator owes the round and has not sent it, and the actor counts for them there."""
    below = person.unit_id in row["units"] and (person.own or person.below)
    here = below or (person.unit_id == row["body"] and (person.own or person.above))
    return here and person.pk not in row["sent"] and rules.owes(person.terms, person.left_on, row["due_on"])


def _people(actor: Actor) -> list[_Person]:
    """The collaborators for whom the actor counts: their own, and those of their office without an account. One query."""
    posts = {h.post_id for h in actor.holdings if Role.COLLABORATOR in h.roles}
    below, above = actor.organisations(*UNIT), actor.organisations(Role.SUPERIOR_OFFICER)
    if not posts and not below and not above:
        return []
    mine = Q(post__in=posts) | Q(post=None, unit__in={*below, *above})
    rows = CorpsMember.objects.filter(mine, kind=CorpsKind.COLLABORATOR).order_by("pk")
    found: dict[int, _Person] = {}
    names = ("pk", "unit_id", "unit__name_vi", "post_id", "left_on", "terms__starts_on", "terms__ends_on")
    for pk, unit_id, unit, post, left_on, first, last in rows.values_list(*names):
        new = _Person(pk, unit_id, unit, post is not None, unit_id in below, unit_id in above, left_on, [])
        person = found.setdefault(pk, new)
        if first is not None:
            person.terms.append((first, last))
    return list(found.values())


def _open_rounds(units: set[int], today: date) -> Iterable[dict[str, Any]]:
    """Rounds begun and due within thirty days or already, in open years in which one of the units is: with the member
    units among them, the superior body, and who of those units has sent. One query."""
    sent = FilteredRelation("reports", condition=Q(reports__sent_at__isnull=False, reports__unit__in=units))
    member, above = "year__memberships__organisation", "year__cluster__superior_body"
    rows = (
        Round.objects.filter(Q(**{f"{member}__in": units}) | Q(**{f"{above}__in": units}))
        .filter(starts_on__lte=today, due_on__lte=today + AHEAD)
        .exclude(year__stage=Stage.CLOSED)
        .annotate(came=sent, number=F("year__year"), slug=F("year__cluster__slug"), unit=F(member), body=F(above))
        .order_by("due_on", "pk")
        .values("pk", "title", "due_on", "number", "slug", "unit", "body", "came__member")
    )
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        one = found.setdefault(row["pk"], row | {"units": set(), "sent": set()})
        one["units"].add(row["unit"])
        one["sent"].add(row["came__member"])
    return found.values()


def _own(row: dict[str, Any], person: _Person) -> Work:
    url = reverse("rapporteurs:count", args=[row["slug"], row["number"], row["pk"], person.pk])
    return Work(format_lazy(_("Ghi và gửi: {title}"), title=row["title"]), person.unit, url, row["due_on"])


def _instead(row: dict[str, Any], waiting: list[_Person]) -> Iterator[Work]:
    """One row for all whom the office counts for: it leads to the one collaborator, or to the round's list."""
    if not waiting:
        return
    here = [row["slug"], row["number"], row["pk"]]
    if len(waiting) == 1:
        url = reverse("rapporteurs:count", args=[*here, waiting[0].pk])
    else:
        url = reverse("rapporteurs:round", args=here)
    words = _("Ghi thay cộng tác viên chưa có tài khoản ({n}): {title}")
    yield Work(format_lazy(words, n=len(waiting), title=row["title"]), waiting[0].unit, url, row["due_on"])


def owed(year: ClusterYear, today: date) -> list[Owed]:
    """The rounds due within seven days or already that collaborators of a member unit have not all sent, the first due first; in
    the numbers of collaborators, never their names. Nothing while there is none. Four queries (members apart)."""
    asked = [one for one in rounds_of(year) if one.due_on <= today + SOON]
    if not asked:
        return []
    late, units = late_of(asked), member_ids(year)
    people = [member for member in collaborators_of(year) if member.unit_id in units]
    lines: dict[int, list[str]] = defaultdict(list)
    for one in asked:
        owing: dict[int, list[bool]] = defaultdict(list)
        for member in people:
            if owes(member, year, one.due_on):
                owing[member.unit_id].append((one.pk, member.pk) in late)
        for unit, sent in owing.items():
            if not all(sent):
                lines[unit].append(_line(one, today, sent))
    words = "Cộng tác viên chưa gửi đủ báo cáo {n} kỳ:"
    return [Owed(_("Báo cáo của cộng tác viên"), words, "kỳ báo cáo của cộng tác viên chưa đủ", dict(lines))] if lines else []


def _line(asked: Round, today: date, sent: list[bool]) -> str:
    """A line of an official letter: Vietnamese, the day with two figures each."""
    over = (today - asked.due_on).days
    late = f", quá {over} ngày" if over > 0 else ""
    return f"{asked.title} (hạn {asked.due_on:%d-%m-%Y}{late}): {len(sent) - sum(sent)}/{len(sent)} người chưa gửi"
