"""Coverage of a directive: what stands in the cell clause × unit, and the sums beside the matrix.

A task that was dropped answers nothing, so callers leave it out of the tally. A clause's day counts like a task's own: work that
is still open after it is overdue, and nothing done by then is a late blank.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Answer(StrEnum):
    """How a unit has answered a clause."""

    NOT_ASKED = "not_asked"
    BLANK = "blank"
    BLANK_LATE = "blank_late"
    DOING = "doing"
    OVERDUE = "overdue"
    DONE = "done"


BLANKS = (Answer.BLANK, Answer.BLANK_LATE)


@dataclass(frozen=True, slots=True)
class Tally:
    """The tasks of one unit that answer one clause: how many are done and open, how many of the open ones are overdue, and the
    sum of the percents of the open ones."""

    done: int = 0
    open: int = 0
    overdue: int = 0
    percents: int = 0

    @property
    def percent(self) -> int:
        """How far they are on the average, a task done counting 100; 0 where there is none. 100 only when all are done."""
        tasks = self.done + self.open
        return min((100 * self.done + self.percents) // tasks, 99 if self.open else 100) if tasks else 0


NOTHING = Tally()


def answer(*, asked: bool, tally: Tally, due_on: date | None, today: date) -> Answer:
    """The state of a cell. A unit that answers without being asked shows its work all the same."""
    is_past = due_on is not None and due_on < today
    if tally.open:
        return Answer.OVERDUE if tally.overdue or is_past else Answer.DOING
    if tally.done:
        return Answer.DONE
    if not asked:
        return Answer.NOT_ASKED
    return Answer.BLANK_LATE if is_past else Answer.BLANK


@dataclass(frozen=True, slots=True)
class Total:
    """The cells of a row, a column or the whole matrix: how many were asked for an answer, and of these how many are answered by
    a task, done, and overdue (late blanks count as overdue)."""

    asked: int = 0
    answered: int = 0
    done: int = 0
    overdue: int = 0

    @property
    def percent(self) -> int | None:
        """The share of those asked that have answered, rounded down: 100 means no blank. None where nobody is asked."""
        return 100 * self.answered // self.asked if self.asked else None

    @property
    def blank(self) -> int:
        """How many have not answered."""
        return self.asked - self.answered


def total(cells: Iterable[tuple[bool, Answer]]) -> Total:
    """The sums over (asked, answer); cells that were not asked count nowhere, so that no unit's zeal hides another's blank."""
    answers = [found for asked, found in cells if asked]
    return Total(
        asked=len(answers),
        answered=sum(found not in BLANKS for found in answers),
        done=answers.count(Answer.DONE),
        overdue=answers.count(Answer.OVERDUE) + answers.count(Answer.BLANK_LATE),
    )
