"""Tags for the pages of people."""

from datetime import timedelta
from math import ceil

from django import template
from django.utils.translation import gettext as _

from thidua.people.rules import browser_of
from thidua.people.sentences import VALUES

register = template.Library()


@register.filter
def browser(user_agent: str) -> str:
    """ "Firefox trên Windows" from what a browser calls itself."""
    name, system = browser_of(user_agent)
    if not name:
        return _("Trình duyệt lạ")
    return _("%(browser)s trên %(system)s") % {"browser": name, "system": system} if system else name


@register.filter
def minutes(span: timedelta) -> int:
    """Whole minutes of a span, rounded up."""
    return ceil(span.total_seconds() / 60)


@register.filter
def roles_in_words(roles: list[str]) -> str:
    """ "Lãnh đạo đơn vị, Đại biểu"."""
    return ", ".join(str(VALUES[role]) for role in roles)


@register.filter
def indent(depth: int) -> str:
    """The class that sets a name in by its depth in the tree."""
    return ("", "ps-4", "ps-5")[min(depth, 3) - 1]
