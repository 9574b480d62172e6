"""Writes of a unit's report while it is being written: opening it filled in, the entries, the practices, computing anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.kernel.actor import Actor, who
from thidua.kernel.errors import Refused
from thidua.kernel.ports import Figure
from thidua.people.models import Organisation
from thidua.reports import events
from thidua.reports.access import require_may_write
from thidua.reports.actions.guard import lock_period, lock_report, require_editable, require_member
from thidua.reports.models import Entry, ItemKind, PeriodItem, Practice, Report, ReportPeriod
from thidua.reports.queries.reports import practices_seen
from thidua.reports.queries.sources import figures_for
from thidua.reports.rules import content as rules


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed at an item. `seen` is the fingerprint of what the writer was shown ("" for nothing yet)."""

    figure: Decimal | None = None
    text: str = ""
    why_changed: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class TypedPractices:
    """The practices as typed, (title, text); `seen` as in `Typed`, over all of them."""

    rows: Sequence[tuple[str, str]]
    seen: str = ""


@dataclass(slots=True)
class Saved:
    """What a save did: items changed, and those that someone else changed meanwhile (not saved), with what stands there now."""

    changed: list[str] = field(default_factory=list)
    clashes: dict[int, Entry | None] = field(default_factory=dict)
    practices_clash: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether everything typed has been saved."""
        return not self.clashes and not self.practices_clash


@transaction.atomic
def open_report(*, period: ReportPeriod, unit: Organisation, actor: Actor, now: datetime) -> Report:
    """Begin the report of a unit, filled in with the figures it has recorded; the one that is there, if it has begun.

    Refuses a unit that is no member (reports.unit_left), a closed year and a period without items (reports.no_items).
    """
    locked = lock_period(period)
    require_member(locked.year, unit)
    by = require_may_write(actor, locked.year, unit.pk)
    there = Report.objects.filter(period=locked, unit=unit).first()
    if there is not None:
        return there
    require_open(locked.year)
    items = list(locked.items.all())
    if not items:
        raise Refused("reports.no_items")
    report = Report.objects.create(period=locked, unit=unit, opened_at=now, opened_by_name=who(by))
    figures = _figures(report, items)
    Entry.objects.bulk_create(_begun(report, item, figures.get(item.source), now) for item in items)
    publish(events.ReportOpened(locked.year_id, report.pk, unit.name_vi, locked.title), by, now=now)
    return report


@transaction.atomic
def recompute_report(*, report: Report, actor: Actor, now: datetime) -> int:
    """Find figures and lists anew; the number of items that changed. What the officer has typed over a figure stays and is
    shown beside the new one; words in which something was typed stay. Refuses reports.not_editable."""
    locked = lock_report(report)
    by = require_may_write(actor, locked.period.year, locked.unit_id)
    require_editable(locked)
    items = list(locked.period.items.all())
    entries = {entry.item_id: entry for entry in locked.entries.all()}
    figures, changed = _figures(locked, items), 0
    for item in items:
        entry = entries.get(item.pk)
        if entry is None:
            _begun(locked, item, figures.get(item.source), now).save()
            changed += bool(item.source)
        elif item.source:
            changed += _renew(entry, item.kind, figures.get(item.source), now)
    if changed:
        _touch(locked)
    fact = events.ReportRecomputed(locked.period.year_id, locked.pk, locked.unit.name_vi, locked.period.title, changed)
    publish(fact, by, now=now)
    return changed


@transaction.atomic
def save_report(
    *, report: Report, typed: Mapping[int, Typed], practices: TypedPractices | None = None, actor: Actor, now: datetime
) -> Saved:
    """Save what was typed, by item. An item that someone else has changed since it was shown is left as it is and told in
    `Saved.clashes`; the others are saved.

    Refuses reports.not_editable, an item that is not of the period (reports.item_unknown), and, each at its field ("figure-7" of
    item 7), a figure changed without a reason (reports.why_missing), one of too many decimals (reports.figure_decimals), a text
    too long (reports.text_too_long); and what `_check_practices` refuses.
    """
    locked = lock_report(report)
    by = require_may_write(actor, locked.period.year, locked.unit_id)
    require_editable(locked)
    items = {item.pk: item for item in locked.period.items.all()}
    if not typed.keys() <= items.keys():
        raise Refused("reports.item_unknown")
    entries = {entry.item_id: entry for entry in locked.entries.all()}
    saved = Saved()
    for key, value in typed.items():
        _save_entry(locked, items[key], entries.get(key), value, saved, by, now)
    if practices is not None:
        _save_practices(locked, practices, saved)
    if saved.changed:
        _touch(locked)
        names = tuple(saved.changed)
        fact = events.ReportEdited(locked.period.year_id, locked.pk, locked.unit.name_vi, locked.period.title, names)
        publish(fact, by, now=now)
    return saved


def _save_entry(
    report: Report, item: PeriodItem, entry: Entry | None, typed: Typed, saved: Saved, by: Actor, now: datetime
) -> None:
    figure = rules.check_figure(typed.figure, f"figure-{item.pk}") if item.kind == ItemKind.FIGURE else None
    text = rules.clean_text(typed.text) if item.kind == ItemKind.NARRATIVE else ""
    is_changed = rules.is_changed(figure, entry.computed if entry else None)
    why = rules.clean_text(typed.why_changed)[: rules.MOST_WHY] if is_changed else ""
    if len(text) > rules.MOST_TEXT:
        raise Refused("reports.text_too_long", field=f"text-{item.pk}", length=len(text), limit=rules.MOST_TEXT)
    mine, now_there = rules.fingerprint(figure, text, why), _print_of(entry)
    if mine in (now_there, typed.seen):
        return
    if typed.seen != now_there:
        saved.clashes[item.pk] = entry
        return
    if is_changed and not why:
        raise Refused("reports.why_missing", field=f"why-{item.pk}")
    row = entry or Entry(report=report, item=item, revision=0)
    row.figure, row.text, row.why_changed = figure, text, why
    row.edited_at, row.edited_by_name, row.revision = now, who(by), row.revision + 1
    row.save()
    saved.changed.append(item.title)


def _print_of(entry: Entry | None) -> str:
    if entry is None:
        return rules.fingerprint(None, "", "")
    return rules.fingerprint(entry.figure, entry.text, entry.why_changed)


def _save_practices(report: Report, typed: TypedPractices, saved: Saved) -> None:
    rows = _check_practices(typed.rows)
    there = list(report.practices.all())
    mine, now_there = practices_seen(rows), practices_seen([(practice.title, practice.text) for practice in there])
    if mine in (now_there, typed.seen):
        return
    if typed.seen != now_there:
        saved.practices_clash = True
        return
    report.practices.all().delete()
    Practice.objects.bulk_create(
        Practice(report=report, position=position, title=title, text=text) for position, (title, text) in enumerate(rows, 1)
    )
    saved.changed.append("Cách làm hay")


def _check_practices(rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The practices trimmed, without empty ones. Refuses reports.too_many_practices, reports.practice_incomplete,
    reports.practice_twice, reports.text_too_long."""
    found: list[tuple[str, str]] = []
    for title, text in ((" ".join(title.split()), rules.clean_text(text)) for title, text in rows):
        if bool(title) != bool(text):
            raise Refused("reports.practice_incomplete")
        if title and title.casefold() in {other.casefold() for other, _text in found}:
            raise Refused("reports.practice_twice", title=title)
        if len(text) > rules.MOST_PRACTICE_TEXT:
            raise Refused("reports.text_too_long", length=len(text), limit=rules.MOST_PRACTICE_TEXT)
        if title:
            found.append((title, text))
    if len(found) > rules.MOST_PRACTICES:
        raise Refused("reports.too_many_practices", limit=rules.MOST_PRACTICES)
    return found


