"""The head's report over all units."""

from django.db import models
from django.db.models import Q

from thidua.people.models import Organisation
from thidua.reports.models.periods import ReportPeriod


class Consolidated(models.Model):
    """The head's consolidated report of a period while it is written: three parts of words, who signs, and the practices
    chosen. Its figures are computed whenever it is read; what was issued stands in `issues`."""

    period = models.OneToOneField(ReportPeriod, models.PROTECT, related_name="consolidated")
    situation = models.TextField(blank=True)
    assessment = models.TextField(blank=True)
    directions = models.TextField(blank=True)
    signer = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_by_name = models.CharField(max_length=300)

    def __str__(self) -> str:
        return str(self.period)


class ChosenPractice(models.Model):
    """A practice that the head has taken over from a unit's report, in its words when the draft was last saved.

    Named by unit and title and not by the unit's own row: a unit that corrects its report writes its practices anew.
    """

    consolidated = models.ForeignKey(Consolidated, models.CASCADE, related_name="practices")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["consolidated", "unit", "title"], name="reports_practice_chosen_once")]


class Issue(models.Model):
    """A consolidated report as it was issued, with its whole content; and, if so, why it was opened again. Kept for good."""

    consolidated = models.ForeignKey(Consolidated, models.PROTECT, related_name="issues")
    ordinal = models.PositiveSmallIntegerField()
    number_text = models.CharField(max_length=60)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by_name = models.CharField(max_length=300)
    on_behalf_of_name = models.CharField(max_length=200, blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by_name = models.CharField(max_length=300, blank=True)
    reopen_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("ordinal",)
        constraints = [
            models.UniqueConstraint(fields=["consolidated", "ordinal"], name="reports_issue_once"),
            models.UniqueConstraint(
                fields=["consolidated"], condition=Q(reopened_at__isnull=True), name="reports_one_issue_in_force"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | ~Q(reopen_reason=""), name="reports_reopened_has_reason"
            ),
        ]

    @property
    def in_force(self) -> bool:
        """Whether it has not been opened again for correction."""
        return self.reopened_at is None
