"""Sheets, lines and tables of many years as the database driver gives them: a conversion of each value would take longer than
everything else."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Aggregate, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import JSONArray
from django.db.models.sql.compiler import SQLCompiler

from thidua.criteria.models import Criterion
from thidua.scoring.models import Judgement, ScoreLine, ScoreSheet, Verdict

_AT_ONCE = 5000
"""Rows taken from the driver at a time."""
_FIGURES = ("points", "actual", "target", "count", "grade", "days_late", "passed")
_POINTS_ALONE = Q(
    assigned=True, points__isnull=False, actual=None, target=None, count=None, grade="", days_late=None, passed=None
)  # fmt: skip
_ARITHMETIC = (
    "position", "code", "parent_code", "kind", "method", "is_band", "grades", "pool", "max_points", "per_case", "cap",
    "over_rate", "over_cap", "adjust_cap", "bonus_cap", "penalty_cap", "floor",
)  # fmt: skip
"""The columns of a criterion that say how it is computed."""


class Sheet(NamedTuple):
    """A sheet without what stands in it."""

    pk: int
    year_id: int
    unit_id: int
    version_id: int
    status: str
    stamp: str


class _Listed(Aggregate):
    """The values of a group as one JSON array: a row for the driver instead of one for each. Two of them in a query list the rows
    of a group in the same order."""

    function = "JSON_AGG"
    output_field = TextField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        """SQLite names it otherwise."""
        return super().as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        """As text: the driver would make a list of it."""
        return super().as_sql(compiler, connection, template="(%(function)s(%(expressions)s))::text", **extra)


def sheets(years: Collection[int]) -> list[Sheet]:
    """The sheets of the years, oldest first."""
    rows = ScoreSheet.objects.filter(year__in=years).order_by("pk").values_list(*Sheet._fields)
    return [Sheet._make(row) for row in _as_given(rows)]


def granted_points(years: Collection[int]) -> Iterator[tuple[int, str, str]]:
    """Of each sheet the lines that hold points and nothing else: `sheet_id`, codes and points as two JSON arrays."""
    rows = ScoreLine.objects.filter(_POINTS_ALONE, sheet__in=_within(years)).order_by().values("sheet_id")
    return _as_given(rows.annotate(codes=_Listed("code"), given=_Listed("points")).values_list("sheet_id", "codes", "given"))


def other_lines(years: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """All other lines, as tuples of `sheet_id` and the fields of `rules.filling.StoredLine`."""
    rows = ScoreLine.objects.exclude(_POINTS_ALONE).filter(sheet__in=_within(years)).order_by()
    return _as_given(rows.values_list("sheet_id", "code", "assigned", *_FIGURES))


def changed_lines(years: Collection[int]) -> dict[int, dict[str, tuple[Any, ...]]]:
    """What appraisers changed, by `sheet_id` and code: the fields of `rules.filling.StoredLine`. Whether a row is assigned says
    the unit's line."""
    rows = Verdict.objects.filter(sheet__year__in=years, judgement=Judgement.CHANGED).order_by()
    said = ScoreLine.objects.filter(sheet=OuterRef("sheet"), code=OuterRef("code"), assigned=False)
    found: dict[int, dict[str, tuple[Any, ...]]] = {}
    for row in _as_given(rows.annotate(concerns=~Exists(said)).values_list("sheet_id", "code", "concerns", *_FIGURES)):
        found.setdefault(row[0], {})[row[1]] = row[1:]
    return found


def arithmetic(versions: Collection[int]) -> dict[int, str]:
    """By version a text that is the same only where all rows compute alike, whatever their titles. Their order counts: of equal
    alternatives the first is taken."""
    rows = Criterion.objects.filter(version__in=versions).order_by().values("version_id")
    return dict(_as_given(rows.annotate(rows=_Listed(JSONArray(*_ARITHMETIC))).values_list("version_id", "rows")))


def _within(years: Collection[int]) -> QuerySet[ScoreSheet, int]:
    return ScoreSheet.objects.filter(year__in=years).values_list("pk", flat=True)


def _as_given(rows: QuerySet[Any, Any]) -> Iterator[Any]:
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:  # nothing can match, say no versions at all: then there is no SQL either
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        while found := cursor.fetchmany(_AT_ONCE):
            yield from found
