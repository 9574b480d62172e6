"""The gate. Every slice asks `require(power, actor, at)`; the powers of this slice are below."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from thidua.kernel.actor import ANYWHERE, SYSTEM, Actor, Power, Role
from thidua.kernel.errors import Absent, Forbidden
from thidua.people.models import Delegation, Organisation, Person, Post, Tenure
from thidua.people.rules import GRANTABLE

MANAGE_PEOPLE = Power("people.manage", _("Lập đơn vị, tài khoản, chức vụ; in mã đăng nhập lần đầu"), (Role.OPERATOR,))
SEE_PEOPLE = Power("people.see", _("Xem danh bạ đơn vị và chức vụ"), tuple(Role))
LEND_POWER = Power("people.lend_power", _("Ủy quyền có thời hạn từ chức vụ của mình"), tuple(r for r in Role if r in GRANTABLE))
READ_JOURNAL = Power("people.read_journal", _("Đọc nhật ký và kiểm tra chuỗi"), (Role.AUDITOR,))

POWERS = (SEE_PEOPLE, MANAGE_PEOPLE, LEND_POWER, READ_JOURNAL)


def require(power: Power, actor: Actor, at: Mapping[Role, Iterable[int]]) -> Actor:
    """The actor with the holding that gives the power, for `publish`. Refuses (people.not_allowed) otherwise.

    `at`: for each role the ids of organisations where it counts (ANYWHERE: wherever the post stands).
    """
    passed = actor.by(power, at)
    if passed is None:
        raise Forbidden("people.not_allowed", action=power.title)
    return passed


def require_anywhere(power: Power, actor: Actor) -> Actor:
    """The same for powers that do not depend on an organisation."""
    return require(power, actor, dict.fromkeys(power.roles, ANYWHERE))


def may_anywhere(power: Power, actor: Actor) -> bool:
    """Whether the actor has the power somewhere; for showing or hiding what leads there."""
    return actor.by(power, dict.fromkeys(power.roles, ANYWHERE)) is not None


def require_may_manage(actor: Actor) -> Actor:
    """An operator; or the installation itself (`kernel.actor.SYSTEM`), which sets up the first operator and the demo.

    No request is ever SYSTEM: `people.middleware` makes an actor of its own for each, and the check is for identity.
    """
    return actor if actor is SYSTEM else require_anywhere(MANAGE_PEOPLE, actor)


def require_may_lend(actor: Actor, post: Post) -> Actor:
    """The holder of the post itself: what was lent to someone cannot be lent on. Refuses (people.not_allowed) others."""
    for holding in actor.holdings:
        if holding.post_id == post.pk and holding.lender_id is None and holding.roles.intersection(LEND_POWER.roles):
            return Actor(actor.person_id, actor.name, actor.holdings, holding)
    raise Forbidden("people.not_allowed", action=LEND_POWER.title)


def get_delegation_lent_by(actor: Actor, delegation_id: int) -> Delegation:
    """A delegation for the person who lent it. Absent for all others."""
    mine = Delegation.objects.select_related("post__organisation", "borrower")
    found = mine.filter(pk=delegation_id, lender=actor.person_id).first() if actor.person_id else None
    if found is None:
        raise Absent
    return found


def get_organisation_visible_to(actor: Actor, slug: str) -> Organisation:
    """An organisation by its slug for anyone who holds a post. Absent otherwise."""
    organisations = Organisation.objects.select_related("parent")
    found = organisations.filter(slug=slug).first() if may_anywhere(SEE_PEOPLE, actor) else None
    if found is None:
        raise Absent
    return found


def get_organisation_managed_by(actor: Actor, slug: str) -> Organisation:
    """An organisation for whoever manages the tree. Absent for all others."""
    organisations = Organisation.objects.select_related("parent")
    found = organisations.filter(slug=slug).first() if may_anywhere(MANAGE_PEOPLE, actor) else None
    if found is None:
        raise Absent
    return found


def get_post_managed_by(actor: Actor, post_id: int) -> Post:
    """A post for whoever manages accounts. Absent for all others."""
    posts = Post.objects.select_related("organisation")
    found = posts.filter(pk=post_id).first() if may_anywhere(MANAGE_PEOPLE, actor) else None
    if found is None:
        raise Absent
    return found


def get_tenure_managed_by(actor: Actor, tenure_id: int) -> Tenure:
    """A tenure for whoever manages accounts. Absent for all others."""
    tenures = Tenure.objects.select_related("post__organisation", "person")
    found = tenures.filter(pk=tenure_id).first() if may_anywhere(MANAGE_PEOPLE, actor) else None
    if found is None:
        raise Absent
    return found


def get_person_managed_by(actor: Actor, person_id: int) -> Person:
    """A person for whoever manages accounts. Absent for all others."""
    found = Person.objects.filter(pk=person_id).first() if may_anywhere(MANAGE_PEOPLE, actor) else None
    if found is None:
        raise Absent
    return found
