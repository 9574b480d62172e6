"""The way of a document to the units within a year: sent, received, studied. Counts only, never a person."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.directives.models.register import Directive
from thidua.people.models import Organisation


class DueAction(models.TextChoices):
    """What a unit is asked to do with a document."""

    NOTE = "note", _("Để biết")
    STUDY = "study", _("Học tập, quán triệt")
    PROGRAMME = "programme", _("Xây dựng chương trình hành động")
    REPORT = "report", _("Thực hiện và báo cáo")


class Distribution(models.Model):
    """A document sent to a unit in a year, with what is to be done by when; the unit confirms that it has it."""

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="distributions")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    due_action = models.CharField(max_length=10, choices=DueAction, default=DueAction.STUDY)
    due_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField()
    sent_by_name = models.CharField(max_length=300)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "directive", "unit"], name="directives_sent_once_a_year")]
        indexes = [models.Index(fields=["year", "unit", "received_at"], name="directives_waiting_of_unit")]


class UnitSize(models.Model):
    """How many members of the Party a unit has in a year: the base of the share reached."""

    year = models.ForeignKey(ClusterYear, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    members = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    entered_by_name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "unit"], name="directives_one_size_a_unit")]


class StudyForm(models.TextChoices):
    """How a session is held."""

    IN_PERSON = "in_person", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    MIXED = "mixed", _("Trực tiếp kết hợp trực tuyến")
    OWN_READING = "own_reading", _("Tự nghiên cứu")


class StudySession(models.Model):
    """A session in which a unit studies one or several documents (học tập, quán triệt)."""

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    directives = models.ManyToManyField(Directive, related_name="study_sessions")
    held_on = models.DateField()
    form = models.CharField(max_length=12, choices=StudyForm, default=StudyForm.IN_PERSON)
    speaker = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("-held_on", "-pk")
        indexes = [models.Index(fields=["year", "unit", "held_on"], name="directives_sessions_of_unit")]


class Audience(models.TextChoices):
    """The groups in which attendance is counted."""

    MEMBERS = "members", _("Đảng viên")
    OFFICERS = "officers", _("Cán bộ, công chức, viên chức")
    WORKERS = "workers", _("Người lao động, chiến sĩ")
    YOUTH = "youth", _("Đoàn viên, hội viên")
    OTHERS = "others", _("Đối tượng khác")


class StudyCount(models.Model):
    """How many of a group were invited to a session and how many came."""

    session = models.ForeignKey(StudySession, models.CASCADE, related_name="counts")
    audience = models.CharField(max_length=10, choices=Audience)
    invited = models.PositiveIntegerField()
    attended = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "audience"], name="directives_one_count_a_group"),
            models.CheckConstraint(condition=Q(attended__lte=F("invited")), name="directives_attended_were_invited"),
        ]
