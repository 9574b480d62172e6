"""Reports of collaborators: when they are due, and counts by topic. There is no field for words: counts cannot name anyone."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.clusters.models import ClusterYear
from thidua.people.models import Organisation, Person
from thidua.rapporteurs.models.corps import CorpsMember
from thidua.rapporteurs.models.talks import Topic


class Rhythm(models.TextChoices):
    """How often collaborators report."""

    MONTHLY = "monthly", _("Hằng tháng")
    QUARTERLY = "quarterly", _("Hằng quý")
    AD_HOC = "ad_hoc", pgettext_lazy("rhythm", "Đột xuất")


class Round(models.Model):
    """A span for which every collaborator in term owes a report, due on a day. `topics` empty: every agreed topic of the year."""

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    rhythm = models.CharField(max_length=10, choices=Rhythm)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    topics = models.ManyToManyField(Topic, related_name="+", blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["year", "title"], name="rapporteurs_round_once_a_year"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="rapporteurs_round_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.title


class CollaboratorReport(models.Model):
    """One collaborator's counts for a round. Draft until sent; `days_late` is reckoned when it is sent, in whole days."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(CorpsMember, models.PROTECT, related_name="reports")
    sent_at = models.DateTimeField(null=True, blank=True)
    days_late = models.PositiveIntegerField(default=0)
    nothing_heard = models.BooleanField(default=False)
    """Sent with no topic at all: "nothing to report" is a report too."""
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by_name = models.CharField(max_length=300)
    saved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by_office = models.BooleanField(default=False)
    """Who reads it: the person who wrote it; or, when the unit's office wrote it for a member without an account, that office.
    Kept with the report, so that linking or unlinking a post later opens nothing."""

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["round", "member"], name="rapporteurs_one_report_a_round")]
        indexes = [models.Index(fields=["round", "unit", "sent_at"], name="rapporteurs_reports_of_round")]


class Direction(models.TextChoices):
    """Which way an opinion goes; the columns of `TopicCount`."""

    SUPPORTIVE = "supportive", pgettext_lazy("direction", "Đồng tình")
    CONCERNED = "concerned", pgettext_lazy("direction", "Băn khoăn, lo lắng")
    NEUTRAL = "neutral", pgettext_lazy("direction", "Trung lập")
    MIXED = "mixed", pgettext_lazy("direction", "Đan xen")


class Trend(models.TextChoices):
    """Whether more or fewer people speak of a topic than in the round before, as the collaborator sees it."""

    NEW = "new", pgettext_lazy("trend", "Mới xuất hiện")
    RISING = "rising", pgettext_lazy("trend", "Tăng")
    STEADY = "steady", pgettext_lazy("trend", "Không đổi")
    FALLING = "falling", pgettext_lazy("trend", "Giảm")


class TopicCount(models.Model):
    """How many opinions on a topic were heard, by direction."""

    report = models.ForeignKey(CollaboratorReport, models.CASCADE, related_name="lines")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    supportive = models.PositiveIntegerField(default=0)
    concerned = models.PositiveIntegerField(default=0)
    neutral = models.PositiveIntegerField(default=0)
    mixed = models.PositiveIntegerField(default=0)
    trend = models.CharField(max_length=10, choices=Trend, default=Trend.STEADY)

    class Meta:
        ordering = ("topic__position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["report", "topic"], name="rapporteurs_one_line_a_topic"),
            models.CheckConstraint(
                condition=Q(supportive__gt=0) | Q(concerned__gt=0) | Q(neutral__gt=0) | Q(mixed__gt=0),
                name="rapporteurs_line_counts_something",
            ),
        ]
