"""Differences between two contents in words, for pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from thidua.directives.models import Clause
from thidua.programmes.queries.documents import clause_words
from thidua.programmes.rules.content import Change, ClauseLine, Detail
from thidua.programmes.rules.together import PARTS as ROWS
from thidua.programmes.rules.together import Both
from thidua.web.sentences import points_in_words

PARTS = {
    "title": pgettext_lazy("title", "Tên"),
    "grounds": gettext_lazy("Căn cứ"),
    "measures": gettext_lazy("Biện pháp"),
    "starts_on": gettext_lazy("Ngày bắt đầu"),
    "ends_on": gettext_lazy("Ngày kết thúc"),
    "goals": gettext_lazy("Mục tiêu"),
    "indicators": pgettext_lazy("indicator", "Chỉ tiêu"),
    "tasks": gettext_lazy("Nhiệm vụ"),
}
FIELDS = {
    **PARTS,
    "name": pgettext_lazy("title", "Tên"),
    "unit_of_measure": gettext_lazy("đơn vị tính"),
    "target": gettext_lazy("mức đề ra"),
    "lower_is_better": gettext_lazy("càng thấp càng tốt"),
    "due_on": gettext_lazy("hạn"),
    "owner": gettext_lazy("người chủ trì"),
    "clauses": gettext_lazy("mục văn bản"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One property: what it is called, what it was and what it is, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One difference as a page tells it."""

    sign: str
    part: str
    name: str
    pairs: tuple[Pair, ...]


def told(changes: Iterable[Change]) -> list[Told]:
    """The differences in words. No query."""
    return [Told(c.sign, str(PARTS[c.part]), c.name, tuple(_pair(detail) for detail in c.details)) for c in changes]


@dataclass(frozen=True, slots=True)
class ToldBoth:
    """A place that two people changed at once, in words: what is saved, what was typed (empty: taken out)."""

    label: str
    name: str
    saved: str
    typed: str


def told_both(both: Iterable[Both], clauses: Iterable[Clause]) -> list[ToldBoth]:
    """In words, what two people changed at once. `clauses`: those that the form offers. No query."""
    names = {clause.pk: clause_words(clause) for clause in clauses}
    return [
        ToldBoth(
            str(FIELDS[place.field]), place.name, _plain_words(place.field, place.saved, names),
            "" if place.field in ROWS else _plain_words(place.field, place.typed, names),
        )
        for place in both
    ]  # fmt: skip


def _plain_words(field: str, value: object, clauses: dict[int, str]) -> str:
    """A value of a sheet: days and figures are texts there, clauses their keys."""
    if isinstance(value, list):
        return "; ".join(clauses.get(pk, "…") for pk in value) or "–"
    if value and field in ("starts_on", "ends_on", "due_on"):
        return _words(date.fromisoformat(str(value)))
    return _words(Decimal(str(value)) if value and field == "target" else value)


def _pair(detail: Detail) -> Pair:
    return Pair(str(FIELDS[detail.field]), _words(detail.before), _words(detail.after))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, Decimal):
        return points_in_words(value)
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, tuple):
        return "; ".join(clause.words for clause in value if isinstance(clause, ClauseLine)) or "–"
    return str(value or "–")
