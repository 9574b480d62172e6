"""What every write to topics and talks begins with: the row locked, the body still in the year, the year open."""

from thidua.clusters.models import ClusterYear
from thidua.kernel.errors import Absent, Refused
from thidua.people.models import Organisation
from thidua.rapporteurs.access import unit_ids
from thidua.rapporteurs.models import Talk, Topic


def lock_year(year: ClusterYear) -> ClusterYear:
    """The year's row, locked: titles and places of its topics are given one at a time."""
    return ClusterYear.objects.select_for_update(of=("self",)).select_related("cluster", "head").get(pk=year.pk)


def lock_topic(topic: Topic) -> Topic:
    """The topic's row, locked, with its year. Absent when someone took it out a moment ago."""
    topics = Topic.objects.select_for_update(of=("self",)).select_related("year__cluster", "year__head", "proposed_by")
    found = topics.filter(pk=topic.pk).first()
    if found is None:
        raise Absent
    return found


def lock_talk(talk: Talk) -> Talk:
    """The talk's row, locked, with its year, unit and speaker. Absent when someone took it out a moment ago."""
    talks = Talk.objects.select_for_update(of=("self",)).select_related("year__cluster", "year__head", "unit", "speaker__unit")
    found = talks.filter(pk=talk.pk).first()
    if found is None:
        raise Absent
    return found


def require_member(year: ClusterYear, unit: Organisation) -> None:
    """Refuses a body that is in the year no more (rapporteurs.unit_left)."""
    if unit.pk not in unit_ids(year):
        raise Refused("rapporteurs.unit_left", unit=unit.name_vi)
