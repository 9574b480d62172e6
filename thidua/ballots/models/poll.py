"""A poll, what it asks, and the totals after it is closed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thidua.ballots.rules import Base, Outcome, Tally, Threshold
from thidua.clusters.models import ClusterYear
from thidua.people.models import Organisation


class PollStatus(models.TextChoices):
    """A poll goes through these once, never back."""

    PREPARING = "preparing", pgettext_lazy("poll", "Chưa mở")
    OPEN = "open", _("Đang bỏ phiếu")
    CLOSED = "closed", _("Đã đóng")


class BaseChoice(models.TextChoices):
    """Of what the threshold is a part, in words."""

    MEMBERS = Base.MEMBERS.value, _("số đại biểu có quyền biểu quyết")
    PRESENT = Base.PRESENT.value, _("số đại biểu có mặt khi mở bỏ phiếu")
    CAST = Base.CAST.value, _("số phiếu đã bỏ")


class OutcomeChoice(models.TextChoices):
    """How a closed poll ended, in words."""

    COUNTED = Outcome.COUNTED.value, _("Đã kiểm phiếu")
    TOO_FEW = Outcome.TOO_FEW.value, _("Không kiểm vì quá ít phiếu")
    MISMATCH = Outcome.MISMATCH.value, _("Không kiểm vì số phiếu không khớp danh sách")


class Poll(models.Model):
    """A secret poll in a cluster year. `members` and `present` are counted when the roll is frozen."""

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=PollStatus, default=PollStatus.PREPARING)
    numerator = models.PositiveSmallIntegerField()
    denominator = models.PositiveSmallIntegerField()
    strict = models.BooleanField(default=False)
    base = models.CharField(max_length=10, choices=BaseChoice)
    members = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=OutcomeChoice, blank=True)
    ballots = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator__gte=1, numerator__lte=F("denominator")), name="ballots_threshold_is_a_fraction"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def threshold(self) -> Threshold:
        """The threshold as the rules take it."""
        return Threshold(self.numerator, self.denominator, self.strict, Base(self.base))

    @property
    def threshold_text(self) -> str:
        """The threshold in words: "ít nhất 2/3 số đại biểu có mặt khi mở bỏ phiếu"."""
        words = gettext("quá %(fraction)s %(base)s") if self.strict else gettext("ít nhất %(fraction)s %(base)s")
        return words % {"fraction": f"{self.numerator}/{self.denominator}", "base": BaseChoice(self.base).label}

    @property
    def is_open(self) -> bool:
        """Whether votes are taken now."""
        return self.status == PollStatus.OPEN


class PollItem(models.Model):
    """One question: shall this unit be put forward for what the label says? Totals are there once the poll is counted.

    `reference` is the key by which the slice that made the poll knows the item; this slice only hands it back.
    """

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    nominee = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    label = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    yes = models.PositiveIntegerField(null=True, blank=True)
    no = models.PositiveIntegerField(null=True, blank=True)
    abstain = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="ballots_one_item_a_position")]

    @property
    def tally(self) -> Tally | None:
        """The count, or None while there is none."""
        if self.yes is None or self.no is None or self.abstain is None:
            return None
        return Tally(self.yes, self.no, self.abstain)
