"""Organisations: the tree in which posts stand (ADR 0003 says why they live beside posts)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.kernel.text import sort_key


class OrganisationKind(models.TextChoices):
    """What an organisation is; the article names police, military, hospital, agencies, university, companies."""

    PARTY_BODY = "party_body", _("Cơ quan Đảng")
    PARTY_COMMITTEE = "party_committee", _("Đảng ủy")
    AGENCY = "agency", _("Cơ quan nhà nước")
    POLICE = "police", _("Công an")
    MILITARY = "military", _("Quân đội")
    HOSPITAL = "hospital", _("Bệnh viện")
    UNIVERSITY = "university", _("Trường đại học")
    COMPANY = "company", _("Doanh nghiệp")
    ASSOCIATION = "association", _("Đoàn thể, hội")
    OTHER = "other", _("Khác")


class Organisation(models.Model):
    """A body or unit. `name_vi` is the name in force; former names are in `OrganisationName`."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=20, choices=OrganisationKind, default=OrganisationKind.OTHER)
    slug = models.SlugField(max_length=120, unique=True)
    name_vi = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    short_name = models.CharField(max_length=120, blank=True)
    folded = models.TextField(blank=True, editable=False)
    """The names through kernel.text.fold, for search; the actions keep it."""

    def __str__(self) -> str:
        return self.name_vi

    @property
    def short(self) -> str:
        """The short name where there is one, for narrow places."""
        return self.short_name or self.name_vi

    @property
    def order(self) -> tuple:
        """Key for Vietnamese order by name."""
        return sort_key(self.name_vi)


class OrganisationName(models.Model):
    """A name an organisation bore until a day, and the decision that changed it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_names")
    name_vi = models.CharField(max_length=300)
    until = models.DateField()
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-until",)
