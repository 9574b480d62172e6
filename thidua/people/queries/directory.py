"""Organisations, posts and who holds them: the directory, and the operator's lists."""

from dataclasses import dataclass, field
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet

from thidua.kernel.text import fold
from thidua.people.models import Organisation, Person, Post, Tenure
from thidua.people.queries.actors import in_force

SHOWN = 500
"""Rows of the tree or of a search; beyond that, one is asked to search or open a unit."""
PAGE = 50
SUGGESTED = 2000
"""Accounts a field suggests: some 100 kB of page; beyond that, one types the user name."""


@dataclass(slots=True)
class Branch:
    """An organisation in the tree with how deep it stands (1 at the top)."""

    organisation: Organisation
    depth: int


@dataclass(slots=True)
class Directory:
    """Rows of the list; `cut` when there are more than are shown."""

    branches: list[Branch] = field(default_factory=list)
    cut: bool = False


def directory(text: str = "") -> Directory:
    """The tree in Vietnamese order; or, for a text, what bears it in a name: exact marks first, then without. One query."""
    rows = Organisation.objects.annotate(post_count=Count("posts")).select_related("parent").order_by("pk")
    words = fold(text).split()
    for word in words:
        rows = rows.filter(folded__contains=word)
    found = list(rows[: SHOWN + 1])
    cut, found = len(found) > SHOWN, found[:SHOWN]
    if words:
        exact = " ".join(text.lower().split())
        found.sort(key=lambda o: (exact not in o.name_vi.lower(), o.order))
        return Directory([Branch(o, 1) for o in found], cut)
    return Directory(_tree(found), cut)


def _tree(organisations: list[Organisation]) -> list[Branch]:
    here = {o.pk for o in organisations}
    below: dict[int | None, list[Organisation]] = {}
    for o in sorted(organisations, key=lambda o: o.order):
        below.setdefault(o.parent_id if o.parent_id in here else None, []).append(o)
    branches: list[Branch] = []
    waiting = [(o, 1) for o in reversed(below.get(None, []))]
    while waiting:
        o, depth = waiting.pop()
        branches.append(Branch(o, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(o.pk, []))]
    return branches


def posts_of(organisation: Organisation, day: date) -> list[Post]:
    """The posts of an organisation by title, each with `holders`: its tenures in force or still ahead. Two queries."""
    ahead = Tenure.objects.filter(in_force(day) | Q(starts_on__gt=day)).select_related("person").order_by("starts_on", "pk")
    posts = Post.objects.filter(organisation=organisation).prefetch_related(Prefetch("tenures", ahead, to_attr="holders"))
    return sorted(posts, key=lambda post: fold(post.title_vi))


def units_below(organisation: Organisation) -> list[Organisation]:
    """The organisations right below, in Vietnamese order. One query."""
    return sorted(organisation.children.all(), key=lambda o: o.order)


def accounts(text: str, number: int, day: date) -> Page:
    """A page of accounts by user name, each with `posts_held` in force. Three queries."""
    rows: QuerySet[Person] = Person.objects.order_by("username")
    for word in fold(text).split():
        rows = rows.filter(Q(folded__contains=word) | Q(username__contains=word))
    held = Tenure.objects.filter(in_force(day)).select_related("post__organisation").order_by("pk")
    return Paginator(rows.prefetch_related(Prefetch("tenures", held, to_attr="posts_held")), PAGE).get_page(number)


def tenures_of(person: Person) -> list[Tenure]:
    """Every tenure of a person, the latest first. One query."""
    return list(person.tenures.select_related("post__organisation").order_by("-starts_on", "-pk"))


def person_called(username: str) -> Person | None:
    """The open account with the user name, whatever its capitals."""
    return Person.objects.filter(username=username.strip().lower(), is_active=True).first()


def open_accounts() -> list[Person]:
    """The open accounts by name, to choose from: at most SUGGESTED. One query."""
    people = Person.objects.filter(is_active=True).order_by("username")
    return sorted(people[:SUGGESTED], key=lambda person: (person.folded, person.username))


def colleagues(organisation_ids: frozenset[int], day: date) -> list[Person]:
    """Open accounts with a post in force at the organisations: those one mostly lends to. At most 200; one query."""
    held = Tenure.objects.filter(in_force(day), post__organisation__in=organisation_ids)
    people = Person.objects.filter(is_active=True, pk__in=held.values("person"))
    return list(people.order_by("username")[:200])
