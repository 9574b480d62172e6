"""Tables of clusters, their years, members, dates and moves."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thidua.clusters.rules import Stage, reached
from thidua.people.models import Organisation


class StageChoice(models.TextChoices):
    """The stages with the names people use."""

    PREPARING = Stage.PREPARING.value, _("Chuẩn bị")
    PLEDGED = Stage.PLEDGED.value, _("Ký giao ước")
    RUNNING = Stage.RUNNING.value, _("Thực hiện")
    MID_YEAR = Stage.MID_YEAR.value, _("Sơ kết")
    SELF_SCORING = Stage.SELF_SCORING.value, _("Tự chấm điểm")
    CROSS_CHECKING = Stage.CROSS_CHECKING.value, _("Thẩm định")
    CONFERENCE = Stage.CONFERENCE.value, _("Hội nghị")
    DECIDED = Stage.DECIDED.value, _("Quyết định")
    CLOSED = Stage.CLOSED.value, _("Đóng năm")


class Cluster(models.Model):
    """An emulation cluster or bloc (cụm, khối thi đua) under its superior body."""

    superior_body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=120, unique=True)
    name_vi = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and get_language() == "en" else self.name_vi


class RotationPlace(models.Model):
    """One unit's place in the order in which units hold the head's office."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="rotation")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["cluster", "organisation"], name="clusters_one_place_in_rotation")]


class ClusterYear(models.Model):
    """One year of one cluster: the object nearly every page of thidua is about."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20, choices=StageChoice, default=StageChoice.PREPARING)
    head = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    previous = models.OneToOneField("self", models.PROTECT, related_name="following", null=True, blank=True)
    tie_break = models.JSONField(default=list)
    ranking_from = models.CharField(max_length=20, choices=StageChoice, default=StageChoice.CONFERENCE)
    illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(fields=["cluster", "year"], name="clusters_one_year_once"),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("head")), name="clusters_deputy_is_another_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster} › {self.year}"

    def get_absolute_url(self) -> str:
        """The page of the year."""
        return reverse("clusters:year", args=[self.cluster.slug, self.year])

    def has_reached(self, stage: Stage) -> bool:
        """Whether the year is at the stage or beyond."""
        return reached(self.stage, stage)


class Membership(models.Model):
    """A unit belongs to the cluster in that year. `position` is the order on papers."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["year", "organisation"], name="clusters_member_once_a_year")]


class StageDates(models.Model):
    """When a stage begins and by when its work is due, as the head has set it."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="dates")
    stage = models.CharField(max_length=20, choices=StageChoice)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "stage"], name="clusters_dates_once_a_stage")]


class StageMove(models.Model):
    """One move of the year between stages; a step back has its reason."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="moves")
    came_from = models.CharField(max_length=20, choices=StageChoice)
    stage = models.CharField(max_length=20, choices=StageChoice)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=300)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("moved_at", "pk")
