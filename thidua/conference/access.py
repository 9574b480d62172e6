"""Who runs the conference, who signs the hand-over. Whoever sees the year sees both."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import may, where_in
from thidua.clusters.models import ClusterYear
from thidua.conference.models import Conference, Delegate, HandOver
from thidua.kernel.actor import Actor, Power, Role
from thidua.kernel.errors import Absent, Forbidden
from thidua.people.access import require

RUN_CONFERENCE = Power(
    "conference.run",
    _("Chuẩn bị và điều hành hội nghị: kế hoạch, chương trình, đại biểu, điểm danh, biên bản"),
    (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER),
)
READ_DRAFT_MINUTES = Power(
    "conference.read_draft_minutes",
    _("Đọc dự thảo biên bản khi hội nghị chưa kết thúc"),
    (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER, Role.AUDITOR),
)
SIGN_HAND_OVER = Power("conference.sign_hand_over", _("Ký bàn giao nhiệm vụ cụm trưởng"), (Role.UNIT_LEADER,))

POWERS = (RUN_CONFERENCE, READ_DRAFT_MINUTES, SIGN_HAND_OVER)


def require_may_run_conference(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(RUN_CONFERENCE, actor, where_in(year))


def require_may_sign(actor: Actor, hand_over: HandOver, side: str) -> Actor:
    """The leader of the unit that is head in the year of that side."""
    return require(SIGN_HAND_OVER, actor, _signs(hand_over, side))


def may_sign(actor: Actor, hand_over: HandOver, side: str) -> bool:
    """Whether the actor signs for that side; for showing or hiding the button."""
    return actor.by(SIGN_HAND_OVER, _signs(hand_over, side)) is not None


def _signs(hand_over: HandOver, side: str) -> dict[Role, list[int]]:
    return {Role.UNIT_LEADER: [hand_over.head_of(side).pk]}


def conference_in(year: ClusterYear) -> Conference | None:
    """The conference of a year that the caller has found visible, if it is planned."""
    found = Conference.objects.filter(year=year).first()
    if found is not None:
        found.year = year
    return found


def get_conference_in(year: ClusterYear) -> Conference:
    """The same; Absent when none is planned."""
    found = conference_in(year)
    if found is None:
        raise Absent
    return found


def get_delegate_in(conference: Conference, delegate: int) -> Delegate:
    """A delegate of the conference; Absent otherwise."""
    found = Delegate.objects.filter(pk=delegate, conference=conference).select_related("unit").first()
    if found is None:
        raise Absent
    return found


def hand_over_of(year: ClusterYear) -> HandOver | None:
    """The hand-over from the head of a year that the caller has found visible, or else to it."""
    found = HandOver.objects.filter(Q(from_year=year) | Q(to_year=year)).select_related(
        "from_year__cluster__superior_body", "from_year__head", "to_year__cluster", "to_year__head"
    )
    given = min(found, key=lambda hand_over: hand_over.from_year_id != year.pk, default=None)
    if given is not None and given.from_year_id == year.pk:
        given.from_year = year
    return given


def get_hand_over_of(year: ClusterYear) -> HandOver:
    """The same; Absent when there is none."""
    found = hand_over_of(year)
    if found is None:
        raise Absent
    return found


def require_may_read_minutes(actor: Actor, conference: Conference) -> None:
    """Everyone who sees the year once the conference has ended; before, those who write or audit the minutes."""
    if not conference.ended and not may(READ_DRAFT_MINUTES, actor, conference.year):
        raise Forbidden("conference.minutes_later")
