"""Who may keep the corps, record talks, ask listeners, report counts and assess; and who reads what.

Whoever sees the year reads the corps, its talks and the coverage of topics. What one collaborator counted is read by that
collaborator and by the officers of the unit who may enter it for those without an account, by nobody else: all others read
digests. What listeners answered is read in sums, once the form is closed and has ten answers. Grades are read by the member, the
unit, those who run the year or stand above it, and auditors.
"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import may, member_ids, where_in
from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor, Power, Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.people.access import require
from thidua.people.models import Organisation
from thidua.rapporteurs.models import CollaboratorReport, CorpsKind, CorpsMember, FeedbackForm, Round, Talk, Topic

UNIT = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
RUN = (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER)
ROLE_OF = {CorpsKind.RAPPORTEUR: Role.RAPPORTEUR, CorpsKind.COLLABORATOR: Role.COLLABORATOR}
"""The role that a member's post carries, by kind."""

KEEP_CORPS = Power(
    "rapporteurs.keep_corps",
    _("Ghi, nhập danh sách báo cáo viên, cộng tác viên và quyết định công nhận"),
    (*UNIT, Role.SUPERIOR_OFFICER),
)
SET_TOPICS = Power("rapporteurs.set_topics", _("Đặt chủ đề của năm, duyệt chủ đề được đề nghị"), RUN)
PROPOSE_TOPIC = Power(
    "rapporteurs.propose_topic", _("Đề nghị chủ đề mới"), (*UNIT, Role.RAPPORTEUR, Role.COLLABORATOR)
)  # fmt: skip
RECORD_TALK = Power(
    "rapporteurs.record_talk",
    _("Ghi buổi tuyên truyền, xin ý kiến người nghe (báo cáo viên: buổi của mình)"),
    (*UNIT, Role.RAPPORTEUR, Role.SUPERIOR_OFFICER),
)
MODERATE = Power(
    "rapporteurs.moderate", _("Duyệt lời góp ý của người nghe (không phải người nói)"), (*UNIT, Role.SUPERIOR_OFFICER)
)  # fmt: skip
SET_ROUNDS = Power("rapporteurs.set_rounds", _("Đặt kỳ báo cáo của cộng tác viên"), RUN)
COUNT = Power(
    "rapporteurs.count",
    _("Ghi và gửi số đếm theo chủ đề (cộng tác viên: của mình; cán bộ: thay người chưa có tài khoản)"),
    (Role.COLLABORATOR, *UNIT, Role.SUPERIOR_OFFICER),
)
ASSESS = Power(
    "rapporteurs.assess", _("Đặt quy chế đánh giá, chốt xếp loại báo cáo viên, cộng tác viên"), (Role.SUPERIOR_OFFICER,)
)  # fmt: skip
SEE_GRADES = Power(
    "rapporteurs.see_grades", _("Xem đánh giá báo cáo viên, cộng tác viên của đơn vị"), (*UNIT, *RUN, Role.AUDITOR)
)  # fmt: skip

POWERS = (KEEP_CORPS, SET_TOPICS, PROPOSE_TOPIC, RECORD_TALK, MODERATE, SET_ROUNDS, COUNT, ASSESS, SEE_GRADES)


def unit_ids(year: ClusterYear) -> frozenset[int]:
    """Bodies that may have a corps in the year: its member units and the superior body."""
    return member_ids(year) | {year.cluster.superior_body_id}


def where_corps(year: ClusterYear, unit_id: int) -> dict[Role, frozenset[int]]:
    """`clusters.access.where_in` for a unit, with rapporteurs and collaborators counted at that unit (also the superior body)."""
    at = unit_ids(year) & {unit_id}
    return where_in(year, unit_id) | {Role.RAPPORTEUR: at, Role.COLLABORATOR: at}


def own_members(actor: Actor, kind: CorpsKind | None = None) -> QuerySet[CorpsMember]:
    """The members of the corps for whom the actor acts: those named by a post the actor holds that carries the kind's role."""
    kinds = [kind] if kind else list(CorpsKind)
    wanted = Q(pk__in=[])
    for each in kinds:
        posts = [h.post_id for h in actor.holdings if ROLE_OF[each] in h.roles]
        wanted |= Q(kind=each, post__in=posts)
    return CorpsMember.objects.filter(wanted).select_related("unit", "post")


