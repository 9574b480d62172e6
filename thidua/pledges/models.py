"""Tables of pledges: the year's text, what each unit sets itself, who has confirmed."""

from django.db import models
from django.db.models import Q

from thidua.clusters.models import ClusterYear
from thidua.criteria.models import CriteriaVersion
from thidua.people.models import Organisation
from thidua.pledges.rules import Status, Target, short


class Pledge(models.Model):
    """The emulation pledge of a cluster year.

    While it is drafted, `preamble` and `body` are the secretary's part and `revision` counts its changes. Once open,
    `frozen_text` is what the units confirm, `digest` its SHA-256; `version`, `tie_break` and `unit_ids` are what it rests on.
    """

    year = models.OneToOneField(ClusterYear, models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=[(status.value, status.value) for status in Status], default=Status.DRAFTING.value
    )
    preamble = models.TextField()
    body = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    version = models.ForeignKey(CriteriaVersion, models.PROTECT, related_name="+", null=True)
    tie_break = models.JSONField(default=list)
    unit_ids = models.JSONField(default=list)
    frozen_text = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.DRAFTING.value, digest="", frozen_at__isnull=True)
                | (Q(status=Status.OPEN.value, frozen_at__isnull=False, version__isnull=False) & ~Q(digest="")),
                name="pledges_open_is_frozen",
            )
        ]

    def __str__(self) -> str:
        return f"Giao ước {self.year}"

    @property
    def is_open(self) -> bool:
        """Frozen, for the units to confirm."""
        return self.status == Status.OPEN

    @property
    def short_digest(self) -> str:
        """The beginning of the digest, in groups."""
        return short(self.digest)


class UnitTarget(models.Model):
    """One target that a unit sets itself for the year; `target` is its figure where it has one."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="targets")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    unit_of_measure = models.CharField(max_length=60, blank=True)
    target = models.DecimalField(max_digits=18, decimal_places=6, null=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["pledge", "unit", "position"], name="pledges_one_target_a_place")]

    @property
    def value(self) -> Target:
        """The target as a plain value."""
        return Target(self.text, self.target, self.unit_of_measure)


class Confirmation(models.Model):
    """A unit's leader confirmed the frozen text. The names of person and post are kept as they were then."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="confirmations")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    person_name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=200)
    on_behalf_of_name = models.CharField(max_length=200, blank=True)
    digest_confirmed = models.CharField(max_length=64)

    class Meta:
        ordering = ("confirmed_at", "pk")
        constraints = [models.UniqueConstraint(fields=["pledge", "unit"], name="pledges_one_confirmation_a_unit")]
