"""Writes of relations between documents."""

from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.models import ClusterYear
from thidua.directives import events
from thidua.directives.actions import desk
from thidua.directives.models import Directive, Effect, Relation, RelationKind
from thidua.directives.rules.dates import closes_circle, is_too_old
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused


@transaction.atomic
def relate(*, year: ClusterYear, source: Directive, target: Directive, kind: str, actor: Actor, now: datetime) -> Relation:
    """`source` stands in the relation to `target`; "gắn với" goes both ways and is kept with the smaller id first. What is
    replaced is no longer in force.

    Refuses directives.related_to_itself, directives.related_already, directives.date_before (the source is older than what it
    replaces, amends or puts in concrete terms), directives.circle.
    """
    desk.lock_register(year)
    if kind == RelationKind.PAIRED and target.pk < source.pk:
        source, target = target, source
    one, by = desk.opened(year, source, actor)
    other, by = desk.opened(year, target, actor)
    _check(one, other, kind)
    made = Relation(source=one, target=other, kind=kind)
    if kind == RelationKind.REPLACES:
        made.effect_before = other.effect
        _set_effect(other, Effect.REPLACED)
    made.save()
    publish(events.DirectivesRelated(year.pk, one.pk, one.name, other.pk, other.name, f"relation.{kind}"), by, now=now)
    return made


@transaction.atomic
def remove_relation(*, year: ClusterYear, directive: Directive, relation_id: int, actor: Actor, now: datetime) -> None:
    """Take a relation of the document back; what was replaced has its former effect again unless another replaces it too."""
    desk.lock_register(year)
    locked, by = desk.opened(year, directive, actor)
    relations = Relation.objects.select_related("source", "target").filter(pk=relation_id)
    found = (relations.filter(source=locked) | relations.filter(target=locked)).first()
    if found is None:
        raise Absent
    found.delete()
    if found.kind == RelationKind.REPLACES:
        _restore_effect(found)
    fact = events.RelationRemoved(
        year.pk, found.source_id, found.source.name, found.target_id, found.target.name, f"relation.{found.kind}"
    )
    publish(fact, by, now=now)


def require_in_time(directive: Directive) -> None:
    """Refuses (directives.date_before) a day of issue that makes a relation of the document run against time."""
    for row in Relation.objects.select_related("target").filter(source=directive):
        _in_time(directive, row.target, row.kind, field="issued_on")
    for row in Relation.objects.select_related("source").filter(target=directive):
        _in_time(row.source, directive, row.kind, field="issued_on")


def _in_time(source: Directive, target: Directive, kind: str, *, field: str) -> None:
    if is_too_old(kind, source.issued_on, target.issued_on):
        raise Refused(
            "directives.date_before",
            field=field,
            source=source.name,
            day=source.issued_on,
            target=target.name,
            target_day=target.issued_on,
        )


def _check(source: Directive, target: Directive, kind: str) -> None:
    if source.pk == target.pk:
        raise Refused("directives.related_to_itself", field="kind")
    if Relation.objects.filter(source=source, target=target, kind=kind).exists():
        raise Refused("directives.related_already", field="kind", source=source.name, target=target.name)
    _in_time(source, target, kind, field="kind")
    if kind != RelationKind.PAIRED:
        edges = Relation.objects.filter(kind=kind, source__cluster=source.cluster_id).values_list("source_id", "target_id")
        if closes_circle(edges, source.pk, target.pk):
            raise Refused("directives.circle", field="kind", source=source.name, target=target.name)


def _set_effect(directive: Directive, effect: str) -> None:
    directive.effect = effect
    directive.revision += 1
    directive.save(update_fields=["effect", "revision"])


def _restore_effect(removed: Relation) -> None:
    target = Directive.objects.select_for_update().get(pk=removed.target_id)
    others = Relation.objects.filter(target=target, kind=RelationKind.REPLACES)
    first = others.order_by("pk").first()
    if first is None and target.effect == Effect.REPLACED:
        _set_effect(target, removed.effect_before or Effect.IN_FORCE)
    elif first is not None and first.effect_before == Effect.REPLACED:
        others.filter(pk=first.pk).update(effect_before=removed.effect_before)
