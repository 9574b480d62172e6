"""Reads of the journal: the chain for verifying, rows for pages."""

from collections.abc import Iterator

from thidua.audit.models import JournalEntry, JournalHead
from thidua.audit.rules import START, Break, Row, first_break, year_of


def chain() -> Iterator[tuple[Row, str]]:
    """Every row with its stored digest, in order, a few thousand in memory at a time.

    A row filed under another year than its facts say comes without a digest, so that it cannot hold.
    """
    names = list(Row.__slots__)
    entries = JournalEntry.objects.order_by("position").values_list(*names, "year_id", "digest")
    for *values, year_id, stored in entries.iterator(2000):
        row = Row(**dict(zip(names, values, strict=True)))
        yield row, stored if year_of(row.facts) == year_id else ""


def verify() -> tuple[int, Break | None]:
    """How many rows the chain should have, and its first break (None when it holds)."""
    head = JournalHead.objects.filter(pk=1).values_list("position", "digest").first() or (0, START)
    return head[0], first_break(chain(), head)


def head_digest() -> str:
    """The digest at which the chain ends now; printed on papers so that a later rewrite shows."""
    return JournalHead.objects.filter(pk=1).values_list("digest", flat=True).first() or START
