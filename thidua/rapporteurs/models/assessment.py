"""The year's assessment: the rules that the authority has set, and grades once they are settled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Level
from thidua.people.models import Organisation
from thidua.rapporteurs.models.corps import CorpsKind, CorpsMember


class AssessmentRules(models.Model):
    """What the authority has decided for one kind of the corps in a year: measures, targets by level, grades, quotas
    (`content`, the shape of rules.assessment.Scheme). `decision` cites the paper; without one, or before somebody has confirmed
    (`confirmed`) that the rules say what the paper says, every grade is "needs review"."""

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=CorpsKind)
    decision = models.CharField(max_length=300, blank=True)
    confirmed = models.BooleanField(default=False)
    content = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "kind"], name="rapporteurs_rules_once_a_kind")]


class Assessment(models.Model):
    """Grades of one kind settled for the year, with the rules they stand on and a digest of both. The newest counts."""

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=CorpsKind)
    number = models.PositiveSmallIntegerField()
    rules = models.JSONField()
    decision = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)
    """Why it was settled again; empty the first time."""
    settled_at = models.DateTimeField()
    settled_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["year", "kind", "number"], name="rapporteurs_assessment_numbered")]


class GradeName(models.TextChoices):
    """The grades, best first; Vĩnh Long counted good, fair, average or weak."""

    GOOD = "good", _("Tốt")
    FAIR = "fair", _("Khá")
    AVERAGE = "average", _("Trung bình")
    WEAK = "weak", _("Yếu")
    REVIEW = "review", _("Cần xem xét")


class Grade(models.Model):
    """One member's settled grade; `basis` is what it was computed from and the reasons, measure by measure."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="grades")
    member = models.ForeignKey(CorpsMember, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    level = models.CharField(max_length=12, choices=Level)
    grade = models.CharField(max_length=10, choices=GradeName)
    percent = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    basis = models.JSONField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["assessment", "member"], name="rapporteurs_one_grade_a_member")]
