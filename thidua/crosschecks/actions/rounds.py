"""Writes of a round as a whole: made, changed, drawn, opened, closed, opened again, discarded."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from thidua.audit.actions import publish
from thidua.clusters.access import member_ids, require_stage
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.crosschecks import events
from thidua.crosschecks.access import require_may_arrange, require_state
from thidua.crosschecks.models import CheckRound, CheckTask, Mode, RoundState
from thidua.crosschecks.queries.rounds import barred_slugs, tasks_in_conflict, units_to_check
from thidua.crosschecks.rules.assignment import assign
from thidua.crosschecks.rules.plan import LARGEST_SEED, RoundPlan
from thidua.kernel.actor import Actor, who
from thidua.kernel.errors import Refused
from thidua.scoring.actions.guard import checked_reason

STAGES = (Stage.CROSS_CHECKING, Stage.SELF_SCORING)
"""When rounds are arranged; they are opened in the first of these only."""


def lock_round(check: CheckRound) -> CheckRound:
    """The round's row, locked until the end of the transaction, with its year."""
    related = ("year__cluster", "year__head")
    return CheckRound.objects.select_for_update(of=("self",)).select_related(*related).get(pk=check.pk)


@transaction.atomic
def make_round(*, year: ClusterYear, plan: RoundPlan, actor: Actor, now: datetime) -> CheckRound:
    """The head begins to arrange a round; nobody else sees it yet. Refuses a second one beside one that is not settled
    (crosschecks.round_running), and a plan that asks for more checks than there are other units."""
    by = require_may_arrange(actor, year)
    require_stage(year, *STAGES)
    _check(plan, year)
    ClusterYear.objects.select_for_update().get(pk=year.pk)
    kept = CheckRound.objects.filter(year=year)
    if (running := kept.exclude(state=RoundState.SETTLED).first()) is not None:
        raise Refused("crosschecks.round_running", title=running.title)
    number = (kept.aggregate(last=Max("number"))["last"] or 0) + 1
    made = CheckRound.objects.create(year=year, number=number, made_at=now, made_by_name=who(by), **plan.values())
    publish(events.CheckRoundMade(*_names(made), plan.mode), by, now=now)
    return made


@transaction.atomic
def edit_round(*, check: CheckRound, plan: RoundPlan, actor: Actor, now: datetime) -> None:
    """Change what is arranged. Once the round is open only its title and due day: how marks are seen and become one value was
    promised to those who mark (crosschecks.rules_fixed). Another mode takes back who checks whom."""
    locked = lock_round(check)
    by = require_may_arrange(actor, locked.year)
    require_stage(locked.year, *STAGES)
    require_state(locked, RoundState.DRAFT, RoundState.OPEN)
    _check(plan, locked.year)
    if locked.state == RoundState.OPEN and plan.fixed() != RoundPlan.of(locked).fixed():
        raise Refused("crosschecks.rules_fixed")
    if plan.mode != locked.mode:
        locked.tasks.all().delete()
    _touch(locked, **plan.values())
    publish(events.CheckRoundChanged(*_names(locked)), by, now=now)


@transaction.atomic
def draw_checks(*, check: CheckRound, seed: int, actor: Actor, now: datetime) -> None:
    """Draw who checks whom by the seed, in the place of what was drawn or given by hand before. Units out of the ranking
    have no part. Refuses rounds of other modes
    (crosschecks.not_pairwise), and conflicts that leave units with too few partners (crosschecks.too_few_partners)."""
    locked = lock_round(check)
    by = require_may_arrange(actor, locked.year)
    require_stage(locked.year, *STAGES)
    require_state(locked, RoundState.DRAFT)
    if locked.mode != Mode.PAIRWISE:
        raise Refused("crosschecks.not_pairwise")
    if not 1 <= seed <= LARGEST_SEED:
        raise Refused("crosschecks.seed_out_of_range", field="seed", most=LARGEST_SEED)
    units = {unit.slug: unit for unit in units_to_check(locked.year)}
    try:
        pairs = assign(units, locked.per_unit, seed, barred_slugs(locked.year))
    except Refused as refused:
        names = [units[slug].short for slug in refused.facts.get("units", ())]
        raise Refused(refused.code, **{**refused.facts, "units": names, "field": "seed"}) from None
    locked.tasks.all().delete()
    CheckTask.objects.bulk_create(CheckTask(round=locked, checker=units[c], unit=units[u]) for c, u in pairs)
    _touch(locked, seed=seed, draws=locked.draws + 1)
    publish(events.ChecksDrawn(*_names(locked), seed, locked.per_unit, len(pairs)), by, now=now)


