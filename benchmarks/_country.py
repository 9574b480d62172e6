"""A country of clusters for the benchmarks of ranking: its points as arrays, and in the tables of an installation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.cells import CRITERIA, UNITS, criteria_table
from thidua.criteria.rules import CriteriaTable, Kind

NOW = datetime(2026, 11, 23, tzinfo=UTC)
STEP = 5
"""Points are given in steps of five hundredths."""
FULL = 500


@dataclass(frozen=True)
class Country:
    """Points in hundredths by unit and column of the table; headings are left to their sums. Units of a cluster follow each
    other. Scores are bunched, as they are in practice: most items have all their points, the others lack a little."""

    table: CriteriaTable
    cells: np.ndarray
    given: np.ndarray

    @classmethod
    def of(cls, cells: int, seed: int = 2026) -> "Country":
        """So many cells, in clusters of eight units and tables of sixty rows."""
        table, rng = criteria_table(), np.random.default_rng(seed)
        units = cells // (UNITS * CRITERIA) * UNITS
        points = np.zeros((units, CRITERIA), np.int64)
        given = np.zeros(points.shape, np.bool_)
        for column, row in enumerate(table.criteria):
            if row.kind is Kind.POINTS and row.code.count(".") < 1:
                continue
            few = STEP * rng.integers(1, 21, units)
            if row.kind is Kind.POINTS:
                points[:, column] = FULL - few * (rng.random(units) < 0.3)
            else:
                points[:, column] = few * (rng.random(units) < 0.1) * (1 if row.kind is Kind.BONUS else -1)
            given[:, column] = True
        return cls(table, points, given)

    @property
    def clusters(self) -> np.ndarray:
        """The number of each unit's cluster."""
        return np.arange(len(self.cells)) // UNITS


def build(path: Path, country: Country) -> None:
    """An installation on SQLite with the country in it: every sheet submitted, no verdict yet. Django is set up already."""
    from django.core.management import call_command
    from django.db import connection, transaction

    connection.close()
    connection.settings_dict["NAME"] = str(path)
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        sheets = _sheets(country)
    columns = "sheet_id, code, points, grade, assigned, reason, revision, edited_at, edited_by_name"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.cursor.executemany(  # the driver's own: Django would look at every row
            f"INSERT INTO scoring_scoreline ({columns}) VALUES (?, ?, ?, '', 1, '', 1, ?, 'x')", _lines(country, sheets)
        )


def _sheets(country: Country) -> list[int]:
    """Clusters, units, criteria and sheets; the ids of the sheets in the order of the units."""
    from thidua.clusters.models import Cluster, ClusterYear, Membership
    from thidua.criteria.models import CriteriaVersion, Criterion
    from thidua.people.models import Organisation
    from thidua.scoring.models import ScoreSheet

    body = Organisation.objects.create(slug="ban", name_vi="Ban Tuyên giáo", kind="party_body")
    number = len(country.cells) // UNITS
    units = Organisation.objects.bulk_create(
        Organisation(slug=f"don-vi-{n}", name_vi=f"Đơn vị số {n}", kind="agency") for n in range(len(country.cells))
    )
    clusters = Cluster.objects.bulk_create(
        Cluster(slug=f"cum-{n}", name_vi=f"Cụm số {n}", superior_body=body) for n in range(number)
    )
    years = ClusterYear.objects.bulk_create(
        ClusterYear(cluster=cluster, year=NOW.year, stage="cross_checking", head=units[n * UNITS])
        for n, cluster in enumerate(clusters)
    )
    Membership.objects.bulk_create(
        Membership(year=years[n // UNITS], organisation=unit, position=n % UNITS + 1) for n, unit in enumerate(units)
    )
    told = {"imported_at": NOW, "published_at": NOW, "digest": "0" * 64}
    versions = CriteriaVersion.objects.bulk_create(CriteriaVersion(year=year, number=1, title="Bảng", **told) for year in years)
    Criterion.objects.bulk_create(
        Criterion(
            version=version, position=place, level=1, code=row.code, parent_code=row.parent, max_points=row.max_points,
            kind=row.kind, method=row.method, adjust_cap=row.adjust_cap,
        )
        for version in versions
        for place, row in enumerate(country.table.criteria)
    )  # fmt: skip
    submitted = {"status": "submitted", "opened_at": NOW, "submitted_at": NOW, "saved_at": NOW}
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(year=years[n // UNITS], version=versions[n // UNITS], unit=unit, **submitted) for n, unit in enumerate(units)
    )
    return [sheet.pk for sheet in sheets]


def _lines(country: Country, sheets: list[int]) -> Iterator[tuple[object, ...]]:
    codes, moment = [row.code for row in country.table.criteria], NOW.strftime("%Y-%m-%d %H:%M:%S")
    columns = [column for column in range(CRITERIA) if country.given[0, column]]
    for sheet, points in zip(sheets, country.cells, strict=True):
        for column in columns:
            yield sheet, codes[column], points[column] / 100, moment
