"""The conference: quorum, attendance, the customary agenda. Pure.

No text that was read in full fixes quorum or agenda of a cluster's conference: the agenda below is the order of the closing
conference of Hưng Yên's guidance (2021) and of the article; the cluster changes both as it likes.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from thidua.ballots.rules import FEWEST_BALLOTS
from thidua.kernel.errors import Refused

CUSTOMARY_AGENDA = (
    "Báo cáo tổng kết công tác năm, phương hướng năm sau",
    "Thảo luận, trao đổi kinh nghiệm của các đơn vị",
    "Thông qua kết quả chấm điểm, xếp hạng",
    "Bình xét, suy tôn danh hiệu thi đua, khen thưởng",
    "Giới thiệu cụm trưởng, cụm phó năm sau",
    "Ký giao ước thi đua năm sau",
)

FEWEST_UNITS = 2
"""Delegates of fewer units make no conference of a cluster."""


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of those who have the vote are present, how many must be."""

    present: int
    voters: int
    needed: int

    @property
    def reached(self) -> bool:
        """Whether enough are present; never with nobody on the list."""
        return self.voters > 0 and self.present >= self.needed

    @property
    def to_open(self) -> int:
        """How many must be present to open a poll: the quorum, and never fewer than keep a ballot secret."""
        return max(self.needed, FEWEST_BALLOTS)

    @property
    def is_for_secrecy(self) -> bool:
        """Whether the secrecy of the ballot asks for more than the quorum does."""
        return self.needed < FEWEST_BALLOTS

    @property
    def may_open(self) -> bool:
        """Whether enough are present to open a poll."""
        return self.present >= self.to_open


def quorum(present: int, voters: int, numerator: int, denominator: int) -> Quorum:
    """The fewest that make the fraction, by whole numbers: 2/3 of 7 is 5."""
    return Quorum(present, voters, -(-numerator * voters // denominator))


def check_quorum_rule(numerator: int, denominator: int) -> None:
    """Refuses a fraction outside 0 < n/d ≤ 1 (conference.quorum_impossible, field quorum_numerator)."""
    if numerator < 1 or denominator < 1 or numerator > denominator:
        raise Refused("conference.quorum_impossible", field="quorum_numerator")


@dataclass(frozen=True, slots=True)
class Plan:
    """When, where, under whom; and which part of those who have the vote must be present to hold a poll."""

    starts_at: datetime
    place: str
    chair: str
    secretary: str
    quorum_numerator: int = 2
    quorum_denominator: int = 3


@dataclass(frozen=True, slots=True)
class Movements:
    """Who came in and who went out between two looks at the list."""

    arrived: frozenset[int]
    left: frozenset[int]


def movements(shown: Collection[int], present_then: Collection[int], ticked: Collection[int]) -> Movements:
    """Only what this person changed on the list shown: two who mark attendance at once do not undo each other."""
    seen, then, now = set(shown), set(present_then), set(ticked)
    return Movements(frozenset((now - then) & seen), frozenset((then - now) & seen))


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One point of the agenda as typed; `item_id` is None for a new one."""

    item_id: int | None
    title: str
    minutes: int | None
    notes: str


def agenda_lines(lines: Iterable[AgendaLine]) -> tuple[AgendaLine, ...]:
    """The lines that have a title. Refuses notes under no title (conference.agenda_untitled): nothing typed is thrown away."""
    kept = []
    for line in lines:
        if line.title.strip():
            kept.append(line)
        elif line.notes.strip():
            raise Refused("conference.agenda_untitled")
    return tuple(kept)
