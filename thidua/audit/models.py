"""The journal: one row per announced fact, each hashed with the one before. Rows are only ever added."""

from django.conf import settings
from django.db import models


class JournalEntry(models.Model):
    """Who did what when, and by whose power. `facts` is canonical JSON; `digest` covers all other columns."""

    position = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    person_name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=300, blank=True)
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    on_behalf_of_name = models.CharField(max_length=200, blank=True)
    event = models.CharField(max_length=100, db_index=True)
    facts = models.TextField()
    year_id = models.BigIntegerField(null=True, db_index=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("position",)


class JournalHead(models.Model):
    """The single row that says where the chain ends; locked while a row is added, so the chain never forks."""

    position = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
