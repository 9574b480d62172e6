"""Who may see, fill in, submit, appraise and rank."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import may, member_ids, where_in
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.kernel.actor import SYSTEM, Actor, Power, Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.kernel.ports import sheets_read_by
from thidua.people.access import require, require_anywhere
from thidua.people.models import Organisation
from thidua.scoring.models import (
    AppraiserAssignment,
    Citation,
    Conflict,
    ConflictState,
    Evidence,
    RowKeeper,
    SheetSnapshot,
    SheetUpload,
)

UNIT_ROLES = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
OVERSEERS = (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER, Role.AUDITOR)

SEE_ALL_SHEETS = Power("scoring.see_all_sheets", _("Xem phiếu tự chấm và minh chứng của mọi đơn vị"), OVERSEERS)
SEE_SHEETS = Power(
    "scoring.see_sheets", _("Xem phiếu của đơn vị mình hoặc đơn vị được phân công thẩm định"), (*UNIT_ROLES, Role.APPRAISER)
)
SCORE = Power("scoring.score", _("Tự chấm điểm, thêm và dẫn minh chứng cho đơn vị mình"), UNIT_ROLES)
SUBMIT = Power("scoring.submit", _("Nộp phiếu tự chấm, rút lại phiếu đã nộp"), (Role.UNIT_LEADER,))
RETURN = Power("scoring.return", _("Trả phiếu đã nộp cho đơn vị sửa, kèm lý do"), (Role.HEAD_SECRETARY,))
WITHHOLD = Power("scoring.withhold", _("Không xếp hạng một đơn vị; đặt chỉ tiêu không giao cho đơn vị"), (Role.HEAD_SECRETARY,))
ASSIGN = Power("scoring.assign", _("Phân công người thẩm định"), (Role.HEAD_SECRETARY,))
APPRAISE = Power("scoring.appraise", _("Thẩm định phiếu được phân công"), (Role.APPRAISER,))
SETTLE = Power(
    "scoring.settle",
    _("Ghi kết quả vòng thẩm định chéo vào phiếu của các đơn vị"),
    (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER),
)
WRITE_MINUTES = Power(
    "scoring.write_minutes", _("Ghi biên bản chấm điểm của đơn vị đã thẩm định xong"), (Role.APPRAISER, Role.HEAD_SECRETARY)
)
SEE_CONFLICTS = Power(
    "scoring.see_conflicts",
    _("Xem xung đột lợi ích liên quan đến mình, đến đơn vị mình"),
    (*OVERSEERS, *UNIT_ROLES, Role.APPRAISER),
)
DECLARE = Power(
    "scoring.declare_conflict",
    _("Khai xung đột lợi ích của mình, của đơn vị mình hoặc với đơn vị mình"),
    (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER, *UNIT_ROLES, Role.APPRAISER),
)
WEIGH_CONFLICTS = Power(
    "scoring.weigh_conflicts",
    _("Xét xung đột lợi ích: xác nhận hoặc không coi là xung đột"),
    (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER),
)
ANSWER = Power("scoring.answer", _("Trả lời thay đổi của thẩm định"), UNIT_ROLES)
SEE_RANKING_EARLY = Power(
    "scoring.see_ranking_early", _("Xem xếp hạng tạm tính vào bất cứ lúc nào"), (*OVERSEERS, Role.APPRAISER)
)
SEE_RANKING = Power(
    "scoring.see_ranking",
    _("Xem xếp hạng từ giai đoạn cụm trưởng chọn"),
    (*OVERSEERS, *UNIT_ROLES, Role.APPRAISER, Role.DELEGATE, Role.EDITOR),
)
RECOMPUTE = Power("scoring.recompute", _("Tính lại xếp hạng của cụm"), (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER))
RECOMPUTE_ALL = Power(
    "scoring.recompute_all", _("Tính lại xếp hạng của mọi cụm đang mở"), (Role.OPERATOR, Role.SUPERIOR_OFFICER)
)

POWERS = (
    SEE_ALL_SHEETS,
    SEE_SHEETS,
    SCORE,
    SUBMIT,
    RETURN,
    WITHHOLD,
    ASSIGN,
    APPRAISE,
    SETTLE,
    WRITE_MINUTES,
    SEE_CONFLICTS,
    DECLARE,
    WEIGH_CONFLICTS,
    ANSWER,
    SEE_RANKING_EARLY,
    SEE_RANKING,
    RECOMPUTE,
    RECOMPUTE_ALL,
)


def own_units(actor: Actor, year: ClusterYear) -> frozenset[int]:
    """Ids of the member units for which the actor leads or works."""
    return actor.organisations(*UNIT_ROLES) & member_ids(year)


def assigned_units(actor: Actor, year: ClusterYear) -> frozenset[int]:
    """Ids of the units the actor appraises: own assignments, and those of an appraiser whose power is lent. One query.

    Never a unit at which the actor holds any post, nor one with a standing conflict of interest, whatever was assigned before.
    """
    if not may(APPRAISE, actor, year):
        return frozenset()
    lenders = {h.lender_id for h in actor.holdings if h.lender_id and Role.APPRAISER in h.roles}
    given = AppraiserAssignment.objects.filter(year=year, person__in={actor.person_id, *lenders})
    return frozenset(without_conflicts(given, actor, year).values_list("unit_id", flat=True)) - actor.organisations()


def conflicts_of(actor: Actor, *years: ClusterYear) -> QuerySet[Conflict]:
    """Standing conflicts of interest of the actor in the years: own ones, those of whoever lent a power, and those of the units
    at which the actor holds a post; a conflict between two units holds both ways."""
    people = {actor.person_id} | {h.lender_id for h in actor.holdings}
    places = actor.organisations()
    concerned = Q(person__in=people - {None}) | Q(checker__in=places) | Q(unit__in=places, checker__isnull=False)
    return Conflict.objects.filter(concerned, year__in=years, state=ConflictState.STANDING)


def without_conflicts(rows: QuerySet, actor: Actor, year: ClusterYear) -> QuerySet:
    """The rows (each about a `unit`) without those of units that a standing conflict bars the actor from judging. No query."""
    barring, places = conflicts_of(actor, year), actor.organisations()
    other_way = barring.filter(unit__in=places, checker__isnull=False)
    return rows.exclude(unit__in=barring.values("unit")).exclude(unit__in=other_way.values("checker"))


def conflicted_units(actor: Actor, year: ClusterYear) -> frozenset[int]:
    """Ids of the units that a standing conflict bars the actor from judging. One query."""
    places, barred = actor.organisations(), set()
    for checker, unit in conflicts_of(actor, year).values_list("checker_id", "unit_id"):
        barred.update({checker, unit} if checker else {unit})
    return frozenset(barred) - places


def seen_units(actor: Actor, year: ClusterYear) -> frozenset[int]:
    """Ids of the units whose sheets the actor may read: those of `proof_units`, and for a member all sheets once the check is
    over and the ranking may be seen: who lost can look up every figure and reason that decided. Three queries at most."""
    opened = year.has_reached(Stage.CONFERENCE) and bool(own_units(actor, year)) and may_see_ranking(actor, year)
    return member_ids(year) if opened else proof_units(actor, year)


def proof_units(actor: Actor, year: ClusterYear) -> frozenset[int]:
    """Ids of the units whose evidence the actor may open as well: own, given to appraise, or given in a cross-check round. Files
    of police, army or hospital are not for every member. Three queries at most."""
    if may(SEE_ALL_SHEETS, actor, year):
        return member_ids(year)
    return own_units(actor, year) | assigned_units(actor, year) | (sheets_read_by(actor, year) & member_ids(year))


def get_unit_visible_to(actor: Actor, year: ClusterYear, slug: str) -> Organisation:
    """A member unit whose sheet the actor may read; Absent for others' and for what is not there."""
    unit = Organisation.objects.filter(slug=slug, pk__in=member_ids(year)).first()
    if unit is None or not _reads(actor, year, unit.pk):
        raise Absent
    return unit


