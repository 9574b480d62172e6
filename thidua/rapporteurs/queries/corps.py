"""Reads of the corps: who belongs to it, how their terms stand, what the list shows."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Level
from thidua.kernel.actor import Actor
from thidua.kernel.text import fold, sort_key
from thidua.people.models import Organisation, Post
from thidua.rapporteurs.access import KEEP_CORPS, ROLE_OF, unit_ids, where_corps
from thidua.rapporteurs.models import CorpsKind, CorpsMember, Term
from thidua.rapporteurs.rules.corps import (
    IN_FORCE,
    NEVER_SOON,
    SOON,
    Span,
    Standing,
    State,
    day_of_year,
    given_name_first,
    standing,
)

PAGE = 50
LEVELS: tuple[str, ...] = tuple(Level.values)
"""From the top down."""
MARKS = {
    State.IN_TERM: "ok", State.ENDS_SOON: "due", State.EXPIRED: "late", State.AHEAD: "wait", State.NO_TERM: "late",
    State.LEFT: "wait",
}  # fmt: skip
STATE_TITLES = {
    State.IN_TERM: gettext_lazy("Trong nhiệm kỳ"),
    State.ENDS_SOON: gettext_lazy("Sắp hết nhiệm kỳ"),
    State.EXPIRED: gettext_lazy("Hết nhiệm kỳ"),
    State.AHEAD: gettext_lazy("Chưa đến nhiệm kỳ"),
    State.NO_TERM: gettext_lazy("Chưa có quyết định"),
    State.LEFT: gettext_lazy("Đã thôi tham gia"),
}
SORTS = {
    "ten": pgettext_lazy("sort", "Theo tên"),
    "han": gettext_lazy("Nhiệm kỳ hết trước"),
    "cap": gettext_lazy("Theo cấp"),
    "don-vi": gettext_lazy("Theo đơn vị"),
}
"""How the list may be ordered, by the word in the address bar."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows; empty values filter nothing. Who has left is shown only when `state` asks."""

    query: str = ""
    unit: int | None = None
    kind: str = ""
    level: str = ""
    state: str = ""
    sort: str = "ten"


