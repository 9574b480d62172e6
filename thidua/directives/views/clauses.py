"""Pages of clauses and relations."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear
from thidua.directives import actions
from thidua.directives.access import get_clause, get_directive, require_may_register
from thidua.directives.forms.clauses import OwnWordsForm, ParagraphsForm, RelationForm, WordsForm
from thidua.directives.models import Clause, Directive
from thidua.directives.queries import detail as details
from thidua.directives.queries import register
from thidua.directives.rules.passages import paragraphs
from thidua.directives.views.place import page, see_newest, year_of
from thidua.directives.views.register import desk
from thidua.web.http import refusal_told

GET_POST = require_http_methods(["GET", "POST"])
PARAGRAPHS = 100
WAYS = ("doan", "tu-den", "rieng")
"""Three ways to make a clause: ticked paragraphs, first and last words, words of its own."""
MOST_OFFERED = 10


def _to_clauses(year: ClusterYear, directive_id: int) -> HttpResponse:
    return redirect("directives:clauses", year.cluster.slug, year.year, directive_id)


@GET_POST
def clauses(request: HttpRequest, cluster: str, year: int, directive: int) -> HttpResponse:
    """The clauses of a document in order, and three ways to make one more."""
    found, document = desk(request, cluster, year, directive)
    places = paragraphs(document.text)
    way = _way(request, document)
    forms = {
        "doan": ParagraphsForm(_data(request, "doan"), count=len(places), initial={"revision": document.revision}),
        "tu-den": WordsForm(_data(request, "tu-den"), auto_id="words_%s"),
        "rieng": OwnWordsForm(_data(request, "rieng"), auto_id="own_%s"),
    }
    if request.method == "POST" and forms[way].is_valid() and _make(request, found, document, forms[way], way):
        messages.success(request, _("Đã đánh dấu mục."))
        return _to_clauses(found, document.pk)
    if request.method == "POST" and way == "doan":
        see_newest(forms["doan"], "revision", document.revision)
    numbered = [(number, document.text[start:end]) for number, (start, end) in enumerate(places)]
    rows = Paginator(numbered, PARAGRAPHS).get_page(request.GET.get("trang"))
    return page(
        request, found, "clauses",
        directive=document, clauses=list(document.clauses.all()), rows=rows, way=way, form=forms[way], filters=f"cach={way}",
        ticked=request.POST.getlist("numbers"), marked=_marked(document, places),
    )  # fmt: skip


def _way(request: HttpRequest, directive: Directive) -> str:
    asked = request.POST.get("cach") or request.GET.get("cach", "")
    if not directive.text:
        return "rieng"
    return asked if asked in WAYS else WAYS[0]


def _data(request: HttpRequest, way: str) -> object:
    return request.POST if request.method == "POST" and request.POST.get("cach") == way else None


def _make(request: HttpRequest, year: ClusterYear, directive: Directive, form, way: str) -> object:
    given, common = form.cleaned_data, {"year": year, "directive": directive, "duty": form.duty}
    common |= {"actor": request.actor, "now": request.now}
    if way == "doan":
        return form.attempt(actions.mark_paragraphs, numbers=given["numbers"], revision=given["revision"], **common)
    if way == "tu-den":
        return form.attempt(actions.mark_passage, first=given["first"], last=given["last"], **common)
    return form.attempt(actions.add_clause, text=given["text"], **common)


def _marked(directive: Directive, places: list[tuple[int, int]]) -> frozenset[int]:
    """Numbers of paragraphs that lie in a clause already."""
    extents = [(one.start, one.end) for one in directive.clauses.all() if one.start is not None and one.end is not None]
    return frozenset(n for n, (start, end) in enumerate(places) if any(a <= start and end <= b for a, b in extents))


def _clause(request: HttpRequest, cluster: str, year: int, clause: int) -> tuple[ClusterYear, Clause]:
    found = year_of(request, cluster, year)
    one = get_clause(found, clause)
    require_may_register(request.actor, found)
    require_open(found)
    return found, one


@GET_POST
def edit_clause(request: HttpRequest, cluster: str, year: int, clause: int) -> HttpResponse:
    """Change a clause."""
    found, one = _clause(request, cluster, year, clause)
    form = OwnWordsForm(request.POST) if request.method == "POST" else OwnWordsForm.of(one)
    stale = False
    if request.method == "POST" and form.is_valid():
        stale = form.cleaned_data["revision"] != one.revision
        form.attempt(
            actions.edit_clause, year=found, clause=one, text=form.cleaned_data["text"], duty=form.duty,
            revision=form.cleaned_data["revision"], actor=request.actor, now=request.now,
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, _("Đã lưu mục."))
            return _to_clauses(found, one.directive_id)
        see_newest(form, "revision", one.revision)
    return page(request, found, "clause", directive=one.directive, clause=one, form=form, stale=stale)


@require_POST
def move_clause(request: HttpRequest, cluster: str, year: int, clause: int) -> HttpResponse:
    """One place up or down."""
    found, one = _clause(request, cluster, year, clause)
    up = request.POST.get("way") == "up"
    actions.move_clause(year=found, clause=one, up=up, actor=request.actor, now=request.now)
    return _to_clauses(found, one.directive_id)


@require_POST
def remove_clause(request: HttpRequest, cluster: str, year: int, clause: int) -> HttpResponse:
    """Take a clause out, unless something answers it."""
    found, one = _clause(request, cluster, year, clause)
    with refusal_told(request):
        actions.remove_clause(year=found, clause=one, actor=request.actor, now=request.now)
        messages.success(request, _("Đã bỏ mục; nhật ký còn giữ nội dung."))
    return _to_clauses(found, one.directive_id)


@GET_POST
def relations(request: HttpRequest, cluster: str, year: int, directive: int) -> HttpResponse:
    """The relations of a document; find another one and say what they have to do with each other."""
    found, document = desk(request, cluster, year, directive)
    query = request.GET.get("q", "")[:200]
    others = register.light(found.cluster_id).exclude(pk=document.pk)
    ordered = register.searched(others, query) if query.strip() else others.order_by(*register.SORTS["moi"])
    offered = list(ordered[:MOST_OFFERED])
    form = RelationForm(request.POST or None)
    form.fields["other"].choices = [(one.pk, one) for one in offered]
    if request.method == "POST" and form.is_valid() and _relate(request, found, document, form):
        messages.success(request, _("Đã gắn quan hệ."))
        return redirect("directives:relations", found.cluster.slug, found.year, document.pk)
    shown = details.relations_of(document)
    return page(
        request, found, "relations",
        directive=document, relations=shown, graph=details.graph_of(document, shown), form=form, query=query, offered=offered,
    )  # fmt: skip


def _relate(request: HttpRequest, year: ClusterYear, directive: Directive, form: RelationForm) -> object:
    kind, _colon, side = form.cleaned_data["kind"].partition(":")
    pair = (directive, get_directive(year, form.cleaned_data["other"]))
    source, target = reversed(pair) if side else pair
    return form.attempt(actions.relate, year=year, source=source, target=target, kind=kind, actor=request.actor, now=request.now)


@require_POST
def remove_relation(request: HttpRequest, cluster: str, year: int, directive: int, relation: int) -> HttpResponse:
    """Take a relation back."""
    found, document = desk(request, cluster, year, directive)
    actions.remove_relation(year=found, directive=document, relation_id=relation, actor=request.actor, now=request.now)
    messages.success(request, _("Đã bỏ quan hệ."))
    return redirect("directives:relations", found.cluster.slug, found.year, document.pk)
