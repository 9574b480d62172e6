"""Entering organisations and changing their names."""

from datetime import date, datetime, timedelta
from itertools import count

from django.db import transaction
from django.utils import timezone

from thidua.audit.actions import publish
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.kernel.text import fold, slug
from thidua.people import events
from thidua.people.access import require_may_manage
from thidua.people.models import Organisation, OrganisationKind, OrganisationName

SLUG_LENGTH = 110  # leaves room for "-2" within the column


@transaction.atomic
def enter_organisation(
    *,
    name_vi: str,
    kind: str,
    name_en: str = "",
    short_name: str = "",
    parent: Organisation | None = None,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Enter an organisation in the tree; its address comes from its name and stays when the name changes.

    Refuses an empty name (people.name_empty), a kind there is none of (people.kind_unknown), and a name that another
    organisation under the same parent bears (people.organisation_exists); each names its field.
    """
    by = require_may_manage(actor)
    name = _clean_name(name_vi)
    if kind not in OrganisationKind.values:
        raise Refused("people.kind_unknown", field="kind")
    _refuse_twin(name, parent)
    entered = Organisation(parent=parent, kind=kind, slug=_free_slug(name))
    _bear(entered, name, name_en, short_name)
    entered.save()
    publish(events.OrganisationEntered(entered.pk, name), by, now=now)
    return entered


@transaction.atomic
def rename_organisation(
    *,
    organisation: Organisation,
    name_vi: str,
    name_en: str = "",
    short_name: str = "",
    from_day: date,
    decision: str = "",
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Give an organisation the name it bears from a day on; the name until the day before joins its history.

    Refuses the same name (people.same_name), a day ahead (people.rename_ahead) or not after the last change
    (people.rename_order), and what `enter_organisation` refuses of names.
    """
    by = require_may_manage(actor)
    locked = Organisation.objects.select_for_update(of=("self",)).select_related("parent").get(pk=organisation.pk)
    name, old = _clean_name(name_vi), locked.name_vi
    if name == old:
        raise Refused("people.same_name", field="name_vi")
    if from_day > timezone.localtime(now).date():
        raise Refused("people.rename_ahead", field="from_day")
    last = locked.former_names.first()
    if last is not None and from_day <= last.until + timedelta(days=1):
        raise Refused("people.rename_order", field="from_day", day=last.until + timedelta(days=1))
    _refuse_twin(name, locked.parent)
    OrganisationName.objects.create(
        organisation=locked, name_vi=old, until=from_day - timedelta(days=1), decision=decision.strip()
    )
    _bear(locked, name, name_en, short_name)
    locked.save(update_fields=["name_vi", "name_en", "short_name", "folded"])
    publish(events.OrganisationRenamed(locked.pk, old, name, from_day), by, now=now)
    return locked


def _clean_name(typed: str) -> str:
    name = " ".join(typed.split())
    if not slug(name):
        raise Refused("people.name_empty", field="name_vi")
    return name


def _bear(organisation: Organisation, name: str, name_en: str, short_name: str) -> None:
    organisation.name_vi, organisation.name_en, organisation.short_name = name, name_en.strip(), short_name.strip()
    organisation.folded = fold(" ".join([name, name_en, short_name]))


def _refuse_twin(name: str, parent: Organisation | None) -> None:
    if Organisation.objects.filter(parent=parent, name_vi=name).exists():
        raise Refused("people.organisation_exists", field="name_vi", name=name)


def _free_slug(name: str) -> str:
    wanted = slug(name)[:SLUG_LENGTH].strip("-")
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return wanted if wanted not in taken else next(s for n in count(2) if (s := f"{wanted}-{n}") not in taken)
