"""Writes of a document's text."""

import unicodedata
from datetime import datetime

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.models import ClusterYear
from thidua.directives import events
from thidua.directives.actions import desk
from thidua.directives.models import Directive, TextSource
from thidua.directives.rules.passages import Searchable
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused

MOST_TEXT = 2_000_000


@transaction.atomic
def type_text(*, year: ClusterYear, directive: Directive, text: str, revision: int, actor: Actor, now: datetime) -> Directive:
    """The text of a document typed, pasted or corrected by hand; empty takes it away. Marked clauses find their words again; a
    clause whose words are gone stays as one entered by hand.

    Refuses directives.changed_meanwhile and directives.text_long.
    """
    locked, by = desk.opened(year, directive, actor)
    desk.require_seen(locked.revision, revision)
    if len(text) > MOST_TEXT:
        raise Refused("directives.text_long", field="text", length=len(text), most=MOST_TEXT)
    put_text(locked, text, TextSource.TYPED)
    locked.revision += 1
    locked.save()
    publish(events.DirectiveTextSet(year.pk, locked.pk, locked.name, len(locked.text)), by, now=now)
    return locked


def put_text(directive: Directive, text: str, source: TextSource) -> None:
    """Set the text, its source and the index; move the marks of clauses. The caller holds the lock and saves."""
    plain = unicodedata.normalize("NFC", text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")).strip()
    directive.text = plain[:MOST_TEXT]
    directive.text_source = source if directive.text else TextSource.NONE
    marked = list(directive.clauses.exclude(start=None))
    searchable = Searchable(directive.text if marked else "")
    for clause in marked:
        clause.start, clause.end = searchable.nearest(clause.text, clause.start) or (None, None)
        clause.save(update_fields=["start", "end"])
    desk.index(directive)
