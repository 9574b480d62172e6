"""Taking a unit's corps in from a spreadsheet: read, look, then all rows or none."""

from collections.abc import Sequence
from datetime import datetime

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.models import ClusterYear
from thidua.files.actions import check_upload
from thidua.files.inspection import Limits, sheets_of
from thidua.files.rules import XLSX
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.kernel.text import fold
from thidua.people.models import Organisation
from thidua.rapporteurs import events
from thidua.rapporteurs.actions.corps import admit
from thidua.rapporteurs.models import CorpsMember, Term, TermKind
from thidua.rapporteurs.queries.corps import spans_of
from thidua.rapporteurs.rules import roster as rules
from thidua.rapporteurs.rules.corps import identity

_KEPT_SECONDS = 12 * 60 * 60
"""How long after the look the rows may still be taken in."""


def read_roster(upload: UploadedFile) -> list[rules.Row]:
    """The rows of an XLSX. Refuses what `files.check_upload` refuses (macros, bombs, other kinds), what `sheets_of` and
    `rules.rows_of` refuse, all at the field `upload`."""
    try:
        check_upload(upload=upload, kinds=(XLSX,))
    except Refused as refused:
        raise Refused(refused.code, **{**refused.facts, "field": "upload"}) from None
    sheets = sheets_of(upload, Limits(most_rows=rules.MOST_LINES))
    return rules.rows_of((sheet.name, sheet.rows) for sheet in sheets)


def packed(unit: Organisation, rows: Sequence[rules.Row]) -> str:
    """The rows for a hidden field of the page that shows them: what was looked at is what is taken in."""
    return signing.dumps([[row.number, dict(row.cells)] for row in rows], salt=_salt(unit), compress=True)


def unpacked(unit: Organisation, text: str) -> list[rules.Row]:
    """The rows of such a field. Refuses rapporteurs.roster_stale: another unit's, too old, or not ours."""
    try:
        rows = signing.loads(text, salt=_salt(unit), max_age=_KEPT_SECONDS)
    except signing.BadSignature:
        raise Refused("rapporteurs.roster_stale") from None
    return [rules.Row(number, cells) for number, cells in rows]


def checked(unit: Organisation, rows: Sequence[rules.Row], now: datetime) -> rules.Checked:
    """Every row against the unit's corps as it is. Two queries."""
    members = CorpsMember.objects.filter(unit=unit).prefetch_related("terms")
    kept = {
        identity(member.kind, member.level, member.name, member.post_title): rules.Kept(
            spans_of(member.terms.all()), member.left_on is not None
        )
        for member in members
    }
    return rules.check(rows, kept, localdate(now))


@transaction.atomic
def import_corps(
    *, year: ClusterYear, unit: Organisation, rows: Sequence[rules.Row], actor: Actor, now: datetime
) -> rules.Checked:
    """Take in every row: members that are not there, further terms of those who are. The rows are checked again as things are
    now; what is there already stays as it is, so the same file twice adds nothing.

    Refuses rapporteurs.roster_faulty (nothing is written), .roster_nothing_new, and as `corps.admit` does.
    """
    by = admit(actor, year, unit)
    found = checked(unit, rows, now)
    if found.faults:
        raise Refused("rapporteurs.roster_faulty", count=len(found.faults))
    entered, renewed = found.count("add"), found.count("renew")
    if not entered + renewed:
        raise Refused("rapporteurs.roster_nothing_new")
    ids = _make_members(unit, found, by, now)
    _make_terms(ids, found, by, now)
    publish(events.CorpsImported(year.pk, unit.pk, unit.name_vi, entered, renewed), by, now=now)
    return found


def _make_members(
    unit: Organisation, found: rules.Checked, by: Actor, now: datetime
) -> dict[tuple[str, str, str, str], CorpsMember]:
    """The unit's members by identity, the new ones made."""
    names = ("kind", "level", "name", "post_title", "field", "contact")
    made = []
    for row in found.planned:
        if row.how == "add":
            values = {name: row.values[name] for name in names}
            folded = fold(f"{values['name']} {values['post_title']} {values['field']}")
            made.append(CorpsMember(unit=unit, folded=folded, entered_at=now, entered_by_name=by.name, **values))
    CorpsMember.objects.bulk_create(made)
    members = CorpsMember.objects.select_for_update().filter(unit=unit)
    return {identity(one.kind, one.level, one.name, one.post_title): one for one in members}


def _make_terms(members: dict[tuple[str, str, str, str], CorpsMember], found: rules.Checked, by: Actor, now: datetime) -> None:
    appointed = set(Term.objects.filter(member__in=members.values()).values_list("member_id", flat=True))
    given = [(row, row.term) for row in found.planned if row.term is not None]
    terms, touched = [], {}
    for row, term in sorted(given, key=lambda pair: pair[1].span.starts_on):
        member = members[row.key]
        kind = TermKind.RENEWAL if member.pk in appointed else TermKind.APPOINTMENT
        appointed.add(member.pk)
        terms.append(
            Term(
                member=member, kind=kind, decision=term.span.decision, issuer=term.issuer, decided_on=term.decided_on,
                starts_on=term.span.starts_on, ends_on=term.span.ends_on, entered_at=now, entered_by_name=by.name,
            )
        )  # fmt: skip
        if row.how == "renew":
            touched[member.pk] = member
    Term.objects.bulk_create(terms)
    for member in touched.values():
        member.revision += 1
    CorpsMember.objects.bulk_update(touched.values(), ["revision"])


def _salt(unit: Organisation) -> str:
    return f"rapporteurs.roster.{unit.pk}"
