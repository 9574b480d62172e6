"""How far a set of tasks is, as figures. Where the figures come from is asked elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How many tasks are in each state; `overdue` are those still open after their day, whatever their state."""

    planned: int = 0
    doing: int = 0
    waiting: int = 0
    done: int = 0
    dropped: int = 0
    overdue: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        """The figures of both sets together."""
        return Progress(
            self.planned + other.planned,
            self.doing + other.doing,
            self.waiting + other.waiting,
            self.done + other.done,
            self.dropped + other.dropped,
            self.overdue + other.overdue,
        )

    @property
    def total(self) -> int:
        """The tasks that count: all but those dropped."""
        return self.planned + self.doing + self.waiting + self.done

    @property
    def open(self) -> int:
        """The tasks still to be done."""
        return self.planned + self.doing + self.waiting

    @property
    def percent(self) -> int | None:
        """The share of tasks done, rounded down: 100 means none is open. None where there is no task."""
        return 100 * self.done // self.total if self.total else None


NOTHING = Progress()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar that is 100 long: where it begins, how long it is, and the count it stands for."""

    kind: str
    start: float
    length: float
    count: int


def bar(progress: Progress) -> list[Part]:
    """The tasks that count as a bar: done, then overdue, then open with time left. Empty parts are left out."""
    counts = [("done", progress.done), ("overdue", progress.overdue), ("open", progress.open - progress.overdue)]
    parts, start = [], 0.0
    for kind, count in counts:
        if count:
            length = round(100 * count / progress.total, 2)
            parts.append(Part(kind, round(start, 2), length, count))
            start += length
    return parts
