"""Reads of the register: the list with its filters and search, a document's page, what other slices choose from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Substr
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Clause, Directive, DirectiveFile, Issuer
from thidua.directives.models.words import ids_with
from thidua.directives.rules.numbers import read_number
from thidua.directives.rules.words import asked_words, snippet
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Tab
from thidua.kernel.text import fold, sort_key

PAGE = 50
HEAVY = ("text", "folded")
"""Columns that no list loads: a text may have two million characters."""

_READ_FOR_SNIPPET = 200_000
SORTS = {
    "moi": ("-issued_on", "-pk"),
    "cu": ("issued_on", "pk"),
    "so": ("number_text", "pk"),
    "vao-so": ("-registered_at", "-pk"),
}
"""How the list may be ordered, by the word in the address bar."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows; empty values filter nothing. `issued_in` is a year."""

    query: str = ""
    issuer: int | None = None
    kind: str = ""
    term: str = ""
    effect: str = ""
    issued_in: int | None = None
    sort: str = "moi"


def light(cluster_id: int) -> QuerySet[Directive]:
    """Documents of a cluster's register with their issuers, without the heavy columns."""
    return Directive.objects.filter(cluster=cluster_id).select_related("issuer").defer(*HEAVY)


def listed(year: ClusterYear, wanted: Filter) -> QuerySet[Directive]:
    """The register as the filter asks, each with `clause_count`, `file_count` and `member_count`.

    A search puts documents whose head (number, kind, issuer, title, term) holds the very words first, then those that have
    them with the marks as typed, then the rest. One query.
    """
    found = light(year.cluster_id).annotate(
        clause_count=_count(Clause, "directive"),
        file_count=_count(DirectiveFile, "directive"),
        member_count=_count(Directive, "member_of"),
    )
    narrowed = {
        "issuer": wanted.issuer,
        "kind": wanted.kind,
        "term": wanted.term,
        "effect": wanted.effect,
        "issued_on__year": wanted.issued_in,
    }
    found = found.filter(**{name: value for name, value in narrowed.items() if value})
    order = SORTS.get(wanted.sort, SORTS["moi"])
    return searched(found, wanted.query, order) if wanted.query.strip() else found.order_by(*order)


def searched(documents: QuerySet[Directive], query: str, order: tuple[str, ...] = SORTS["moi"]) -> QuerySet[Directive]:
    """Documents in whose head or text every word of the query occurs, with or without marks; the last by its beginning."""
    typed, folded = asked_words(query)
    if not folded:
        return documents.none()
    rank = Case(
        When(Q(folded__contains=fold(query)), then=Value(0)),
        When(Q(pk__in=ids_with(typed)), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return documents.filter(pk__in=ids_with(folded)).annotate(rank=rank).order_by("rank", *order)


def snippets(documents: list[Directive], query: str) -> dict[int, list[tuple[str, bool]]]:
    """Where the text of each document hits, by its id; only the first part of a long text is looked at. One query."""
    if not query.strip() or not documents:
        return {}
    texts = Directive.objects.filter(pk__in=[one.pk for one in documents]).exclude(text="")
    beginnings = texts.annotate(beginning=Substr("text", 1, _READ_FOR_SNIPPET)).values_list("pk", "beginning")
    return {pk: shown for pk, text in beginnings if (shown := snippet(text, query))}


def issuers_of(year: ClusterYear) -> list[Issuer]:
    """Who issues, in Vietnamese order. One query."""
    return sorted(Issuer.objects.filter(cluster=year.cluster_id), key=lambda issuer: sort_key(issuer.name_vi))


def terms_of(year: ClusterYear) -> list[str]:
    """The terms that documents name. One query."""
    terms = Directive.objects.filter(cluster=year.cluster_id).exclude(term="").order_by().values_list("term", flat=True)
    return sorted(terms.distinct(), key=sort_key)


def years_of(year: ClusterYear) -> list[int]:
    """The years in which documents were issued, newest first. One query."""
    days: QuerySet[Directive, date] = Directive.objects.filter(cluster=year.cluster_id).dates("issued_on", "year", order="DESC")
    return [day.year for day in days]


def classes_of(year: ClusterYear) -> list[Directive]:
    """Entries that stand for a class of documents. One query."""
    return list(light(year.cluster_id).filter(is_class=True).order_by("title"))


def number_of(issuer: Issuer, kind: str, typed: str) -> str:
    """The number as the register writes it; refuses as `rules.read_number`."""
    return read_number(typed, form=issuer.form, kind=kind, symbol=issuer.symbol).text


def same_number(year: ClusterYear, issuer: Issuer | None, number: str, but: int | None = None) -> list[Directive]:
    """Documents of the issuer under a number, for the link beside a refusal. One query."""
    if issuer is None or not number:
        return []
    return list(light(year.cluster_id).filter(issuer=issuer, number_text=number).exclude(pk=but)[:5])


def directives_of(year: ClusterYear) -> list[Directive]:
    """Every document of the register, newest first, without texts: what programmes choose from. One query."""
    return list(light(year.cluster_id).order_by(*SORTS["moi"]))


def clauses_of(year: ClusterYear, directive: Directive) -> list[Clause]:
    """The clauses of a document of the year's cluster, in order. One query."""
    return list(Clause.objects.filter(directive=directive, directive__cluster=year.cluster_id))


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """The register, for whoever sees the year."""
    return [Tab("directives", pgettext_lazy("tab", "Văn bản"), reverse("directives:list", args=[year.cluster.slug, year.year]))]


def _count(model: type, by: str) -> Coalesce:
    rows = model.objects.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)
