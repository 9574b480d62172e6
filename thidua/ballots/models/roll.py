"""The roll: who may vote in a poll and who has. It knows nothing of any ballot, and no time."""

from django.conf import settings
from django.db import models

from thidua.ballots.models.poll import Poll


class RollEntry(models.Model):
    """One voter of one poll."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="roll")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    has_voted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="ballots_once_on_the_roll")]
