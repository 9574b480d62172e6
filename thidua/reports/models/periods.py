"""When reports are due and what they must say."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.clusters.models import Cluster, ClusterYear


class ItemKind(models.TextChoices):
    """What stands at an item of a report: a number, or words."""

    FIGURE = "figure", _("Số liệu")
    NARRATIVE = "narrative", pgettext_lazy("item", "Lời văn")


class Item(models.Model):
    """One thing that a report says. `source` is the key of what fills it in (queries.sources), empty when typed by hand."""

    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind, default=ItemKind.FIGURE)
    title = models.CharField(max_length=300)
    unit_of_measure = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=340, blank=True)
    hint = models.CharField(max_length=300, blank=True)
    required = models.BooleanField(default=True)

    class Meta:
        abstract = True
        ordering = ("position", "pk")


class Template(models.Model):
    """A set of items that a cluster uses again (mẫu báo cáo)."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["cluster", "title"], name="reports_template_once")]

    def __str__(self) -> str:
        return self.title


class TemplateItem(Item):
    """An item of a template."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="items")


class PeriodKind(models.TextChoices):
    """How long a report looks back."""

    MONTH = "month", _("Tháng")
    QUARTER = "quarter", _("Quý")
    MID_YEAR = "mid_year", _("6 tháng")
    YEAR = "year", _("Năm")
    AD_HOC = "ad_hoc", _("Đột xuất")


class ReportPeriod(models.Model):
    """A report asked of every unit: the days it covers, by when, who signs. Its items are a copy of the template's, so that a
    template changed later changes no report."""

    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=PeriodKind)
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    signer = models.CharField(max_length=200)
    instructions = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("ends_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["year", "title"], name="reports_period_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="reports_period_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.title


class PeriodItem(Item):
    """An item of a period."""

    period = models.ForeignKey(ReportPeriod, models.CASCADE, related_name="items")
