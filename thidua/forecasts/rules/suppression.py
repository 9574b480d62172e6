"""Which cells of a table of topics × directions may be published so that no small count can be computed.

**Two attackers.** An *insider* is a unit: it knows what its own collaborators counted and takes that off everything shown. An
*outsider* knows no count. Both know that counts are whole and not negative; the outsider also knows this module by heart.

**Against the insider** every shown number is tested as a rule of dominance (Willenborg and de Waal 2001, §4; Hundepool et al.
2012, §4.2: p-percent with the remainder counted in opinions): with the largest part of one unit off, `LEAST` or more must be
left. So for each of: the row, which needs `FEWEST` units behind it besides; a shown cell; neutral + mixed of a row of PAIR; the
remainder of a column whose sum is shown (sum less shown cells). What fails is withheld, or its row merged, or the next level
taken. Then the others' part of a withheld cell may still be `LEAST` or more for every unit: between remainders of that size the
north-west corner rule puts as much into any cell. A unit does learn what all others counted *together*; of two who join, or of a
merged or withheld row, that the others said little there, nothing is promised.

**Against the outsider** a cell below `LEAST` (zero too: that nobody is worried is an answer as well) is withheld, and so many
others that for every withheld cell, sums included, there remain two tables that lead to exactly the same publication, one with
at least `LEAST` in the cell, the other with at least `LEAST` less than that. So no withheld cell is known to be small, and none
is known more closely than by `LEAST` (the width of the protection is the threshold: what is blurred is blurred by what is small).

**Why the rule is part of the attack.** Bounds from the sums alone (Cox 1980; Willenborg and de Waal 2001) are not enough. Who
sees two dashes knows that one of them is small; where the second dash was chosen by its value, or by an order, also which one:
Minami and Abe (2019) narrow cells of optimal suppression that way. The remedy is that of simulatable auditing (Kenthapadi,
Mishra and Nissim 2005): whether something is shown is decided by what will be shown, never by what is withheld, and by trying
that other withheld values would be published in the same way. A dash tells that something in its pattern is weak, never what.

**The patterns.** A count is *weak* if less than `LEAST` is left of it without its largest unit; a small one is always weak.
Within a row the two answers without a clear direction (neutral, mixed) stand or fall together, for either may be the weak one:
PAIR. Otherwise the whole breakdown of the row is withheld: ALL. What a row hits:

    ALL    supportive weak, or concerned weak, or neutral + mixed weak
    PAIR   not ALL, and neutral weak or mixed weak     (neutral + mixed can be computed: it is not weak)

Row sums are shown: weak rows are merged first. The line of column sums has the same patterns. The first of these levels that
stands is published; "remainder" is a sum less its shown cells.

 a  All column sums. Stands if every withheld cell is open among tables with these remainders *in which every row hits the
    pattern that it has by a small cell*; such a table is published at level a with the same face. Split into three (supportive,
    concerned, rest) they are points of a transport polytope, of which extreme ones are laid out by the north-west corner rule;
    how the rest splits into two is a choice for each row, and the sums that can be reached are kept as intervals.
 b  Sums of supportive and concerned only. Rows of PAIR are free then: all neutral, or all mixed; both leave a column remainder
    of 0, which level a refuses. Rows of ALL as in a, in three columns. Where those are too few, further rows are withheld whole
    as complements, the smallest first and none in vain (least loss). How they were chosen tells nothing: the tables looked for
    are those in which the complements hit ALL by themselves, and such a table comes to the same face at once.
 c  No column sum. Every withheld row is free: all of it in any one direction. That leaves column remainders of 0, so a refuses
    those tables, and b does unless complements save it. That they do not is tried out here; if they did, c would not stand.
 d  Row sums only. Always stands: of the tables with all of each row in one direction none has a shown breakdown, a and b refuse
    them (remainders of 0, no row left as complement), and c and d show the same of them.

These tables leave to each unit what it has of a row. Rows that hit ALL or PAIR only by the insider's test are among them as all
others, for their cells may be small as well. Levels a and b ask the insider's test of column remainders also of them: dividing
each cell of a row in proportion to the row leaves no unit a larger share of a remainder than its largest of a row, so that share,
which no direction plays a part in, is what is tested (up to the rounding to whole opinions).

What merging tells: topics that are not named were spoken of little or not at all, not how little, and not in which direction.
Row sums alone decide it, and they are the same in all tables above. A row of which nothing was counted is no row: nobody stands
behind it, and merged it would drag the smallest real topic out of sight with it.

Sources: L. H. Cox, Suppression methodology and statistical disclosure control, JASA 75 (1980). L. Willenborg and T. de Waal,
Elements of Statistical Disclosure Control (2001). A. Hundepool et al., Statistical Disclosure Control (2012). K. Kenthapadi,
N. Mishra and K. Nissim, Simulatable auditing, PODS 2005. K. Minami and Y. Abe, Algorithmic matching attacks on optimally
suppressed tabular data, Algorithms 12 (2019) 165.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from thidua.forecasts.rules.transport import BODY as _BODY
from thidua.forecasts.rules.transport import Body, spans_of

LEAST = 10
"""The smallest count that is shown, and what must be left of it without its largest unit."""
FEWEST = 3
"""Units behind a row that is shown."""
DIRECTIONS = ("supportive", "concerned", "neutral", "mixed")
"""In the order of the cells of a line."""
OTHERS = ""
"""The key of the line into which small rows are merged."""
_MOST_INTERVALS = 200
_BODY_SIDES = ((0,), (1,), (2, 3))

Cells = tuple[int, int, int, int]
Parts = Sequence[int]
"""A count by unit."""
Shown = tuple[int | None, ...]


class Hidden(IntEnum):
    """What of a line is withheld."""

    NOTHING = 0
    PAIR = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A topic with its counts by direction (DIRECTIONS), for each unit; `key` is unique in the table and not empty. Units have no
    names: a place in `parts` is the same unit in all lines of a table."""

    key: str
    parts: tuple[Cells, ...]

    @property
    def cells(self) -> Cells:
        """The counts of all units."""
        supportive, concerned, neutral, mixed = (sum(part[side] for part in self.parts) for side in range(4))
        return supportive, concerned, neutral, mixed

    @property
    def total(self) -> int:
        """All that was counted on the topic."""
        return sum(map(sum, self.parts))

    @property
    def body(self) -> Body:
        """Supportive, concerned, and the rest as one."""
        supportive, concerned, neutral, mixed = self.cells
        return supportive, concerned, neutral + mixed

    def by_unit(self, *sides: int) -> list[int]:
        """What each unit has in these directions together."""
        return [sum(part[side] for side in sides) for part in self.parts]


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
    if _all_sums_stand(rows, hidden, least) and _remainders_outlast(rows, hidden, least, split=True):
        return _face(rows, hidden, Hidden.NOTHING)
    bodies = [row.body for row in rows]
    enlarged = _with_clear_sums(bodies, hidden, least, lambda tried: _remainders_outlast(rows, tried, least))
    if enlarged is not None:
        return _face(rows, enlarged, Hidden.PAIR)
    if not any(_with_clear_sums(_all_in(bodies, hidden, column), hidden, least) for column in _BODY):
        return _face(rows, hidden, Hidden.ALL)
    return _face(rows, [Hidden.ALL] * len(rows), Hidden.ALL)


