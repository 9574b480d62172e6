"""Rows as HTML. A page of 147 rows is mostly rows that were there before: each is rendered once for what it shows."""

from collections.abc import Hashable, Iterable

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from thidua.scoring.queries import Memory

_ROWS: Memory[str] = Memory(3072)
"""About 4 KB each with its key: the rows of two clusters that fill in a large table at the same time."""


def render_rows(template: str, rows: Iterable[Hashable], context: dict[str, object], *shared: Hashable) -> SafeString:
    """The rows, one after the other, each by the partial `template` as `r`. A row is all that it shows but what `shared` names:
    everything else in the context that the partial reads."""
    partial, language = get_template(template), get_language()
    found = []
    for row in rows:
        key = (template, row, language, *shared)
        html = _ROWS.get(key)
        if html is None:
            html = _ROWS.keep(key, partial.render({**context, "r": row}))
        found.append(html)
    return mark_safe("".join(found))