def is_own(actor: Actor, member: CorpsMember) -> bool:
    """Whether the actor acts for this member. No query."""
    role = ROLE_OF[CorpsKind(member.kind)]
    return member.post_id is not None and any(h.post_id == member.post_id and role in h.roles for h in actor.holdings)


def require_may_keep_corps(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """Officer or leader of the unit, or an officer of the superior body for any unit of the cluster."""
    return require(KEEP_CORPS, actor, where_corps(year, unit_id))


def require_may_set_topics(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(SET_TOPICS, actor, where_in(year))


def require_may_propose_topic(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """Anyone of the unit who speaks, counts or keeps the unit's papers."""
    return require(PROPOSE_TOPIC, actor, where_corps(year, unit_id))


def _by_office(power: Power, own_role: Role, actor: Actor, year: ClusterYear, member: CorpsMember) -> Actor | None:
    """By an office; to count, the body above has one for its own collaborators only."""
    no_office = {own_role}
    if power is COUNT and member.unit_id != year.cluster.superior_body_id:
        no_office.add(Role.SUPERIOR_OFFICER)
    at = where_corps(year, member.unit_id)
    return actor.by(power, {role: places for role, places in at.items() if role not in no_office})


def _require_own_or_office(power: Power, own_role: Role, actor: Actor, year: ClusterYear, member: CorpsMember) -> Actor:
    """By an office of the unit; or by the member's own post, which alone counts for the role of the corps."""
    at = where_corps(year, member.unit_id)
    found = _by_office(power, own_role, actor, year, member)
    if found is None and is_own(actor, member):
        posts = [h for h in actor.holdings if h.post_id == member.post_id]
        found = Actor(actor.person_id, actor.name, tuple(posts)).by(power, at)
        found = found and Actor(actor.person_id, actor.name, actor.holdings, found.using)
    if found is None:
        raise Forbidden("people.not_allowed", action=power.title)
    return found


def require_may_record_talk(actor: Actor, year: ClusterYear, speaker: CorpsMember) -> Actor:
    """The speaker; or officer or leader of the speaker's unit; or an officer of the superior body."""
    return _require_own_or_office(RECORD_TALK, Role.RAPPORTEUR, actor, year, speaker)


def require_may_correct_answered(actor: Actor, year: ClusterYear, speaker: CorpsMember) -> Actor:
    """Officer or leader of the speaker's unit, or an officer of the superior body; never by the speaker's own post: the number of
    listeners decides whether the answers about the speaker count. Refuses rapporteurs.answered_wants_office, which names whom to
    ask."""
    found = _by_office(RECORD_TALK, Role.RAPPORTEUR, actor, year, speaker)
    if found is None:
        raise Refused("rapporteurs.answered_wants_office", unit=speaker.unit.name_vi)
    return found


def require_may_moderate(actor: Actor, talk: Talk) -> Actor:
    """Officer or leader of the unit, or an officer of the superior body; never whoever spoke."""
    if is_own(actor, talk.speaker):
        raise Forbidden("people.not_allowed", action=MODERATE.title)
    return require(MODERATE, actor, where_corps(talk.year, talk.unit_id))


def require_may_set_rounds(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(SET_ROUNDS, actor, where_in(year))


def require_may_count(actor: Actor, year: ClusterYear, member: CorpsMember) -> Actor:
    """The collaborator; or, for one who has no account only, officer or leader of the unit, at the superior body its officer."""
    if member.post_id is not None and not is_own(actor, member):
        raise Forbidden("people.not_allowed", action=COUNT.title)
    return _require_own_or_office(COUNT, Role.COLLABORATOR, actor, year, member)


def may_count(actor: Actor, year: ClusterYear, member: CorpsMember) -> bool:
    """Whether `require_may_count` lets through."""
    try:
        require_may_count(actor, year, member)
    except Forbidden:
        return False
    return True


def may_read_report(actor: Actor, year: ClusterYear, report: CollaboratorReport) -> bool:
    """Whether the actor reads and changes this report: the person who wrote it; or, when the unit's office wrote it, that office.
    Whoever takes over the post, or the post's link, later reads nothing of it."""
    if report.by_office:
        return _by_office(COUNT, Role.COLLABORATOR, actor, year, report.member) is not None
    return actor.person_id is not None and report.saved_by_id == actor.person_id


def require_may_read_report(actor: Actor, year: ClusterYear, report: CollaboratorReport) -> None:
    """Refuses all whom `may_read_report` does not let through."""
    if not may_read_report(actor, year, report):
        raise Forbidden("people.not_allowed", action=COUNT.title)


def may_read_counts(actor: Actor, year: ClusterYear, member: CorpsMember) -> bool:
    """Who may enter what the collaborator counted; and the collaborator also after the unit has left the year."""
    return is_own(actor, member) or may_count(actor, year, member)


def require_may_read_counts(actor: Actor, year: ClusterYear, member: CorpsMember) -> None:
    """Refuses all whom `may_read_counts` does not let through."""
    if not may_read_counts(actor, year, member):
        raise Forbidden("people.not_allowed", action=COUNT.title)


def require_may_assess(actor: Actor, year: ClusterYear) -> Actor:
    """An officer of the superior body."""
    return require(ASSESS, actor, where_in(year))


def may_see_grades(actor: Actor, year: ClusterYear, unit_id: int) -> bool:
    """Whether the actor reads the grades of the whole unit. A member reads their own besides (`is_own`)."""
    return may(SEE_GRADES, actor, year, unit_id)


def get_unit(year: ClusterYear, slug: str) -> Organisation:
    """A unit of the year, the superior body, or a unit that has left but has talks in the year. Absent otherwise."""
    spoke = Talk.objects.filter(year=year).values("unit")
    found = Organisation.objects.filter(Q(pk__in=unit_ids(year)) | Q(pk__in=spoke), slug=slug).first()
    if found is None:
        raise Absent
    return found


def get_member(year: ClusterYear, member_id: int) -> CorpsMember:
    """A member of the corps of a body in the year, or who spoke or reported in it before the unit left, for whoever has been let
    into the year. Absent otherwise."""
    members = CorpsMember.objects.select_related("unit", "post")
    spoke = Talk.objects.filter(year=year).values("speaker")
    reported = CollaboratorReport.objects.filter(round__year=year, sent_at__isnull=False).values("member")
    here = Q(unit__in=unit_ids(year)) | Q(pk__in=spoke) | Q(pk__in=reported)
    found = members.filter(here, pk=member_id).first()
    if found is None:
        raise Absent
    return found


def get_topic(year: ClusterYear, topic_id: int) -> Topic:
    """A topic of the year, for whoever has been let into the year. Absent otherwise."""
    found = Topic.objects.select_related("proposed_by").filter(year=year, pk=topic_id).first()
    if found is None:
        raise Absent
    return found


def get_talk(year: ClusterYear, talk_id: int) -> Talk:
    """A talk of the year, for whoever has been let into the year. Absent otherwise."""
    talks = Talk.objects.select_related("unit", "speaker__unit", "year__cluster", "year__head")
    found = talks.filter(year=year, pk=talk_id).first()
    if found is None:
        raise Absent
    return found


def get_form(code: str) -> FeedbackForm:
    """A form by the code in its address, for anyone at all. Absent otherwise."""
    forms = FeedbackForm.objects.select_related("talk__year__cluster", "talk__unit", "talk__speaker")
    found = forms.filter(code=code).first()
    if found is None:
        raise Absent
    return found


def get_round(year: ClusterYear, round_id: int) -> Round:
    """A round of the year, for whoever has been let into the year. Absent otherwise."""
    found = Round.objects.filter(year=year, pk=round_id).first()
    if found is None:
        raise Absent
    return found


def get_report_counted_by(actor: Actor, year: ClusterYear, report_id: int) -> CollaboratorReport:
    """A collaborator's counts for those who may read them. Absent for all others, also for those who run the year."""
    reports = CollaboratorReport.objects.select_related("round__year__cluster", "round__year__head", "member__unit", "unit")
    found = reports.filter(round__year=year, pk=report_id).first()
    if found is None or not may_read_report(actor, year, found):
        raise Absent
    return found
