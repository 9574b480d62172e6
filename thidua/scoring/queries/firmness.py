"""How firm a place is, in words: what single change would swap it with its neighbours, and what tells nobody from anybody."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.scoring.models import ScoreSheet
from thidua.scoring.queries.memory import Memory
from thidua.scoring.queries.results import verified_lines
from thidua.scoring.queries.standing import Ranking, RankRow
from thidua.scoring.queries.words import number
from thidua.scoring.rules import TieBreak
from thidua.scoring.rules.rounding import shown
from thidua.scoring.rules.stability import STEP, Entrant, Swing, decides_nothing, smallest_swings

_SWINGS: Memory[tuple[Swing, ...]] = Memory(64)


@dataclass(frozen=True, slots=True)
class Firmness:
    """What would swap one place with the next: one sentence, and the criterion it speaks of with its title ("" for none)."""

    sentence: str
    code: str
    title: str


def firmness_of(page: Ranking, sheet: ScoreSheet) -> list[Firmness]:
    """For the unit of this sheet and the places before and behind it. No query; kept in memory while no sheet changes."""
    at = next((n for n, row in enumerate(page.rows) if row.sheet.pk == sheet.pk), None)
    if at is None:
        return []
    row = page.rows[at]
    above = next((other for other in reversed(page.rows[:at]) if other.rank < row.rank), None)
    below = next((other for other in page.rows[at:] if other.rank > row.rank), None)
    pairs = [(above, row), (row, below)]
    return [_firmness(page, upper, lower) for upper, lower in pairs if upper is not None and lower is not None]


def swings_between(page: Ranking, above: RankRow, below: RankRow) -> tuple[Swing, ...]:
    """The smallest changes of one criterion that swap two places of a ranking. No query."""
    key = (above.standing.unit, above.result.key, below.standing.unit, below.result.key, page.by_percent, page.tie_codes)
    found = _SWINGS.get(key)
    if found is None:
        upper, lower = _entrant(above), _entrant(below)
        found = smallest_swings(upper, lower, by_percent=page.by_percent, tie_break=TieBreak(page.tie_codes))
        _SWINGS.keep(key, found)
    return found


def same_for_all(page: Ranking) -> list[tuple[str, str]]:
    """Code and title of each criterion without parts of which every ranked unit has the same points, in the order of the table.
    No query."""
    alike = decides_nothing([row.result.verified for row in page.rows])
    if not alike:
        return []
    table = page.rows[0].result.table
    return [
        (row.code, row.title) for row in table.criteria if row.code in alike and row.is_additive and not table.parts(row.code)
    ]


def _entrant(row: RankRow) -> Entrant:
    result, unit = row.result, row.standing.unit
    lines = tuple(line for line in verified_lines(result.lines, result.verdicts, unit) if line.code in result.table.by_code)
    return Entrant(result.table, lines, replace(result.verified, unit=unit), result.best)


def _firmness(page: Ranking, above: RankRow, below: RankRow) -> Firmness:
    swings = swings_between(page, above, below)
    facts: dict[str, object] = {"first": above.rank, "second": below.rank, "above": above.unit.short, "below": below.unit.short}
    if not swings:
        words = _("Hạng %(first)s (%(above)s) và hạng %(second)s (%(below)s): thay đổi riêng một tiêu chí không đủ để đổi chỗ.")
        return Firmness(words % facts, "", "")
    first = swings[0]
    mover = below if first.unit == below.standing.unit else above
    facts |= {"unit": mover.unit.short, "code": first.code}
    was, figure, size = first.rounded(page.places)
    beyond = first.beyond is not None and was == first.was and shown(first.beyond, page.places) == first.beyond
    if first.beyond is not None and beyond:
        figure, size = first.beyond, abs(first.beyond - first.was)
    facts |= {name: number(value, page.places) for name, value in (("was", was), ("figure", figure), ("size", size))}
    sentence = _words(first, beyond=beyond) % facts
    if len(swings) > 1:
        many = len(swings) - 1
        sentence += " " + ngettext(
            "Còn %(n)d tiêu chí nữa chỉ cần đổi chừng ấy.", "Còn %(n)d tiêu chí nữa chỉ cần đổi chừng ấy.", many
        ) % {"n": many}  # fmt: skip
    titles = {row.code: row.title for row in mover.result.table.criteria}
    return Firmness(sentence, first.code, titles.get(first.code, ""))


def _words(swing: Swing, *, beyond: bool) -> str:
    if swing.size <= STEP:
        return _("Hạng %(first)s và %(second)s bằng điểm: đổi chỗ nếu %(code)s của %(unit)s nhích khỏi %(was)s.")
    if swing.becomes > swing.was and beyond:
        words = _(
            "Hạng %(first)s và %(second)s đổi chỗ nếu %(code)s của %(unit)s "
            "tăng hơn %(size)s điểm, từ %(was)s lên trên %(figure)s."
        )
    elif swing.becomes > swing.was:
        words = _("Hạng %(first)s và %(second)s đổi chỗ nếu %(code)s của %(unit)s tăng %(size)s điểm, từ %(was)s lên %(figure)s.")
    elif beyond:
        words = _(
            "Hạng %(first)s và %(second)s đổi chỗ nếu %(code)s của %(unit)s "
            "giảm hơn %(size)s điểm, từ %(was)s xuống dưới %(figure)s."
        )
    else:
        words = _(
            "Hạng %(first)s và %(second)s đổi chỗ nếu %(code)s của %(unit)s giảm %(size)s điểm, từ %(was)s xuống %(figure)s."
        )
    return words
