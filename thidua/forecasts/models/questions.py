"""Questions about what will happen, forecasts by unit or post, how each was decided, and disputes."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.clusters.models import ClusterYear
from thidua.people.models import Organisation, Person, Post


class QuestionKind(models.TextChoices):
    """What an answer looks like."""

    YES_NO = "yes_no", _("Có hay không")
    CHOICES = "choices", _("Chọn một trong nhiều khả năng")
    NUMBER = "number", _("Một con số, trả lời bằng một khoảng")


class QuestionState(models.TextChoices):
    """Where a question stands. Open questions also close by themselves at `closes_at`."""

    DRAFT = "draft", pgettext_lazy("question", "Đang soạn")
    OPEN = "open", pgettext_lazy("question", "Đang nhận dự báo")
    CLOSED = "closed", pgettext_lazy("question", "Chờ kết quả")
    RESOLVED = "resolved", pgettext_lazy("question", "Đã có kết quả")
    VOID = "void", pgettext_lazy("question", "Không tính")


class Question(models.Model):
    """A question with a day on which its outcome is known and a clear way to decide it.

    `coverage`: for numbers, the chance with which the interval is to hold the value (0.80). `closes_at` is never after the
    outcome's day begins.
    """

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    background = models.TextField(blank=True)
    decided_how = models.TextField()
    kind = models.CharField(max_length=10, choices=QuestionKind)
    unit_of_measure = models.CharField(max_length=60, blank=True)
    coverage = models.DecimalField(max_digits=3, decimal_places=2, default="0.80")
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    """When forecasts really ended: closed by hand, or `closes_at`."""
    outcome_on = models.DateField()
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.DRAFT)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=300)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("closes_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["year", "title"], name="forecasts_question_once_a_year"),
            models.CheckConstraint(condition=Q(coverage__gt=0, coverage__lt=1), name="forecasts_coverage_is_a_chance"),
        ]
        indexes = [models.Index(fields=["year", "state", "closes_at"], name="forecasts_questions_of_year")]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        """When forecasts really ended, or will."""
        return self.closed_at or self.closes_at


class AdditionKind(models.TextChoices):
    """What was still changed once somebody had forecast."""

    BACKGROUND = "background", _("Bổ sung bối cảnh")
    CLOSING = "closing", _("Đóng nhận dự báo sớm hơn")
    CLOSED = "closed", _("Đóng nhận dự báo")


class Addition(models.Model):
    """More background, or why forecasts end earlier. What was asked, and how it is decided, stays as forecasters read it."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="additions")
    kind = models.CharField(max_length=12, choices=AdditionKind)
    text = models.TextField()
    closes_at = models.DateTimeField(null=True, blank=True)
    """Until when forecasts are taken since then; empty for background."""
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("added_at", "pk")


class Choice(models.Model):
    """A possible answer. A yes/no question has two: "Có" at 1, "Không" at 2; a number has none."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["question", "position"], name="forecasts_choice_once")]

    def __str__(self) -> str:
        return self.text


class Forecast(models.Model):
    """What a unit (`post` empty) or a post expected at a moment, and why. Rows are never changed: a new opinion is a new row, and
    the one that stood when the question closed counts most.

    `probabilities`: decimal strings by the position of the choice, summing to 1; empty for numbers, which have `low` and `high`.
    `made_by` serves the rule that forecasters do not decide the outcome; pages name the unit or the post.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="forecasts")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    probabilities = models.JSONField(default=list, blank=True)
    low = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("made_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True) | Q(high__gte=F("low")), name="forecasts_interval_has_extent"
            )
        ]
        indexes = [models.Index(fields=["question", "unit", "post", "made_at"], name="forecasts_of_forecaster")]


class Resolution(models.Model):
    """How a question came out, by the way that was set, and from what. The newest of a question counts; `void`: it cannot be
    decided, and nobody's forecast is scored."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="resolutions")
    number = models.PositiveSmallIntegerField()
    choice = models.ForeignKey(Choice, models.PROTECT, null=True, blank=True, related_name="+")
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    void = models.BooleanField(default=False)
    basis = models.TextField()
    resolved_at = models.DateTimeField()
    resolved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    resolved_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="forecasts_resolution_numbered"),
            models.CheckConstraint(
                condition=Q(void=True, choice__isnull=True, value__isnull=True)
                | Q(void=False, choice__isnull=False, value__isnull=True)
                | Q(void=False, choice__isnull=True, value__isnull=False),
                name="forecasts_resolution_says_one_thing",
            ),
        ]


class Dispute(models.Model):
    """A unit says that a question was decided wrongly. `upheld` empty: not yet answered."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="disputes")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.TextField()
    raised_at = models.DateTimeField()
    raised_by_name = models.CharField(max_length=300)
    upheld = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["resolution", "unit"], name="forecasts_one_dispute_a_unit")]
