"""What this slice shows on pages of the slices below."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Tab, Work
from thidua.rapporteurs.queries.assessment_work import assessment_work
from thidua.rapporteurs.queries.corps_work import corps_work
from thidua.rapporteurs.queries.feedback_list import feedback_work
from thidua.rapporteurs.queries.round_work import rounds_work
from thidua.rapporteurs.queries.speaker_work import speaker_work
from thidua.rapporteurs.queries.talks import talks_work
from thidua.rapporteurs.queries.topics import topics_work


def tabs(actor: Actor, year: ClusterYear) -> list[Tab]:
    """The corps, for everyone who sees the year. No query."""
    address = reverse("rapporteurs:corps", args=[year.cluster.slug, year.year])
    return [Tab("rapporteurs", _("Báo cáo viên"), address)]


def work(actor: Actor, now: datetime) -> list[Work]:
    """What waits for this person, part by part: at most two queries and ten rows each."""
    parts = [corps_work, rounds_work, talks_work, speaker_work, feedback_work, topics_work, assessment_work]
    return [row for part in parts for row in part(actor, now)]
