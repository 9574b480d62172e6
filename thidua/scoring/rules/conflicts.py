"""Conflicts of interest that the records themselves suggest. They are proposals: the head decides."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

SAME_PERSON, SAME_PARENT, KINSHIP = "same_person", "same_parent", "kinship"
"""Values of models.ConflictKind."""


@dataclass(frozen=True, slots=True, order=True)
class Proposal:
    """Between two units there may be a conflict; `person` (0: nobody) is on whose account."""

    kind: str
    checker: int
    unit: int
    person: int = 0


def proposals(
    holders: Mapping[int, Collection[int]], parents: Mapping[int, int | None], kin: Collection[tuple[int, int]]
) -> list[Proposal]:
    """What may be a conflict, sorted, each pair of units once (the smaller id is the checker).

    `holders`: for each unit the persons with a post there; two units that share one. `parents`: the direct parent of each unit;
    two units under the same one, unless all units are (then it tells nobody apart). `kin`: standing kinships (person, unit) that
    were declared; the other units at which that person holds a post.
    """
    found: set[Proposal] = set()
    for first, second in combinations(sorted(holders), 2):
        shared = sorted(set(holders[first]) & set(holders[second]))
        if shared:
            found.add(Proposal(SAME_PERSON, first, second, shared[0]))
    apart = len(set(parents.values())) > 1
    for first, second in combinations(sorted(parents), 2):
        if apart and parents[first] is not None and parents[first] == parents[second]:
            found.add(Proposal(SAME_PARENT, first, second))
    for person, unit in kin:
        found.update(
            Proposal(KINSHIP, min(place, unit), max(place, unit), person)
            for place, people in holders.items()
            if person in people and place != unit
        )
    return sorted(found)
