"""Posts and delegations in force, and one-time codes: pure."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from thidua.kernel.actor import Role

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters of a one-time code: none that are mistaken for each other on paper."""
CODE_LENGTH = 12
CODE_LIVES = timedelta(days=14)
CODE_TRIES = 10
"""Wrong tries after which a one-time code is void."""

GRANTABLE = frozenset(Role) - {Role.OPERATOR, Role.AUDITOR}
"""Roles whose power can be lent; the installation and the reading of everything are never lent."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `starts_on` to `ends_on`, both included; no end when `ends_on` is None."""

    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


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
