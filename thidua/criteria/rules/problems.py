"""What is wrong with a table: values with a place, made into sentences by `wording`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error makes the answer "no"; a notice is worth a look and changes no answer."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at a row (the header is row 1; None: the whole table) and column. `code` and `facts` make the sentence."""

    code: str
    row: int | None = None
    column: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Does it make the answer "no"?"""
        return self.severity is Severity.ERROR


def notice(code: str, row: int | None = None, column: str | None = None, **facts: object) -> Problem:
    """A problem that is only worth a look."""
    return Problem(code, row, column, facts, Severity.NOTICE)
