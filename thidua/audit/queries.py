"""Reads of the journal: the chain for verifying, rows for pages."""

from collections.abc import Iterator

from thidua.audit.models import JournalEntry, JournalHead
from thidua.audit.rules import START, Break, Row, first_break


def chain() -> Iterator[tuple[Row, str]]:
    """Every row with its stored digest, in order, a few thousand in memory at a time."""
    names = list(Row.__slots__)
    for *values, stored in JournalEntry.objects.order_by("position").values_list(*names, "digest").iterator(2000):
        yield Row(**dict(zip(names, values, strict=True))), stored


def verify() -> tuple[int, Break | None]:
    """How many rows the chain should have, and its first break (None when it holds)."""
    head = JournalHead.objects.filter(pk=1).values_list("position", "digest").first() or (0, START)
    return head[0], first_break(chain(), head)


def head_digest() -> str:
    """The digest at which the chain ends now; printed on papers so that a later rewrite shows."""
    return JournalHead.objects.filter(pk=1).values_list("digest", flat=True).first() or START
