"""Posts and delegations in force, and one-time codes: pure."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from thidua.kernel.actor import Role
from thidua.kernel.errors import Refused

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters of a one-time code: none that are mistaken for each other on paper."""
CODE_LENGTH = 12
CODE_LIVES = timedelta(days=14)
CODE_TRIES = 10
"""Wrong tries after which a one-time code is void."""

GRANTABLE = frozenset(Role) - {Role.OPERATOR, Role.AUDITOR}
"""Roles whose power can be lent; the installation and the reading of everything are never lent."""
LENT_AT_MOST = timedelta(days=366)
USERNAME = re.compile(r"[a-z0-9][a-z0-9_-]{1,79}")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `starts_on` to `ends_on`, both included; no end when `ends_on` is None."""

    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def meets(self, other: "Span") -> bool:
        """Whether the two spans have a day in common."""
        return (self.ends_on is None or other.starts_on <= self.ends_on) and (
            other.ends_on is None or self.starts_on <= other.ends_on
        )


def check_span(span: Span) -> None:
    """Refuses an end before the start (people.ends_before_start, field ends_on)."""
    if span.ends_on is not None and span.ends_on < span.starts_on:
        raise Refused("people.ends_before_start", field="ends_on")


def check_lending(span: Span, today: date) -> None:
    """Refuses to lend backwards (people.lent_in_past), without an end, or for more than a year (people.lent_too_long)."""
    check_span(span)
    if span.starts_on < today:
        raise Refused("people.lent_in_past", field="starts_on")
    if span.ends_on is None or span.ends_on - span.starts_on >= LENT_AT_MOST:
        raise Refused("people.lent_too_long", field="ends_on", days=LENT_AT_MOST.days)


def check_roles(roles: Iterable[str]) -> list[str]:
    """The roles of a post in their usual order. Refuses none at all (people.roles_empty), what is no role
    (people.role_unknown), and running the installation together with anything else (people.operator_alone)."""
    named = set(roles)
    if not named:
        raise Refused("people.roles_empty", field="roles")
    if unknown := named - set(Role):
        raise Refused("people.role_unknown", field="roles", role=min(unknown))
    if Role.OPERATOR in named and len(named) > 1:
        raise Refused("people.operator_alone", field="roles")
    return [str(role) for role in Role if role in named]


def check_username(typed: str) -> str:
    """A user name as it is kept: small letters. Refuses other signs than a–z, 0–9, "-" and "_" (people.username_shape)."""
    username = typed.strip().lower()
    if not USERNAME.fullmatch(username):
        raise Refused("people.username_shape", field="username")
    return username


class Chance(Protocol):
    """Where randomness comes from: `secrets.SystemRandom()`, or a seeded `random.Random` in tests."""

    def choice(self, letters: str, /) -> str:
        """One letter, each as likely as the next."""

    def getrandbits(self, bits: int, /) -> int:
        """That many random bits as a number."""


def new_code(rng: Chance) -> str:
    """A one-time code as it is printed: XXXX-XXXX-XXXX."""
    letters = "".join(rng.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(letters[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def new_salt(rng: Chance) -> str:
    """128 random bits in hexadecimal digits."""
    return f"{rng.getrandbits(128):032x}"


def code_from(letters: str) -> str:
    """A one-time code as people type it → as it is hashed: capitals without spaces and hyphens."""
    return "".join(c for c in letters.upper() if c.isalnum())


def code_digest(code: str, salt: str) -> str:
    """SHA-256 of a code with its salt. Twelve random letters (59 bits) need no slow hash."""
    return hashlib.sha256(f"{salt}|{code_from(code)}".encode()).hexdigest()


def code_state(*, typed: str, salt: str, digest: str, expires_at: datetime, used: bool, tries: int, now: datetime) -> str:
    """What a typed code is worth: "ok", "used", "expired", "exhausted" or "wrong"."""
    if used:
        return "used"
    if tries >= CODE_TRIES:
        return "exhausted"
    if now >= expires_at:
        return "expired"
    return "ok" if hmac.compare_digest(code_digest(typed, salt), digest) else "wrong"


BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> tuple[str, str]:
    """Browser and system as people know them, "" for what is not known. Order matters: each also claims to be the next."""
    return _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)


def _first(marks: Iterable[tuple[str, str]], text: str) -> str:
    return next((name for mark, name in marks if mark in text), "")
