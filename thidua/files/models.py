"""Stored files: evidence, photos, scans. The content is named by its checksum."""

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """A file as it was uploaded. `sha256` is of the content; `name` is what the person called it."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    content = models.FileField(upload_to="files/%Y/", max_length=300)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
