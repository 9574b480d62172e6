"""Tables of the conference, its minutes, and the hand-over of the head's office."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.conference.rules import Quorum, quorum
from thidua.people.models import Organisation


class ConferenceStatus(models.TextChoices):
    """A conference goes through these once."""

    PLANNED = "planned", _("Đã lên kế hoạch")
    IN_SESSION = "in_session", _("Đang họp")
    ENDED = "ended", _("Đã kết thúc")


class Conference(models.Model):
    """The closing conference of a cluster year. Chair and secretary are named by post."""

    year = models.OneToOneField(ClusterYear, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    chair = models.CharField(max_length=300)
    secretary = models.CharField(max_length=300)
    quorum_numerator = models.PositiveSmallIntegerField(default=2)
    quorum_denominator = models.PositiveSmallIntegerField(default=3)
    status = models.CharField(max_length=10, choices=ConferenceStatus, default=ConferenceStatus.PLANNED)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_numerator__gte=1, quorum_numerator__lte=F("quorum_denominator")),
                name="conference_quorum_is_a_fraction",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}"

    @property
    def in_session(self) -> bool:
        """Whether it is on now."""
        return self.status == ConferenceStatus.IN_SESSION

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.status == ConferenceStatus.ENDED

    def quorum(self, present: int, voters: int) -> Quorum:
        """The quorum by the fraction that the cluster has set."""
        return quorum(present, voters, self.quorum_numerator, self.quorum_denominator)


class AgendaItem(models.Model):
    """A point of the agenda, and what was said and agreed about it."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ("position", "pk")


class Delegate(models.Model):
    """Someone called to the conference, named by post. Whoever has the vote has an account to vote with."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="delegates")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=200)
    seat = models.PositiveSmallIntegerField()
    may_vote = models.BooleanField(default=False)
    present = models.BooleanField(default=False)

    class Meta:
        ordering = ("seat", "pk")
        constraints = [
            models.UniqueConstraint(fields=["conference", "person"], name="conference_called_once"),
            models.CheckConstraint(condition=Q(may_vote=False) | Q(person__isnull=False), name="conference_voter_has_account"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.unit}"


class Section(models.TextChoices):
    """The parts of the minutes, in their order."""

    ATTENDANCE = "attendance", "Thời gian, địa điểm, thành phần"
    AGENDA = "agenda", "Nội dung và diễn biến"
    RANKING = "ranking", "Kết quả chấm điểm, xếp hạng"
    POLLS = "polls", "Kết quả bỏ phiếu"
    NOMINATIONS = "nominations", "Suy tôn danh hiệu, khen thưởng"
    NEXT_HEAD = "next_head", "Cụm trưởng, cụm phó năm sau"
    HAND_OVER = "hand_over", "Bàn giao"
    CLOSING = "closing", "Kết thúc"


class MinutesRemark(models.Model):
    """What the secretary adds to one part of the minutes in free words."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="remarks")
    section = models.CharField(max_length=20, choices=Section)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conference", "section"], name="conference_one_remark_a_section")]


class Side(models.TextChoices):
    """Who hands over and who takes over."""

    OUTGOING = "outgoing", _("Bên giao")
    INCOMING = "incoming", _("Bên nhận")


class HandOver(models.Model):
    """The head's office passes from the head of one year to the head of the next.

    `facts` are frozen by the first signature (see queries.handover.facts_of for their shape); `journal_digest` is where the
    journal's chain ended when the last signature was given.
    """

    from_year = models.OneToOneField(ClusterYear, models.PROTECT, related_name="+")
    to_year = models.OneToOneField(ClusterYear, models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    drawn_up_at = models.DateTimeField()
    outgoing_signed_at = models.DateTimeField(null=True, blank=True)
    outgoing_signed_by = models.CharField(max_length=300, blank=True)
    incoming_signed_at = models.DateTimeField(null=True, blank=True)
    incoming_signed_by = models.CharField(max_length=300, blank=True)
    journal_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_year=F("to_year")), name="conference_hands_over_to_another_year")
        ]

    @property
    def is_frozen(self) -> bool:
        """Whether anyone has signed."""
        return self.outgoing_signed_at is not None or self.incoming_signed_at is not None

    @property
    def is_signed_off(self) -> bool:
        """Whether both have signed."""
        return self.outgoing_signed_at is not None and self.incoming_signed_at is not None

    def signature_of(self, side: str) -> tuple[object, str]:
        """When and by whom a side signed: (None, "") if it has not."""
        return getattr(self, f"{side}_signed_at"), getattr(self, f"{side}_signed_by")

    def head_of(self, side: str) -> Organisation:
        """The unit that signs for a side."""
        return self.from_year.head if side == Side.OUTGOING else self.to_year.head
