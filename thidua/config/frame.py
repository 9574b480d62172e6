"""What the frame around every page shows: navigation by roles held. A context processor, since web knows no slice."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from thidua.people.access import MANAGE_PEOPLE, READ_JOURNAL, may_anywhere


def frame(request: HttpRequest) -> dict[str, object]:
    """`actor` and `navigation`: (title, address, whether the page shown lies under it)."""
    actor = getattr(request, "actor", None)
    return {"actor": actor, "navigation": list(_navigation(request, actor))}


def _navigation(request: HttpRequest, actor):
    entries = []
    if actor is not None and actor.person_id:
        entries = [(_("Việc của tôi"), "home:my_work"), (_("Cụm"), "clusters:years"), (_("Đơn vị"), "people:organisations")]
    entries.append((_("Tin tức"), "news:front"))
    if actor is not None and may_anywhere(READ_JOURNAL, actor):
        entries.append((_("Nhật ký"), "home:journal"))
    if actor is not None and may_anywhere(MANAGE_PEOPLE, actor):
        entries.append((_("Quản trị"), "people:administration"))
    for title, name in entries:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        yield title, address, request.path == address or (len(address) > 1 and request.path.startswith(address))
