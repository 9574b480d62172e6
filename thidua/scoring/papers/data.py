"""The data behind the verification workbook as JSON: for programs that compute the ranking again."""

from decimal import Decimal

from thidua.clusters.models import ClusterYear
from thidua.criteria.rules.cells import cells_of
from thidua.scoring.papers.verification import figures_digest
from thidua.scoring.queries import Proven, Proving
from thidua.scoring.rules import ScoreLine

FORMAT = "thidua-verification/1"
_FIGURES = ("points", "actual", "target", "count", "grade", "days_late", "passed")


def verification_data(year: ClusterYear, proving: Proving) -> dict[str, object]:
    """Criteria by version, figures, points and places of every submitted unit. Figures are plain decimals as text, maps go by
    code.

    `stamp` names the state of a sheet, `figures_sha256` its verified figures, `digest` a version of the criteria. Reasons and
    evidence are not in it.
    """
    versions = {one.sheet.version_id: one.sheet.version for one in proving.units}
    tables = {one.sheet.version_id: one.result.table for one in proving.units}
    return {
        "format": FORMAT,
        "cluster": year.cluster.slug,
        "year": year.year,
        "illustrative": year.illustrative,
        "ranked_by": "percent" if proving.by_percent else "total",
        "tie_break": {"codes": list(proving.tie_break.codes), "last_resort": proving.tie_break.last_resort.value},
        "criteria": [
            {
                "version": version.number,
                "digest": version.digest,
                "decision": version.decision,
                "rows": [cells_of(row) for row in tables[pk].criteria],
            }
            for pk, version in versions.items()
        ],
        "best_excess_elsewhere": {code: _plain(excess) for code, excess in proving.best_elsewhere.items()},
        "units": [_unit(one) for one in proving.units],
    }


def _unit(one: Proven) -> dict[str, object]:
    made, standing = one.result.verified, one.standing
    return {
        "unit": one.unit.slug,
        "name": one.unit.name_vi,
        "version": one.sheet.version.number,
        "stamp": one.sheet.stamp,
        "figures_sha256": figures_digest(one),
        "checked": one.sheet.checked_at is not None,
        "lines": [_line(line) for line in one.lines],
        "values": {code: _plain(value) for code, value in made.values.items()},
        "maxima": {code: _plain(value) for code, value in made.maxima.items()},
        "unassigned": list(made.unassigned),
        "failed_gates": list(made.failed_gates),
        "total": _plain(standing.total),
        "maximum": _plain(standing.maximum),
        "percent": None if standing.percent is None else _plain(standing.percent),
        "rank": standing.rank,
        "tied": standing.tied,
        "excluded": standing.excluded,
    }


def _line(line: ScoreLine) -> dict[str, object]:
    figures = {name: getattr(line, name) for name in _FIGURES}
    filled = {name: _plain(value) if isinstance(value, Decimal) else value for name, value in figures.items()}
    kept = {name: value for name, value in filled.items() if value not in (None, "")}
    return {"code": line.code, **kept, **({} if line.assigned else {"assigned": False})}


def _plain(value: Decimal) -> str:
    return f"{value:f}"
