"""Reads of tasks: the list with its filters, the board, one task, choices of forms, what waits for a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.directives.models import Directive
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent
from thidua.kernel.text import fold, small_int, sort_key
from thidua.people.models import Organisation, Post
from thidua.programmes.access import DRAFT_NEXT_YEAR, UNIT, may_see_tasks, sees_all_units, units_open_to
from thidua.programmes.models import Programme, Task, TaskState
from thidua.programmes.rules.tasks import OVERDUE, RUNGS, Rung, days_of, rung

PAGE = 50
MOST_COUNTED = 1000
MOST_CHOICES = 100
EVERYWHERE, CLUSTER = "tat-ca", "cum"
"""Values of the unit's filter besides slugs: all that one may see, and the cluster's own programme."""
ALL_STATES = "all"
RUNG_WORDS: dict[str, Rung] = {"qua-han": OVERDUE} | {str(step): step for step in RUNGS}
SORTS = {
    "": (F("due_on").asc(nulls_last=True), "pk"),
    "han-xa": (F("due_on").desc(nulls_last=True), "-pk"),
    "moi": ("-pk",),
}
"""Each stands on an index: by day (what is overdue first), the furthest day first, the newest first."""
OPEN, NOT_OPEN = Value(True), Value(False)
"""For filters: Django writes `is_open=True` as a bare column, which is no comparison that SQLite's indexes could serve."""
_DAYS = ("tu", "den", "xong-tu", "xong-den", "mo-ngay")
_LISTED = (
    "year_id", "unit__name_vi", "unit__short_name", "unit__slug", "programme__title", "owner_post__title_vi", "title", "state",
    "is_open", "state_reason", "percent", "starts_on", "due_on", "done_on", "parent__title", "position", "revision",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address bar asks of a list of tasks; empty fields ask nothing. `state`: a state, "all", or "" for what is open.

    `days`: bounds by the names of _DAYS (due from, to; done from, to; still open on the evening of). `late`: done after its
    day; `answers`: answers some clause. The last three come from sources of figures.
    """

    unit: str = ""
    programme: int | None = None
    directive: int | None = None
    clause: int | None = None
    state: str = ""
    post: int | None = None
    rung: str = ""
    words: str = ""
    sort: str = ""
    late: bool = False
    answers: bool = False
    days: Mapping[str, date] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The same as the end of an address, without a page."""
        values = {
            "don-vi": self.unit, "chuong-trinh": self.programme, "van-ban": self.directive, "muc": self.clause,
            "trang-thai": self.state, "phu-trach": self.post, "bac": self.rung, "tim": self.words, "xep": self.sort,
            "tre": "1" if self.late else "", "co-muc": "1" if self.answers else "",
        }  # fmt: skip
        values |= {name: day.isoformat() for name, day in self.days.items()}
        return urlencode({name: value for name, value in values.items() if value not in ("", None)})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order was asked."""
        return replace(self, sort="") != Wanted()


def wanted_of(params: Mapping[str, str]) -> Wanted:
    """What an address asks; values that mean nothing are left out, so that an old or mistyped link still opens."""
    state, step, sort = params.get("trang-thai", ""), params.get("bac", ""), params.get("xep", "")
    return Wanted(
        unit=params.get("don-vi", ""),
        programme=small_int(params.get("chuong-trinh", "")),
        directive=small_int(params.get("van-ban", "")),
        clause=small_int(params.get("muc", "")),
        state=state if state == ALL_STATES or state in TaskState else "",
        post=small_int(params.get("phu-trach", "")),
        rung=step if step in RUNG_WORDS else "",
        words=" ".join(params.get("tim", "").split())[:100],
        sort=sort if sort in SORTS else "",
        late=bool(params.get("tre")),
        answers=bool(params.get("co-muc")),
        days={name: day for name in _DAYS if (day := _day(params.get(name, ""))) is not None},
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def visible_tasks(actor: Actor, year: ClusterYear, unit: str = "") -> QuerySet[Task]:
    """The tasks of a unit by its slug, of the cluster ("cum"), or of all units that the actor may read ("tat-ca"). With nothing
    asked: own units for people of units, all for the others. The cluster's own are a proposal for the next year, which nobody
    carries out in this one: they show only when asked for. Absent for a unit that is not there or not for this person."""
    if unit == CLUSTER:
        cluster = Task.objects.filter(year=year, unit=None)
        return cluster if may(DRAFT_NEXT_YEAR, actor, year) else cluster.filter(_asked_of_units())
    tasks = Task.objects.filter(year=year, unit__isnull=False)
    if unit not in ("", EVERYWHERE):
        found = Organisation.objects.filter(slug=unit).first()
        if found is None or not may_see_tasks(actor, year, found.pk):
            raise Absent
        return tasks.filter(unit=found)
    own = own_units(actor, year)
    if not unit and own:
        return tasks.filter(unit=next(iter(own))) if len(own) == 1 else tasks.filter(unit__in=own)
    if sees_all_units(actor, year):
        return tasks
    return tasks.filter(unit__in=units_open_to(actor, year))


def _asked_of_units() -> Q:
    """Tasks of the cluster's own programme from the day on which the units read its draft (access.may_read_draft)."""
    return Q(programme__presented_at__isnull=False) | Q(programme__approved_version__gt=0)


def own_units(actor: Actor, year: ClusterYear) -> frozenset[int]:
    """The member units whose people the actor is one of."""
    return units_open_to(actor, year) & actor.organisations(*UNIT)


def filtered(tasks: QuerySet[Task], wanted: Wanted, today: date) -> QuerySet[Task]:
    """The tasks with the filters laid on, in no order."""
    if wanted.programme is not None:
        tasks = tasks.filter(programme=wanted.programme)
    if wanted.directive is not None:
        answers = Task.clauses.through.objects.filter(task=OuterRef("pk"), clause__directive=wanted.directive)
        tasks = tasks.filter(Q(programme__directive=wanted.directive) | Q(Exists(answers)))
    if wanted.clause is not None:
        tasks = tasks.filter(pk__in=Task.clauses.through.objects.filter(clause=wanted.clause).values("task"))
    if wanted.answers:
        tasks = tasks.filter(Exists(Task.clauses.through.objects.filter(task=OuterRef("pk"))))
    if wanted.post is not None:
        tasks = tasks.filter(owner_post=wanted.post)
    for word in fold(wanted.words).split():
        tasks = tasks.filter(folded__contains=word)
    return _within_days(_in_state(tasks, wanted), wanted, today)


def _in_state(tasks: QuerySet[Task], wanted: Wanted) -> QuerySet[Task]:
    if wanted.state == ALL_STATES or (wanted.clause is not None and not wanted.state):
        return tasks
    if wanted.state:
        is_open = wanted.state not in (TaskState.DONE, TaskState.DROPPED)
        return tasks.filter(is_open=OPEN if is_open else NOT_OPEN, state=wanted.state)
    return tasks.filter(is_open=OPEN)


def _within_days(tasks: QuerySet[Task], wanted: Wanted, today: date) -> QuerySet[Task]:
    if wanted.rung:
        first, last = days_of(RUNG_WORDS[wanted.rung], today)
        tasks = tasks.filter(is_open=OPEN, due_on__lte=last)
        tasks = tasks.filter(due_on__gte=first) if first is not None else tasks
    bounds = {"tu": "due_on__gte", "den": "due_on__lte", "xong-tu": "done_on__gte", "xong-den": "done_on__lte"}
    tasks = tasks.filter(**{lookup: wanted.days[name] for name, lookup in bounds.items() if name in wanted.days})
    if "mo-ngay" in wanted.days:
        tasks = tasks.filter(Q(is_open=True) | Q(done_on__gt=wanted.days["mo-ngay"])).exclude(state=TaskState.DROPPED)
    return tasks.filter(done_on__gt=F("due_on")) if wanted.late else tasks


@dataclass(frozen=True, slots=True)
class Line:
    """A task in a list with where it stands on the ladder."""

    task: Task
    rung: Rung

    @property
    def colour(self) -> str:
        """Of its state: late when overdue, due when within a week."""
        if self.task.state == TaskState.DONE:
            return "ok"
        if not self.task.is_open:
            return "wait"
        return "late" if self.rung == OVERDUE else "due" if self.rung in (1, 7) else "wait"


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page of a list: its lines, its number, whether there is a next one; `count` up to MOST_COUNTED, `is_more` beyond."""

    lines: list[Line]
    number: int
    has_next: bool
    count: int
    is_more: bool


def listed(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The tasks with what a line shows and nothing more."""
    return tasks.select_related("unit", "programme", "owner_post", "parent").only(*_LISTED)


def lines_of(tasks: QuerySet[Task] | list[Task], today: date) -> list[Line]:
    """The lines of tasks. Closed tasks stand on no rung."""
    return [Line(task, rung(task.due_on, today) if task.is_open else None) for task in tasks]


def page_of(tasks: QuerySet[Task], wanted: Wanted, number: int | None, today: date) -> TaskPage:
    """A page of the filtered tasks in the order asked. Two queries; counting stops at MOST_COUNTED, so that neither grows
    with the table."""
    count = capped_count(tasks)
    here = max(1, number or 1)
    if count <= MOST_COUNTED:
        here = min(here, max(1, -(-count // PAGE)))
    start = (here - 1) * PAGE
    rows = list(listed(tasks).order_by(*SORTS[wanted.sort])[start : start + PAGE + 1])
    return TaskPage(lines_of(rows[:PAGE], today), here, len(rows) > PAGE, min(count, MOST_COUNTED), count > MOST_COUNTED)


def capped_count(tasks: QuerySet[Task], most: int = MOST_COUNTED) -> int:
    """How many there are, or `most` + 1 where there are more. One query."""
    return tasks.order_by()[: most + 1].count()


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: units (slug, name), programmes, directives and posts."""

    units: list[tuple[str, str]]
    programmes: list[Programme]
    directives: list[Directive]
    posts: list[Post]


def choices_of(actor: Actor, year: ClusterYear, wanted: Wanted) -> Choices:
    """The filters' choices; programmes and posts once the list is one unit's. Three queries at most (members apart)."""
    seen = units_open_to(actor, year)
    units = [(unit.slug, unit.short) for unit in members(year) if unit.pk in seen]
    programmes = Programme.objects.filter(year=year)
    own = own_units(actor, year)
    if wanted.unit == CLUSTER:
        programmes, one = programmes.filter(unit=None), {year.head_id}
    else:
        slugs = {unit.pk for unit in members(year) if unit.slug == wanted.unit}
        one = slugs or (own if not wanted.unit else set())
        programmes = programmes.filter(unit__in=one or seen)
    directives = Directive.objects.filter(pk__in=programmes.exclude(directive=None).values("directive"))
    return Choices(
        units=units,
        programmes=list(programmes.only("title").order_by("-pk")[:MOST_CHOICES]) if len(one) == 1 else [],
        directives=list(directives.only("kind", "number_text", "title")[:MOST_CHOICES]),
        posts=posts_of(next(iter(one))) if len(one) == 1 else [],
    )


def posts_of(organisation_id: int) -> list[Post]:
    """The posts of a unit in Vietnamese order. One query."""
    posts = Post.objects.filter(organisation=organisation_id).only("title_vi", "organisation_id")
    return sorted(posts, key=lambda post: sort_key(post.title_vi))


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column of the board: at most PAGE cards; `more` says how many others there are, `is_more` that they are even more."""

    state: TaskState
    cards: list[Line]
    more: int
    is_more: bool


def board(tasks: QuerySet[Task], today: date) -> list[BoardColumn]:
    """The tasks by state, the most urgent first and of the closed ones the latest. Two queries for each of the five states."""
    found = []
    for state in TaskState:
        is_open = state not in (TaskState.DONE, TaskState.DROPPED)
        here = tasks.filter(state=state)  # which says `is_open` as well; asked twice, no index would do alone
        count = capped_count(here)
        cards = listed(here).order_by(*SORTS["" if is_open else "han-xa"])[:PAGE]
        more = min(count, MOST_COUNTED) - PAGE
        found.append(BoardColumn(state, lines_of(cards, today), max(0, more), count > MOST_COUNTED))
    return found


def needs_among(task_ids: list[int]) -> list[tuple[int, int]]:
    """(waiting, needed) among the tasks. One query."""
    edges = Task.needs.through.objects.filter(from_task__in=task_ids, to_task__in=task_ids)
    return list(edges.values_list("from_task", "to_task").order_by("pk"))


def in_time(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with a day: what a timeline can show."""
    return tasks.exclude(due_on=None, starts_on=None)
