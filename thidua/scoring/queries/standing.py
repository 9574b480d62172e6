"""The ranking: who stands where, why, and what separates a unit from the one above."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.criteria.rules import ROOT, Criterion
from thidua.kernel.points import places_for
from thidua.people.models import Organisation
from thidua.scoring import rules
from thidua.scoring.models import ScoreSheet, SheetStatus, Verdict
from thidua.scoring.queries.memory import Memory
from thidua.scoring.queries.overview import beside_sections, sections
from thidua.scoring.queries.results import Result, results_of, sheets_of, verified_lines
from thidua.scoring.queries.words import change, number
from thidua.scoring.rules.rounding import apportioned, shown

_ORDERS: Memory[tuple[rules.Standing, ...]] = Memory(32)
_FALLS: Memory[list["Fall"]] = Memory(32)
MOST_PARTS = 6
"""Colours of a bar; further sections share the last."""
MOST_GAPS = 6
"""Most criteria named as separating two units."""
VOTE = "vote"
"""In a year's tie-break: what the agreed criteria leave equal is put to a vote."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section in a bar: `x` and `width` out of 100, as attributes are written. What takes points away has no width."""

    number: int
    code: str
    title: str
    points: str
    x: str
    width: str
    takes: bool


@dataclass(frozen=True, slots=True)
class RankRow:
    """One ranked unit. Figures are ready to show; `standing` and `result` are for what asks further."""

    unit: Organisation
    sheet: ScoreSheet
    rank: int
    tied: bool
    total: str
    maximum: str
    percent: str
    parts: tuple[Part, ...]
    reasons: tuple[str, ...]
    warnings: int
    checked: bool
    standing: rules.Standing
    result: Result


@dataclass(frozen=True, slots=True)
class Outside:
    """A unit without a place, and why."""

    unit: Organisation
    reason: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking of a year. `provisional` until every submitted sheet is checked. `sections`: what a total is made of, bonuses
    and penalties beside the sections too. `places`: decimals in which totals and all that adds up to them are shown."""

    rows: list[RankRow]
    outside: list[Outside]
    sections: list[Criterion]
    by_percent: bool
    provisional: bool
    tie_break: str
    tie_codes: tuple[str, ...]
    places: int


def ranking(year: ClusterYear, first: int | None = None, sheets: dict[int, ScoreSheet] | None = None) -> Ranking:
    """All units of the year, best first, on verified points; rows of the `first` places only where no more are shown. `sheets`:
    those of the year where they have been read. Five queries, however many units; two when nothing has changed."""
    sheets = sheets_of(year) if sheets is None else sheets
    units = {unit.pk: unit for unit in members(year)}
    within = [sheet for sheet in sheets.values() if sheet.status == SheetStatus.SUBMITTED and sheet.unit_id in units]
    read = results_of(within, sheets.values())
    results = {sheet.unit_id: read[sheet.pk] for sheet in within}
    order = order_of(year, results)
    parts = _bar_sections(results)
    scale = max([max(r.verified.total, r.verified.maximum) for r in results.values()], default=Decimal(1)) or Decimal(1)
    places = places_for(s.total for s in order if not s.excluded)
    rows = [
        _row(units[int(s.unit)], sheets[int(s.unit)], s, results[int(s.unit)], parts, scale, places)
        for s in [s for s in order if not s.excluded][:first]
    ]
    failed = [Outside(units[int(s.unit)], _excluded(s, results[int(s.unit)]), False) for s in order if s.excluded]
    return Ranking(
        rows=rows,
        outside=failed + [_outside(unit, sheets.get(unit.pk)) for unit in units.values() if unit.pk not in results],
        sections=list(parts),
        by_percent=any(s.reasons and s.reasons[0].code == "scoring.ranked_by_percent" for s in order),
        provisional=any(sheet.checked_at is None for sheet in within),
        tie_break=_tie_break_words(year, results),
        tie_codes=tie_break_of(year, list(results.values())).codes,
        places=places,
    )


def tie_break_of(year: ClusterYear, results: Sequence[Result]) -> rules.TieBreak:
    """The year's tie-break: its codes in their order, and whether a vote decides what they leave equal."""
    codes = tuple(code for code in year.tie_break if all(code in result.table.by_code for result in results))
    return rules.TieBreak(codes, rules.LastResort.VOTE if VOTE in year.tie_break else rules.LastResort.SHARED)


def order_of(year: ClusterYear, results: dict[int, Result]) -> tuple[rules.Standing, ...]:
    """The standings of these units (results by unit id) under the year's tie-break. No query."""
    """The order of these units (results by unit id) under the year's tie-break, best first; kept while nothing changes."""
    key = (tuple(year.tie_break), *sorted(results[unit].key for unit in results))
    found = _ORDERS.get(key)
    if found is None:
        evaluations = [replace(result.verified, unit=str(unit)) for unit, result in results.items()]
        found = _ORDERS.keep(key, rules.rank(evaluations, tie_break_of(year, list(results.values()))))
    return found


