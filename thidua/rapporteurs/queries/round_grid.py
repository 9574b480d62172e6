"""Who has sent and who has not: the grid unit × round, a round's list, a unit's collaborators. Never what anybody counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Cell
from thidua.people.models import Organisation
from thidua.rapporteurs.access import may_read_counts
from thidua.rapporteurs.models import CorpsMember, Round
from thidua.rapporteurs.queries.rounds import (
    collaborators_of,
    late_of,
    owes,
    round_address,
    rounds_of,
)
from thidua.rapporteurs.rules.rounds import (
    NEAR_DAYS,
    Due,
    Punctuality,
    Standing,
    UnitStanding,
    punctuality,
    short_title,
    standing,
    unit_standing,
)

STATES = ("missing", "late")
"""What the grid and a round's list can be filtered by: past due and not sent; came late."""
MOST_DAYS = 999
"""After so many days their number says nothing."""
Stands = dict[tuple[int, int], Standing]
"""How collaborators stand, by round and member; those who do not owe a round and have not sent it are not in it."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: the round, its short title and address, and how many of those who owe it have sent."""

    round: Round
    title: str
    url: str
    sent: int
    owed: int


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with a cell for each round (None: nobody owes it there), how many collaborators it has, and its page."""

    unit: Organisation
    mine: bool
    url: str
    cells: list[Cell | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid; `collaborators` counts everybody, also those of units that a filter hides."""

    heads: list[Head]
    rows: list[Row]
    collaborators: int


def stands_of(year: ClusterYear, rounds: list[Round], people: list[CorpsMember], today: date) -> Stands:
    """How each collaborator stands at each round. One query."""
    late, found = late_of(rounds), {}
    for one in rounds:
        for member in people:
            came = late.get((one.pk, member.pk))
            if came is not None or owes(member, year, one.due_on):
                found[one.pk, member.pk] = standing(came, one.due_on, today)
    return found


def units_of(year: ClusterYear, people: list[CorpsMember]) -> list[Organisation]:
    """The member units in the order of the papers, then other bodies that have collaborators here. One query for the year."""
    units = {unit.pk: unit for unit in members(year)}
    others = {member.unit_id: member.unit for member in people if member.unit_id not in units}
    return [*units.values(), *sorted(others.values(), key=lambda unit: unit.order)]


def grid(actor: Actor, year: ClusterYear, today: date, *, rhythm: str = "", state: str = "") -> Grid:
    """The grid for whoever sees the year, the round due last first. `rhythm` leaves rounds of one rhythm, `state` (one of STATES)
    leaves units of which it is true somewhere. Four queries (members apart)."""
    rounds, people = rounds_of(year, rhythm)[::-1], collaborators_of(year)
    stands = stands_of(year, rounds, people, today)
    by_unit: dict[int, list[CorpsMember]] = {}
    for member in people:
        by_unit.setdefault(member.unit_id, []).append(member)
    heads = [_head(year, one, people, stands) for one in rounds]
    rows = []
    for unit in units_of(year, people):
        sums = [_unit_at(one, by_unit.get(unit.pk, []), stands, today) for one in rounds]
        if not state or any(_is(state, found) for found in sums):
            rows.append(_row(actor, year, unit, rounds, sums))
    return Grid(heads, rows, len(people))


def _head(year: ClusterYear, one: Round, people: list[CorpsMember], stands: Stands) -> Head:
    here = [stands[one.pk, member.pk] for member in people if (one.pk, member.pk) in stands]
    url = round_address("round", year, one.pk)
    return Head(one, short_title(one.title, year.year), url, sum(stand.sent for stand in here), len(here))


def _unit_at(one: Round, people: list[CorpsMember], stands: Stands, today: date) -> UnitStanding | None:
    here = [stands[one.pk, member.pk] for member in people if (one.pk, member.pk) in stands]
    return unit_standing(here, one.due_on, today) if here else None


def _row(
    actor: Actor, year: ClusterYear, unit: Organisation, rounds: list[Round], sums: list[UnitStanding | None]
) -> Row:  # fmt: skip
    cells = []
    for one, found in zip(rounds, sums, strict=True):
        url = f"{round_address('round', year, one.pk)}?don-vi={unit.slug}"
        words = unit_words(found, one.due_on, year.year) if found else ""
        cells.append(Cell(found.state, words, url) if found else None)
    return Row(unit, unit.pk in actor.organisations(), round_address("round_unit", year, unit.slug), cells)


def _is(state: str, found: UnitStanding | None) -> bool:
    if found is None:
        return False
    return found.late > 0 if state == "late" else found.missing > 0 and found.days > 0


def table_of(found: Grid) -> Iterator[list[object]]:
    """The grid as rows of a workbook; last the counts of reports."""
    for row in found.rows:
        yield [row.unit.name_vi, *(cell.text if cell else "–" for cell in row.cells)]
    yield [_("Đã gửi"), *(f"{head.sent}/{head.owed}" for head in found.heads)]


# ---- words ----


def unit_words(found: UnitStanding, due_on: date, year: int) -> str:
    """A unit's standing in words: "5/5", "5/5, 1 chậm", "3/5, quá 4 ngày", "3/5, còn 6 ngày"."""
    parts = [f"{found.sent}/{found.owed}"]
    if found.late:
        parts.append(_("%(n)d chậm") % {"n": found.late})
    if found.missing:
        parts.append(open_words(found.days, due_on, year))
    return ", ".join(parts)


def words_of(stand: Standing, due_on: date, year: int) -> str:
    """A collaborator's standing in words: "đúng hạn", "chậm 2 ngày", "chưa gửi, quá 9 ngày", "còn 3 ngày", "hạn 05-12"."""
    if stand.sent:
        return late_words(stand.days)
    words = open_words(stand.days, due_on, year)
    return _("chưa gửi, %(how)s") % {"how": words} if stand.days > 0 else words