def _reads(actor: Actor, year: ClusterYear, unit_id: int) -> bool:
    return unit_id in own_units(actor, year) or unit_id in seen_units(actor, year)


def reads_some_sheet(actor: Actor, year: ClusterYear) -> bool:
    """Whether there is any sheet that the actor may read; no query for members and those who oversee, who ask on every page."""
    if may(SEE_ALL_SHEETS, actor, year) or own_units(actor, year):
        return True
    return bool(assigned_units(actor, year) or sheets_read_by(actor, year))


def reads_proof(actor: Actor, year: ClusterYear, unit_id: int) -> bool:
    """Whether the actor may open the evidence of the unit."""
    return unit_id in own_units(actor, year) or unit_id in proof_units(actor, year)


def get_evidence_visible_to(actor: Actor, year: ClusterYear, unit: Organisation, evidence_id: int) -> Evidence:
    """A file of the unit's sheet, for whoever may read its evidence; Absent otherwise."""
    found = Evidence.objects.filter(pk=evidence_id, sheet__year=year, sheet__unit=unit).select_related("file").first()
    if found is None or not reads_proof(actor, year, unit.pk):
        raise Absent
    return found


def get_keeper_visible_to(actor: Actor, year: ClusterYear, unit: Organisation, keeper_id: int) -> RowKeeper:
    """Who fills in a row, for whoever may read the unit's sheet; Absent otherwise."""
    found = RowKeeper.objects.filter(pk=keeper_id, year=year, unit=unit).first()
    if found is None or unit.pk not in proof_units(actor, year):
        raise Absent
    return found


