"""Tables of news: articles and their photos."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.files.models import StoredFile
from thidua.news.rules.articles import LEAD_LENGTH, TITLE_LENGTH
from thidua.news.rules.markup import beginning, to_html
from thidua.news.sentences import WEEKDAYS
from thidua.people.models import Organisation


class Status(models.TextChoices):
    """Where an article stands."""

    DRAFT = "draft", _("Bản nháp")
    PUBLISHED = "published", _("Đang đăng")
    WITHDRAWN = "withdrawn", _("Đã gỡ")


class Article(models.Model):
    """A piece of news that the editor of an organisation writes, about a cluster year or about none.

    `folded` is what a search looks into; `revision` counts the changes, so that two editors do not undo each other.
    """

    year = models.ForeignKey(ClusterYear, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=TITLE_LENGTH)
    lead = models.CharField(max_length=LEAD_LENGTH, blank=True)
    text = models.TextField(blank=True)
    byline = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_note = models.TextField(blank=True)
    illustrative = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    folded = models.TextField(editable=False)

    class Meta:
        ordering = ("-published_at", "-pk")
        indexes = [models.Index(fields=["status", "-published_at"], name="news_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False), name="news_published_has_its_time"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page for readers."""
        return reverse("news:article", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether readers see it now."""
        return self.status == Status.PUBLISHED

    @property
    def html(self) -> SafeString:
        """The text for the page: made by `rules.markup.to_html`, which escapes everything."""
        return mark_safe(to_html(self.text))

    @property
    def summary(self) -> str:
        """The lead, or else how the text begins; for lists and link previews."""
        return self.lead or beginning(self.text, 200)

    @property
    def updated_words(self) -> str:
        """ "Thứ sáu 26-11-2021 14:21", in local time."""
        return moment_in_words(self.updated_at)

    @property
    def first_photo(self) -> "Photo | None":
        """The photo that stands for the article in lists."""
        return next(iter(self.photos.all()), None)


class Photo(models.Model):
    """A photo of an article. There is none without words for those who cannot see it."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = models.CharField(max_length=500, blank=True)
    alt = models.CharField(max_length=500)
    credit = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.CheckConstraint(condition=~Q(alt=""), name="news_photo_has_alt")]

    def __str__(self) -> str:
        return self.caption or self.alt


def moment_in_words(moment: datetime) -> str:
    """Weekday, day and time in local time: "Thứ sáu 26-11-2021 14:21"."""
    local = localtime(moment)
    return f"{WEEKDAYS[local.weekday()]} {local:%d-%m-%Y %H:%M}"
