"""The page *Thử giả định*: what is supposed, read from the address, and the ranking before and after. Nothing is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from thidua.criteria.rules import Criterion
from thidua.kernel.errors import Refused
from thidua.kernel.points import parse_typed, places_for
from thidua.people.models import Organisation
from thidua.scoring import rules
from thidua.scoring.queries.overview import sections
from thidua.scoring.queries.proving import Proven, Proving
from thidua.scoring.queries.words import change, number, typed
from thidua.scoring.rules.supposing import Move, Supposed, check, moves, open_rows, suppose
from thidua.web.sentences import sentence_of

WEIGHT, POINTS, WITHOUT = "trong-so-", "diem", "bo"
"""Names in the address: `trong-so-<mục>=120`, `diem=<đơn vị>:<mã>:<điểm>`, `bo=<đơn vị>`. What is being added stands in `don-vi`,
`tieu-chi` and `diem-moi`."""
MOST_POINTS = 50
_HUNDRED = Decimal(100)


class Address(Protocol):
    """What is read of a QueryDict."""

    def get(self, key: str, default: str = "") -> str: ...

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Weight:
    """The field of one section: its weight in percent as typed, and what is wrong with it."""

    name: str
    code: str
    title: str
    typed: str
    problem: str


@dataclass(frozen=True, slots=True)
class PointsRow:
    """One supposed figure with the words for it, and the address without it."""

    unit: Organisation
    code: str
    title: str
    was: str
    becomes: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One unit before and after. `up` and `down`: how its place moves."""

    unit: Organisation
    was_rank: str
    rank: str
    was_total: str
    total: str
    change: str
    up: bool
    down: bool
    left_out: bool


@dataclass
class WhatIf:
    """The page: fields as typed, the refusals at them, and the two rankings side by side once all fields can be read."""

    weights: list[Weight] = field(default_factory=list)
    points: list[PointsRow] = field(default_factory=list)
    units: list[tuple[Organisation, bool]] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    wanted_unit: str = ""
    wanted_code: str = ""
    wanted_points: str = ""
    problem: str = ""
    problems: list[str] = field(default_factory=list)
    rows: list[MoveRow] = field(default_factory=list)
    supposed: bool = False
    by_percent: bool = False

    @property
    def refused(self) -> bool:
        """Is anything typed that cannot be supposed?"""
        return bool(self.problem or self.problems or any(weight.problem for weight in self.weights))


def what_if(proving: Proving, address: Address) -> WhatIf:
    """What the address supposes, and what comes of it. No query. Refusals stand at their fields: kernel.points_…, and those of
    `rules.supposing.check`."""
    page = WhatIf()
    ranked = [one for one in proving.units if not one.standing.excluded]
    newest = max((one.result.table for one in ranked), key=lambda table: len(table.criteria), default=None)
    if newest is None:
        return page
    units = {one.unit.slug: one for one in proving.units}
    supposed = Supposed(
        weights=_weights(page, address, sections(newest)),
        points=_points(page, address, units),
        without=frozenset(units[slug].key for slug in address.getlist(WITHOUT) if slug in units),
    )
    page.units = [(one.unit, one.key in supposed.without) for one in proving.units]
    page.criteria = list(open_rows(newest))
    try:
        _compare(page, proving, Supposed() if page.refused else supposed)
    except Refused as refused:
        page.problems.append(sentence_of(refused))
        _compare(page, proving, Supposed())
    return page


def _weights(page: WhatIf, address: Address, found: tuple[Criterion, ...]) -> dict[str, Decimal]:
    weights: dict[str, Decimal] = {}
    for section in found:
        name = f"{WEIGHT}{section.code}"
        text, problem = address.get(name, "").strip(), ""
        if text:
            try:
                weight = parse_typed(text)
                check((), Supposed(weights={section.code: weight}))
                if weight != _HUNDRED:
                    weights[section.code] = weight
            except Refused as refused:
                problem = sentence_of(refused)
        page.weights.append(Weight(name, section.code, section.title, text[:30], problem))
    return weights


