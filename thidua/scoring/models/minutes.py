"""The table of the score minutes: what no other table knows about the session at which a unit's check was closed."""

from django.db import models

from thidua.scoring.models.sheets import ScoreSheet


class ScoreMinutes(models.Model):
    """The session that a unit's score minutes record: when and where, who sat on both sides, what the unit said, who signs.

    Points, reasons and bonuses are those of the sheet's finished check; `digest` is that of the check when the minutes were
    written: minutes of a check that was opened again and changed are not printed before somebody has looked at them anew.
    """

    sheet = models.OneToOneField(ScoreSheet, models.CASCADE, related_name="minutes")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    checkers = models.TextField()
    """People of the checking side, one a line, with their posts."""
    unit_people = models.TextField()
    """People of the unit, one a line, with their posts."""
    opinion = models.TextField()
    copies = models.PositiveSmallIntegerField()
    kept_by = models.TextField()
    """Who keeps a copy, one a line."""
    chair = models.CharField(max_length=200)
    secretary = models.CharField(max_length=200)
    signer = models.CharField(max_length=200)
    """Who signs for the unit."""
    digest = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    written_by_name = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ended_at__gt=models.F("begun_at")), name="scoring_minutes_end_after_begin"),
            models.CheckConstraint(condition=models.Q(copies__gte=1), name="scoring_minutes_have_copies"),
        ]