def pattern_of(line: Line, least: int = LEAST) -> Hidden:
    """What the line's own counts ask to withhold of it (the table in the head of this module)."""
    if any(is_weak(line.by_unit(*sides), least) for sides in _BODY_SIDES):
        return Hidden.ALL
    return Hidden.PAIR if any(is_weak(line.by_unit(side), least) for side in (2, 3)) else Hidden.NOTHING


def is_weak(parts: Parts, least: int = LEAST) -> bool:
    """Whether less than `least` is left of a count when its largest unit takes its own part off."""
    return sum(parts) - max(parts, default=0) < least


def _is_row(line: Line, least: int) -> bool:
    """Whether the line may stand by itself."""
    parts = line.by_unit(*range(4))
    return not is_weak(parts, least) and sum(map(bool, parts)) >= FEWEST


def _checked(lines: Iterable[Line]) -> list[Line]:
    rows = sorted(lines, key=lambda row: (row.total, row.key))
    if any(count < 0 for row in rows for part in row.parts for count in part):
        raise ValueError("counts are not negative")
    if len({row.key for row in rows} - {OTHERS}) != len(rows):
        raise ValueError("each line needs a key of its own")
    if len({len(row.parts) for row in rows}) > 1:
        raise ValueError("each line has a part for each unit")
    return [row for row in rows if row.total]


def _merged(rows: Sequence[Line], least: int) -> list[Line]:
    """Rows from the smallest: those that may not stand by themselves as one, with as many of the next as it takes. Empty when
    all together do not suffice."""
    gathered = [row for row in rows if not _is_row(row, least)]
    rest = [row for row in rows if row not in gathered]
    while gathered and rest and not _is_row(_together(gathered), least):
        gathered.append(rest.pop(0))
    if not gathered:
        return rest
    others = _together(gathered)
    return sorted([others, *rest], key=lambda row: (row.total, row.key)) if _is_row(others, least) else []


