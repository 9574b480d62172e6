"""Builds the demo through the real actions, as the people of the demo, at the moments of their year."""

import random
from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone

from thidua.demo import cast
from thidua.kernel.actor import SYSTEM, Actor
from thidua.people import actions as people
from thidua.people.models import Organisation, Person
from thidua.people.queries import actor_of

SAY = Callable[[str], None]


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in the installation's time zone."""
    return datetime(year, month, day, hour, minute, tzinfo=timezone.get_default_timezone())


def enter_unit(row: cast.UnitRow, now: datetime, parent: Organisation | None = None) -> Organisation:
    """The organisation of a row of the cast."""
    return people.enter_organisation(
        name_vi=row.name_vi, name_en=row.name_en, short_name=row.short, kind=row.kind, parent=parent, actor=SYSTEM, now=now
    )


def enter_account(row: cast.PostRow, unit: Organisation, now: datetime) -> Person:
    """An account named by post, opened with its one-time code, holding the post. Several accounts may share a post."""
    post = people.enter_post(
        organisation=unit, title_vi=row.title_vi, title_en=row.title_en, roles=row.roles, actor=SYSTEM, now=now
    )
    name = f"{row.title_vi} · {unit.short}"
    person = people.enter_person(username=row.username, name=name, actor=SYSTEM, now=now)
    people.give_post(person=person, post=post, starts_on=timezone.localtime(now).date(), actor=SYSTEM, now=now)
    return open_account(person, now)


def open_account(person: Person, now: datetime) -> Person:
    """Use a one-time code, as a person does at the first sign-in; every demo account has the same password."""
    code = people.issue_sign_in_code(person=person, actor=SYSTEM, now=now, rng=random.SystemRandom())
    return people.activate(username=person.username, code=code, password=cast.PASSWORD, now=now)


def as_(username: str, now: datetime) -> Actor:
    """The actor behind a user name at that moment."""
    return actor_of(Person.objects.get(username=username), now)


def day(text: str) -> date:
    """A day written as 2021-11-26."""
    return date.fromisoformat(text)


def person(username: str) -> Person:
    """The account of a user name."""
    return Person.objects.get(username=username)
