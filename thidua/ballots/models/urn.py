"""The urn: what was cast. It knows nothing of any voter, and no time."""

from django.db import models

from thidua.ballots.models.poll import Poll


class UrnBallot(models.Model):
    """One ballot: a choice for each item, in the order of the items. The key is drawn at random, never counted up."""

    id = models.BigIntegerField(primary_key=True)
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="urn")
    choices = models.JSONField()

    class Meta:
        ordering = ("id",)