@transaction.atomic
def open_round(*, check: CheckRound, actor: Actor, now: datetime) -> None:
    """From now on those who were given units mark. Refuses units that nobody checks (crosschecks.units_without_checker) and
    tasks that a conflict of interest bars (crosschecks.tasks_in_conflict)."""
    locked = lock_round(check)
    by = require_may_arrange(actor, locked.year)
    require_stage(locked.year, Stage.CROSS_CHECKING)
    require_state(locked, RoundState.DRAFT)
    tasks = list(locked.tasks.select_related("unit", "checker", "person"))
    checked = {task.unit_id for task in tasks}
    if bare := [unit.short for unit in units_to_check(locked.year) if unit.pk not in checked]:
        raise Refused("crosschecks.units_without_checker", units=bare)
    if barred := tasks_in_conflict(locked.year, tasks, now):
        raise Refused("crosschecks.tasks_in_conflict", tasks=[str(task) for task in tasks if task.pk in barred])
    _touch(locked, state=RoundState.OPEN, opened_at=now)
    publish(events.CheckRoundOpened(*_names(locked), len(tasks)), by, now=now)


@transaction.atomic
def close_round(*, check: CheckRound, reason: str = "", actor: Actor, now: datetime) -> None:
    """No more marks; everybody who sees the round sees them all. Who has not finished simply gave fewer marks: to close before
    they have takes a reason, which everybody reads (scoring.reason_too_short)."""
    locked = lock_round(check)
    by = require_may_arrange(actor, locked.year)
    require_stage(locked.year, Stage.CROSS_CHECKING)
    require_state(locked, RoundState.OPEN)
    unfinished = locked.tasks.filter(done_at=None).count()
    words = checked_reason(reason, required=unfinished > 0)
    _touch(locked, state=RoundState.CLOSED, closed_at=now, closed_why=words)
    publish(events.CheckRoundClosed(*_names(locked), unfinished, words), by, now=now)


@transaction.atomic
def reopen_round(*, check: CheckRound, reason: str, actor: Actor, now: datetime) -> None:
    """Take marks again in a closed round, with a reason: what was shown at the closing stays known."""
    locked = lock_round(check)
    by = require_may_arrange(actor, locked.year)
    require_stage(locked.year, Stage.CROSS_CHECKING)
    require_state(locked, RoundState.CLOSED)
    words = checked_reason(reason)
    _touch(locked, state=RoundState.OPEN, closed_at=None, closed_why="")
    publish(events.CheckRoundReopened(*_names(locked), words), by, now=now)


@transaction.atomic
def discard_round(*, check: CheckRound, actor: Actor, now: datetime) -> None:
    """Give up a round that was never opened."""
    locked = lock_round(check)
    by = require_may_arrange(actor, locked.year)
    require_stage(locked.year, *STAGES)
    require_state(locked, RoundState.DRAFT)
    fact = events.CheckRoundDiscarded(*_names(locked))
    locked.delete()
    publish(fact, by, now=now)


def _check(plan: RoundPlan, year: ClusterYear) -> None:
    most = len(member_ids(year)) - 1
    if plan.mode == Mode.PAIRWISE and not 1 <= plan.per_unit <= most:
        raise Refused("crosschecks.each_out_of_range", field="per_unit", most=most)


def _touch(check: CheckRound, **values: object) -> None:
    for name, value in {**values, "revision": check.revision + 1}.items():
        setattr(check, name, value)
    check.save(update_fields=[*values, "revision"])


def _names(check: CheckRound) -> tuple[int, int, int, str]:
    return check.year_id, check.pk, check.number, check.title
