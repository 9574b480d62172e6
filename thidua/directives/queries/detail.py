"""What a document's own page shows: relations as sentences and as a graph, clauses in the text."""

from dataclasses import dataclass

from django.db.models import Q

from thidua.directives.models import Clause, Directive, Relation, RelationKind
from thidua.directives.queries.register import HEAVY
from thidua.directives.rules import graph
from thidua.directives.rules.passages import Segment, segments

SHOWN_AT_ONCE = 30_000
"""Characters of text on one page."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A relation in words: source, what it does, target; `other` is the one that is not the document of the page."""

    relation: Relation
    other: Directive

    @property
    def source(self) -> Directive:
        return self.relation.source

    @property
    def words(self) -> str:
        return self.relation.get_kind_display()

    @property
    def target(self) -> Directive:
        return self.relation.target


def relations_of(directive: Directive) -> list[Sentence]:
    """The document's relations, those that lead to it first. One query."""
    heavy = [f"{side}__{column}" for side in ("source", "target") for column in HEAVY]
    found = (
        Relation.objects.filter(Q(source=directive) | Q(target=directive))
        .select_related("source__issuer", "target__issuer")
        .defer(*heavy)
    )
    sentences = [Sentence(row, row.target if row.source_id == directive.pk else row.source) for row in found]
    return sorted(sentences, key=lambda one: (_way(one, directive) != "in", one.relation.pk))


def graph_of(directive: Directive, relations: list[Sentence]) -> graph.Graph | None:
    """The relations drawn, each document once with all that binds it to this one; None when there are none."""
    if not relations:
        return None
    together: dict[int, list[Sentence]] = {}
    for one in relations:
        together.setdefault(one.other.pk, []).append(one)
    links = [
        graph.Link(
            key,
            rows[0].other.name,
            _second_line(rows[0].other),
            tuple(one.words for one in rows),
            graph.common_way(_way(one, directive) for one in rows),
        )
        for key, rows in together.items()
    ]
    return graph.layout(directive.name, _second_line(directive), links)


def _second_line(directive: Directive) -> str:
    return directive.title if directive.number_text else directive.issuer.name_vi


@dataclass(frozen=True, slots=True)
class TextPart:
    """A page of a document's text: its pieces, its number and how many there are."""

    pieces: list[Segment]
    number: int
    pages: int


def text_part(directive: Directive, clauses: list[Clause], number: int = 1) -> TextPart:
    """The `number`-th page of the text with its clauses marked; a number beyond the ends is brought back. No query."""
    pages = max(1, -(-len(directive.text) // SHOWN_AT_ONCE))
    number = min(max(1, number), pages)
    start = (number - 1) * SHOWN_AT_ONCE
    marks = [(clause.start, clause.end, clause.pk) for clause in clauses if clause.start is not None]
    return TextPart(segments(directive.text, marks, start, start + SHOWN_AT_ONCE), number, pages)


def _way(one: Sentence, directive: Directive) -> str:
    if one.relation.kind == RelationKind.PAIRED:
        return "both"
    return "out" if one.relation.source_id == directive.pk else "in"
