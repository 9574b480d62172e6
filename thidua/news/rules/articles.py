"""What an article must have, its address and its place in a search. Pure."""

from collections.abc import Callable
from decimal import Decimal

from thidua.kernel.errors import Refused
from thidua.kernel.text import fold, slug

TITLE_LENGTH = 200
LEAD_LENGTH = 1000
TEXT_LENGTH = 100_000
"""Characters of a text: a newspaper page has some 8,000."""
REASON_LENGTH = 10
"""Fewest characters of a reason for withdrawing: readers are told it."""
SLUG_LENGTH = 100
MOST_WORDS = 8
"""Words of a search that are looked for; more only narrow to nothing."""

RESERVED = frozenset({"viet", "anh"})
"""Addresses under /tin-tuc/ that are pages of their own; "bai-moi" is one under /tin-tuc/viet/."""


def check_words(*, title: str, lead: str, text: str) -> None:
    """Refuses a title without a letter or digit (news.title_empty) and parts that are too long (news.title_too_long,
    news.lead_too_long, news.text_too_long), each at its field with how many characters there are and may be."""
    if not slug(title):
        raise Refused("news.title_empty", field="title")
    for field, value, most in (("title", title, TITLE_LENGTH), ("lead", lead, LEAD_LENGTH), ("text", text, TEXT_LENGTH)):
        if len(value) > most:
            raise Refused(f"news.{field}_too_long", field=field, length=Decimal(len(value)), most=Decimal(most))


def check_publishable(*, lead: str, text: str) -> None:
    """An article goes to readers whole: refuses an empty lead (news.lead_missing) or text (news.text_missing)."""
    if not lead.strip():
        raise Refused("news.lead_missing", field="lead")
    if not text.strip():
        raise Refused("news.text_missing", field="text")


def check_reason(reason: str) -> str:
    """The reason without outer spaces. Refuses one too short to explain anything (news.reason_too_short)."""
    cleaned = reason.strip()
    if len(cleaned) < REASON_LENGTH:
        raise Refused("news.reason_too_short", field="reason", letters=REASON_LENGTH)
    return cleaned


def free_slug(title: str, taken: Callable[[str], bool]) -> str:
    """The address made of a title; "-2", "-3"… are added while it is taken or reserved. It never changes afterwards."""
    wanted = slug(title)[:SLUG_LENGTH].rstrip("-")
    if wanted in RESERVED or wanted == "bai-moi":
        wanted = f"bai-{wanted}"
    number, candidate = 1, wanted
    while taken(candidate):
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def folded(*, title: str, lead: str, text: str) -> str:
    """What a search looks into: see `kernel.text.fold`."""
    return fold(f"{title} {lead} {text}")


def words_of(query: str) -> tuple[str, ...]:
    """The words of a search, folded as the articles are."""
    return tuple(fold(query).split()[:MOST_WORDS])
