"""Accounts: entering, closing and opening them, ending sessions, the first operator."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from thidua.audit.actions import publish
from thidua.kernel.actor import SYSTEM, Actor, Role
from thidua.kernel.errors import Absent, Refused
from thidua.kernel.text import fold
from thidua.people import events, rules
from thidua.people.access import require_may_manage
from thidua.people.actions.organisations import enter_organisation
from thidua.people.actions.posts import enter_post, give_post
from thidua.people.models import Organisation, OrganisationKind, Person, Post
from thidua.people.queries import operator_ids

OFFICE = {"name_vi": "Bộ phận vận hành", "name_en": "Operations"}
POST = {"title_vi": "Quản trị hệ thống", "title_en": "System operator"}
"""Where the first operator stands (data, hence in both languages)."""


@transaction.atomic
def enter_person(*, username: str, name: str, email: str = "", actor: Actor, now: datetime) -> Person:
    """Make an account without a password; a one-time code opens it (see `issue_sign_in_code`).

    Refuses a user name with other signs than a–z, 0–9, "-", "_" (people.username_shape) or taken (people.username_taken),
    and an empty name (people.person_name_empty).
    """
    by = require_may_manage(actor)
    username, name = rules.check_username(username), " ".join(name.split())
    if not name:
        raise Refused("people.person_name_empty", field="name")
    if Person.objects.filter(username=username).exists():
        raise Refused("people.username_taken", field="username", username=username)
    person = Person(username=username, name=name, email=email.strip(), entered_at=now, folded=fold(f"{username} {name}"))
    person.set_unusable_password()
    person.save()
    publish(events.PersonEntered(person.pk, username), by, now=now)
    return person


@transaction.atomic
def suspend_person(*, person: Person, actor: Actor, now: datetime) -> None:
    """Close an account and end its sessions. Refuses one's own (people.not_yourself), a closed one
    (people.suspended_already) and the only one that runs the installation (people.last_operator)."""
    by = require_may_manage(actor)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.pk == actor.person_id:
        raise Refused("people.not_yourself")
    if not locked.is_active:
        raise Refused("people.suspended_already")
    if operator_ids(now) == {locked.pk}:
        raise Refused("people.last_operator")
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    _end_sessions(locked)
    publish(events.PersonSuspended(locked.pk, locked.username), by, now=now)


@transaction.atomic
def reinstate_person(*, person: Person, actor: Actor, now: datetime) -> None:
    """Open a closed account again. Refuses one that is open (people.reinstated_already)."""
    by = require_may_manage(actor)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.is_active:
        raise Refused("people.reinstated_already")
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    publish(events.PersonReinstated(locked.pk, locked.username), by, now=now)


@transaction.atomic
def revoke_sessions(*, person: Person, actor: Actor, now: datetime) -> int:
    """End every session of a person at once; answers with how many there were."""
    by = require_may_manage(actor)
    ended = _end_sessions(person)
    publish(events.SessionsRevoked(person.pk, person.username, ended), by, now=now)
    return ended


@transaction.atomic
def end_own_session(*, session_id: int, actor: Actor, now: datetime) -> None:
    """End one of one's own sessions. Absent for a session of someone else or none."""
    session = UserSession.objects.select_related("user").filter(pk=session_id, user_id=actor.person_id).first()
    if session is None or actor.person_id is None:
        raise Absent
    session.end()
    publish(events.SessionsRevoked(session.user.pk, session.user.username, 1), actor, now=now)


@transaction.atomic
def remove_second_step(*, person: Person, actor: Actor, now: datetime) -> None:
    """Remove app codes, passkeys and recovery codes of someone who lost them. Refuses if there are none
    (people.no_second_step)."""
    by = require_may_manage(actor)
    removed, _kinds = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise Refused("people.no_second_step")
    publish(events.SecondStepRemoved(person.pk, person.username), by, now=now)


@transaction.atomic
def set_up_operator(*, username: str, name: str, now: datetime) -> Person:
    """The first account of an installation, with the post that runs it; only the command `invite` calls this.

    An account, an organisation or a post that is there already is used as it is.
    """
    person = Person.objects.filter(username=rules.check_username(username)).first()
    if person is None:
        person = enter_person(username=username, name=name, actor=SYSTEM, now=now)
    if person.pk in operator_ids(now):
        return person
    office = Organisation.objects.filter(parent=None, name_vi=OFFICE["name_vi"]).first()
    if office is None:
        office = enter_organisation(kind=OrganisationKind.OTHER, **OFFICE, actor=SYSTEM, now=now)
    post = Post.objects.filter(organisation=office, title_vi=POST["title_vi"]).first()
    if post is None:
        post = enter_post(organisation=office, roles=[Role.OPERATOR], **POST, actor=SYSTEM, now=now)
    give_post(person=person, post=post, starts_on=timezone.localtime(now).date(), actor=SYSTEM, now=now)
    return person


def _end_sessions(person: Person) -> int:
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    return len(sessions)
