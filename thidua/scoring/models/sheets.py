"""Sheets and their lines, what proves them, who keeps which rows, what was submitted and what came back filled in offline."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.criteria.models import CriteriaVersion
from thidua.files.models import StoredFile
from thidua.people.models import Organisation, Person
from thidua.scoring import rules

FIGURES = ("points", "actual", "target", "count", "grade", "days_late", "passed")
"""The columns of a line that say what was achieved or granted; `assigned` says whether the criterion concerns the unit at all."""


LONGEST_CODE = 64
"""Letters of a criterion's code, as in the criteria."""
LONGEST_KIND = 20
"""Letters of a kind of source: "study", "programme"."""


def new_stamp() -> str:
    """A name no other state of any sheet will ever have: see ScoreSheet.stamp."""
    return uuid.uuid4().hex


class SheetStatus(models.TextChoices):
    """Where a unit's sheet stands. Withheld: the unit is out of the ranking by decision of the head, with a reason."""

    DRAFTING = "drafting", _("Đang chấm")
    SUBMITTED = "submitted", _("Đã nộp")
    WITHHELD = "withheld", _("Không xếp hạng")


class ScoreSheet(models.Model):
    """One unit's scores for a year, against the version of the criteria that was in force when it was opened.

    `stamp` changes with every write to the sheet or anything below it. What is computed from a stamp therefore never changes,
    and may be kept in memory under it without ever being out of date.
    """

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.ForeignKey(CriteriaVersion, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=SheetStatus, default=SheetStatus.DRAFTING)
    stamp = models.CharField(max_length=32, unique=True, default=new_stamp)
    opened_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by_name = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by_name = models.CharField(max_length=300, blank=True)
    excluded_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "unit"], name="scoring_one_sheet_a_unit"),
            models.CheckConstraint(
                condition=~Q(status=SheetStatus.SUBMITTED) | Q(submitted_at__isnull=False), name="scoring_submitted_has_moment"
            ),
            models.CheckConstraint(
                condition=~Q(status=SheetStatus.WITHHELD) | ~Q(excluded_reason=""), name="scoring_withheld_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True) | Q(submitted_at__isnull=False), name="scoring_checked_was_submitted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.year}"


class Figures(models.Model):
    """What stands in one line, in the columns of the scores table (commands.md); empty where not used.

    SQLite keeps 15 digits: points have 6 decimals, figures of indicators 3, and what does not fit is refused, never rounded.
    """

    points = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)
    actual = models.DecimalField(max_digits=15, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(max_digits=15, decimal_places=3, null=True, blank=True)
    count = models.DecimalField(max_digits=15, decimal_places=3, null=True, blank=True)
    grade = models.CharField(max_length=LONGEST_CODE, blank=True)
    days_late = models.DecimalField(max_digits=15, decimal_places=3, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        abstract = True

    def figures(self) -> dict[str, Decimal | str | bool | None]:
        """The figures by column, decimals in their shortest form (`4.5`, not `4.500000`)."""
        return {name: _short(getattr(self, name)) for name in FIGURES}


def _short(value: Decimal | str | bool | None) -> Decimal | str | bool | None:
    if not isinstance(value, Decimal):
        return value
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


class ScoreLine(Figures):
    """What a unit says of one criterion. `revision` grows with every save: two people who change it at once are told."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="lines")
    code = models.CharField(max_length=LONGEST_CODE)
    assigned = models.BooleanField(default=True)
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_by_name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "code"], name="scoring_one_line_a_criterion")]

    def as_rule(self, unit: str = "") -> rules.ScoreLine:
        """The line as the pure rules read it."""
        return rules.ScoreLine(code=self.code, unit=unit, assigned=self.assigned, **self.figures())


class LineSave(Figures):
    """What one save of a line put there. Rows are only ever added: a writer who looked at an older revision is merged with
    what came since, cell by cell, and a line tells who changed it when."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="saves")
    code = models.CharField(max_length=LONGEST_CODE)
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["sheet", "code", "revision"], name="scoring_save_once_a_revision")]


class Evidence(models.Model):
    """A file that proves a line. `sheet` and `code` name the line, which need not be scored yet."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="evidence")
    code = models.CharField(max_length=LONGEST_CODE)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["sheet", "code"], name="scoring_evidence_of_line")]


class Citation(models.Model):
    """Something the unit has recorded (a task, an indicator, an approved programme, a study session, a submitted report) that
    proves a line, beside the files of `Evidence`.

    It belongs to the unit and the criterion, not to a sheet: what is done in March is cited in March, when there is no sheet yet.
    `kind` and `source` name a row of a slice below (queries.citables knows which); the rest is what that row said at that
    moment, and stays readable whatever becomes of it.
    """

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(max_length=LONGEST_CODE)
    kind = models.CharField(max_length=LONGEST_KIND)
    source = models.PositiveBigIntegerField()
    title = models.TextField()
    words = models.TextField(blank=True)
    day = models.DateField(null=True, blank=True)
    url = models.TextField()
    cited_at = models.DateTimeField()
    cited_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["year", "unit", "code", "kind", "source"], name="scoring_source_cited_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"


class RowKeeper(models.Model):
    """Within its unit a person fills in the rows at and below a code: what "mine" shows on the sheet. It is no limit: every
    officer of the unit may still write every row."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(max_length=LONGEST_CODE)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["year", "unit", "code", "person"], name="scoring_keeper_once_a_row")]


class SheetSnapshot(models.Model):
    """What a sheet said when its leader submitted it, for good: `content` holds rows, figures, points, reasons and the SHA-256 of
    each file; `digest` is the SHA-256 that the submission announced in the journal.

    `ended_at` and `ended_why`: taken back by the leader or returned by the head, so that a later submission replaces it.
    """

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=6)
    maximum = models.DecimalField(max_digits=14, decimal_places=6)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=300, blank=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="scoring_snapshot_number_once")]


class SheetUpload(models.Model):
    """A unit's sheet filled in offline and sent back: read and checked first, taken in when its sender says so, all or nothing.

    `rows` are the lines as read, `before` what stood there when they were taken in, so that it can be undone while nobody has
    changed the sheet since (`after` is its stamp then).
    """

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="uploads")
    source_name = models.CharField(max_length=255)
    rows = models.JSONField()
    base = models.CharField(max_length=32)
    """The sheet's stamp at the dry run."""
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    before = models.JSONField(null=True)
    after = models.CharField(max_length=32, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
