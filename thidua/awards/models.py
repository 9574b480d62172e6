"""Who was put forward for what, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.people.models import Organisation


class Title(models.TextChoices):
    """Titles and forms of commendation that clusters put units forward for; anything else goes by its own name."""

    FLAG = "flag", _("Cờ thi đua")
    CERTIFICATE = "certificate", _("Bằng khen")
    COMMENDATION = "commendation", _("Giấy khen")
    EXCELLENT = "excellent", _("Tập thể lao động xuất sắc")
    ADVANCED = "advanced", _("Tập thể lao động tiên tiến")
    OTHER = "other", _("Hình thức khác")


class NominationStatus(models.TextChoices):
    """Put forward; then granted by a decision, or not. What the conference voted down does not go forward."""

    PROPOSED = "proposed", _("Đã suy tôn, chờ quyết định")
    VOTED_DOWN = "voted_down", _("Không đạt phiếu")
    DECIDED = "decided", _("Đã có quyết định")
    DECLINED = "declined", _("Không được khen thưởng")


VOTABLE = (NominationStatus.PROPOSED, NominationStatus.VOTED_DOWN)
"""What a poll may still be held about, also a second time."""


class Nomination(models.Model):
    """A unit is put forward for a title.

    `basis` is what it rested on at that moment, as plain values: rank, units, total, percent (texts); and poll: title, yes, of,
    needed, carried. It is a record of that day, so it does not change when the ranking does.
    """

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=20, choices=Title)
    other_title = models.CharField(max_length=200, blank=True)
    basis = models.JSONField(default=dict)
    put_forward_at = models.DateTimeField()
    put_forward_by = models.CharField(max_length=300)
    status = models.CharField(max_length=10, choices=NominationStatus, default=NominationStatus.PROPOSED)
    decision_number = models.CharField(max_length=100, blank=True)
    decision_date = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=300, blank=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["year", "unit", "title", "other_title"], name="awards_put_forward_once"),
            models.CheckConstraint(
                condition=~Q(status=NominationStatus.DECIDED) | (~Q(decision_number="") & Q(decision_date__isnull=False)),
                name="awards_granted_by_a_numbered_decision",
            ),
            models.CheckConstraint(
                condition=~Q(title=Title.OTHER) | ~Q(other_title=""), name="awards_another_title_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_text}, {self.unit}"

    @property
    def title_text(self) -> str:
        """The title in words."""
        return self.other_title or str(Title(self.title).label)

    @property
    def is_voted_down(self) -> bool:
        """Whether the latest poll about it fell short of the threshold."""
        return self.status == NominationStatus.VOTED_DOWN

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.status == NominationStatus.PROPOSED
