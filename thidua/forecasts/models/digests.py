"""Digests: what collaborators of all units counted over some rounds, in a table that can be published."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.clusters.models import ClusterYear
from thidua.people.models import Person
from thidua.rapporteurs.models import Round


class DigestState(models.TextChoices):
    """Where a digest stands. What is issued is final: a second version of a table is a way to compute what it withholds."""

    DRAFT = "draft", pgettext_lazy("digest", "Dự thảo")
    CHECKED = "checked", _("Đã kiểm tra")
    ISSUED = "issued", pgettext_lazy("digest", "Đã ban hành")


class Digest(models.Model):
    """A digest of rounds. `table` is the table as it may be published (rules.suppression); nothing else is kept of the counts:
    what is withheld stands in no row of this slice. A round belongs to one digest only, so that no two digests overlap and can
    be subtracted from each other. Someone other than the drafter checks it."""

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    words = models.TextField(blank=True)
    """The head's own words about the figures."""
    state = models.CharField(max_length=10, choices=DigestState, default=DigestState.DRAFT)
    table = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of what was issued."""
    revision = models.PositiveIntegerField(default=1)
    gathered_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drafted_by_name = models.CharField(max_length=300)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by_name = models.CharField(max_length=300, blank=True)
    returned_reason = models.CharField(max_length=500, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-ends_on", "-pk")
        constraints = [models.UniqueConstraint(fields=["year", "title"], name="forecasts_digest_once_a_year")]

    def __str__(self) -> str:
        return self.title


class DigestRound(models.Model):
    """A round that a digest has gathered: each round once, in the whole installation."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="rounds")
    round = models.OneToOneField(Round, models.PROTECT, related_name="+")
