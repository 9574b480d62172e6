"""What this slice shows on pages below it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Tab, Work


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """Forecasts and digests, for everyone who sees the year. No query."""
    return [Tab("forecasts", _("Dự báo, dư luận"), reverse("forecasts:questions", args=[year.cluster.slug, year.year]))]


def question_work(actor: Actor, now: datetime) -> list[Work]:
    """Questions that wait for this person."""
    return []
