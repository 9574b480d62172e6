"""Tags for the pages of people."""

from datetime import timedelta
from math import ceil

from django import template
from django.utils.translation import gettext as _

from thidua.people.rules import browser_of

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
