"""A unit's report: what it says, when it came, whether it was sent back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.files.models import StoredFile
from thidua.people.models import Organisation
from thidua.reports.models.periods import PeriodItem, ReportPeriod


class ReportStatus(models.TextChoices):
    """Where a report stands."""

    DRAFTING = "drafting", _("Đang soạn")
    SUBMITTED = "submitted", _("Đã nộp")
    RETURNED = "returned", _("Bị trả lại")
    ACCEPTED = "accepted", _("Đã tiếp nhận")


class Report(models.Model):
    """One unit's report for a period. `days_late` is that of the first submission (0: in time); every later one has its own."""

    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=ReportStatus, default=ReportStatus.DRAFTING)
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    days_late = models.PositiveIntegerField(null=True, blank=True)
    times_returned = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "unit"], name="reports_one_a_unit"),
            models.CheckConstraint(
                condition=Q(first_submitted_at__isnull=True, days_late__isnull=True)
                | Q(first_submitted_at__isnull=False, days_late__isnull=False),
                name="reports_lateness_of_what_came",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} · {self.unit}"

    @property
    def is_editable(self) -> bool:
        """Whether it lies with the unit: not submitted yet, or sent back."""
        return self.status in (ReportStatus.DRAFTING, ReportStatus.RETURNED)


class Entry(models.Model):
    """What a report says at an item. `computed` and `basis` are the figure thidua found and where it comes from, so that the
    reader sees what was changed; `basis` is a list of {"words", "url"}."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="entries")
    item = models.ForeignKey(PeriodItem, models.PROTECT, related_name="+")
    figure = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    text = models.TextField(blank=True)
    computed = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    basis = models.JSONField(default=list, blank=True)
    why_changed = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "item"], name="reports_one_entry_an_item")]


class Practice(models.Model):
    """A way of working that the unit offers to the others (cách làm hay)."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="practices")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering = ("position", "pk")


class ReportFile(models.Model):
    """An attachment of a report."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)


class Submission(models.Model):
    """A report as it was submitted, with its whole content; and, if so, that it was sent back and why. Kept for good."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=300)
    post_title = models.CharField(max_length=200)
    on_behalf_of_name = models.CharField(max_length=200, blank=True)
    days_late = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by_name = models.CharField(max_length=300, blank=True)
    return_reason = models.TextField(blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="reports_submission_once"),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(return_reason=""), name="reports_returned_has_reason"
            ),
        ]
