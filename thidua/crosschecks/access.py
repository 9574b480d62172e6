"""Who arranges a round, who marks in it, who agrees on values and settles it."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import may, where_in
from thidua.clusters.models import ClusterYear
from thidua.crosschecks.models import CheckRound, CheckTask, RoundState
from thidua.kernel.actor import Actor, Power, Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.people.access import require
from thidua.scoring.access import require_no_conflict, without_conflicts

RUNNERS = (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER)
OVERSEERS = (*RUNNERS, Role.AUDITOR)
CHECKERS = (Role.APPRAISER, Role.UNIT_OFFICER, Role.UNIT_LEADER)

SEE_ROUNDS = Power(
    "crosschecks.see_rounds", _("Xem các vòng thẩm định đã mở: ai chấm đơn vị nào, tiến độ"), (*OVERSEERS, *CHECKERS)
)
SEE_ALL = Power("crosschecks.see_all", _("Xem mọi vòng thẩm định, kể cả vòng đang chuẩn bị và tên người chấm"), OVERSEERS)
ARRANGE = Power("crosschecks.arrange", _("Lập, mở, đóng vòng thẩm định; phân công trong vòng"), RUNNERS)
MARK = Power("crosschecks.mark", _("Cho điểm thẩm định trong vòng được giao"), CHECKERS)
SETTLE = Power("crosschecks.settle", _("Ghi giá trị thống nhất, chốt kết quả vòng thẩm định"), RUNNERS)

POWERS = (SEE_ROUNDS, SEE_ALL, ARRANGE, MARK, SETTLE)


def require_may_arrange(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary or an officer of the superior body."""
    return require(ARRANGE, actor, where_in(year))


def require_may_settle(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary or an officer of the superior body."""
    return require(SETTLE, actor, where_in(year))


def rounds_visible_to(actor: Actor, year: ClusterYear) -> QuerySet[CheckRound]:
    """The year's rounds: all for those who oversee, those that have been opened for checkers and units. Refuses
    (people.not_allowed) other roles."""
    require(SEE_ROUNDS, actor, where_in(year))
    rounds = CheckRound.objects.filter(year=year)
    return rounds if may(SEE_ALL, actor, year) else rounds.exclude(state=RoundState.DRAFT)


def get_round_visible_to(actor: Actor, year: ClusterYear, number: int) -> CheckRound:
    """A round by its number; Absent for what is not there or still being prepared by others."""
    found = rounds_visible_to(actor, year).filter(number=number).first()
    if found is None:
        raise Absent
    found.year = year
    return found


def require_state(found: CheckRound, *states: RoundState) -> None:
    """Refuses (crosschecks.wrong_state) unless the round is in one of the states."""
    if found.state not in states:
        raise Refused("crosschecks.wrong_state", state=RoundState(found.state).label, wanted=states[0].label)


def people_behind(actor: Actor) -> frozenset[int]:
    """Ids of the persons whose tasks the actor does: the own one, and whoever has lent a checker's post."""
    lenders = {h.lender_id for h in actor.holdings if h.lender_id and h.roles.intersection(CHECKERS)}
    return frozenset(person for person in (actor.person_id, *lenders) if person is not None)


def tasks_open_to(actor: Actor, year: ClusterYear, *states: RoundState) -> QuerySet[CheckTask]:
    """Tasks of rounds in the states (open, if none is named) that the actor may do: a unit's for whoever holds its office, a
    person's for that person; never about a unit of one's own or with a standing conflict of interest. No query yet."""
    mine = Q(checker__in=actor.organisations(*CHECKERS)) | Q(person__in=people_behind(actor))
    tasks = CheckTask.objects.filter(mine, round__year=year, round__state__in=states or (RoundState.OPEN,))
    if not may(MARK, actor, year):
        return tasks.none()
    return without_conflicts(tasks, actor, year).exclude(unit__in=actor.organisations())


def require_may_mark(actor: Actor, task: CheckTask) -> Actor:
    """Whoever does the task, with the post that is used. Refuses tasks of others (crosschecks.not_your_task), one's own unit
    (scoring.own_unit) and a standing conflict (scoring.conflict). Whether the round takes marks is another question:
    `require_state`."""
    at = where_in(task.round.year)
    if task.checker_id is not None:
        at = {role: frozenset({task.checker_id}) & at[role] for role in CHECKERS}
    if task.person_id is not None and task.person_id not in people_behind(actor):
        raise Forbidden("crosschecks.not_your_task")
    by = actor.by(MARK, at)
    if by is None:
        raise Forbidden("crosschecks.not_your_task")
    require_no_conflict(actor, task.round.year, task.unit_id)
    return by
