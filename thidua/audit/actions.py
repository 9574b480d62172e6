"""publish(event, actor): the one door by which a fact becomes known."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from thidua.audit.models import JournalEntry, JournalHead
from thidua.audit.rules import Row, canonical, digest
from thidua.kernel.actor import Actor

Reaction = Callable[[Any, Actor, datetime], None]

IN_TRANSACTION: dict[type, list[Reaction]] = {}
AFTER_COMMIT: dict[type, list[Reaction]] = {}


class PublishedOutsideTransaction(RuntimeError):
    """A programming error: the fact and its journal row must stand or fall together."""


def publish(event: Any, actor: Actor, *, now: datetime) -> JournalEntry:
    """Write one journal row for `event` (a frozen dataclass of ids and values), then run what reacts to it.

    In-transaction reactions run at once and undo everything if they fail; the others run after the commit, each on its
    own. A delegated power (`actor.using.lender_id`) leaves both names. Refuses to run outside a transaction.
    """
    if not connection.in_atomic_block:
        raise PublishedOutsideTransaction(type(event).__name__)
    entry = _append(event, actor, now)
    for react in IN_TRANSACTION.get(type(event), ()):
        react(event, actor, now)
    for react in AFTER_COMMIT.get(type(event), ()):
        _after_commit(react, event, actor, now)
    return entry


def _after_commit(react: Reaction, event: Any, actor: Actor, now: datetime) -> None:
    def call() -> None:  # a named function, since Django logs the failing one's __qualname__
        react(event, actor, now)

    transaction.on_commit(call, robust=True)


def _append(event: Any, actor: Actor, now: datetime) -> JournalEntry:
    head, _ = JournalHead.objects.select_for_update().get_or_create(pk=1)
    using = actor.using
    row = Row(
        position=head.position + 1,
        at=now,
        person_id=actor.person_id,
        person_name=actor.name,
        post_title=f"{using.post_title}, {using.organisation_name}" if using else "",
        on_behalf_of_id=using.lender_id if using else None,
        on_behalf_of_name=using.lender_name if using else "",
        event=type(event).__name__,
        facts=canonical(event),
        previous=head.digest,
    )
    head.position, head.digest = row.position, digest(row)
    head.save(update_fields=["position", "digest"])
    values = {name: getattr(row, name) for name in Row.__slots__}
    return JournalEntry.objects.create(**values, year_id=getattr(event, "year_id", None), digest=head.digest)
