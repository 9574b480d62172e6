"""Standings of many years at once, from the database in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from thidua.clusters.models import ClusterYear, Membership
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.queries import table_of
from thidua.criteria.rules import CriteriaTable, Method
from thidua.scoring import rules
from thidua.scoring.models import SheetStatus
from thidua.scoring.queries import reading
from thidua.scoring.queries.results import results_of, sheets_of
from thidua.scoring.queries.standings import Place, YearPlaces, billionths, key_of

if TYPE_CHECKING:
    import numpy as np

    from thidua.scoring.rules.filling import Filling


def places_of(years: Sequence[ClusterYear]) -> list[YearPlaces]:
    """The standings of these years, exactly as `ranking` finds them, by the bulk path: a dozen queries however many years.

    Takes the memory of their lines as numbers (some 50 bytes a cell); who has many years gives them in portions. What the bulk
    path cannot be sure of, or has no room for, goes the way of a single sheet.
    """
    return _Portion(years).places()


@dataclass(slots=True)
class _Group:
    """The sheets of one table: equal tables of different versions are added up together."""

    table: CriteriaTable
    sheets: list[reading.Sheet] = field(default_factory=list)
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
        self.every = reading.sheets(self.years)
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

    def _ranked(self, sheet: reading.Sheet) -> bool:
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

        place: dict[int, tuple[Filling, int, int]] = {}
        for group in self.groups:
            group.filling = Filling(group.table, len(group.sheets))
            for unit, sheet in enumerate(group.sheets):
                place[sheet.pk] = group.filling, unit, sheet.year_id
        changed = reading.changed_lines(self.years)
        for sheet_id, codes, points in reading.granted_points(self.years):
            if sheet_id in place:
                filling, unit, year_id = place[sheet_id]
                self.cells[year_id] += filling.take_granted(unit, codes, points, changed.get(sheet_id, ()))
        for row in reading.other_lines(self.years):
            if row[0] in place:
                filling, unit, year_id = place[row[0]]
                self.cells[year_id] += 1
                if row[1] not in changed.get(row[0], ()):
                    filling.take(unit, row[1:])
        for sheet_id, lines in changed.items():
            if sheet_id in place:
                filling, unit, year_id = place[sheet_id]
                for line in lines.values():
                    filling.take(unit, line)

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
    ) -> list[reading.Sheet]:
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


def _groups(sheets: Sequence[reading.Sheet]) -> list[_Group]:
    """The sheets by table. Versions whose rows compute alike are one group: a whole country scored by one table is added up at
    once. One query, and those of `table_of` for a table of each group."""
    versions = {sheet.version_id for sheet in sheets}
    texts = reading.arithmetic(versions)
    same: dict[str, int] = {}
    stands_for = {pk: same.setdefault(texts.get(pk, ""), pk) for pk in versions}
    groups = {
        version.pk: _Group(table_of(version)) for version in CriteriaVersion.objects.filter(pk__in=set(stands_for.values()))
    }
    for sheet in sheets:
        groups[stands_for[sheet.version_id]].sheets.append(sheet)
    return list(groups.values())
