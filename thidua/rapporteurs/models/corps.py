"""The corps: rapporteurs and collaborators with the decisions that appoint them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.directives.models import Level
from thidua.people.models import Organisation, Post


class CorpsKind(models.TextChoices):
    """Which of the two: one speaks to people, the other reports how many speak of what."""

    RAPPORTEUR = "rapporteur", _("Báo cáo viên")
    COLLABORATOR = "collaborator", _("Cộng tác viên")


class CorpsMember(models.Model):
    """Someone appointed rapporteur or collaborator at a unit, as the decision names them.

    `post` is the post through which they sign in: whoever holds it acts for this member; empty for members without an account,
    whose counts the unit's officer enters. A member who has left keeps the post, and a successor may take it.
    `left_on`: the first day on which they no longer belong to the corps. `contact` is that of the post (an office's telephone),
    not of a home. `folded` is name, post title and field through kernel.text.fold, for search; the actions keep it.
    """

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=CorpsKind)
    level = models.CharField(max_length=12, choices=Level, default=Level.GRASSROOTS)
    name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=200)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.CharField(max_length=200, blank=True)
    field = models.CharField(max_length=200, blank=True)
    left_on = models.DateField(null=True, blank=True)
    left_reason = models.CharField(max_length=300, blank=True)
    folded = models.TextField(blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "level", "name", "post_title"], name="rapporteurs_member_once"),
            models.UniqueConstraint(
                fields=["post", "kind"], condition=Q(left_on__isnull=True), name="rapporteurs_one_member_a_post"
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind"], name="rapporteurs_members_of_unit")]

    def __str__(self) -> str:
        return self.name


class TermKind(models.TextChoices):
    """Whether a decision appoints or renews."""

    APPOINTMENT = "appointment", _("Công nhận lần đầu")
    RENEWAL = "renewal", _("Công nhận lại")


class Term(models.Model):
    """A decision that appoints or renews, and the days it counts for (both included). Terms of one member do not meet."""

    member = models.ForeignKey(CorpsMember, models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=12, choices=TermKind, default=TermKind.APPOINTMENT)
    decision = models.CharField(max_length=60)
    issuer = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="rapporteurs_term_ends_after_start")]
        indexes = [models.Index(fields=["member", "ends_on"], name="rapporteurs_terms_of_member")]