def get_snapshot_visible_to(actor: Actor, year: ClusterYear, unit: Organisation, number: int) -> SheetSnapshot:
    """What the unit submitted the n-th time, for whoever may read its sheet; Absent otherwise."""
    found = SheetSnapshot.objects.filter(number=number, sheet__year=year, sheet__unit=unit).select_related("sheet").first()
    if found is None or unit.pk not in seen_units(actor, year):
        raise Absent
    return found


def get_upload_visible_to(actor: Actor, year: ClusterYear, unit: Organisation, upload_id: int) -> SheetUpload:
    """A file read into the unit's sheet, for the unit's own people; Absent otherwise."""
    of_unit = SheetUpload.objects.filter(sheet__year=year, sheet__unit=unit).select_related("sheet", "read_by")
    found = of_unit.filter(pk=upload_id).first()
    if found is None or unit.pk not in own_units(actor, year):
        raise Absent
    return found


def get_citation_visible_to(actor: Actor, year: ClusterYear, unit: Organisation, citation_id: int) -> Citation:
    """Something the unit has cited, for whoever may read its evidence; Absent otherwise."""
    found = Citation.objects.filter(pk=citation_id, year=year, unit=unit).select_related("year__cluster", "unit").first()
    if found is None or not reads_proof(actor, year, unit.pk):
        raise Absent
    return found


