"""Totals and places as last computed, and the runs that compute them."""

from django.db import models

from thidua.clusters.models import ClusterYear
from thidua.people.models import Organisation


class StoredStanding(models.Model):
    """A unit's verified total and place as last computed: kept so that a country's ranks are read, not computed, and so that a
    correction can say whom it moved. `key` names the state of the year's sheets that it was computed from.

    Points are whole billionths, as they are settled for the comparison (thidua.kernel.points): no database rounds those."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    total = models.BigIntegerField()
    maximum = models.BigIntegerField()
    percent = models.BigIntegerField(null=True)
    rank = models.PositiveIntegerField(null=True)
    tied = models.BooleanField(default=False)
    key = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ("rank", "pk")
        constraints = [models.UniqueConstraint(fields=["year", "unit"], name="scoring_one_standing_a_unit")]


class Recomputation(models.Model):
    """One run that computes the standings of one cluster year or of all that are open anew, in the background; its progress."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="+", null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=300)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    years = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    cells = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ("-pk",)
