"""Which versions of its criteria a year has, their tables, and what waits to be done about them."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear, StageDates
from thidua.clusters.rules import Stage
from thidua.criteria import rules
from thidua.criteria.models import CriteriaVersion, Criterion, TableProposal
from thidua.kernel.actor import Actor, Role
from thidua.kernel.errors import Absent
from thidua.kernel.points import settle
from thidua.kernel.ports import Missing, Tab, Work

_FIGURES = (
    "max_points", "per_case", "cap", "over_rate", "over_cap", "adjust_cap", "bonus_cap", "penalty_cap", "floor",
)  # fmt: skip


def versions(year: ClusterYear) -> list[CriteriaVersion]:
    """All versions of the year, the draft among them, newest first. One query."""
    return list(CriteriaVersion.objects.filter(year=year))


def published_version(year: ClusterYear) -> CriteriaVersion | None:
    """The criteria in force: the newest published version. One query."""
    return CriteriaVersion.objects.filter(year=year, published_at__isnull=False).first()


def is_published(year: ClusterYear) -> bool:
    """Whether the year has criteria in force. One query; read once for each object of the year."""
    if "_has_criteria" not in year.__dict__:
        year.__dict__["_has_criteria"] = CriteriaVersion.objects.filter(year=year, published_at__isnull=False).exists()
    return bool(year.__dict__["_has_criteria"])


def codes_of(year: ClusterYear) -> frozenset[str]:
    """CODES: the codes of the criteria in force, or of the draft while there are none in force. Two queries at most."""
    version = published_version(year) or draft_version(year)
    return frozenset(table_of(version).by_code) if version else frozenset()


def draft_version(year: ClusterYear) -> CriteriaVersion | None:
    """The draft that waits to be published. One query."""
    return CriteriaVersion.objects.filter(year=year, published_at__isnull=True).first()


def get_version(year: ClusterYear, number: int) -> CriteriaVersion:
    """The year's version of that number; Absent when there is none. One query."""
    found = CriteriaVersion.objects.filter(year=year, number=number).first()
    if found is None:
        raise Absent
    return found


def get_proposal(actor: Actor, year: ClusterYear, proposal_id: int) -> TableProposal:
    """The person's own dry run for this year; Absent for others' and for what is not there. One query."""
    found = TableProposal.objects.filter(year=year, pk=proposal_id, made_by=actor.person_id).first()
    if found is None:
        raise Absent
    return found


def table_of(version: CriteriaVersion) -> rules.CriteriaTable:
    """The version's table. One query the first time; kept in the process afterwards, since a version's rows never change."""
    return _table(version.pk, version.digest)


def forget_tables() -> None:
    """Empty the process's memory of tables: for tests that count queries."""
    _table.cache_clear()


@lru_cache(maxsize=64)
def _table(version_id: int, digest: str) -> rules.CriteriaTable:
    """`digest` only makes the key safe: after a restored backup an id may stand for other rows."""
    return rules.CriteriaTable.of(_rule(row) for row in Criterion.objects.filter(version=version_id).order_by("position"))


def _rule(row: Criterion) -> rules.Criterion:
    figures = {name: None if (figure := getattr(row, name)) is None else settle(figure) for name in _FIGURES}
    return rules.Criterion(
        code=row.code,
        parent=row.parent_code,
        title=row.title_vi,
        kind=rules.Kind(row.kind),
        rule_text=row.rule_text_vi,
        unit=row.unit,
        source_url=row.source_url,
        method=rules.Method(row.method),
        is_band=row.is_band,
        evidence=rules.Proof(row.evidence),
        assessor=row.assessor,
        not_assigned=tuple(row.not_assigned),
        grades=tuple((grade, Decimal(text)) for grade, text in row.grades),
        pool=tuple(Decimal(text) for text in row.pool),
        row=row.position + 1,
        **figures,
    )


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """The criteria page, for everyone who sees the year. No query."""
    return [Tab("criteria", _("Tiêu chí"), _address(year))]


def missing_for_pledge(year: ClusterYear) -> list[Missing]:
    """A pledge rests on published criteria. One query."""
    if CriteriaVersion.objects.filter(year=year, published_at__isnull=False).exists():
        return []
    return [Missing("criteria.not_published", {}, _address(year))]


def work(actor: Actor, now: datetime) -> list[Work]:
    """For the head's secretary: a draft waits to be published, or a year being prepared has no criteria. At most one query."""
    heads = actor.organisations(Role.HEAD_SECRETARY)
    if not heads:
        return []
    of_the_year = CriteriaVersion.objects.filter(year=OuterRef("pk"))
    due = StageDates.objects.filter(year=OuterRef("pk"), stage=Stage.PREPARING).values("due_on")[:1]
    years = (
        ClusterYear.objects.filter(head__in=heads)
        .exclude(stage=Stage.CLOSED)
        .annotate(
            has_draft=Exists(of_the_year.filter(published_at__isnull=True)), has_any=Exists(of_the_year), due_on=Subquery(due)
        )
        .filter(Q(has_draft=True) | Q(has_any=False, stage=Stage.PREPARING))
        .select_related("cluster")
    )
    return [
        Work(
            _("Ban hành bảng tiêu chí dự thảo") if year.has_draft else _("Nhập bảng tiêu chí"), year, _address(year), year.due_on
        )
        for year in years
    ]


def _address(year: ClusterYear) -> str:
    return reverse("criteria:tree", args=[year.cluster.slug, year.year])
