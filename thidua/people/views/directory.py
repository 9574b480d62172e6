"""The directory of organisations, and the page of roles and powers; for everyone who holds a post."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.kernel import ports
from thidua.kernel.actor import Power, Role
from thidua.people.access import MANAGE_PEOPLE, SEE_PEOPLE, get_organisation_visible_to, may_anywhere, require_anywhere
from thidua.people.queries.directory import directory, posts_of, units_below
from thidua.people.sentences import VALUES

SUBJECTS = {
    "people": _("Đơn vị, chức vụ, tài khoản"),
    "clusters": _("Cụm và năm thi đua"),
    "criteria": _("Bảng tiêu chí"),
    "pledges": _("Giao ước"),
    "scoring": _("Tự chấm, thẩm định, xếp hạng"),
    "ballots": _("Bỏ phiếu"),
    "awards": _("Khen thưởng"),
    "conference": _("Hội nghị, bàn giao"),
    "news": _("Tin tức"),
}
"""How people call what the slices are about, by the first part of a power's code."""


def organisations(request: HttpRequest) -> HttpResponse:
    """The tree, or what a search finds."""
    require_anywhere(SEE_PEOPLE, request.actor)
    text = request.GET.get("tim", "").strip()[:100]
    context = {"found": directory(text), "text": text, "may_manage": may_anywhere(MANAGE_PEOPLE, request.actor)}
    return render(request, "people/organisations.html", context)


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation: its posts, who holds them, its former names, the units below."""
    found = get_organisation_visible_to(request.actor, slug)
    today = timezone.localtime(request.now).date()
    context = {
        "organisation": found,
        "today": today,
        "posts": posts_of(found, today),
        "former_names": found.former_names.all(),
        "below": units_below(found),
        "may_manage": may_anywhere(MANAGE_PEOPLE, request.actor),
    }
    return render(request, "people/organisation.html", context)


def roles(request: HttpRequest) -> HttpResponse:
    """Every role × every action, from the very powers that the gates ask; for everyone signed in."""
    groups = [
        (SUBJECTS.get(subject, subject), [(power, [role in power.roles for role in Role]) for power in powers])
        for subject, powers in groupby(sorted(ports.POWERS, key=_place), _subject)
    ]
    mine = {role for holding in request.actor.holdings for role in holding.roles}
    columns = [(VALUES[role.value], role.value in mine) for role in Role]
    return render(request, "people/roles.html", {"groups": groups, "columns": columns})


def _subject(power: Power) -> str:
    return power.code.split(".")[0]


def _place(power: Power) -> int:
    known = list(SUBJECTS)
    return known.index(_subject(power)) if _subject(power) in known else len(known)
