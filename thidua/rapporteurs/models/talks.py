"""What is spoken of and where: topics of the year, talks, audiences in counts, materials."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Audience, Directive
from thidua.files.models import StoredFile
from thidua.kernel.text import fold
from thidua.people.models import Organisation
from thidua.rapporteurs.models.corps import CorpsMember


class Topic(models.Model):
    """A topic of the year: rapporteurs speak of it, collaborators count who speaks of it. Tied to directives where there are any.

    A unit may propose one (`proposed_by` set, `agreed` false); it is used once the head or the superior body has agreed.
    `turned_down` is why it was not agreed to; empty while it waits. `retired`: no longer offered for new talks and reports.
    `folded` is the title through kernel.text.fold, kept by saving: two titles that differ in marks or case are one.
    """

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    directives = models.ManyToManyField(Directive, related_name="+", blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    agreed = models.BooleanField(default=True)
    retired = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    turned_down = models.CharField(max_length=300, blank=True)
    folded = models.CharField(max_length=200, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["year", "folded"], name="rapporteurs_topic_once_a_year"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="rapporteurs_topic_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(agreed=False) | Q(turned_down=""), name="rapporteurs_agreed_or_turned_down"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps `folded` with the title."""
        self.folded = fold(self.title)[:200]
        super().save(*args, **kwargs)

    @property
    def state(self) -> str:
        """`in_use` or `retired` once agreed; before that `waiting` or `turned_down`."""
        if self.agreed:
            return "retired" if self.retired else "in_use"
        return "turned_down" if self.turned_down else "waiting"


class TalkForm(models.TextChoices):
    """How a talk is held."""

    IN_PERSON = "in_person", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    MIXED = "mixed", _("Trực tiếp kết hợp trực tuyến")
    BROADCAST = "broadcast", _("Phát thanh, loa truyền thanh")


class Talk(models.Model):
    """A session of oral communication (buổi tuyên truyền miệng). Planned until its audience is counted; only then it counts.

    `folded` is place and note through kernel.text.fold, for search, kept by saving.
    """

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    speaker = models.ForeignKey(CorpsMember, models.PROTECT, related_name="talks")
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    form = models.CharField(max_length=12, choices=TalkForm, default=TalkForm.IN_PERSON)
    topics = models.ManyToManyField(Topic, related_name="talks")
    note = models.TextField(blank=True)
    listeners = models.PositiveIntegerField(default=0)
    """Sum of the audience; 0 while planned. Kept by the one action that records the audience, for lists and constraints."""
    folded = models.TextField(blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("-held_on", "-pk")
        indexes = [
            models.Index(fields=["year", "unit", "held_on"], name="rapporteurs_talks_of_unit"),
            models.Index(fields=["speaker", "held_on"], name="rapporteurs_talks_of_speaker"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps `folded` with place and note."""
        self.folded = fold(f"{self.place} {self.note}")
        super().save(*args, **kwargs)

    @property
    def held(self) -> bool:
        """Whether it has been held: its audience is counted."""
        return self.listeners > 0


class TalkAudience(models.Model):
    """How many of a group listened. Groups without anybody have no row."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="audience")
    group = models.CharField(max_length=10, choices=Audience)
    attended = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["talk", "group"], name="rapporteurs_one_count_a_group"),
            models.CheckConstraint(condition=Q(attended__gt=0), name="rapporteurs_somebody_listened"),
        ]


class Material(models.Model):
    """A file that belongs to a talk: outline, slides."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="materials")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)


class TalkCorrection(models.Model):
    """A correction of a talk that had been held: what was, what is, why, and by whom. Kept for whoever reads the talk, as the
    result of its listeners hangs on its day and its audience. Topics are their titles, joined."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="corrections")
    held_on_before = models.DateField()
    held_on_after = models.DateField()
    listeners_before = models.PositiveIntegerField()
    listeners_after = models.PositiveIntegerField()
    topics_before = models.TextField()
    topics_after = models.TextField()
    speaker_before = models.CharField(max_length=300)
    speaker_after = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    corrected_at = models.DateTimeField()
    corrected_by_name = models.CharField(max_length=700)
    """Name and post: "Nguyễn Văn A, Phó trưởng phòng"."""

    class Meta:
        ordering = ("-pk",)

    @property
    def moves(self) -> bool:
        """Whether day, sum of listeners, speaker or topics changed."""
        names = ("held_on", "listeners", "speaker", "topics")
        return any(getattr(self, f"{name}_before") != getattr(self, f"{name}_after") for name in names)
