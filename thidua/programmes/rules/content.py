"""What a programme says, as one value: written out canonically, hashed, and compared with another. Pure.

Progress is no part of it: running the tasks never changes what was approved.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, Literal, TypeVar

Line = TypeVar("Line", bound="IndicatorLine | TaskLine | str")


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """What a goal is measured by, and the figure to reach; `lower_is_better` for what is to be reduced."""

    name: str
    unit_of_measure: str = ""
    target: Decimal | None = None
    lower_is_better: bool = False


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause that a task answers: its key in the register, and its words at that time ("Mục II.1, Chỉ thị 05-CT/TW")."""

    pk: int
    words: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as the document states it: who (title of the post) does what by when, for which clauses."""

    title: str
    starts_on: date | None = None
    due_on: date | None = None
    owner: str = ""
    clauses: tuple[ClauseLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A whole programme."""

    title: str
    grounds: str = ""
    measures: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    goals: tuple[str, ...] = ()
    indicators: tuple[IndicatorLine, ...] = ()
    tasks: tuple[TaskLine, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is at least one goal or task: a programme without either is not worth a signature."""
        return bool(self.goals or self.tasks)


@dataclass(frozen=True, slots=True)
class Detail:
    """One property of a line that is not what it was."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two contents. `part`: a field of Content; `name`: the goal, or the name of the indicator or
    task. For "reordered" only `part` says something; for a plain field `details` holds the one pair."""

    sign: Literal["added", "removed", "changed", "reordered"]
    part: str
    name: str = ""
    details: tuple[Detail, ...] = ()


_PLAIN = ("title", "grounds", "measures", "starts_on", "ends_on")


def plain(content: Content) -> dict[str, Any]:
    """The content as JSON keeps it: days and figures are texts, figures without zeros at the end."""
    return {field.name: _plain(getattr(content, field.name)) for field in fields(content)}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, IndicatorLine | ClauseLine | TaskLine):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def read(kept: dict[str, Any]) -> Content:
    """The content that `plain` has written."""
    return Content(
        title=kept["title"],
        grounds=kept["grounds"],
        measures=kept["measures"],
        starts_on=_day(kept["starts_on"]),
        ends_on=_day(kept["ends_on"]),
        goals=tuple(kept["goals"]),
        indicators=tuple(
            IndicatorLine(**line | {"target": None if line["target"] is None else Decimal(line["target"])})
            for line in kept["indicators"]
        ),
        tasks=tuple(_task(line) for line in kept["tasks"]),
    )


def _task(kept: dict[str, Any]) -> TaskLine:
    clauses = tuple(ClauseLine(**clause) for clause in kept["clauses"])
    return TaskLine(kept["title"], _day(kept["starts_on"]), _day(kept["due_on"]), kept["owner"], clauses)


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def digest(content: Content) -> str:
    """SHA-256 of the canonical JSON (sorted keys, no blanks, UTF-8)."""
    written = json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def difference(before: Content, after: Content) -> list[Change]:
    """What is not the same, in the order of the document; empty exactly when the digests are equal."""
    changes = [
        Change("changed", name, "", (Detail(name, getattr(before, name), getattr(after, name)),))
        for name in _PLAIN
        if getattr(before, name) != getattr(after, name)
    ]
    changes += _between("goals", before.goals, after.goals, str)
    changes += _between("indicators", before.indicators, after.indicators, lambda line: line.name)
    changes += _between("tasks", before.tasks, after.tasks, lambda line: line.title)
    return changes


def _between(part: str, before: Sequence[Line], after: Sequence[Line], name: Callable[[Line], str]) -> Iterable[Change]:
    was, now = _numbered(before, name), _numbered(after, name)
    yield from (Change("removed", part, key[0]) for key in was if key not in now)
    yield from (Change("added", part, key[0]) for key in now if key not in was)
    yield from (
        Change("changed", part, key[0], _details(was[key], now[key])) for key in now if was.get(key, now[key]) != now[key]
    )
    if [key for key in was if key in now] != [key for key in now if key in was]:
        yield Change("reordered", part)


def _numbered(lines: Sequence[Line], name: Callable[[Line], str]) -> dict[tuple[str, int], Line]:
    """The lines by name; the second of the same name has a key of its own."""
    places: dict[str, count[int]] = {}
    return {(name(line), next(places.setdefault(name(line), count()))): line for line in lines}


def _details(before: Any, after: Any) -> tuple[Detail, ...]:
    pairs = ((field.name, getattr(before, field.name), getattr(after, field.name)) for field in fields(after))
    return tuple(Detail(*pair) for pair in pairs if pair[1] != pair[2])
