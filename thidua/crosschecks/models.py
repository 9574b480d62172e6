"""Tables of cross-check rounds: a round, its tasks (who checks which unit), the marks given and how they changed.

Marks are what several checkers think; the verdict of a line (`scoring.Verdict`) is one, and settling a round makes it from them.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.people.models import Organisation, Person
from thidua.scoring.models import LONGEST_CODE, Figures, Judgement


class Mode(models.TextChoices):
    """How checkers are found: every unit checks some others; each row has its assessor; a council checks all."""

    PAIRWISE = "pairwise", _("Thẩm định chéo giữa các đơn vị")
    BY_ROW = "by_row", _("Bộ phận phụ trách từng tiêu chí")
    COUNCIL = "council", _("Hội đồng, tổ thẩm định")


class Visibility(models.TextChoices):
    """When a checker sees what other checkers of the same round gave."""

    OPEN = "open", _("Thấy ngay điểm của người khác")
    OWN_FIRST = "own_first", _("Chỉ thấy điểm của người khác sau khi đã cho điểm của mình")
    BLIND = "blind", _("Không thấy điểm của người khác cho tới khi đóng vòng")


class Aggregation(models.TextChoices):
    """How several marks become one value. Who gave no mark is left out, never counted as zero."""

    MEAN = "mean", _("Trung bình cộng")
    MEDIAN = "median", _("Trung vị")
    AGREED = "agreed", _("Giá trị thống nhất")


class RoundState(models.TextChoices):
    """A draft is still being arranged; an open round takes marks; a closed one takes none and shows all; a settled one has made
    the verdicts."""

    DRAFT = "draft", _("Đang chuẩn bị")
    OPEN = "open", _("Đang chấm")
    CLOSED = "closed", _("Đã đóng, chờ chốt")
    SETTLED = "settled", _("Đã chốt")


class CheckRound(models.Model):
    """A cross-check that the head arranges. `seed` and `per_unit` (k) together with the units and standing conflicts give the
    assignment again, exactly; `per_unit` and `seed` mean nothing outside the pairwise mode."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    mode = models.CharField(max_length=10, choices=Mode)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.OWN_FIRST)
    names_hidden = models.BooleanField(default=False)
    """The unit that is checked does not read who gave which mark; the head, superior officers and auditors always do."""
    aggregation = models.CharField(max_length=10, choices=Aggregation, default=Aggregation.MEDIAN)
    per_unit = models.PositiveSmallIntegerField(default=0)
    seed = models.PositiveBigIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=300)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.TextField(blank=True)
    """Why it was closed though tasks were not finished."""
    draws = models.PositiveSmallIntegerField(default=0)
    """How often lots were drawn: whoever draws until the seed suits is seen to."""
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="crosschecks_round_number_once"),
            models.UniqueConstraint(
                fields=["year"], condition=~Q(state="settled"), name="crosschecks_one_round_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CheckTask(models.Model):
    """In a round somebody checks a unit: another unit (whoever holds its office may mark) or a person of the council or in charge
    of rows. `codes` are the rows the task is about, headings with all below; empty: all. `done_at`: the checker has finished."""

    round = models.ForeignKey(CheckRound, models.CASCADE, related_name="tasks")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    checker = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    label = models.CharField(max_length=200, blank=True)
    """By row: the assessor as the criteria name it."""
    codes = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(checker__isnull=True) ^ Q(person__isnull=True), name="crosschecks_task_of_unit_or_person"
            ),
            models.UniqueConstraint(
                fields=["round", "unit", "checker"], condition=Q(checker__isnull=False), name="crosschecks_unit_checks_once"
            ),
            models.UniqueConstraint(
                fields=["round", "unit", "person", "label"],
                condition=Q(person__isnull=False),
                name="crosschecks_person_checks_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checker or self.person} → {self.unit}"


class Mark(Figures):
    """What one checker found for one line: the unit's figures (confirmed) or others, with a reason. `value` is what the figures
    come to in points, so that marks compare whatever the method."""

    task = models.ForeignKey(CheckTask, models.CASCADE, related_name="marks")
    code = models.CharField(max_length=LONGEST_CODE)
    judgement = models.CharField(max_length=12, choices=Judgement)
    value = models.DecimalField(max_digits=14, decimal_places=6)
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    given_at = models.DateTimeField()
    given_by_name = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "code"], name="crosschecks_one_mark_a_criterion"),
            models.CheckConstraint(condition=~Q(judgement=Judgement.CHANGED) | ~Q(reason=""), name="crosschecks_has_reason"),
        ]


class MarkChange(models.Model):
    """One change of a mark: what was 11 became 7, why, by whom and when. Rows are only ever added."""

    mark = models.ForeignKey(Mark, models.CASCADE, related_name="changes")
    was = models.JSONField()
    becomes = models.JSONField()
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)


class Agreement(Figures):
    """The value that was agreed for a line where the round asks for agreement or the marks are to be overruled; always with a
    reason (what was discussed, with whom)."""

    round = models.ForeignKey(CheckRound, models.CASCADE, related_name="agreements")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(max_length=LONGEST_CODE)
    reason = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    agreed_at = models.DateTimeField()
    agreed_by_name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "unit", "code"], name="crosschecks_one_agreement_a_line")]
