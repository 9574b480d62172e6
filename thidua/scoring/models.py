"""Tables of scoring: sheets and their lines, what proves them, who appraises whom, and what the appraisers found."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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


class Judgement(models.TextChoices):
    """What an appraiser said of a line."""

    UNCONFIRMED = "unconfirmed", _("Chưa thẩm định")
    CONFIRMED = "confirmed", pgettext_lazy("check", "Đồng ý")
    CHANGED = "changed", _("Thay đổi")


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


class ConflictKind(models.TextChoices):
    """Why someone should not judge a unit."""

    SAME_PERSON = "same_person", _("Cùng một người giữ vị trí ở cả hai nơi")
    SAME_PARENT = "same_parent", _("Cùng cơ quan quản lý trực tiếp")
    KINSHIP = "kinship", _("Quan hệ gia đình đã khai")
    INTEREST = "interest", _("Lợi ích khác đã khai")


class ConflictState(models.TextChoices):
    """A proposal of the system waits for the head's word; what a person declares stands at once, until the head dismisses it
    with a reason."""

    PROPOSED = "proposed", _("Phần mềm đề nghị xem xét")
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


class StoredStanding(models.Model):
    """A unit's verified total and place as last computed: kept so that a country's ranks are read, not computed, and so that a
    correction can say whom it moved. `key` names the state of the year's sheets that it was computed from.

    Points are whole billionths, as they are settled for the comparison (thidua.kernel.points): no database rounds those."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    total = models.BigIntegerField()
    maximum = models.BigIntegerField()
    percent = models.BigIntegerField(null=True)
    rank = models.PositiveIntegerField(null=True)
    tied = models.BooleanField(default=False)
    key = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ("rank", "pk")
        constraints = [models.UniqueConstraint(fields=["year", "unit"], name="scoring_one_standing_a_unit")]


class Recomputation(models.Model):
    """One run that computes the standings of one cluster year or of all that are open anew, in the background; its progress."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="+", null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=300)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    years = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    cells = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ("-pk",)