def require_may_score(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """The officer or leader of the unit itself."""
    return require(SCORE, actor, where_in(year, unit_id))


def require_may_submit(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """The leader of the unit itself."""
    return require(SUBMIT, actor, where_in(year, unit_id))


def require_may_return(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary."""
    return require(RETURN, actor, where_in(year))


def require_may_answer(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """The officer or leader of the unit itself."""
    return require(ANSWER, actor, where_in(year, unit_id))


def require_may_withhold(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary."""
    return require(WITHHOLD, actor, where_in(year))


def require_may_assign(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary."""
    return require(ASSIGN, actor, where_in(year))


def require_may_settle_sheet(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary or an officer of the superior body, for what a cross-check round found."""
    return require(SETTLE, actor, where_in(year))


def require_may_appraise(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """An appraiser to whom the unit was given. Refuses one's own unit (scoring.own_unit) even where it was given by mistake or
    the post came later, a standing conflict of interest (scoring.conflict), and units of others (scoring.not_your_unit)."""
    by = require(APPRAISE, actor, where_in(year))
    require_no_conflict(actor, year, unit_id)
    if unit_id not in assigned_units(actor, year):
        raise Forbidden("scoring.not_your_unit")
    return by


def require_no_conflict(actor: Actor, year: ClusterYear, unit_id: int) -> None:
    """Refuses whoever must not judge the unit: any post there, own or lent (scoring.own_unit), or a standing conflict of
    interest (scoring.conflict)."""
    if unit_id in actor.organisations():
        raise Forbidden("scoring.own_unit")
    if unit_id in conflicted_units(actor, year):
        raise Forbidden("scoring.conflict")


def may_write_minutes(actor: Actor, year: ClusterYear, unit_id: int) -> bool:
    """Whether the actor writes the unit's score minutes: an appraiser to whom it was given, or the head's secretary; never
    somebody of the unit itself."""
    if unit_id in actor.organisations() or not may(WRITE_MINUTES, actor, year):
        return False
    return unit_id in assigned_units(actor, year) or may(ASSIGN, actor, year)


def require_may_write_minutes(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """As `may_write_minutes`. Refuses one's own unit (scoring.own_unit) and units of others (scoring.not_your_unit)."""
    by = require(WRITE_MINUTES, actor, where_in(year))
    if unit_id in actor.organisations():
        raise Forbidden("scoring.own_unit")
    if not may_write_minutes(actor, year, unit_id):
        raise Forbidden("scoring.not_your_unit")
    return by


def may_appraise(actor: Actor, year: ClusterYear, unit_id: int) -> bool:
    """Whether the actor appraises the unit; for showing or hiding inputs."""
    return unit_id in assigned_units(actor, year)


def may_see_ranking(actor: Actor, year: ClusterYear) -> bool:
    """Head's secretary, superior officer, auditor and appraisers always; the others from the stage the head has set."""
    return may(SEE_RANKING_EARLY, actor, year) or (year.has_reached(Stage(year.ranking_from)) and may(SEE_RANKING, actor, year))


def require_may_see_ranking(actor: Actor, year: ClusterYear) -> Actor:
    """As `may_see_ranking`. Refuses `scoring.ranking_later`, naming the stage."""
    if not may_see_ranking(actor, year):
        require(SEE_RANKING, actor, where_in(year))
        raise Forbidden("scoring.ranking_later", stage=year.ranking_from)
    return require(SEE_RANKING, actor, where_in(year))


def require_may_recompute(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body; the installation itself, as below."""
    return actor if actor is SYSTEM else require(RECOMPUTE, actor, where_in(year))


def require_may_recompute_all(actor: Actor) -> Actor:
    """Who runs the installation, or an officer of a superior body: it changes no cluster and tells nothing of any. The
    installation itself when `thidua recompute` is run on its machine: no request is ever SYSTEM."""
    return actor if actor is SYSTEM else require_anywhere(RECOMPUTE_ALL, actor)


def conflicts_visible_to(actor: Actor, year: ClusterYear) -> QuerySet[Conflict]:
    """Conflicts of interest of the year: all for those who oversee, for others those about themselves or their units. Refuses
    (people.not_allowed) other roles."""
    require(SEE_CONFLICTS, actor, where_in(year))
    rows = Conflict.objects.filter(year=year)
    if may(SEE_ALL_SHEETS, actor, year):
        return rows
    places = own_units(actor, year)
    return rows.filter(Q(person=actor.person_id) | Q(checker__in=places) | Q(unit__in=places))


def get_conflict_to_weigh(actor: Actor, year: ClusterYear, conflict_id: int) -> Conflict:
    """A conflict of the year for whoever decides about conflicts. Refuses others (people.not_allowed); Absent: not there."""
    require_may_weigh(actor, year)
    found = Conflict.objects.filter(pk=conflict_id, year=year).select_related("person", "checker", "unit").first()
    if found is None:
        raise Absent
    found.year = year
    return found


def require_may_declare(actor: Actor, year: ClusterYear, person_id: int | None, checker_id: int | None, unit_id: int) -> Actor:
    """The head's secretary or an officer of the superior body for anybody; others for themselves, or where their unit is on
    either side. Refuses the rest (scoring.not_your_conflict, at the field `who`)."""
    by = require_may_declare_some(actor, year)
    concerned = own_units(actor, year) & {checker_id, unit_id} or (person_id is not None and person_id == actor.person_id)
    if not concerned and not may_weigh(actor, year):
        raise Refused("scoring.not_your_conflict", field="who")
    return by


def require_may_declare_some(actor: Actor, year: ClusterYear) -> Actor:
    """Whoever may declare at least an own conflict of interest."""
    return require(DECLARE, actor, where_in(year))


def may_weigh(actor: Actor, year: ClusterYear) -> bool:
    """Whether the actor decides about conflicts of interest; for showing or hiding what leads there."""
    return may(WEIGH_CONFLICTS, actor, year)


def require_may_weigh(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary or an officer of the superior body."""
    return require(WEIGH_CONFLICTS, actor, where_in(year))


def may_dismiss(actor: Actor, conflict: Conflict) -> bool:
    """Whether the actor is neither of those between whom the conflict is: nobody dismisses one's own."""
    sides = {conflict.unit_id, conflict.checker_id} - {None}
    return conflict.person_id != actor.person_id and not sides & actor.organisations()


def require_may_dismiss(actor: Actor, conflict: Conflict) -> Actor:
    """As `require_may_weigh`, for somebody who is not concerned. Refuses the others (scoring.conflict_of_own_unit)."""
    by = require_may_weigh(actor, conflict.year)
    if not may_dismiss(actor, conflict):
        raise Forbidden("scoring.conflict_of_own_unit")
    return by
