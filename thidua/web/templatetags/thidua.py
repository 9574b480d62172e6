"""The tags every template has."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import groupby

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from thidua.kernel import actor
from thidua.kernel.points import format_plain, format_vietnamese
from thidua.kernel.ports import Missing
from thidua.web.sentences import sentence

register = template.Library()

SIGNS = {"ok": "✓", "due": "◷", "late": "!", "wait": "–"}


@register.filter
def points(value: Decimal | str | None, most: int = 2) -> str:
    """Points as read: 91,75 (English: 91.75); an en dash for what is not there."""
    if value is None or value == "":
        return "–"
    exact = Decimal(value)
    return format_plain(exact, fewest=0, most=most) if get_language() == "en" else format_vietnamese(exact, most=most)


@register.filter
def signed(value: Decimal | None) -> str:
    """Points with their sign: +0,5 or −2."""
    if value is None:
        return "–"
    exact = Decimal(value)
    return ("+" if exact > 0 else "−" if exact < 0 else "") + points(abs(exact))


@register.simple_tag
@cache
def icon(name: str) -> str:
    """A picture from the sprite, hidden from screen readers (the word beside it speaks). Made once a process for each name."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', static("web/icons.svg"), name
    )


@register.simple_tag
def cell(state: str, text: object, url: str = "") -> str:
    """A state by colour, sign and word; a link when there is somewhere to go."""
    if url:
        return format_html(
            '<a class="cell {}" href="{}"><span aria-hidden="true">{}</span> {}</a>', state, url, SIGNS[state], text
        )
    return format_html('<span class="cell {}"><span aria-hidden="true">{}</span> {}</span>', state, SIGNS[state], text)


@register.simple_tag
def missing_sentence(gap: Missing) -> str:
    """What is missing before a stage, in words."""
    return sentence(gap.code, gap.facts)


@register.filter
def with_post(name: str, post: str) -> str:
    """A person's name and post: "Nguyễn Văn A, Trưởng ban"; the name alone where it begins with the post."""
    return actor.with_post(name, post)


@register.filter
def day_distance(day: date | None, today: date) -> str:
    """How far a day is from today: "còn 3 ngày", "hôm nay", "quá 9 ngày"; "quá hạn" when a count of days says nothing."""
    if day is None:
        return ""
    days = (day - (today.date() if isinstance(today, datetime) else today)).days
    if days == 0:
        return _("hôm nay")
    if days > 0:
        return ngettext("còn %(days)d ngày", "còn %(days)d ngày", days) % {"days": days}
    if days < -999:
        return _("quá hạn")
    return ngettext("quá %(days)d ngày", "quá %(days)d ngày", -days) % {"days": -days}


@register.filter
def dashed(text: str) -> str:
    """A text as people type it: lines as paragraphs, those that begin with "- " as a list."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    runs = groupby(lines, key=lambda line: line.startswith("- "))
    return mark_safe("".join(_run_of(list(run), listed) for listed, run in runs))


def _run_of(lines: list[str], listed: bool) -> str:
    if listed:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line[2:].strip(),) for line in lines)))
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


@register.filter
def by_key(mapping: dict, key: object) -> object:
    """The value at a key, or None."""
    return mapping.get(key)
