"""Which cells of a table of topics × directions may be published so that no small count can be computed.

**What is protected.** A cell below `LEAST` (zero too: that nobody is worried is an answer as well) is withheld, and so many
others that nobody can compute it. The attacker knows all that is shown, that counts are whole and not negative, *and this
module*. For every withheld cell, sums included, there remain two tables that lead to exactly the same publication, one with at
least `LEAST` in the cell, the other with at least `LEAST` less than that. So no withheld cell is known to be small, and none is
known more closely than by `LEAST` (the width of the protection is the threshold: what is blurred is blurred by what is small).

**Why the rule is part of the attack.** Bounds from the sums alone (Cox 1980; Willenborg and de Waal 2001) are not enough. Who
sees two dashes knows that one of them is small; where the second dash was chosen by its value, or by an order, also which one:
Minami and Abe (2019) narrow cells of optimal suppression that way. The remedy is that of simulatable auditing (Kenthapadi,
Mishra and Nissim 2005): whether something is shown is decided by what will be shown, never by what is withheld, and by trying
that other withheld values would be published in the same way. A dash tells that something in its pattern is small, never what.

**The patterns.** Within a row the two answers without a clear direction (neutral, mixed) stand or fall together, for either
may be the small one: PAIR. Otherwise the whole breakdown of the row is withheld: ALL. What a row hits:

    ALL    supportive < LEAST, or concerned < LEAST, or neutral + mixed < LEAST
    PAIR   not ALL, and neutral < LEAST or mixed < LEAST     (neutral + mixed can be computed: it is LEAST or more)

Row sums are shown: rows below LEAST are merged first. The line of column sums has the same patterns. The first of these levels
that stands is published; "remainder" is a sum less its shown cells.

 a  All column sums. Stands if every withheld cell is open among tables with these remainders *in which every row hits the
    pattern that it has*; such a table is published at level a with the same face. Split into three (supportive, concerned,
    rest) they are points of a transport polytope, of which extreme ones are laid out by the north-west corner rule; how the
    rest splits into two is a choice for each row, and the sums that can be reached are kept as intervals.
 b  Sums of supportive and concerned only. Rows of PAIR are free then: all neutral, or all mixed; both leave a column remainder
    of 0, which level a refuses. Rows of ALL as in a, in three columns. Where those are too few, further rows are withheld whole
    as complements, the smallest first and none in vain (least loss). How they were chosen tells nothing: the tables looked for
    are those in which the complements hit ALL by themselves, and such a table comes to the same face at once.
 c  No column sum. Every withheld row is free: all of it in any one direction. That leaves column remainders of 0, so a refuses
    those tables, and b does unless complements save it. That they do not is tried out here; if they did, c would not stand.
 d  Row sums only. Always stands: of the tables with all of each row in one direction none has a shown breakdown, a and b refuse
    them (remainders of 0, no row left as complement), and c and d show the same of them.

What merging tells: topics that are not named were spoken of little or not at all, not how little, and not in which direction.
Row sums alone decide it, and they are the same in all tables above. A row of which nothing was counted is no row: nobody stands
behind it, and merged it would drag the smallest real topic out of sight with it.

What this does not do: a collaborator knows their own counts and can take them off a row. So the sources of a row are shown only
when there are several (rules.digests).

Sources: L. H. Cox, Suppression methodology and statistical disclosure control, JASA 75 (1980). L. Willenborg and T. de Waal,
Elements of Statistical Disclosure Control (2001). K. Kenthapadi, N. Mishra and K. Nissim, Simulatable auditing, PODS 2005.
K. Minami and Y. Abe, Algorithmic matching attacks on optimally suppressed tabular data, Algorithms 12 (2019) 165.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import permutations

LEAST = 10
"""The smallest count that is shown."""
DIRECTIONS = ("supportive", "concerned", "neutral", "mixed")
"""In the order of the cells of a line."""
OTHERS = ""
"""The key of the line into which small rows are merged."""
_MOST_INTERVALS = 200
_BODY = range(3)

Cells = tuple[int, int, int, int]
Body = tuple[int, int, int]
Shown = tuple[int | None, ...]


class Hidden(IntEnum):
    """What of a line is withheld."""

    NOTHING = 0
    PAIR = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A topic with its counts by direction (DIRECTIONS); `key` is unique in the table and not empty."""

    key: str
    cells: Cells

    @property
    def total(self) -> int:
        """All that was counted on the topic."""
        return sum(self.cells)

    @property
    def body(self) -> Body:
        """Supportive, concerned, and the rest as one."""
        supportive, concerned, neutral, mixed = self.cells
        return supportive, concerned, neutral + mixed


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A line as everyone may read it: None is withheld. `key` OTHERS: several topics in one."""

    key: str
    cells: Shown
    total: int


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table as everyone may read it. Lines from the largest, OTHERS last. No lines: nothing may be shown (`total` None)."""

    lines: tuple[PublishedLine, ...]
    sums: Shown
    total: int | None


