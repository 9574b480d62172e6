"""What listeners answer, as counters from the first answer on: no row of this module is one person's answers (ADR 0008)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.rapporteurs.models.talks import Talk


class FeedbackQuestion(models.TextChoices):
    """The five questions, each answered 1 (not at all) to 5 (fully). The last one is the whole of it: assessment uses it."""

    CLEAR = "clear", _("Nội dung rõ ràng, dễ hiểu")
    RELEVANT = "relevant", _("Gắn với thực tế đơn vị")
    DELIVERY = "delivery", _("Cách trình bày lôi cuốn")
    TIME = "time", _("Thời lượng hợp lý, có dành thời gian trao đổi")
    USEFUL = "useful", _("Nhìn chung, buổi này có ích cho tôi")


class FeedbackForm(models.Model):
    """The form of one talk, behind a QR code. `answers` counts the sheets; results show once it is closed, from 10 on."""

    talk = models.OneToOneField(Talk, models.CASCADE, related_name="feedback")
    code = models.CharField(max_length=20, unique=True)
    opened_at = models.DateTimeField()
    opened_by_name = models.CharField(max_length=700)
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=700, blank=True)
    """Who closed it before its time; empty while it is open, and when its time had come."""
    answers = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    """Grows when remarks are moderated, so that two moderators do not undo each other unseen."""

    class Meta:
        indexes = [models.Index(fields=["closed_at", "closes_at"], name="rapporteurs_forms_to_close")]

    @property
    def closed_early(self) -> bool:
        """Whether somebody closed it before its time."""
        return self.closed_at is not None and self.closed_at < self.closes_at


class FeedbackCount(models.Model):
    """How many sheets gave this answer to this question."""

    form = models.ForeignKey(FeedbackForm, models.CASCADE, related_name="counts")
    question = models.CharField(max_length=10, choices=FeedbackQuestion)
    answer = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "question", "answer"], name="rapporteurs_one_counter_an_answer"),
            models.CheckConstraint(condition=Q(answer__gte=1, answer__lte=5), name="rapporteurs_answer_is_1_to_5"),
        ]


class FeedbackTicket(models.Model):
    """A phone that has answered this form: a keyed digest of a random number in its cookie, no time, no address, no answer.
    Removed when the form is closed. The key is random, so that the order of rows says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(FeedbackForm, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "digest"], name="rapporteurs_a_phone_answers_once")]


class RemarkState(models.TextChoices):
    """Whether a remark may be read."""

    WAITING = "waiting", _("Chờ duyệt")
    SHOWN = "shown", _("Cho hiện")
    HIDDEN = "hidden", _("Không cho hiện")


class FeedbackRemark(models.Model):
    """Free words of a listener, read by the moderator before anyone else. Knows its talk and nothing finer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(FeedbackForm, models.CASCADE, related_name="remarks")
    text = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=RemarkState, default=RemarkState.WAITING)
    moderated_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
