"""Versions of a cluster year's criteria table. Rows are written once, with their version, and never changed."""

from django.db import models
from django.db.models import Q

from thidua.clusters.models import ClusterYear
from thidua.criteria.rules import Kind, Method, Proof
from thidua.people.models import Person


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
    evidence = models.CharField(max_length=10, blank=True, choices=[(proof.value, proof.value) for proof in Proof])
    assessor = models.CharField(max_length=200, blank=True)
    """Who follows the row and scores it, as the table names them: "Phòng Tổ chức"."""
    not_assigned = models.JSONField(default=list)
    """Slugs of units to which the row is not assigned."""
    grades = models.JSONField(default=list)
    """Pairs of a grade and its fraction of the points, as text."""
    pool = models.JSONField(default=list)
    """Points by rank, best first, as text."""

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="criteria_code_once_a_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.title_vi}"


class DraftStep(models.Model):
    """What a year's draft was before a change, so that the change can be undone: the newest step is taken back first.

    `rows` are the cells of the table, header first, as `rules.cells.rows_of` gives them; None where there was no draft. `told`
    says in words what the change was. Steps go when the draft is published.
    """

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="+")
    title = models.CharField(max_length=300, blank=True)
    source_name = models.CharField(max_length=255, blank=True)
    rows = models.JSONField(null=True)
    told = models.CharField(max_length=300)
    after = models.CharField(max_length=64)
    """Digest of the draft after the change: undoing anything else is refused."""
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("-pk",)


class TableProposal(models.Model):
    """A table that has been read and checked but not taken in: the dry run that a person looks at before saying yes.

    `base` is the digest of the draft it would replace (empty: none); when another draft stands there by then, it is refused.
    """

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    source_name = models.CharField(max_length=255, blank=True)
    rows = models.JSONField()
    digest = models.CharField(max_length=64)
    base = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
