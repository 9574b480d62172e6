"""Standings of many years at once, from the database in bulk; which state they stand for; and those that are stored."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear, Membership
from thidua.criteria.models import CriteriaVersion, Criterion
from thidua.criteria.queries import table_of
from thidua.criteria.rules import CriteriaTable, Method
from thidua.kernel.points import SETTLED_PLACES
from thidua.scoring import rules
from thidua.scoring.models import Judgement, ScoreLine, ScoreSheet, SheetStatus, StoredStanding, Verdict
from thidua.scoring.queries.results import results_of, sheets_of
from thidua.scoring.queries.standing import order_of

if TYPE_CHECKING:
    import numpy as np

    from thidua.scoring.rules.filling import Filling
_AT_ONCE = 5000
"""Rows taken from the driver at a time."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's standing in billionths of points, as it is stored: `rank` None for a unit that is not ranked (not submitted, or
    a gate takes it out)."""

    unit_id: int
    total: int
    maximum: int
    percent: int | None
    rank: int | None
    tied: bool


@dataclass(frozen=True, slots=True)
class YearPlaces:
    """The standings of one year: of every unit whose sheet is not withheld. `cells` is how many lines they came from."""

    year_id: int
    key: str
    places: tuple[Place, ...]
    cells: int


def billionths(points: Decimal) -> int:
    """Settled points as whole billionths."""
    return int(points.scaleb(SETTLED_PLACES))


def in_points(steps: int | None) -> Decimal | None:
    """Whole billionths as points; None stays None."""
    return None if steps is None else Decimal(steps).scaleb(-SETTLED_PLACES)


def key_of(year: ClusterYear, stamps: Iterable[str], members: Iterable[int]) -> str:
    """SHA-256 of all that the standings of a year depend on: its tie-break, its members and the stamps of its sheets."""
    state = [*map(str, year.tie_break), "", *map(str, sorted(members)), "", *sorted(stamps)]
    return hashlib.sha256("\n".join(state).encode()).hexdigest()


def stored_standings(year: ClusterYear) -> dict[int, StoredStanding]:
    """What is stored for the year, by unit id, best first. One query."""
    return {kept.unit_id: kept for kept in StoredStanding.objects.filter(year=year).select_related("unit")}


def places_of(years: Sequence[ClusterYear]) -> list[YearPlaces]:
    """The standings of these years, exactly as `ranking` finds them, by the bulk path: a dozen queries however many years.

    Takes the memory of their lines as numbers (some 50 bytes a cell); who has many years gives them in portions. What the bulk
    path cannot be sure of, or has no room for, goes the way of a single sheet.
    """
    return _Portion(years).places()


def places_now(year: ClusterYear) -> YearPlaces | None:
    """The standings of one year from the results in memory, as its ranking page finds them; None for a year without sheets. Six
    queries at most, two where no sheet has changed since it was last read."""
    sheets = sheets_of(year)
    members = member_ids(year)
    within = [sheet for sheet in sheets.values() if sheet.status != SheetStatus.WITHHELD]
    results = results_of(within, sheets.values())
    ranked = {
        sheet.unit_id: results[sheet.pk]
        for sheet in within
        if sheet.status == SheetStatus.SUBMITTED and sheet.unit_id in members
    }
    standings = {int(one.unit): one for one in order_of(year, ranked)}
    places = []
    for sheet in within:
        verified, standing = results[sheet.pk].verified, standings.get(sheet.unit_id)
        percent = None if verified.percent is None else billionths(verified.percent)
        rank, tied = (standing.rank, standing.tied) if standing else (None, False)
        total, maximum = billionths(verified.total), billionths(verified.maximum)
        places.append(Place(sheet.unit_id, total, maximum, percent, rank, tied))
    cells = sum(len(results[sheet.pk].lines) for sheet in within)
    key = key_of(year, [sheet.stamp for sheet in sheets.values()], members)
    return YearPlaces(year.pk, key, tuple(places), cells) if sheets else None


def stored_lines(rows: QuerySet[Any], *, assigned: Any = None) -> Iterator[tuple[Any, ...]]:
    """Lines or verdicts as tuples of `sheet_id` and the fields of `rules.filling.StoredLine`. `assigned` where the rows do not
    say it themselves."""
    concerns = {} if assigned is None else {"assigned_": assigned}
    figures = ("points", "actual", "target", "count", "grade", "days_late", "passed")
    return _as_stored(rows.annotate(**concerns).values_list("sheet_id", "code", *(concerns or ["assigned"]), *figures))


def _as_stored(rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    """What the driver gives, without a conversion of each value: with it reading takes twice as long as everything else."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:  # nothing can match, say no versions at all: then there is no SQL either
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        while found := cursor.fetchmany(_AT_ONCE):
            yield from found


@dataclass(slots=True)
class _Group:
    """The sheets of one table: equal tables of different versions are added up together."""

    table: CriteriaTable
    sheets: list[ScoreSheet] = field(default_factory=list)
    filling: "Filling | None" = None