def _bar_sections(results: dict[int, Result]) -> tuple[Criterion, ...]:
    newest = max(results.values(), key=lambda result: len(result.table.criteria), default=None)
    if newest is None:
        return ()
    found = sections(newest.table)
    return (*found, *beside_sections(newest.table, found))


def _row(
    unit: Organisation,
    sheet: ScoreSheet,
    standing: rules.Standing,
    result: Result,
    parts: Sequence[Criterion],
    scale: Decimal,
    places: int,
) -> RankRow:
    return RankRow(
        unit=unit,
        sheet=sheet,
        rank=standing.rank,
        tied=standing.tied,
        total=number(standing.total, places, places),
        maximum=number(standing.maximum),
        percent=number(standing.percent, 2, 2) if standing.percent is not None else "",
        parts=_parts(result, parts, scale, places),
        reasons=tuple(_sentence(reason) for reason in standing.reasons),
        warnings=len(result.verified.warnings),
        checked=sheet.checked_at is not None,
        standing=standing,
        result=result,
    )


def _parts(result: Result, rows: Sequence[Criterion], scale: Decimal, places: int) -> tuple[Part, ...]:
    values = [result.verified.values.get(row.code, Decimal(0)) for row in rows]
    rest = result.verified.total - sum(values, Decimal(0))
    figures = apportioned([*values, rest], shown(result.verified.total, places), places)
    parts, x = [], Decimal(0)
    for n, (row, points, figure) in enumerate(zip(rows, values, figures, strict=False), 1):
        width = max(Decimal(0), points) * 100 / scale
        words, takes = number(figure, places, places), row.is_adjustment and (row.max_points or 0) < 0
        parts.append(Part(min(n, MOST_PARTS), row.code, row.title, words, f"{x:.2f}", f"{width:.2f}", takes))
        x += width
    return tuple(parts)


def _sentence(reason: rules.Reason) -> str:
    return rules.reason_sentence(reason, "en" if get_language() == "en" else "vi")


def _excluded(standing: rules.Standing, result: Result) -> str:
    titles = {row.code: row.title for row in result.table.criteria}
    return " ".join(f"{_sentence(reason)} {titles.get(reason.item, '')}".strip() for reason in standing.reasons)


def _outside(unit: Organisation, sheet: ScoreSheet | None) -> Outside:
    if sheet is not None and sheet.status == SheetStatus.WITHHELD:
        return Outside(unit, sheet.excluded_reason, False)
    return Outside(unit, _("chưa nộp phiếu tự chấm"), True)


def _tie_break_words(year: ClusterYear, results: dict[int, Result]) -> str:
    rule = tie_break_of(year, list(results.values()))
    last = _("rồi bỏ phiếu") if rule.last_resort is rules.LastResort.VOTE else _("rồi cùng hạng")
    if not rule.codes:
        return _("bỏ phiếu") if rule.last_resort is rules.LastResort.VOTE else _("cùng hạng")
    return _("xét lần lượt tiêu chí %(codes)s, %(last)s") % {"codes": ", ".join(rule.codes), "last": last}


@dataclass(frozen=True, slots=True)
class Fall:
    """One step from the self-score to the verified points: what the change of one line did to the total."""

    code: str
    verdict: Verdict | None
    delta: Decimal


@dataclass(frozen=True, slots=True)
class FallRow:
    """A step as shown: why, by whom, when, and the difference."""

    code: str
    title: str
    reason: str
    by: str
    day: str
    delta: str
    falls: bool
    answer: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """One criterion or section in which two units differ; without a code all that is not named."""

    code: str
    title: str
    delta: str
    falls: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """The agreed criterion that told two units with equal points apart, and the points of both."""

    code: str
    title: str
    own: str
    above: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why a unit stands where it stands; `warnings` are what should be looked at again, `tie` what decided at equal points. As
    they are shown, the `falls` lead from `claimed` to the total, and the `sections` add up to the gap, as do the `criteria`."""

    row: RankRow
    claimed: str
    falls: list[FallRow]
    warnings: list[str]
    above: RankRow | None
    gap: str
    tie: Tie | None
    sections: list[GapRow]
    criteria: list[GapRow]


def why_rank(page: Ranking, slug: str) -> Why | None:
    """The reasons of one ranked unit's place; None when it has no place. No query."""
    at = next((n for n, row in enumerate(page.rows) if row.unit.slug == slug), None)
    if at is None:
        return None
    row = page.rows[at]
    above = next((other for other in reversed(page.rows[:at]) if other.rank < row.rank), None)
    titles = {criterion.code: criterion.title for criterion in row.result.table.criteria}
    falls = _fall_rows(row.result, titles, page.places)
    claimed = number(row.result.claimed.total, page.places, page.places)
    warnings = [_sentence(warning) for warning in row.result.verified.warnings]
    if above is None:
        return Why(row, claimed, falls, warnings, None, "", None, [], [])
    gap = shown(above.standing.total, page.places) - shown(row.standing.total, page.places)
    return Why(
        row=row,
        claimed=claimed,
        falls=falls,
        warnings=warnings,
        above=above,
        gap=number(gap, page.places, page.places),
        tie=_tie(page, row, above, titles),
        sections=_gaps(row, above, [section.code for section in page.sections], -gap, page.places),
        criteria=_gaps(row, above, _ends(row.result), -gap, page.places, MOST_GAPS),
    )


