"""How a journal row is hashed, and how the chain is checked."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Row:
    """What a journal row says, without its digest."""

    position: int
    at: datetime
    person_id: int | None
    person_name: str
    post_title: str
    on_behalf_of_id: int | None
    on_behalf_of_name: str
    event: str
    facts: str
    previous: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold. `reason`: gap, previous, digest or head."""

    position: int
    reason: str


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, set | frozenset | tuple):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    raise TypeError(f"An event holds ids and plain values only, not {type(value).__name__}")


def canonical(event: Any) -> str:
    """The facts of an event (a frozen dataclass) as JSON: keys sorted, no spaces, the same on every machine."""
    return json.dumps(asdict(event), default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def year_of(facts: str) -> int | None:
    """The cluster year that canonical facts name; None for none, and for what is no longer JSON."""
    try:
        found = json.loads(facts)
    except ValueError:
        return None
    year = found.get("year_id") if isinstance(found, dict) else None
    return year if isinstance(year, int) else None


def digest(row: Row) -> str:
    """SHA-256 over every column, each on a line of its own as JSON so that no two rows can read alike."""
    parts = [row.position, row.at.astimezone(UTC).isoformat(timespec="microseconds"), row.person_id, row.person_name]
    parts += [row.post_title, row.on_behalf_of_id, row.on_behalf_of_name, row.event, row.facts, row.previous]
    return hashlib.sha256("\n".join(json.dumps(p, ensure_ascii=False) for p in parts).encode()).hexdigest()


def first_break(rows: Iterable[tuple[Row, str]], head: tuple[int, str]) -> Break | None:
    """The first row that does not hold, or None. `rows` are (row, stored digest) by position, `head` the stored end."""
    position, last = 0, START
    for row, stored in rows:
        if row.position != position + 1:
            return Break(position + 1, "gap")
        if row.previous != last:
            return Break(row.position, "previous")
        if digest(row) != stored:
            return Break(row.position, "digest")
        position, last = row.position, stored
    return None if head == (position, last) else Break(head[0], "head")
