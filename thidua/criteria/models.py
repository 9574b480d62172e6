"""Versions of a cluster year's criteria table. Rows are written once, with their version, and never changed."""

from django.db import models
from django.db.models import Q

from thidua.clusters.models import ClusterYear
from thidua.criteria.rules import Kind, Method


class CriteriaVersion(models.Model):
    """One criteria table of a year: a draft until it is published, then fixed for good.

    Even a draft's rows never change: an import makes a new draft in the place of the old one, so the key of a version
    always means the same rows. `digest` is `rules.cells.digest` of them: who has the exported table can compute it again.
    """

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    source_name = models.CharField(max_length=255, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    imported_at = models.DateTimeField()
    imported_by_name = models.CharField(max_length=200)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by_name = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="criteria_version_number_once"),
            models.UniqueConstraint(fields=["year"], condition=Q(published_at__isnull=True), name="criteria_one_draft_a_year"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Not published yet."""
        return self.published_at is None


class Criterion(models.Model):
    """One row of a version, as `rules.Criterion` understood it at import: later readings of rule texts change nothing here."""

    version = models.ForeignKey(CriteriaVersion, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=64)
    parent_code = models.CharField(max_length=64, blank=True)
    title_vi = models.TextField(blank=True)
    max_points = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    rule_text_vi = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    source_url = models.TextField(blank=True)
    method = models.CharField(max_length=20, choices=[(method.value, method.value) for method in Method])
    is_band = models.BooleanField(default=False)
    per_case = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    cap = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    over_rate = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    over_cap = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    adjust_cap = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    bonus_cap = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    penalty_cap = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    floor = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    grades = models.JSONField(default=list)
    """Pairs of a grade and its fraction of the points, as text."""
    pool = models.JSONField(default=list)
    """Points by rank, best first, as text."""

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="criteria_code_once_a_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.title_vi}"
