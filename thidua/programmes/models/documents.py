"""A programme as a document: goals, indicators with targets, versions approved, remarks."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Directive
from thidua.people.models import Organisation


class ProgrammeKind(models.TextChoices):
    """What a programme is for. `NEXT_YEAR` is the cluster's own, drafted by the head for the year after (it has no unit)."""

    ACTION = "action", _("Chương trình hành động")
    PLAN = "plan", _("Kế hoạch công tác năm")
    SPECIAL = "special", _("Đợt chuyên đề")
    NEXT_YEAR = "next_year", _("Chương trình năm sau của cụm")


class Programme(models.Model):
    """A unit's action programme (for a directive, or for the year), plan or special drive; or the cluster's for next year.

    What was approved stands in `versions`; `approved_digest` is the digest of the last one's content and `digest` that of the
    content as it stands (kept by actions.documents.settle_document), so that "changed since it was approved" is a comparison
    that a list can make too. `presented_at`: since when it waits for the leader's approval; for the cluster's own, since when
    the units may remark. `return_reason`: why the leader sent it back, until it is presented again or approved. `origin` is the
    programme it was copied from.
    """

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=ProgrammeKind)
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=300)
    grounds = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    origin = models.ForeignKey("self", models.PROTECT, related_name="copies", null=True, blank=True)
    approved_version = models.PositiveIntegerField(default=0)
    approved_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    presented_at = models.DateTimeField(null=True, blank=True)
    presented_by_name = models.CharField(max_length=300, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by_name = models.CharField(max_length=300, blank=True)
    return_reason = models.CharField(max_length=1000, blank=True)
    revision = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["year", "unit"], name="programmes_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ProgrammeKind.NEXT_YEAR, unit__isnull=True)
                | (~Q(kind=ProgrammeKind.NEXT_YEAR) & Q(unit__isnull=False)),
                name="programmes_only_the_clusters_has_no_unit",
            ),
            models.UniqueConstraint(
                fields=["year"], condition=Q(kind=ProgrammeKind.NEXT_YEAR), name="programmes_one_for_next_year"
            ),
            models.UniqueConstraint(fields=["year", "unit", "origin"], name="programmes_copied_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="programmes_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_changed(self) -> bool:
        """Whether it was approved and says something else by now."""
        return bool(self.approved_version) and self.digest != self.approved_digest


class Goal(models.Model):
    """One goal of a programme, in words."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ("position", "pk")


class Indicator(models.Model):
    """What a goal is measured by. `lower_is_better` for what is to be reduced."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    unit_of_measure = models.CharField(max_length=60, blank=True)
    target = models.DecimalField(max_digits=15, decimal_places=3, null=True, blank=True)
    lower_is_better = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class IndicatorFigure(models.Model):
    """What an indicator stood at on a day. A correction raises `revision`; the journal keeps what stood before."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="figures")
    as_of = models.DateField()
    value = models.DecimalField(max_digits=15, decimal_places=3)
    note = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("as_of",)
        constraints = [models.UniqueConstraint(fields=["indicator", "as_of"], name="programmes_one_figure_a_day")]


class ProgrammeVersion(models.Model):
    """A programme as its leader approved it, or as the conference adopted it: the whole content, never changed again.

    The votes are those of the show of hands at the conference, for the cluster's programme only.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    approved_at = models.DateTimeField()
    approved_by_name = models.CharField(max_length=300)
    post_title = models.CharField(max_length=200, blank=True)
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="programmes_version_once")]


class Remark(models.Model):
    """What a unit says of the cluster's draft, and what the head answered."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="remarks")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=300)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("made_at", "pk")