@dataclass(slots=True)
class _Figures:
    """What a sheet comes to, whichever way it was found."""

    total: int
    maximum: int
    ties: tuple[int, ...]
    lacks: bool
    excluded: bool
    percent: int | None


class _Portion:
    """Some years on their way from the database to places."""

    def __init__(self, years: Sequence[ClusterYear]) -> None:
        self.years = {year.pk: year for year in years}
        columns = ("year_id", "unit_id", "version_id", "status", "stamp")
        self.every = list(ScoreSheet.objects.filter(year__in=self.years).only(*columns).order_by("pk"))
        self.members: dict[int, set[int]] = {pk: set() for pk in self.years}
        for year_id, unit_id in Membership.objects.filter(year__in=self.years).values_list("year_id", "organisation_id"):
            self.members[year_id].add(unit_id)
        self.sheets = [sheet for sheet in self.every if sheet.status != SheetStatus.WITHHELD]
        self.cells = dict.fromkeys(self.years, 0)
        self.groups = _groups(self.sheets)
        self.tables = {sheet.pk: group.table for group in self.groups for sheet in group.sheets}

    def places(self) -> list[YearPlaces]:
        """By year, in the order of the years."""
        self._read()
        figures = self._figures()
        ranks = self._ranks(figures)
        of_year: dict[int, list[Place]] = {pk: [] for pk in self.years}
        for sheet in self.sheets:
            found, (rank, tied) = figures[sheet.pk], ranks.get(sheet.pk, (0, False))
            of_year[sheet.year_id].append(Place(sheet.unit_id, found.total, found.maximum, found.percent, rank or None, tied))
        stamps: dict[int, list[str]] = {pk: [] for pk in self.years}
        for sheet in self.every:
            stamps[sheet.year_id].append(sheet.stamp)
        return [
            YearPlaces(pk, key_of(year, stamps[pk], self.members[pk]), tuple(of_year[pk]), self.cells[pk])
            for pk, year in self.years.items()
        ]

    def _ranked(self, sheet: ScoreSheet) -> bool:
        return sheet.status == SheetStatus.SUBMITTED and sheet.unit_id in self.members[sheet.year_id]

    def _tie_codes(self) -> dict[int, tuple[str, ...]]:
        """By year the codes of its tie-break that every ranked sheet's table holds."""
        tables: dict[int, list[CriteriaTable]] = {pk: [] for pk in self.years}
        for sheet in self.sheets:
            if self._ranked(sheet):
                tables[sheet.year_id].append(self.tables[sheet.pk])
        return {
            pk: tuple(code for code in year.tie_break if all(code in table.by_code for table in tables[pk]))
            for pk, year in self.years.items()
        }

    def _read(self) -> None:
        from thidua.scoring.rules.filling import Filling

        place = {}
        for group in self.groups:
            group.filling = Filling(group.table, len(group.sheets))
            for unit, sheet in enumerate(group.sheets):
                place[sheet.pk] = group.filling.take, unit, sheet.year_id
        changed = Verdict.objects.filter(sheet__year__in=self.years, judgement=Judgement.CHANGED)
        said = ScoreLine.objects.filter(sheet=OuterRef("sheet"), code=OuterRef("code"))
        verdicts = {}
        for row in stored_lines(changed, assigned=~Exists(said.filter(assigned=False))):
            verdicts[row[:2]] = row[1:]
        for row in stored_lines(ScoreLine.objects.filter(sheet__year__in=self.years)):
            at = place.get(row[0])
            if at is None:
                continue
            take, unit, year_id = at
            self.cells[year_id] += 1
            take(unit, verdicts.pop(row[:2], row[1:]) if verdicts else row[1:])
        for (sheet_id, _code), line in verdicts.items():
            if sheet_id in place:
                take, unit, year_id = place[sheet_id]
                self.cells[year_id] += 1
                take(unit, line)

    def _figures(self) -> dict[int, _Figures]:
        """By sheet id. Years whose sheets are of different tables, one of them relative to the leader, go sheet by sheet: there
        the best of the cluster is each table's own."""
        tie_codes = self._tie_codes()
        by_year: dict[int, list[CriteriaTable]] = {}
        for sheet in self.sheets:
            by_year.setdefault(sheet.year_id, []).append(self.tables[sheet.pk])
        mixed = {
            pk for pk, tables in by_year.items() if len({id(t) for t in tables}) > 1 and any(_is_relative(t) for t in tables)
        }
        found: dict[int, _Figures] = {}
        doubtful = [sheet for sheet in self.sheets if sheet.year_id in mixed]
        for group in self.groups:
            doubtful += self._sums(group, tie_codes, mixed, found)
        for year_id in {sheet.year_id for sheet in doubtful}:
            names = {sheet.pk for sheet in doubtful if sheet.year_id == year_id}
            whole = sheets_of(self.years[year_id]).values()
            for sheet_id, result in results_of([sheet for sheet in whole if sheet.pk in names], whole).items():
                found[sheet_id] = _from_evaluation(result.verified, tie_codes[year_id])
        return found

    def _sums(
        self, group: _Group, tie_codes: dict[int, tuple[str, ...]], mixed: set[int], found: dict[int, _Figures]
    ) -> list[ScoreSheet]:
        """Puts what is certain into `found`; gives back the sheets that are not."""
        import numpy as np

        from thidua.scoring.rules.bulk import percentages

        assert group.filling is not None
        codes = sorted({code for sheet in group.sheets for code in tie_codes[sheet.year_id] if code in group.table.by_code})
        settled = group.filling.settled([sheet.year_id for sheet in group.sheets], codes)
        some = (settled.maxima > 0) & ~settled.doubtful
        percents = np.zeros(len(group.sheets), np.int64)
        percents[some] = percentages(settled.totals[some], settled.maxima[some])
        at = {code: index for index, code in enumerate(codes)}
        ties = [column.tolist() for column in settled.ties]
        waiting = []
        columns = zip(
            group.sheets, settled.totals.tolist(), settled.maxima.tolist(), percents.tolist(), some.tolist(),
            settled.lacks.tolist(), settled.excluded.tolist(), settled.doubtful.tolist(), strict=True,
        )  # fmt: skip
        for unit, (sheet, total, maximum, percent, has_percent, lacks, excluded, doubtful) in enumerate(columns):
            if sheet.year_id in mixed:
                continue
            if doubtful:
                waiting.append(sheet)
                continue
            own_ties = tuple(ties[at[code]][unit] if code in at else 0 for code in tie_codes[sheet.year_id])
            found[sheet.pk] = _Figures(total, maximum, own_ties, lacks, excluded, percent if has_percent else None)
        return waiting

    def _ranks(self, figures: dict[int, _Figures]) -> dict[int, tuple[int, bool]]:
        """Rank (0: none) and whether it is shared, by sheet id, of the sheets that are ranked."""
        import numpy as np

        from thidua.scoring.rules.bulk import rank_units

        ranked = [sheet for sheet in self.sheets if self._ranked(sheet)]
        if not ranked:
            return {}
        own = [figures[sheet.pk] for sheet in ranked]

        def column(values: Iterable[int]) -> "np.ndarray[Any, np.dtype[np.int64]]":
            return np.fromiter(values, np.int64, len(ranked))

        depth = max(len(one.ties) for one in own)
        ties = [column(one.ties[n] if n < len(one.ties) else 0 for one in own) for n in range(depth)]
        percents = column(-(2**62) if one.percent is None else one.percent for one in own)
        lacks, excluded = column(one.lacks for one in own) > 0, column(one.excluded for one in own) > 0
        clusters = column(sheet.year_id for sheet in ranked)
        maxima, totals = column(one.maximum for one in own), column(one.total for one in own)
        ranks, tied = rank_units(clusters, excluded, totals, maxima, percents, lacks, ties)
        return dict(zip([sheet.pk for sheet in ranked], zip(ranks.tolist(), tied.tolist(), strict=True), strict=True))


