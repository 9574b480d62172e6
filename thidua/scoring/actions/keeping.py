"""Within a unit: who fills in which rows of its sheet. It limits nobody; it says what is "mine"."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.criteria.queries import published_version, table_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.people.models import Organisation, Person
from thidua.people.queries.directory import colleagues
from thidua.scoring import events
from thidua.scoring.access import require_may_score
from thidua.scoring.actions import guard
from thidua.scoring.models import RowKeeper


@transaction.atomic
def give_rows(*, year: ClusterYear, unit: Organisation, codes: Sequence[str], person: Person, actor: Actor, now: datetime) -> int:
    """Rows, each with all below it, that this person of the unit fills in from now on; how many were not given before. Refuses
    no row at all (scoring.no_rows_chosen), a code that the criteria do not hold (scoring.unknown_code) and a person without a
    post at the unit (scoring.not_of_the_unit)."""
    guard.lock_place(year, unit)
    by = require_may_score(actor, year, unit.pk)
    require_open(year)
    version = published_version(year)
    if version is None:
        raise Refused("scoring.no_criteria")
    if not codes:
        raise Refused("scoring.no_rows_chosen", field="codes")
    known = table_of(version).by_code
    for code in codes:
        if code not in known:
            raise Refused("scoring.unknown_code", field="codes", item=code)
    if person not in colleagues(frozenset({unit.pk}), localdate(now)):
        raise Refused("scoring.not_of_the_unit", field="person", person=person.name, unit=unit.name_vi)
    place = {"year": year, "unit": unit, "person": person}
    given = [code for code in dict.fromkeys(codes) if RowKeeper.objects.get_or_create(**place, code=code)[1]]
    if given:
        fact = events.RowsGiven(year.pk, unit.pk, unit.name_vi, person.pk, person.name, guard.some_codes(given))
        publish(fact, by, now=now)
    return len(given)


@transaction.atomic
def take_rows(*, keeper: RowKeeper, actor: Actor, now: datetime) -> None:
    """This row is no longer the person's. Absent when somebody took it meanwhile."""
    kept = (
        RowKeeper.objects.select_for_update(of=("self",)).select_related("year__cluster", "unit", "person").filter(pk=keeper.pk)
    )
    found = kept.first()
    if found is None:
        raise Absent
    by = require_may_score(actor, found.year, found.unit_id)
    require_open(found.year)
    found.delete()
    name = found.unit.name_vi
    publish(events.RowsTaken(found.year_id, found.unit_id, name, found.person_id, found.person.name, found.code), by, now=now)
