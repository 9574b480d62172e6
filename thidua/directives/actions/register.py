"""Writes of the register: issuers, documents, their text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.models import ClusterYear
from thidua.directives import events
from thidua.directives.actions import desk
from thidua.directives.actions.files import Taken, keep, take_in
from thidua.directives.actions.relations import require_in_time
from thidua.directives.actions.texts import put_text
from thidua.directives.models import Directive, Effect, Issuer, Level, NumberForm, TextSource
from thidua.directives.rules.dates import check_dates
from thidua.directives.rules.numbers import read_number
from thidua.files.actions import transaction_with_files
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class NewIssuer:
    """An issuer that is not in the register yet."""

    name: str
    level: str = Level.CENTRAL
    form: str = NumberForm.PARTY
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a document. `issuer` is one of the register or a new one; `same_number_seen` confirms that the issuer
    really used the number on two days."""

    issuer: Issuer | NewIssuer
    kind: str
    title: str
    number: str = ""
    issued_on: date | None = None
    term: str = ""
    effect: str = Effect.IN_FORCE
    effective_on: date | None = None
    expires_on: date | None = None
    note: str = ""
    is_class: bool = False
    member_of: Directive | None = None
    same_number_seen: bool = False


@transaction.atomic
def enter_issuer(*, year: ClusterYear, issuer: NewIssuer, actor: Actor, now: datetime) -> Issuer:
    """An issuer comes into the cluster's register. Refuses directives.issuer_wanted (no name), directives.issuer_there."""
    desk.lock_register(year)
    return _enter(year, issuer, desk.admitted(year, actor), now)


def register_directive(
    *,
    year: ClusterYear,
    particulars: Particulars,
    uploads: Sequence[UploadedFile] = (),
    text: str = "",
    actor: Actor,
    now: datetime,
) -> Directive:
    """A document comes into the register of the year's cluster, with its files and its text: the one typed, or else the one
    taken from the first file that has any.

    Refuses what `rules.read_number`, `rules.check_dates` and `files.check_upload` refuse; directives.title_wanted;
    directives.already_registered (issuer, number and day are there: `directive_id`), directives.number_on_another_day
    (not confirmed by `same_number_seen`); directives.class_has_number, directives.member_of_no_class.
    """
    desk.admitted(year, actor)
    taken = [take_in(upload) for upload in uploads]  # reading takes its time, so before the transaction
    return _register(year, particulars, taken, text, actor, now)


@transaction_with_files()
def _register(
    year: ClusterYear, particulars: Particulars, taken: Sequence[Taken], text: str, actor: Actor, now: datetime
) -> Directive:
    desk.lock_register(year)
    by = desk.admitted(year, actor)
    made = Directive(cluster_id=year.cluster_id, registered_at=now, registered_by_name=by.name)
    _fill(made, year, particulars, by, now)
    made.save()
    for one in taken:
        keep(made, one, by, now)
    read = next((one.reading.text for one in taken if one.reading.text), "")
    put_text(made, text or read, TextSource.TYPED if text else TextSource.EXTRACTED)
    made.save()
    publish(events.DirectiveRegistered(year.pk, made.pk, made.name, made.title, made.issued_on), by, now=now)
    return made


@transaction.atomic
def edit_directive(
    *, year: ClusterYear, directive: Directive, particulars: Particulars, revision: int, actor: Actor, now: datetime
) -> Directive:
    """Change what is known of a document. `revision` is the one the writer saw.

    Refuses directives.changed_meanwhile, what registering refuses, directives.class_has_members (a class with members cannot
    become a document) and directives.date_before (the new day of issue goes against a relation).
    """
    desk.lock_register(year)
    locked, by = desk.opened(year, directive, actor)
    desk.require_seen(locked.revision, revision)
    if locked.is_class and not particulars.is_class and locked.members.exists():
        raise Refused("directives.class_has_members", field="is_class")
    _fill(locked, year, particulars, by, now)
    require_in_time(locked)
    desk.index(locked)
    locked.revision += 1
    locked.save()
    publish(events.DirectiveEdited(year.pk, locked.pk, locked.name, locked.title, locked.issued_on, locked.revision), by, now=now)
    return locked


def _fill(directive: Directive, year: ClusterYear, particulars: Particulars, by: Actor, now: datetime) -> None:
    title = " ".join(particulars.title.split())
    if not title:
        raise Refused("directives.title_wanted", field="title")
    issuer = particulars.issuer
    directive.issuer = issuer if isinstance(issuer, Issuer) else _enter(year, issuer, by, now)
    directive.kind, directive.title = particulars.kind, title
    directive.issued_on, directive.term = particulars.issued_on, " ".join(particulars.term.split())
    directive.effect, directive.note = particulars.effect, particulars.note.strip()
    directive.effective_on, directive.expires_on = particulars.effective_on, particulars.expires_on
    directive.is_class, directive.member_of = particulars.is_class, particulars.member_of
    _check_class(directive, particulars)
    _number(directive, particulars, localdate(now))


def _check_class(directive: Directive, particulars: Particulars) -> None:
    over = particulars.member_of
    if directive.is_class and particulars.number.strip():
        raise Refused("directives.class_has_number", field="number_text")
    if directive.is_class and over is not None:
        raise Refused("directives.class_in_class", field="member_of")
    if over is not None and (not over.is_class or over.cluster_id != directive.cluster_id or over.pk == directive.pk):
        raise Refused("directives.member_of_no_class", field="member_of")


def _number(directive: Directive, particulars: Particulars, today: date) -> None:
    issuer, typed, year_of_number = directive.issuer, particulars.number.strip(), None
    directive.number_text = ""
    if typed:
        read = read_number(typed, form=issuer.form, kind=directive.kind, symbol=issuer.symbol)
        directive.number_text, year_of_number = read.text, read.year
    check_dates(
        issued_on=directive.issued_on,
        effective_on=directive.effective_on,
        expires_on=directive.expires_on,
        number=directive.number_text,
        number_year=year_of_number,
        today=today,
    )
    if directive.number_text:
        _refuse_same(directive, confirmed=particulars.same_number_seen)


def _refuse_same(directive: Directive, *, confirmed: bool) -> None:
    same = Directive.objects.filter(
        cluster=directive.cluster_id, issuer=directive.issuer_id, number_text=directive.number_text
    ).exclude(pk=directive.pk)
    days = dict(same.values_list("issued_on", "pk"))
    if directive.issued_on in days:
        there = days[directive.issued_on]
        raise Refused("directives.already_registered", field="number_text", number=directive.number_text, directive_id=there)
    if days and not confirmed:
        day, there = next(iter(days.items()))
        raise Refused(
            "directives.number_on_another_day",
            field="same_number_seen",
            number=directive.number_text,
            day=day,
            directive_id=there,
        )


def _enter(year: ClusterYear, issuer: NewIssuer, by: Actor, now: datetime) -> Issuer:
    name = " ".join(issuer.name.split())
    if not name:
        raise Refused("directives.issuer_wanted", field="issuer")
    if Issuer.objects.filter(cluster=year.cluster_id, name_vi__iexact=name).exists():
        raise Refused("directives.issuer_there", field="new_issuer", name=name)
    symbol = "".join(issuer.symbol.split()).strip("-/")
    made = Issuer.objects.create(cluster_id=year.cluster_id, name_vi=name, level=issuer.level, form=issuer.form, symbol=symbol)
    publish(events.IssuerEntered(year.pk, made.pk, made.name_vi, made.symbol), by, now=now)
    return made