def _together(rows: Sequence[Line]) -> Line:
    return Line(OTHERS, tuple(_sum_of(parts) for parts in zip(*(row.parts for row in rows), strict=True)))


def _sum_of(parts: Sequence[Cells]) -> Cells:
    supportive, concerned, neutral, mixed = (sum(column) for column in zip(*parts, strict=True))
    return supportive, concerned, neutral, mixed


def _face(rows: Sequence[Line], hidden: Sequence[Hidden], sums: Hidden) -> PublishedTable:
    shown = [PublishedLine(row.key, _veiled(row.cells, pattern), row.total) for row, pattern in zip(rows, hidden, strict=True)]
    shown.sort(key=lambda line: (line.key == OTHERS, -line.total, line.key))
    columns = [sum(column) for column in zip(*(row.cells for row in rows), strict=True)]
    return PublishedTable(tuple(shown), _veiled(columns, sums), sum(columns))


def _veiled(cells: Sequence[int], pattern: Hidden) -> Shown:
    first = {Hidden.NOTHING: 4, Hidden.PAIR: 2, Hidden.ALL: 0}[pattern]
    return tuple(cell if index < first else None for index, cell in enumerate(cells))


# ---- insiders: what is left of column remainders ----


def _remainders_outlast(rows: Sequence[Line], hidden: Sequence[Hidden], least: int, *, split: bool = False) -> bool:
    """Whether every column remainder is not weak, neither as it is nor when a unit has as large a share of it as of a withheld
    row. `split`: neutral and mixed have sums of their own."""
    whole = [row for row, pattern in zip(rows, hidden, strict=True) if pattern is Hidden.ALL]
    pairs = [row for row, pattern in zip(rows, hidden, strict=True) if pattern is Hidden.PAIR]
    columns = [[row.by_unit(*sides) for row in whole] for sides in _BODY_SIDES] if whole else []
    shared = [row.by_unit(*range(4)) for row in whole]
    if split and (whole or pairs):
        columns += [[row.by_unit(side) for row in (*whole, *pairs)] for side in (2, 3)]
        shared += [row.by_unit(2, 3) for row in pairs]
    remainders = [[sum(parts) for parts in zip(*column, strict=True)] for column in columns]
    return not any(is_weak(parts, least) for parts in remainders) and all(
        sum(remainder) * (sum(row) - max(row)) >= least * sum(row) for remainder in remainders for row in shared
    )


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
    spans = spans_of(whole, least)
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


def _with_clear_sums(
    bodies: Sequence[Body], hidden: Sequence[Hidden], least: int,
    also: Callable[[list[Hidden]], bool] = lambda tried: True,
) -> list[Hidden] | None:  # fmt: skip
    """The patterns under which the sums of supportive and concerned (so also of the rest) may be shown: as they are, or with
    complements; None if there are none. `bodies` from the smallest, ties by key; `also` is asked of patterns besides."""
    whole = {index for index, pattern in enumerate(hidden) if pattern is Hidden.ALL}
    further = [index for index in range(len(hidden)) if index not in whole]
    taken: list[int] = []

    def stands(besides: Collection[int]) -> bool:
        tried = _enlarged(hidden, besides)
        return _rows_stand(bodies, whole | set(besides), least) and also(tried)

    while not stands(taken):
        if len(taken) == len(further):
            return None
        taken.append(further[len(taken)])
    for index in reversed(taken):  # the largest first: it may do without one that did not suffice
        if stands(set(taken) - {index}):
            taken.remove(index)
    return _enlarged(hidden, taken)


def _enlarged(hidden: Sequence[Hidden], taken: Collection[int]) -> list[Hidden]:
    return [Hidden.ALL if index in taken else pattern for index, pattern in enumerate(hidden)]


def _rows_stand(bodies: Sequence[Body], chosen: Collection[int], least: int) -> bool:
    return spans_of([bodies[index] for index in sorted(chosen)], least) is not None


def _all_in(bodies: Sequence[Body], hidden: Sequence[Hidden], column: int) -> list[Body]:
    """The same rows, with all of each row of ALL in one column."""
    return [
        (*(sum(body) if each == column else 0 for each in _BODY),) if pattern is Hidden.ALL else body  # type: ignore[misc]
        for body, pattern in zip(bodies, hidden, strict=True)
    ]
