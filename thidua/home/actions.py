"""The one thing this slice writes: when a person was last here."""

from datetime import datetime

from django.db.models import Q

from thidua.home.rules import NOTE_EVERY
from thidua.people.models import Person


def note_visit(*, person_id: int, now: datetime) -> bool:
    """Keep that the person is here, at most every NOTE_EVERY; whether it was written.

    Nothing is published: the journal holds what was done to the cluster's year, not when people look at a page.
    """
    old = Q(last_visit__isnull=True) | Q(last_visit__lte=now - NOTE_EVERY)
    return bool(Person.objects.filter(old, pk=person_id).update(last_visit=now))
