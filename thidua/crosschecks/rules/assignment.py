"""Who checks whom in a pairwise round: a pure function of the units, how many each checks, a seed and the conflicts.

Every possible pair gets a number from the SHA-256 of "seed:checker:unit"; pairs are tried in the order of these numbers, and
where a unit would be left over, pairs already made change hands along an alternating path (the maximum flow of Ford and Fulkerson
between checkers and checked). So the order in which units are listed does not matter, and anyone who knows the seed finds the
same assignment, with any tool that knows SHA-256.

Everybody checks k and is checked k times wherever that is possible. Where conflicts make it impossible, nobody is more than one
short on either side and nobody is left out, and no assignment has more pairs. In the end pairs that check each other are parted
where a swap allows it: two units that hold each other's points in their hands are tempted to trade.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from thidua.kernel.errors import Refused

Pair = tuple[str, str]
"""Checker, and the unit that is checked."""


def assign(units: Collection[str], each: int, seed: int, barred: Iterable[Pair] = ()) -> tuple[Pair, ...]:
    """The pairs, sorted. What stands in `barred` is never paired, in neither direction.

    Refuses fewer than one check each or more than there are other units (crosschecks.each_out_of_range: `most`), and conflicts
    that leave units more than one short, or without any check (crosschecks.too_few_partners: `units`).
    """
    names = sorted(set(units))
    if not 1 <= each < len(names):
        raise Refused("crosschecks.each_out_of_range", field="per_unit", most=max(len(names) - 1, 0))
    walls = {frozenset(pair) for pair in barred}
    possible = [(c, u) for c in names for u in names if c != u and frozenset((c, u)) not in walls]
    possible.sort(key=lambda pair: draw(seed, pair))
    plan = _Plan(names, possible, each)
    plan.fill()
    plan.level()
    mirrored = _Plan(names, [(u, c) for c, u in possible], each, {(u, c) for c, u in plan.pairs})
    mirrored.level()
    return tuple(sorted(_parted({(c, u) for u, c in mirrored.pairs}, possible)))


def draw(seed: int, pair: Pair) -> str:
    """The number that a pair draws: the smaller, the sooner it is tried."""
    return sha256(f"{seed}:{pair[0]}:{pair[1]}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Paths:
    """The alternating paths that begin at one checker: for each unit the checker it was reached from, for each checker the unit
    whose check it would hand on."""

    came: dict[str, str]
    through: dict[str, str]


class _Plan:
    """The pairs made so far, from the side of the checkers."""

    def __init__(self, names: Sequence[str], possible: Sequence[Pair], each: int, pairs: Iterable[Pair] = ()) -> None:
        self.names, self.possible, self.each = names, possible, each
        self.least = max(each - 1, 1)
        self.pairs = set(pairs)
        self.partners = {name: [unit for checker, unit in possible if checker == name] for name in names}

    def checks(self, checker: str) -> int:
        return sum(pair[0] == checker for pair in self.pairs)

    def checked(self, unit: str) -> int:
        return sum(pair[1] == unit for pair in self.pairs)

    def fill(self) -> None:
        """As many pairs as there can be."""
        for checker, unit in self.possible:
            if self.checks(checker) < self.each and self.checked(unit) < self.each:
                self.pairs.add((checker, unit))
        for checker in self.names:
            while self.checks(checker) < self.each and self._extend(checker):
                pass

    def level(self) -> None:
        """Checkers below the least are handed a check by one above it; the number of pairs stays. Where nobody on any path is
        above it, those reached hold every check they could have, so there is no assignment."""
        for checker in self.names:
            while self.checks(checker) < self.least:
                paths = self._paths(checker)
                giver = next((name for name in paths.through if self.checks(name) > self.least), None)
                if giver is None:
                    crowd = [checker, *paths.through]
                    scarce = [name for name in crowd if len(self.partners[name]) < self.least]
                    raise Refused("crosschecks.too_few_partners", field="per_unit", units=sorted(scarce or crowd))
                self.pairs.remove((giver, paths.through[giver]))
                self._turn(checker, paths.through[giver], paths)

    def _extend(self, checker: str) -> bool:
        paths = self._paths(checker)
        free = next((unit for unit in paths.came if self.checked(unit) < self.each), None)
        if free is not None:
            self._turn(checker, free, paths)
        return free is not None

    def _paths(self, start: str) -> _Paths:
        """All paths from the start, shortest first: to a unit not yet checked, on to who checks it, to another unit."""
        paths, queue = _Paths({}, {}), [start]
        for checker in queue:
            for unit in self.partners[checker]:
                if unit in paths.came or (checker, unit) in self.pairs:
                    continue
                paths.came[unit] = checker
                for other in self.names:
                    if (other, unit) in self.pairs and other not in paths.through and other != start:
                        paths.through[other] = unit
                        queue.append(other)
        return paths

    def _turn(self, start: str, unit: str, paths: _Paths) -> None:
        """Every checker on the path to the unit takes the next check and hands on the one it held."""
        while (checker := paths.came[unit]) != start:
            self.pairs.add((checker, unit))
            unit = paths.through[checker]
            self.pairs.remove((checker, unit))
        self.pairs.add((start, unit))


def _parted(pairs: set[Pair], possible: Sequence[Pair]) -> set[Pair]:
    """The pairs, those that check each other parted where two pairs can exchange units without making new ones of the kind."""
    order = [pair for pair in possible if pair in pairs]
    for a, b in order:
        if not {(a, b), (b, a)} <= pairs:
            continue
        for c, d in possible:
            new = {(a, d), (c, b)}
            fits = (c, d) in pairs and new <= set(possible) - pairs and not {(d, a), (b, c)} & pairs
            if fits:
                pairs = (pairs - {(a, b), (c, d)}) | new
                break
    return pairs


def loads(pairs: Iterable[Pair], units: Iterable[str]) -> dict[str, tuple[int, int]]:
    """For each unit how many it checks and by how many it is checked."""
    made = list(pairs)
    return {unit: (sum(c == unit for c, _u in made), sum(u == unit for _c, u in made)) for unit in units}
