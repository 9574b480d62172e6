"""Writes of distribution: sending a document to units, changing what is asked, taking it back, confirming receipt."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import member_ids, require_open
from thidua.clusters.models import ClusterYear
from thidua.directives import events
from thidua.directives.access import require_may_distribute, require_may_receive
from thidua.directives.models import Directive, Distribution
from thidua.directives.queries.distribution import seen_of
from thidua.directives.rules.study import check_due, still_outside
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.people.models import Organisation


@transaction.atomic
def send_directive(
    *,
    year: ClusterYear,
    directive: Directive,
    unit_ids: Collection[int],
    due_action: str,
    due_on: date | None,
    note: str,
    actor: Actor,
    now: datetime,
) -> list[Distribution]:
    """Send a document of the cluster's register to units of the year, with what is to be done by when.

    Refuses no unit (directives.no_unit), a unit that is no member (directives.unit_left), one that has it already
    (directives.already_sent, naming the units: only what is asked of them can be changed), and what `rules.check_due` refuses.
    """
    locked_year = _lock_year(year)
    locked = _lock_directive(directive, locked_year)
    by = require_may_distribute(actor, locked_year)
    require_open(locked_year)
    chosen = list(dict.fromkeys(unit_ids))
    if not chosen:
        raise Refused("directives.no_unit", field="units")
    _require_members(locked_year, chosen)
    check_due(due_on, locked.issued_on, localdate(now))
    already = Distribution.objects.filter(year=locked_year, directive=locked, unit__in=chosen).values_list(
        "unit__name_vi", flat=True
    )
    if already:
        raise Refused("directives.already_sent", field="units", units=", ".join(already))
    made = Distribution.objects.bulk_create(
        Distribution(
            year=locked_year, directive=locked, unit_id=unit, due_action=due_action, due_on=due_on,
            note=" ".join(note.split()), sent_at=now, sent_by_name=by.name,
        )
        for unit in chosen
    )  # fmt: skip
    fact = events.DirectiveSent(locked_year.pk, locked.pk, locked.name, _names(chosen), _asked(due_action, due_on))
    publish(fact, by, now=now)
    return made


@transaction.atomic
def change_distribution(
    *,
    distribution: Distribution,
    due_action: str,
    due_on: date | None,
    for_all: bool,
    seen: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Change what is asked of a unit that a document was sent to, or (`for_all`) of every unit that has it. A due date that
    stays as it was may lie in the past.

    `seen`: `queries.seen_of` of what the writer saw; refuses directives.sent_changed_meanwhile, no change at all
    (directives.nothing_changed), and what `rules.check_due` refuses.
    """
    locked = _lock(distribution)
    by = require_may_distribute(actor, locked.year)
    require_open(locked.year)
    if seen != seen_of(locked):
        raise Refused("directives.sent_changed_meanwhile")
    if due_on != locked.due_on:
        check_due(due_on, locked.directive.issued_on, localdate(now))
    same = Distribution.objects.filter(year=locked.year_id, directive=locked.directive_id)
    wanted = same if for_all else same.filter(pk=locked.pk)
    changed = wanted.exclude(due_action=due_action, due_on=due_on) if due_on else wanted.exclude(
        due_action=due_action, due_on__isnull=True
    )  # fmt: skip
    units = list(changed.order_by("pk").values_list("unit_id", flat=True))
    if not units:
        raise Refused("directives.nothing_changed")
    same.filter(unit__in=units).update(due_action=due_action, due_on=due_on)
    fact = events.DistributionChanged(
        locked.year_id, locked.directive_id, locked.directive.name, _names(units),
        _asked(locked.due_action, locked.due_on), _asked(due_action, due_on),
    )  # fmt: skip
    publish(fact, by, now=now)


@transaction.atomic
def withdraw_distribution(*, distribution: Distribution, actor: Actor, now: datetime) -> None:
    """Take a document back from a unit. Refuses once the unit has confirmed it (directives.received_already)."""
    locked = _lock(distribution)
    by = require_may_distribute(actor, locked.year)
    require_open(locked.year)
    if locked.received_at:
        raise Refused("directives.received_already", unit=locked.unit.name_vi, by=locked.received_by_name, at=locked.received_at)
    fact = events.DistributionWithdrawn(
        locked.year_id, locked.directive_id, locked.directive.name, locked.unit_id, locked.unit.name_vi
    )
    locked.delete()
    publish(fact, by, now=now)


@transaction.atomic
def confirm_receipt(*, distribution: Distribution, actor: Actor, now: datetime) -> Distribution:
    """A unit says that it has got the document. A second time changes nothing and says who did it when
    (directives.already_received). Refuses for a unit that has left the year (directives.unit_left)."""
    locked = _lock(distribution)
    _require_members(locked.year, [locked.unit_id])
    by = require_may_receive(actor, locked.year, locked.unit_id)
    require_open(locked.year)
    if locked.received_at:
        raise Refused(
            "directives.already_received", name=locked.directive.name, by=locked.received_by_name, at=locked.received_at
        )
    locked.received_at, locked.received_by_name = now, by.name
    locked.save(update_fields=["received_at", "received_by_name"])
    fact = events.ReceiptConfirmed(
        locked.year_id, locked.directive_id, locked.directive.name, locked.unit_id, locked.unit.name_vi
    )
    publish(fact, by, now=now)
    return locked


def _lock_year(year: ClusterYear) -> ClusterYear:
    return ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head").get(pk=year.pk)


def _lock_directive(directive: Directive, year: ClusterYear) -> Directive:
    found = Directive.objects.select_for_update(of=("self",)).filter(cluster=year.cluster_id, pk=directive.pk).first()
    if found is None:
        raise Absent
    return found


def _lock(distribution: Distribution) -> Distribution:
    rows = Distribution.objects.select_for_update(of=("self",)).select_related("year__cluster", "directive", "unit")
    found = rows.filter(pk=distribution.pk).first()
    if found is None:
        raise Absent
    return found


def _require_members(year: ClusterYear, unit_ids: Collection[int]) -> None:
    outside = still_outside(unit_ids, member_ids(year))
    if outside:
        raise Refused("directives.unit_left", field="units", unit=", ".join(_names(outside)))


def _names(unit_ids: Collection[int]) -> tuple[str, ...]:
    names = dict(Organisation.objects.filter(pk__in=unit_ids).values_list("pk", "name_vi"))
    return tuple(names[unit] for unit in unit_ids if unit in names)


def _asked(due_action: str, due_on: date | None) -> tuple[str, ...]:
    """What is asked, as the journal keeps it; sentences.VALUES has the words."""
    return (f"due.{due_action}", due_on.isoformat()) if due_on else (f"due.{due_action}",)
