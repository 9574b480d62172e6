"""Whom a clause addresses. Membership changes from year to year, the clause does not: it names a kind of owner."""

from collections.abc import Collection, Iterable

EVERY_UNIT, HEAD, KINDS, NOBODY = "every_unit", "head", "kinds", "nobody"
"""The values of models.OwnerKind."""


def addressed(
    owner_kind: str, unit_kinds: Collection[str], units: Iterable[tuple[int, str]], head_id: int | None
) -> frozenset[int]:
    """Ids of the units that answer a clause, out of `units` = (id, kind of organisation) of the year's members.

    The head is addressed only while it is a member itself; an unknown owner kind is an error of the program.
    """
    members = list(units)
    if owner_kind == EVERY_UNIT:
        return frozenset(unit for unit, _ in members)
    if owner_kind == HEAD:
        return frozenset(unit for unit, _ in members if unit == head_id)
    if owner_kind == KINDS:
        return frozenset(unit for unit, kind in members if kind in unit_kinds)
    if owner_kind == NOBODY:
        return frozenset()
    raise ValueError(owner_kind)