def publish(lines: Iterable[Line], least: int = LEAST) -> PublishedTable:
    """The table as it may be published. The order of the lines plays no part. `least` is another threshold for tests.

    Raises ValueError for a negative count and for a key that is empty or occurs twice.
    """
    rows = _merged(_checked(lines), least)
    if not rows:
        return PublishedTable((), (None,) * 4, None)
    hidden = [pattern_of(row, least) for row in rows]
    if _all_sums_stand(rows, hidden, least):
        return _face(rows, hidden, Hidden.NOTHING)
    bodies = [row.body for row in rows]
    enlarged = _with_clear_sums(bodies, hidden, least)
    if enlarged is not None:
        return _face(rows, enlarged, Hidden.PAIR)
    if not any(_with_clear_sums(_all_in(bodies, hidden, column), hidden, least) for column in _BODY):
        return _face(rows, hidden, Hidden.ALL)
    return _face(rows, [Hidden.ALL] * len(rows), Hidden.ALL)


def pattern_of(line: Line, least: int = LEAST) -> Hidden:
    """What the line's own counts ask to withhold of it (the table in the head of this module)."""
    if min(line.body) < least:
        return Hidden.ALL
    return Hidden.PAIR if min(line.cells[2:]) < least else Hidden.NOTHING


def _checked(lines: Iterable[Line]) -> list[Line]:
    rows = sorted(lines, key=lambda row: (row.total, row.key))
    if any(count < 0 for row in rows for count in row.cells):
        raise ValueError("counts are not negative")
    if len({row.key for row in rows} - {OTHERS}) != len(rows):
        raise ValueError("each line needs a key of its own")
    return [row for row in rows if row.total]


def _merged(rows: Sequence[Line], least: int) -> list[Line]:
    """Rows from the smallest: those below `least` as one, with as many of the next as it takes to reach `least`. Empty when all
    together do not."""
    gathered = [row for row in rows if row.total < least]
    rest = list(rows[len(gathered) :])
    while gathered and rest and sum(row.total for row in gathered) < least:
        gathered.append(rest.pop(0))
    if not gathered:
        return rest
    supportive, concerned, neutral, mixed = (sum(column) for column in zip(*(row.cells for row in gathered), strict=True))
    others = Line(OTHERS, (supportive, concerned, neutral, mixed))
    return sorted([others, *rest], key=lambda row: (row.total, row.key)) if others.total >= least else []


def _face(rows: Sequence[Line], hidden: Sequence[Hidden], sums: Hidden) -> PublishedTable:
    shown = [PublishedLine(row.key, _veiled(row.cells, pattern), row.total) for row, pattern in zip(rows, hidden, strict=True)]
    shown.sort(key=lambda line: (line.key == OTHERS, -line.total, line.key))
    columns = [sum(column) for column in zip(*(row.cells for row in rows), strict=True)]
    return PublishedTable(tuple(shown), _veiled(columns, sums), sum(columns))


def _veiled(cells: Sequence[int], pattern: Hidden) -> Shown:
    first = {Hidden.NOTHING: 4, Hidden.PAIR: 2, Hidden.ALL: 0}[pattern]
    return tuple(cell if index < first else None for index, cell in enumerate(cells))


# ---- level a: all column sums ----


def _all_sums_stand(rows: Sequence[Line], hidden: Sequence[Hidden], least: int) -> bool:
    """Whether every withheld cell stays open beside all column sums. Uses the remainders of rows and columns only."""
    kept = [(row, pattern) for row, pattern in zip(rows, hidden, strict=True) if pattern]
    if not kept:
        return True
    neutral, mixed = (sum(row.cells[side] for row, _ in kept) for side in (2, 3))
    if min(neutral, mixed) < least:
        return False
    whole = [row.body for row, pattern in kept if pattern is Hidden.ALL]
    pairs = sorted(row.body[2] for row, pattern in kept if pattern is Hidden.PAIR)
    spans = _spans(whole, least)
    if spans is None:
        return False
    rest = sum(body[2] for body in whole)
    tops = sorted({row[2][1] for row in spans.values()})
    return all(_pair_stays_open(pairs, place, rest, neutral, least) for place in range(len(pairs))) and all(
        _rest_stays_open(pairs, top, rest, neutral, least) for top in tops
    )


def _small_or_large(total: int, least: int) -> list[tuple[int, int]]:
    """The first of two counts with this sum, one of which is below `least`."""
    return [(0, min(total, least - 1)), (max(0, total - least + 1), total)]


def _reachable(totals: Iterable[int], least: int) -> list[tuple[int, int]]:
    """Sums of the first counts of pairs that hit their pattern, as intervals. At most _MOST_INTERVALS are kept: fewer tables are
    found than there are, which withholds more, never less."""
    found = [(0, 0)]
    for total in totals:
        both = sorted((low + first, high + last) for low, high in found for first, last in _small_or_large(total, least))
        joined = [both[0]]
        for low, high in both[1:]:
            if low <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(joined[-1][1], high))
            else:
                joined.append((low, high))
        found = joined[:_MOST_INTERVALS]
    return found


