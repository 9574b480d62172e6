"""What the import of tasks asks of the tables: what a programme knows, and an uploaded table checked against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thidua.directives.models import Clause
from thidua.kernel.text import fold
from thidua.people.models import Post, Tenure
from thidua.people.queries.actors import in_force
from thidua.programmes.models import Programme, Task, TaskSheet
from thidua.programmes.rules.sheet import Checked, Known, Row, check


@dataclass(frozen=True, slots=True)
class Offered:
    """What the template offers in its drop-downs."""

    posts: list[str]
    clauses: list[str]
    parents: list[str]


def rows_of(sheet: TaskSheet) -> list[Row]:
    """The kept rows. No query."""
    return [Row(row["row"], row["cells"]) for row in sheet.rows]


def known_to(programme: Programme, rows: Iterable[Row], today: date) -> Known:
    """What the programme knows of the names in the rows. Five queries at most.

    A post goes by its title or by who holds it today; a clause by its name (its label, or "Mục 3" by its place) within the
    programme's document, or as "number: name" within any document of the register.
    """
    posts: dict[str, list[int]] = {}
    place = programme.unit_id or programme.year.head_id
    for post in Post.objects.filter(organisation=place):
        posts.setdefault(fold(post.title_vi), []).append(post.pk)
    for tenure in Tenure.objects.filter(in_force(today), post__organisation=place).select_related("person"):
        held = posts.setdefault(fold(tenure.person.name), [])
        if tenure.post_id not in held:
            held.append(tenure.post_id)
    tasks = list(Task.objects.filter(programme=programme).values_list("folded", "pk", "parent", "is_open"))
    issued = [(programme.directive.name, programme.directive.issued_on)] if programme.directive else []
    return Known(
        posts=posts,
        clauses=_clauses(programme, rows),
        parents={title: pk for title, pk, parent, is_open in tasks if parent is None and is_open},
        titles=frozenset(title for title, *_rest in tasks),
        issued=issued,
    )


def _clauses(programme: Programme, rows: Iterable[Row]) -> dict[str, list[int]]:
    cells = [row.cells["clauses"] for row in rows if "clauses" in row.cells]
    found = _of_documents(programme.year.cluster_id, ";".join(cells))
    if cells and programme.directive_id:
        for clause in Clause.objects.filter(directive=programme.directive_id).only("label", "position"):
            found.setdefault(fold(clause.name), []).append(clause.pk)
    return found


def _of_documents(cluster_id: int, text: str) -> dict[str, list[int]]:
    """The clauses of the documents whose numbers a text names ("04-NQ/TW: Mục 2; …"), by "number: name" folded."""
    numbers = {part.split(":", 1)[0].strip() for part in text.replace("\n", ";").split(";") if ":" in part}
    found: dict[str, list[int]] = {}
    if numbers:
        clauses = Clause.objects.filter(directive__cluster=cluster_id, directive__number_text__in=numbers)
        fields = ("label", "position", "directive__number_text")
        for clause in clauses.select_related("directive").only(*fields):
            found.setdefault(fold(f"{clause.directive.number_text}: {clause.name}"), []).append(clause.pk)
    return found


def clauses_named(cluster_id: int, text: str) -> tuple[list[int], list[str]]:
    """The ids of the clauses that a text names ("04-NQ/TW: Mục 2; …"), and the names that mean none or several. One query."""
    known, found, unknown = _of_documents(cluster_id, text), [], []
    for name in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
        ids = known.get(fold(name), [])
        if len(ids) == 1:
            found.append(ids[0])
        else:
            unknown.append(name)
    return found, unknown


def checked(sheet: TaskSheet, today: date) -> Checked:
    """The kept rows against the programme as it is now."""
    rows = rows_of(sheet)
    return check(rows, known_to(sheet.programme, rows, today), today)


def offered_by(programme: Programme) -> Offered:
    """Choices of the template. Three queries at most."""
    place = programme.unit_id or programme.year.head_id
    clauses = Clause.objects.filter(directive=programme.directive_id).defer("text") if programme.directive_id else []
    parents = Task.objects.filter(programme=programme, parent=None, is_open=True).order_by("position")
    return Offered(
        posts=list(Post.objects.filter(organisation=place).order_by("title_vi").values_list("title_vi", flat=True)),
        clauses=[clause.name for clause in clauses],
        parents=list(parents.values_list("title", flat=True)[:500]),
    )


def same_file(sheet: TaskSheet) -> TaskSheet | None:
    """An earlier import of the very same file into the programme. One query."""
    earlier = TaskSheet.objects.filter(programme=sheet.programme_id, sha256=sheet.sha256, imported_at__isnull=False)
    return earlier.exclude(pk=sheet.pk).defer("rows").first()