def _is_relative(table: CriteriaTable) -> bool:
    return any(row.method is Method.RELATIVE_TO_LEADER for row in table.criteria)


def _from_evaluation(evaluation: rules.Evaluation, codes: Sequence[str]) -> _Figures:
    percent = None if evaluation.percent is None else billionths(evaluation.percent)
    ties = tuple(billionths(evaluation.values.get(code, Decimal(0))) for code in codes)
    lacks, excluded = bool(evaluation.unassigned), bool(evaluation.failed_gates)
    return _Figures(billionths(evaluation.total), billionths(evaluation.maximum), ties, lacks, excluded, percent)


_ARITHMETIC = (
    "code", "parent_code", "kind", "method", "is_band", "grades", "pool", "max_points", "per_case", "cap", "over_rate",
    "over_cap", "adjust_cap", "bonus_cap", "penalty_cap", "floor",
)  # fmt: skip
"""The columns of a criterion that say how it is computed."""


def _groups(sheets: Sequence[ScoreSheet]) -> list[_Group]:
    """The sheets by table. Versions whose rows compute alike are one group, whatever their titles: a whole country scored by one
    table is added up at once. One query, and those of `table_of` for a table of each group."""
    versions = {sheet.version_id for sheet in sheets}
    rows: dict[int, list[Any]] = {pk: [] for pk in versions}
    # The order of the table counts: of equal alternatives the first is taken.
    ordered = Criterion.objects.filter(version__in=versions).order_by("version", "position")
    for row in _as_stored(ordered.values_list("version_id", *_ARITHMETIC)):
        rows[row[0]].append(row[1:])
    same: dict[tuple[Any, ...], int] = {}
    stands_for = {pk: same.setdefault(tuple(found), pk) for pk, found in rows.items()}
    groups = {
        version.pk: _Group(table_of(version)) for version in CriteriaVersion.objects.filter(pk__in=set(stands_for.values()))
    }
    for sheet in sheets:
        groups[stands_for[sheet.version_id]].sheets.append(sheet)
    return list(groups.values())