def _pair_stays_open(pairs: Sequence[int], place: int, rest: int, neutral: int, least: int) -> bool:
    """Whether the pair at `place` may still have either count high or low, when the neutral counts of all withheld lines sum
    to `neutral` and the rows of ALL hold `rest` in both columns, split in any way."""
    others = _reachable([total for index, total in enumerate(pairs) if index != place], least)
    own = [
        value
        for first, last in _small_or_large(pairs[place], least)
        for value in range(first, last + 1)
        if any(low <= neutral - value <= high + rest for low, high in others)
    ]
    return _is_open(own, pairs[place], least)


def _rest_stays_open(pairs: Sequence[int], top: int, rest: int, neutral: int, least: int) -> bool:
    """The same for a row of ALL in a table where its neutral and mixed counts are `top` together."""
    spans = [(max(0, neutral - high - (rest - top)), min(top, neutral - low)) for low, high in _reachable(pairs, least)]
    return _is_open([end for low, high in spans if low <= high for end in (low, high)], top, least)


def _is_open(values: Sequence[int], total: int, least: int) -> bool:
    """Whether a count with these possible values, and what is left of `total`, may both be large and are both unsure."""
    if not values:
        return False
    low, high = min(values), max(values)
    return high >= least and total - low >= least and high - low >= least


# ---- rows withheld whole, between shown sums of three columns ----


def _with_clear_sums(bodies: Sequence[Body], hidden: Sequence[Hidden], least: int) -> list[Hidden] | None:
    """The patterns under which the sums of supportive and concerned (so also of the rest) may be shown: as they are, or with
    complements; None if there are none. `bodies` from the smallest, ties by key."""
    whole = {index for index, pattern in enumerate(hidden) if pattern is Hidden.ALL}
    further = [index for index in range(len(hidden)) if index not in whole]
    taken: list[int] = []
    while not _rows_stand(bodies, whole | set(taken), least):
        if len(taken) == len(further):
            return None
        taken.append(further[len(taken)])
    for index in reversed(taken):  # the largest first: it may do without one that did not suffice
        if _rows_stand(bodies, whole | set(taken) - {index}, least):
            taken.remove(index)
    return [Hidden.ALL if index in taken else pattern for index, pattern in enumerate(hidden)]


def _rows_stand(bodies: Sequence[Body], chosen: Collection[int], least: int) -> bool:
    return _block_stands([bodies[index] for index in sorted(chosen)], least)


def _all_in(bodies: Sequence[Body], hidden: Sequence[Hidden], column: int) -> list[Body]:
    """The same rows, with all of each row of ALL in one column."""
    return [
        (*(sum(body) if each == column else 0 for each in _BODY),) if pattern is Hidden.ALL else body  # type: ignore[misc]
        for body, pattern in zip(bodies, hidden, strict=True)
    ]


def _block_stands(bodies: Sequence[Body], least: int) -> bool:
    """Whether every cell of rows withheld whole stays open between their row sums and three column sums. No rows: yes."""
    return _spans(bodies, least) is not None


def _spans(bodies: Sequence[Body], least: int) -> dict[int, list[tuple[int, int]]] | None:
    """For rows withheld whole, by their sum: the least and the greatest value of each of the three cells over the tables found
    with these row and column sums in which every row has a cell below `least`. None when a cell is not open."""
    totals = sorted(map(sum, bodies))
    columns = [sum(body[column] for body in bodies) for column in _BODY]
    if not all(_has_room(total, column, sum(totals), least) for total in set(totals) for column in columns):
        return None
    seen: dict[int, list[list[int]]] = {total: [[], [], []] for total in totals}
    for order, table in _corner_tables(totals, columns):
        if all(min(row) < least for _total, row in table):
            for total, row in table:
                for column, value in zip(order, row, strict=True):
                    seen[total][column].append(value)
    if not all(values and max(values) >= least and max(values) - min(values) >= least for row in seen.values() for values in row):
        return None
    return {total: [(min(values), max(values)) for values in row] for total, row in seen.items()}


def _has_room(total: int, column: int, grand: int, least: int) -> bool:
    """Whether a cell between these sums could be open at all: a first look, before tables are laid out."""
    top, bottom = min(total, column), max(0, total + column - grand)
    return top >= least and top - bottom >= least


_Table = list[tuple[int, list[int]]]


def _corner_tables(totals: Sequence[int], columns: Sequence[int]) -> Iterator[tuple[tuple[int, ...], _Table]]:
    """Extreme points of the tables with these sums: each row in turn the first to be filled, columns in each order. With the
    order of the columns, rows as (sum, cells)."""
    for order in permutations(_BODY):
        for total in sorted(set(totals)):
            rest = list(totals)
            rest.remove(total)
            for others in (rest, rest[::-1]):
                rows = [total, *others]
                yield order, list(zip(rows, _corner_fill(rows, [columns[each] for each in order]), strict=True))


def _corner_fill(totals: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """The table with these row and column sums that fills columns in turn, row after row (north-west corner rule)."""
    left = list(columns)
    table = []
    for total in totals:
        row = []
        for index, free in enumerate(left):
            put = min(total, free)
            row.append(put)
            left[index] -= put
            total -= put
        table.append(row)
    return table