@dataclass(frozen=True, slots=True)
class Line:
    """A member with their standing on the day and the term that matters then: the one that runs, else the next, else the last."""

    member: CorpsMember
    standing: Standing
    term: Term | None

    @property
    def mark(self) -> str:
        """The sign of the state."""
        return MARKS[self.standing.state]

    @property
    def words(self) -> str:
        """The state in words."""
        return words_of(self.standing)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a level and kind are in term on the day, and how many others there are who have not left."""

    in_force: int
    others: int


@dataclass(frozen=True, slots=True)
class CountRow:
    """A level with its counts by kind, in the order of CorpsKind."""

    title: object
    counts: list[Count]
    total: Count


@dataclass(frozen=True, slots=True)
class Corps:
    """The corps of a year on a day: every member of its units, whatever their state, with the counts by level and kind."""

    day: date
    lines: list[Line]
    units: list[Organisation]
    past: bool = False
    """Whether the year is over, so that the day is its last."""

    @property
    def rows(self) -> list[CountRow]:
        """Level × kind; levels without anybody left out."""
        numbers: Counter[tuple[str, str, bool]] = Counter()
        for line in self.lines:
            if line.standing.state != State.LEFT:
                numbers[line.member.level, line.member.kind, line.standing.state in IN_FORCE] += 1
        rows = []
        for level in LEVELS:
            counts = [Count(numbers[level, kind, True], numbers[level, kind, False]) for kind in CorpsKind.values]
            if any(count.in_force or count.others for count in counts):
                rows.append(CountRow(Level(level).label, counts, _sum(counts)))
        return rows

    @property
    def total(self) -> CountRow:
        """The sums by kind."""
        rows = self.rows
        counts = [_sum(row.counts[place] for row in rows) for place in range(len(CorpsKind.values))]
        return CountRow(_("Cộng"), counts, _sum(counts))

    @property
    def ending(self) -> list[Line]:
        """Whose term ends within 60 days, the nearest first."""
        return sorted(
            (line for line in self.lines if line.standing.state == State.ENDS_SOON), key=lambda line: line.standing.days
        )

    def listed(self, wanted: Filter) -> list[Line]:
        """The lines as the filter asks, in its order. Who has left is shown only when asked for."""
        words = fold(wanted.query).split()
        found = [line for line in self.lines if _fits(line, wanted, words)]
        return sorted(found, key=lambda line: _order(line, wanted.sort))


def _sum(counts: Iterable[Count]) -> Count:
    given = list(counts)
    return Count(sum(one.in_force for one in given), sum(one.others for one in given))


def _fits(line: Line, wanted: Filter, words: list[str]) -> bool:
    member = line.member
    if wanted.state:
        if wanted.state != line.standing.state:
            return False
    elif line.standing.state == State.LEFT:
        return False
    if (
        wanted.unit not in (None, member.unit_id)
        or wanted.kind not in ("", member.kind)
        or wanted.level not in ("", member.level)
    ):
        return False
    return all(word in member.folded for word in words)


def _order(line: Line, sort: str) -> tuple[object, ...]:
    member, by_name = line.member, name_order(line.member)
    if sort == "han":
        ends = line.term.ends_on if line.term else date.max
        return (line.standing.state not in (State.ENDS_SOON, State.IN_TERM), ends, *by_name)
    if sort == "cap":
        return (LEVELS.index(member.level), member.kind != CorpsKind.RAPPORTEUR, *by_name)
    if sort == "don-vi":
        return (member.unit.order, *by_name)
    return by_name


def name_order(member: CorpsMember) -> tuple[object, ...]:
    """The order of Vietnamese lists: by the given name."""
    return (sort_key(given_name_first(member.name)), member.pk)


def words_of(there: Standing) -> str:
    """A standing in words: "còn 23 ngày", "hết hạn 12 ngày", "từ 01-01-2022"."""
    day = date_format(there.day) if there.day else ""
    match there.state:
        case State.IN_TERM:
            return _("đến %(day)s") % {"day": day}
        case State.ENDS_SOON if there.days == 0:
            return _("đến hết hôm nay")
        case State.ENDS_SOON:
            return ngettext("còn %(days)d ngày", "còn %(days)d ngày", there.days) % {"days": there.days}
        case State.EXPIRED:
            return _("hết từ %(day)s") % {"day": day}
        case State.AHEAD:
            return _("bắt đầu %(day)s") % {"day": day}
        case State.LEFT:
            return _("thôi từ %(day)s") % {"day": day}
        case _:
            return _("chưa có quyết định")


def corps_of(year: ClusterYear, today: date) -> Corps:
    """The corps of the year's units and of the superior body as it stands today, or on the last day of a year that is over. Three
    queries (members of the year apart)."""
    day = day_of_year(year.year, today)
    units = units_of(year)
    by_id = {unit.pk: unit for unit in units}
    members = list(CorpsMember.objects.filter(unit__in=by_id))
    terms = defaultdict(list)
    for term in Term.objects.filter(member__unit__in=by_id):
        terms[term.member_id].append(term)
    for member in members:
        member.unit = by_id[member.unit_id]
    past = day < today
    return Corps(day, [line_of(member, terms[member.pk], day, past=past) for member in members], units, past)


def units_of(year: ClusterYear) -> list[Organisation]:
    """Bodies that may have a corps in the year, in Vietnamese order, the superior body first. One query (members apart)."""
    above = year.cluster.superior_body_id
    return sorted(Organisation.objects.filter(pk__in=unit_ids(year)), key=lambda unit: (unit.pk != above, unit.order))


def line_of(member: CorpsMember, terms: list[Term], day: date, *, past: bool = False) -> Line:
    """A member with their standing on a day; in a past year no term ends soon any more. No query."""
    running = [term for term in terms if term.starts_on <= day <= term.ends_on]
    ahead = [term for term in terms if term.starts_on > day]
    there = standing(spans_of(terms), member.left_on, day, NEVER_SOON if past else SOON)
    return Line(member, there, next(iter([*running, *ahead, *terms[::-1]]), None))


def spans_of(terms: Iterable[Term]) -> list[Span]:
    """Terms as the rules take them."""
    return [Span(term.starts_on, term.ends_on, term.decision) for term in terms]


def with_terms(members: QuerySet[CorpsMember]) -> QuerySet[CorpsMember]:
    """The members with their terms read, in order. One query more."""
    return members.prefetch_related(Prefetch("terms", Term.objects.order_by("starts_on", "pk")))


def kept_units(actor: Actor, year: ClusterYear, units: Iterable[Organisation]) -> list[Organisation]:
    """The units among these whose corps the actor may keep; for showing buttons. No query (members of the year apart)."""
    return [unit for unit in units if actor.by(KEEP_CORPS, where_corps(year, unit.pk))]


def posts_for(unit: Organisation, member: CorpsMember | None = None) -> list[Post]:
    """Posts of the unit with a role of the corps (that of the member's kind, when there is one), by title. One query."""
    roles = {str(ROLE_OF[CorpsKind(member.kind)])} if member else {str(role) for role in ROLE_OF.values()}
    found = [post for post in Post.objects.filter(organisation=unit) if roles.intersection(post.roles)]
    return sorted(found, key=lambda post: sort_key(post.title_vi))
