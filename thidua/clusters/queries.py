"""Reads for the pages of clusters."""

from dataclasses import dataclass
from datetime import date

from thidua.clusters.access import years_visible_to
from thidua.clusters.models import ClusterYear, RotationPlace, StageChoice, StageDates
from thidua.clusters.rules import STAGES, Stage, place, proposed_head
from thidua.kernel import ports
from thidua.kernel.actor import Actor
from thidua.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the line of the year. `state`: done, now or later."""

    stage: Stage
    title: object
    state: str
    starts_on: date | None
    due_on: date | None
    days_left: int | None


def members(year: ClusterYear) -> list[Organisation]:
    """The member units in the order of the papers. One query."""
    return [m.organisation for m in year.memberships.select_related("organisation").order_by("position")]


def line_of_stages(year: ClusterYear, today: date) -> list[Step]:
    """The nine stages with their dates. One query."""
    dates = {row.stage: row for row in StageDates.objects.filter(year=year)}
    steps = []
    for stage in STAGES:
        row = dates.get(stage)
        state = "now" if stage == year.stage else "done" if place(stage) < place(year.stage) else "later"
        due = row.due_on if row else None
        left = (due - today).days if due and state == "now" else None
        steps.append(Step(stage, StageChoice(stage).label, state, row.starts_on if row else None, due, left))
    return steps


def due_on(year: ClusterYear, stage: Stage) -> date | None:
    """By when the work of a stage is due, if the head has said so. One query."""
    return StageDates.objects.filter(year=year, stage=stage).values_list("due_on", flat=True).first()


def missing_before(year: ClusterYear, stage: Stage) -> list[ports.Missing]:
    """What every slice says is missing before the year may enter the stage."""
    return [gap for check in ports.STAGE_CHECKS.get(stage, ()) for gap in check(year)]


def next_head(year: ClusterYear) -> Organisation | None:
    """Who the rotation proposes as head after this year. Three queries at most."""
    rotation = list(RotationPlace.objects.filter(cluster=year.cluster_id).values_list("organisation_id", flat=True))
    found = proposed_head(rotation, [unit.pk for unit in members(year)], year.head_id)
    return Organisation.objects.filter(pk=found).first() if found else None


def years_for(actor: Actor) -> list[ClusterYear]:
    """Years that the actor may see, newest first, by cluster."""
    return sorted(years_visible_to(actor), key=lambda y: (-y.year, y.cluster.name_vi))


def frame_of(actor: Actor, year: ClusterYear, tab: str) -> dict[str, object]:
    """What every page of a year gives to web/year.html: the year, its tabs and which one is open."""
    return {"year": year, "tabs": [entry for offer in ports.TABS for entry in offer(actor, year)], "tab_key": tab}