def _figures(report: Report, items: Sequence[PeriodItem]) -> dict[str, Figure]:
    """What the unit has recorded over the span; nothing is asked when no item has a source."""
    if not any(item.source for item in items):
        return {}
    period = report.period
    return figures_for(period.year, report.unit_id, period.starts_on, period.ends_on)


def _begun(report: Report, item: PeriodItem, figure: Figure | None, now: datetime) -> Entry:
    """An entry as it opens: the figure found is proposed, or the lines found begin the words; nobody has edited it yet."""
    entry = Entry(report=report, item=item, edited_at=now)
    entry.computed, entry.basis = _found(figure)
    entry.figure = entry.computed
    if item.kind == ItemKind.NARRATIVE:
        entry.text = _first_words(entry.basis)
    return entry


def _first_words(basis: Sequence[dict[str, str]]) -> str:
    """The words that an item begins with: a line for each thing found."""
    return rules.clean_text("\n".join(f"- {source['words']}" for source in basis))


def _renew(entry: Entry, kind: str, figure: Figure | None, now: datetime) -> bool:
    """Put what was found now into the entry; what was typed over the old stays. Whether what is proposed changed."""
    computed, basis = _found(figure)
    before = entry.computed
    if rules.plain(computed) == rules.plain(before) and basis == entry.basis:
        return False
    words, renewed = _first_words(entry.basis), _first_words(basis)
    if kind == ItemKind.NARRATIVE and entry.text == words:
        entry.text = renewed
    if rules.plain(entry.figure) == rules.plain(before):
        entry.figure, entry.why_changed = computed, ""
    entry.computed, entry.basis, entry.revision, entry.edited_at = computed, basis, entry.revision + 1, now
    entry.save()
    return rules.plain(computed) != rules.plain(before) or (kind == ItemKind.NARRATIVE and renewed != words)


def _found(figure: Figure | None) -> tuple[Decimal | None, list[dict[str, str]]]:
    if figure is None:
        return None, []
    value = None if figure.value is None else round(figure.value, rules.DECIMALS)
    return value, [{"words": str(words), "url": url} for words, url in figure.basis]


def _touch(report: Report) -> None:
    report.revision += 1
    report.save(update_fields=["revision"])
