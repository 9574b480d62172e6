"""Who may write, approve and adopt programmes, run tasks, and read them.

Whoever sees the year reads what was approved or adopted, the coverage of clauses and the figures of progress. A unit's drafts,
tasks, notes and files are read by the unit itself, by those who run the year or stand above it, by appraisers (they prove
scores) and by auditors: `SEE_TASKS`.
"""

from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import may, member_ids, where_in
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor, Power, Role
from thidua.kernel.errors import Absent, Refused
from thidua.people.access import require
from thidua.programmes.models import Programme, Task

UNIT = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
WRITE_PROGRAMME = Power("programmes.write", _("Soạn chương trình, kế hoạch của đơn vị mình"), UNIT)
APPROVE_PROGRAMME = Power("programmes.approve", _("Duyệt chương trình, kế hoạch của đơn vị mình"), (Role.UNIT_LEADER,))
RUN_TASKS = Power("programmes.run_tasks", _("Giao, cập nhật nhiệm vụ của đơn vị mình"), UNIT)
SEE_TASKS = Power(
    "programmes.see_tasks",
    _("Xem dự thảo, nhiệm vụ, ghi chú và tệp của đơn vị"),
    (*UNIT, Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER, Role.APPRAISER, Role.AUDITOR),
)
DRAFT_NEXT_YEAR = Power(
    "programmes.draft_next_year", _("Soạn chương trình năm sau của cụm"), (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER)
)
ADOPT_NEXT_YEAR = Power(
    "programmes.adopt_next_year",
    _("Ghi việc hội nghị thông qua chương trình năm sau, đưa về các đơn vị"),
    (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER),
)
REMARK = Power("programmes.remark", _("Góp ý chương trình năm sau thay mặt đơn vị mình"), (*UNIT, Role.DELEGATE))
REMIND = Power("programmes.remind", _("Xem đơn vị còn thiếu và lấy lời nhắc"), (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER))

POWERS = (
    WRITE_PROGRAMME, APPROVE_PROGRAMME, RUN_TASKS, SEE_TASKS, DRAFT_NEXT_YEAR, ADOPT_NEXT_YEAR, REMARK, REMIND,
)  # fmt: skip


def require_may_write(actor: Actor, programme: Programme) -> Actor:
    """Officer or leader of the programme's unit; for the cluster's own, those who run the year."""
    if programme.unit_id is None:
        return require(DRAFT_NEXT_YEAR, actor, where_in(programme.year))
    return require(WRITE_PROGRAMME, actor, where_in(programme.year, programme.unit_id))


def require_may_write_for(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """Officer or leader of the unit itself, before there is a programme."""
    return require(WRITE_PROGRAMME, actor, where_in(year, unit_id))


def require_may_draft_next_year(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(DRAFT_NEXT_YEAR, actor, where_in(year))


def require_may_adopt(actor: Actor, year: ClusterYear) -> Actor:
    """The same people as for drafting the cluster's programme."""
    return require(ADOPT_NEXT_YEAR, actor, where_in(year))


def require_may_approve(actor: Actor, programme: Programme) -> Actor:
    """The leader of the programme's unit, or whom the leader has lent the power."""
    return require(APPROVE_PROGRAMME, actor, where_in(programme.year, programme.unit_id))


def require_may_run_tasks(actor: Actor, programme: Programme) -> Actor:
    """Officer or leader of the programme's unit; tasks of the cluster's own programme are written with it."""
    if programme.unit_id is None:
        return require(DRAFT_NEXT_YEAR, actor, where_in(programme.year))
    return require(RUN_TASKS, actor, where_in(programme.year, programme.unit_id))


def require_may_remark(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """Someone of the member unit."""
    return require(REMARK, actor, where_in(year, unit_id))


def require_may_remind(actor: Actor, year: ClusterYear) -> Actor:
    """Those who run the year."""
    return require(REMIND, actor, where_in(year))


def may_see_tasks(actor: Actor, year: ClusterYear, unit_id: int | None) -> bool:
    """Whether the actor reads the drafts and tasks of the unit (None: of the cluster itself, which all who see the year do)."""
    return unit_id is None or may(SEE_TASKS, actor, year, unit_id)


def may_read_draft(actor: Actor, programme: Programme) -> bool:
    """Whether the actor reads what a programme says before it is approved. The cluster's own: those who draft it, and whoever
    sees the year from the day on which the units are asked for remarks."""
    if programme.unit_id is None and not (programme.presented_at or programme.approved_version):
        return may(DRAFT_NEXT_YEAR, actor, programme.year)
    return may_see_tasks(actor, programme.year, programme.unit_id)


def sees_all_units(actor: Actor, year: ClusterYear) -> bool:
    """Whether the actor reads the drafts and tasks of whatever unit is or was in the year, by another role than a unit's."""
    of_all = Power(SEE_TASKS.code, SEE_TASKS.title, tuple(role for role in SEE_TASKS.roles if role not in UNIT))
    return may(of_all, actor, year)


def units_open_to(actor: Actor, year: ClusterYear) -> frozenset[int]:
    """The member units whose drafts and tasks the actor reads: all of them, or the own."""
    units = member_ids(year)
    return units if sees_all_units(actor, year) else units & actor.organisations(*UNIT)


def get_programme(actor: Actor, year: ClusterYear, programme_id: int) -> Programme:
    """A programme of the year: approved ones for whoever sees the year, others as `SEE_TASKS` says. To those who read no drafts
    it says what was approved (see `as_approved`). Who is of a unit that left the cluster is told so (programmes.unit_left);
    Absent otherwise."""
    programmes = Programme.objects.select_related("year__cluster__superior_body", "unit", "directive__issuer", "origin")
    found = programmes.defer("directive__text", "directive__folded").filter(year=year, pk=programme_id).first()
    if found is None or not (found.approved_version or may_read_draft(actor, found)):
        _refuse_left(actor, year, found)
        raise Absent
    return found if may_see_tasks(actor, year, found.unit_id) else as_approved(found)


def as_approved(programme: Programme) -> Programme:
    """The programme with the title and the state that its last approved version has, for who reads no drafts: for showing only,
    every action reads the row anew. One query."""
    title = programme.versions.filter(number=programme.approved_version).values_list("content__title", flat=True).first()
    programme.title, programme.digest = title or "", programme.approved_digest
    programme.presented_at = programme.returned_at = None
    programme.presented_by_name = programme.returned_by_name = programme.return_reason = ""
    return programme


def get_task(actor: Actor, year: ClusterYear, task_id: int) -> Task:
    """A task of the year for those who may read it. Refuses and is absent as `get_programme`."""
    tasks = Task.objects.select_related("programme__year__cluster", "programme__unit", "unit", "owner_post", "parent", "year")
    found = tasks.filter(year=year, pk=task_id).first()
    if found is None or not may_read_draft(actor, found.programme):
        _refuse_left(actor, year, found)
        raise Absent
    return found


def _refuse_left(actor: Actor, year: ClusterYear, found: Programme | Task | None) -> None:
    unit = found.unit if found else None
    if unit is not None and unit.pk in actor.organisations(*UNIT) and unit.pk not in member_ids(year):
        raise Refused("programmes.unit_left", unit=unit.name_vi)
