"""Which version of the criteria a sheet is scored against, and whether another is in force by now."""

from django.urls import reverse

from thidua.clusters.models import ClusterYear
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.queries import published_version
from thidua.kernel.ports import Missing
from thidua.scoring.models import ScoreSheet, SheetStatus


def newer_version(sheet: ScoreSheet | None, year: ClusterYear) -> CriteriaVersion | None:
    """The version in force, if the sheet rests on an older one. One query; none without a sheet."""
    if sheet is None:
        return None
    current = published_version(year)
    return current if current is not None and current.pk != sheet.version_id else None


def missing_carried(year: ClusterYear) -> list[Missing]:
    """STAGE_CHECKS: all sheets of a year rest on one version before they are checked, or units would be ranked by two tables
    (Tiền Giang 2022 used two revisions of one table in a year). Two queries."""
    current = published_version(year)
    if current is None:
        return []
    sheets = ScoreSheet.objects.filter(year=year).exclude(version=current).exclude(status=SheetStatus.WITHHELD)
    return [
        Missing(
            "scoring.sheet_old_version",
            {"unit": sheet.unit.name_vi, "old": sheet.version.number, "new": current.number},
            reverse("scoring:sheet", args=[year.cluster.slug, year.year, sheet.unit.slug]),
        )
        for sheet in sheets.select_related("unit", "version").order_by("pk")
    ]
