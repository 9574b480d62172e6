"""Who checks whom, what the appraisers found, what is said about it, and who should judge whom not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.clusters.models import ClusterYear
from thidua.people.models import Organisation, Person
from thidua.scoring import rules
from thidua.scoring.models.sheets import LONGEST_CODE, Figures, ScoreSheet


class Judgement(models.TextChoices):
    """What an appraiser said of a line."""

    UNCONFIRMED = "unconfirmed", _("Chưa thẩm định")
    CONFIRMED = "confirmed", pgettext_lazy("check", "Đồng ý")
    CHANGED = "changed", _("Thay đổi")


class AppraiserAssignment(models.Model):
    """A person appraises the sheet of a unit: given by the head's secretary, never within one's own unit."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["year", "person", "unit"], name="scoring_appraiser_once_a_unit")]


class Verdict(Figures):
    """What the appraisers found for one criterion: the unit’s figures, or others with a reason; and the unit’s answer."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="verdicts")
    code = models.CharField(max_length=LONGEST_CODE)
    judgement = models.CharField(max_length=12, choices=Judgement, default=Judgement.UNCONFIRMED)
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    given_at = models.DateTimeField()
    given_by_name = models.CharField(max_length=300)
    unit_answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "code"], name="scoring_one_verdict_a_criterion"),
            models.CheckConstraint(condition=~Q(judgement=Judgement.CHANGED) | ~Q(reason=""), name="scoring_change_has_reason"),
        ]

    def as_rule(self, *, assigned: bool, unit: str = "") -> rules.ScoreLine:
        """The verified line as the pure rules read it."""
        return rules.ScoreLine(code=self.code, unit=unit, assigned=assigned, **self.figures())


class VerdictChange(models.Model):
    """One change of a line by an appraiser: what was 11 became 7, why, by whom and when. Rows are only ever added."""

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="changes")
    was = models.JSONField()
    becomes = models.JSONField()
    reason = models.TextField()
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)


class CellRemark(models.Model):
    """One remark in the conversation between the unit and those who check it about one criterion. Only ever added."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="remarks")
    code = models.CharField(max_length=LONGEST_CODE)
    from_unit = models.BooleanField()
    text = models.TextField()
    said_at = models.DateTimeField()
    said_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["sheet", "code"], name="scoring_remarks_of_line")]


class ConflictKind(models.TextChoices):
    """Why someone should not judge a unit."""

    SAME_PERSON = "same_person", _("Cùng một người giữ vị trí ở cả hai nơi")
    SAME_PARENT = "same_parent", _("Cùng cơ quan quản lý trực tiếp")
    KINSHIP = "kinship", _("Quan hệ gia đình đã khai")
    INTEREST = "interest", _("Lợi ích khác đã khai")


DECLARED = (ConflictKind.KINSHIP, ConflictKind.INTEREST)
"""What people declare; the other kinds are found in the records."""


class ConflictState(models.TextChoices):
    """A proposal of the system waits for the head's word; what a person declares stands at once, until the head dismisses it
    with a reason."""

    PROPOSED = "proposed", _("Chờ xem xét")
    STANDING = "standing", _("Đang có hiệu lực")
    DISMISSED = "dismissed", _("Không coi là xung đột")


class Conflict(models.Model):
    """A conflict of interest between who judges (a person, or a whole unit) and the unit that is judged. While it stands, neither
    single nor bulk actions give the one to the other."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=ConflictKind)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    checker = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ConflictState)
    words = models.TextField(blank=True)
    declared_at = models.DateTimeField()
    declared_by_name = models.CharField(max_length=300, blank=True)
    """Empty: proposed by the system."""
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=300, blank=True)
    settled_why = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(checker__isnull=True), name="scoring_conflict_of_person_or_unit"
            ),
            models.UniqueConstraint(
                fields=["year", "kind", "person", "unit"], condition=Q(person__isnull=False), name="scoring_conflict_person_once"
            ),
            models.UniqueConstraint(
                fields=["year", "kind", "checker", "unit"], condition=Q(checker__isnull=False), name="scoring_conflict_unit_once"
            ),
        ]