def _points(page: WhatIf, address: Address, units: Mapping[str, Proven]) -> dict[tuple[str, str], Decimal]:
    """The figures supposed so far, and the one being added; an entry of the address that nothing can be made of is left out."""
    found: dict[tuple[str, str], tuple[Proven, Decimal]] = {}
    for entry in address.getlist(POINTS)[:MOST_POINTS]:
        slug, _colon, rest = entry.partition(":")
        code, _colon, text = rest.rpartition(":")
        try:
            found[(slug, code)] = _figure(units, slug, code, text)
        except Refused as refused:
            page.problems.append(sentence_of(refused))
    page.wanted_unit, page.wanted_code = address.get("don-vi", ""), address.get("tieu-chi", "")
    page.wanted_points = address.get("diem-moi", "").strip()[:30]
    if page.wanted_points:
        try:
            found[(page.wanted_unit, page.wanted_code)] = _figure(units, page.wanted_unit, page.wanted_code, page.wanted_points)
            page.wanted_points = ""
        except Refused as refused:
            page.problem = sentence_of(refused)
    values = {place: f"{place[0]}:{place[1]}:{typed(figure)}" for place, (_one, figure) in found.items()}
    for (slug, code), (one, figure) in found.items():
        kept = [value for place, value in values.items() if place != (slug, code)]
        page.points.append(
            PointsRow(
                unit=one.unit,
                code=code,
                title=one.result.table.by_code[code].title,
                was=number(one.result.verified.values[code], 6),
                becomes=number(figure, 6),
                value=values[(slug, code)],
                without=_without(address, kept),
            )
        )
    return {(one.key, code): figure for (_slug, code), (one, figure) in found.items()}


def _figure(units: Mapping[str, Proven], slug: str, code: str, text: str) -> tuple[Proven, Decimal]:
    if slug not in units:
        raise Refused("scoring.supposed_unknown", item=code)
    one, figure = units[slug], parse_typed(text)
    check([one.entry()], Supposed(points={(one.key, code): figure}))
    return one, figure


def _without(address: Address, kept: list[str]) -> str:
    """The address of the page with only these figures supposed."""
    return "?" + urlencode([*_rest(address), *((POINTS, value) for value in kept)])


def _rest(address: Address) -> Iterator[tuple[str, str]]:
    for name in sorted(getattr(address, "keys", list)()):
        if name.startswith(WEIGHT) or name == WITHOUT:
            for value in address.getlist(name):
                if value.strip():
                    yield name, value


def _compare(page: WhatIf, proving: Proving, supposed: Supposed) -> None:
    """Fills in both rankings."""
    entries = [one.entry() for one in proving.units]
    after = suppose(entries, supposed, others=proving.others(), tie_break=proving.tie_break)
    page.supposed = bool(supposed)
    page.by_percent = any(s.reasons and s.reasons[0].code == "scoring.ranked_by_percent" for s in after)
    before = [one.standing for one in proving.units]
    units = {one.key: one.unit for one in proving.units}
    places = places_for([s.total for s in (*before, *after) if not s.excluded])
    page.rows = [_move_row(move, units[move.unit], places, page.by_percent) for move in moves(before, after)]


def _move_row(move: Move, unit: Organisation, places: int, by_percent: bool) -> MoveRow:
    was, becomes = move.before, move.after
    old, new = was.rank if was else None, becomes.rank if becomes else None
    return MoveRow(
        unit=unit,
        was_rank=_rank(was),
        rank=_rank(becomes),
        was_total=_measure(was, places, by_percent),
        total=_measure(becomes, places, by_percent),
        change="" if was is None or becomes is None or was.total == becomes.total else change(becomes.total - was.total),
        up=old is not None and new is not None and new < old,
        down=old is not None and new is not None and new > old,
        left_out=becomes is None,
    )


def _rank(standing: rules.Standing | None) -> str:
    return "–" if standing is None or standing.rank is None else str(standing.rank)


def _measure(standing: rules.Standing | None, places: int, by_percent: bool) -> str:
    if standing is None:
        return "–"
    total = number(standing.total, places, places)
    if not by_percent or standing.percent is None:
        return total
    return _("%(total)s (%(percent)s %%)") % {"total": total, "percent": number(standing.percent, 2)}
