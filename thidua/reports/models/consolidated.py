"""The head's report over all units."""

from django.db import models

from thidua.reports.models.periods import ReportPeriod
from thidua.reports.models.reports import Practice


class Consolidated(models.Model):
    """The head's consolidated report of a period. The figures are computed while it is drafted and kept in `content` once it is
    issued; a correction opens it again with a reason."""

    period = models.OneToOneField(ReportPeriod, models.PROTECT, related_name="consolidated")
    situation = models.TextField(blank=True)
    assessment = models.TextField(blank=True)
    directions = models.TextField(blank=True)
    number_text = models.CharField(max_length=60, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by_name = models.CharField(max_length=300, blank=True)
    content = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)


class ChosenPractice(models.Model):
    """A unit's practice that the head has taken into the consolidated report."""

    consolidated = models.ForeignKey(Consolidated, models.CASCADE, related_name="practices")
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["consolidated", "practice"], name="reports_practice_chosen_once")]