def _tie(page: Ranking, row: RankRow, above: RankRow, titles: dict[str, str]) -> Tie | None:
    """The first agreed criterion in which two units differ that are equal in what ranks them; None when points decided."""
    measure = "percent" if page.by_percent else "total"
    if getattr(row.standing, measure) != getattr(above.standing, measure):
        return None
    own, other = row.result.verified.values, above.result.verified.values
    code = next((code for code in page.tie_codes if own[code] != other[code]), None)
    if code is None:
        return None
    return Tie(code, titles[code], number(own[code], page.places, page.places), number(other[code], page.places, page.places))


def waterfall(result: Result) -> list[Fall]:
    """The changes one after the other in the order of the table, each with what it did to the total: they sum to the whole
    difference, caps and rules included. What remains comes from other units' figures (relative to the leader)."""
    found = _FALLS.get(result.key)
    if found is not None:
        return found
    falls, total = [], result.claimed.total
    verdicts: dict[str, Verdict] = {}
    for verdict in result.changed:
        verdicts[verdict.code] = verdict
        after = rules.evaluate_unit(result.table, verified_lines(result.lines, verdicts)).total
        falls.append(Fall(verdict.code, verdict, after - total))
        total = after
    if total != result.verified.total:
        falls.append(Fall("", None, result.verified.total - total))
    return _FALLS.keep(result.key, falls)


def _fall_rows(result: Result, titles: dict[str, str], places: int) -> list[FallRow]:
    falls = waterfall(result)
    whole = shown(result.verified.total, places) - shown(result.claimed.total, places)
    deltas = apportioned([fall.delta for fall in falls], whole, places)
    return [_fall_row(fall, titles, change(delta, places, places)) for fall, delta in zip(falls, deltas, strict=True)]


def _fall_row(fall: Fall, titles: dict[str, str], delta: str) -> FallRow:
    verdict = fall.verdict
    if verdict is None:
        reason, by, day, answer = _("Kết quả của các đơn vị khác trong cụm thay đổi"), "", "", ""
    else:
        day = date_format(timezone.localtime(verdict.given_at), "d-m-Y")
        reason, by, answer = verdict.reason, verdict.given_by_name, verdict.unit_answer
    return FallRow(fall.code, titles.get(fall.code, ""), reason, by, day, delta, fall.delta < 0, answer)


def _ends(result: Result) -> list[str]:
    """Rows without parts; what is added to such a row or taken from it is in its points."""
    table = result.table
    ends = [row for row in table.criteria if not (row.is_gate or row.is_band or table.parts(row.code))]
    return [row.code for row in ends if not row.is_adjustment or row.parent == ROOT or table.parts(row.parent)]


def _gaps(
    own: RankRow, above: RankRow, codes: Sequence[str], whole: Decimal, places: int, most: int | None = None
) -> list[GapRow]:
    """In what two units differ, what is lost first; the differences as shown add up to `whole`. Of more than `most` rows the rest
    is one, as is what the limits of the table take or give."""
    mine, theirs = own.result.verified, above.result.verified
    deltas = [mine.values.get(code, Decimal(0)) - theirs.values.get(code, Decimal(0)) for code in codes]
    rest = mine.total - theirs.total - sum(deltas, Decimal(0))
    figures = dict(zip(codes, apportioned([*deltas, rest], whole, places), strict=False))
    ordered = sorted((pair for pair in figures.items() if pair[1]), key=lambda pair: (pair[1] > 0, -abs(pair[1])))
    titles = {row.code: row.title for row in own.result.table.criteria}
    found = [GapRow(code, titles.get(code, ""), change(delta, places, places), delta < 0) for code, delta in ordered[:most]]
    left = whole - sum((delta for _code, delta in ordered[:most]), Decimal(0))
    more = len(ordered) - len(found)
    if left or more:
        title = _("%(n)s tiêu chí khác và giới hạn của bảng") % {"n": more} if more else _("Điều chỉnh theo giới hạn của bảng")
        found.append(GapRow("", title, change(left, places, places), left < 0))
    return found