def late_words(days: int) -> str:
    """How late a report came, in words."""
    if not days:
        return _("đúng hạn")
    return ngettext("chậm %(days)d ngày", "chậm %(days)d ngày", days) % {"days": days}


def open_words(days: int, due_on: date, year: int) -> str:
    """How far the due day is, so many days ago (positive) or ahead: with its year when that is not the page's."""
    if days > MOST_DAYS:
        return _("quá hạn")
    if days > 0:
        return ngettext("quá %(days)d ngày", "quá %(days)d ngày", days) % {"days": days}
    if days == 0:
        return _("hạn hôm nay")
    if -days <= NEAR_DAYS:
        return ngettext("còn %(days)d ngày", "còn %(days)d ngày", -days) % {"days": -days}
    return _("hạn %(day)s") % {"day": date_format(due_on, "d-m" if due_on.year == year else "d-m-Y")}


# ---- one round, one unit ----


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A collaborator at one round; the cell leads to the counts where the actor enters them."""

    member: CorpsMember
    stand: Standing
    cell: Cell
    counts: bool


@dataclass(frozen=True, slots=True)
class RoundList:
    """A round's list as it is filtered, units to filter by, and of all who owe it how many have sent, and late."""

    rows: list[PersonRow]
    units: list[Organisation]
    owed: int
    sent: int
    late: int


def round_list(
    actor: Actor, asked: Round, year: ClusterYear, today: date, *, unit: str = "", state: str = ""
) -> RoundList:  # fmt: skip
    """Who has sent the round and who has not, by unit and name. `unit` (a slug) leaves one unit, `state` one of STATES.
    Three queries (members apart)."""
    people = collaborators_of(year)
    stands = stands_of(year, [asked], people, today)
    units = units_of(year, people)
    place = {one.pk: position for position, one in enumerate(units)}
    here = sorted((m for m in people if (asked.pk, m.pk) in stands), key=lambda m: place[m.unit_id])
    rows = [_person(actor, asked, year, member, stands[asked.pk, member.pk]) for member in here]
    shown = [row for row in rows if (not unit or row.member.unit.slug == unit) and (not state or _stands(state, row.stand))]
    with_people = {member.unit_id for member in here}
    sent = [row.stand for row in rows if row.stand.sent]
    named = [one for one in units if one.pk in with_people]
    return RoundList(shown, named, len(rows), len(sent), sum(stand.days > 0 for stand in sent))


def _person(actor: Actor, asked: Round, year: ClusterYear, member: CorpsMember, stand: Standing) -> PersonRow:
    counts = may_read_counts(actor, year, member)
    url = round_address("count", year, asked.pk, member.pk) if counts else ""
    return PersonRow(member, stand, Cell(stand.state, words_of(stand, asked.due_on, year.year), url), counts)


def _stands(state: str, stand: Standing) -> bool:
    return stand.missing if state == "missing" else stand.sent and stand.days > 0


def list_table(found: RoundList) -> Iterator[list[object]]:
    """A round's list as rows of a workbook."""
    for row in found.rows:
        yield [row.member.unit.name_vi, row.member.name, row.member.post_title, row.cell.text]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A collaborator over several rounds (None: not owed), and how punctual they were."""

    member: CorpsMember
    cells: list[Cell | None]
    punctual: Punctuality


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit's collaborators over the rounds of a quarter or of the year."""

    heads: list[Head]
    rows: list[MemberRow]
    total: Punctuality


def unit_page(actor: Actor, year: ClusterYear, unit: Organisation, today: date, quarter: int | None) -> UnitPage:
    """The unit's collaborators over the rounds whose span ends in the quarter; over the whole year for None. Four queries
    (members apart)."""
    rounds = [one for one in rounds_of(year) if quarter is None or _in_quarter(one, year, quarter)]
    people = [member for member in collaborators_of(year) if member.unit_id == unit.pk]
    stands = stands_of(year, rounds, people, today)
    rows = []
    for member in people:
        cells = [_cell(actor, year, one, member, stands.get((one.pk, member.pk))) for one in rounds]
        rows.append(MemberRow(member, cells, _punctual(rounds, member, stands, today)))
    sums = zip(*(row.punctual for row in rows), strict=True) if rows else ((), (), ())
    heads = [_head(year, one, people, stands) for one in rounds]
    return UnitPage(heads, rows, Punctuality(*(sum(numbers) for numbers in sums)))


def _punctual(rounds: list[Round], member: CorpsMember, stands: Stands, today: date) -> Punctuality:
    dues = []
    for one in rounds:
        stand = stands.get((one.pk, member.pk))
        dues.append(Due(one.due_on, stand is not None, stand.days if stand and stand.sent else None))
    return punctuality(dues, today)


def _cell(actor: Actor, year: ClusterYear, one: Round, member: CorpsMember, stand: Standing | None) -> Cell | None:
    return _person(actor, one, year, member, stand).cell if stand else None


def _in_quarter(one: Round, year: ClusterYear, quarter: int) -> bool:
    return one.ends_on.year == year.year and (one.ends_on.month + 2) // 3 == quarter


def quarter_of(year: ClusterYear, today: date) -> int | None:
    """The quarter that today falls into, in the year itself; None in others."""
    return (today.month + 2) // 3 if today.year == year.year else None


def unit_table(found: UnitPage) -> Iterator[list[object]]:
    """A unit's page as rows of a workbook."""
    for row in found.rows:
        words = [cell.text if cell else "–" for cell in row.cells]
        yield [row.member.name, row.member.post_title, *words, *row.punctual]
