"""What the frame around every page shows: navigation by roles held. A context processor, since web knows no slice."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thidua.people.access import MANAGE_PEOPLE, READ_JOURNAL, may_anywhere
from thidua.scoring.access import RECOMPUTE_ALL


def frame(request: HttpRequest) -> dict[str, object]:
    """`actor`, `navigation`: (title, address, whether the page shown lies under it), `account_links`: (title, address, icon)."""
    actor = getattr(request, "actor", None)
    return {"actor": actor, "navigation": list(_navigation(request, actor)), "account_links": _account_links(actor)}


def _account_links(actor) -> list[tuple[str, str, str]]:
    if actor is None or not actor.person_id:
        return []
    shared = [(_("Tính lại xếp hạng"), reverse("scoring:recompute_all"), "refresh")] if may_anywhere(RECOMPUTE_ALL, actor) else []
    return [
        (_("Mật khẩu"), reverse("account_change_password"), "key"),
        (_("Bảo mật hai lớp"), reverse("mfa_index"), "shield-lock"),
        (_("Phiên đăng nhập"), reverse("usersessions_list"), "device-mobile"),
        (_("Ủy quyền"), reverse("people:delegations"), "arrows-exchange"),
        (_("Vai trò và quyền"), reverse("people:roles"), "users-group"),
        *shared,
    ]


def _navigation(request: HttpRequest, actor):
    entries = []
    if actor is not None and actor.person_id:
        entries = [
            (_("Việc của tôi"), "home:my_work"),
            (pgettext("navigation", "Cụm"), "clusters:years"),
            (pgettext("navigation", "Đơn vị"), "people:organisations"),
        ]
    entries.append((_("Tin tức"), "news:front"))
    if actor is not None and may_anywhere(READ_JOURNAL, actor):
        entries.append((_("Nhật ký"), "people:journal"))
    if actor is not None and may_anywhere(MANAGE_PEOPLE, actor):
        entries.append((_("Quản trị"), "people:administration"))
    for title, name in entries:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        yield title, address, request.path == address or (len(address) > 1 and request.path.startswith(address))
