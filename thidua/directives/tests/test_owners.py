"""Whom a clause addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.directives.models import OwnerKind
from thidua.directives.rules import addressed

UNITS = [(1, "agency"), (2, "party_body"), (3, "agency")]


@pytest.mark.parametrize(
    ("owner_kind", "unit_kinds", "head_id", "expected"),
    [
        (OwnerKind.EVERY_UNIT, [], 1, {1, 2, 3}),
        (OwnerKind.HEAD, [], 2, {2}),
        (OwnerKind.HEAD, [], 9, set()),
        (OwnerKind.HEAD, [], None, set()),
        (OwnerKind.KINDS, ["agency"], 2, {1, 3}),
        (OwnerKind.KINDS, [], 2, set()),
        (OwnerKind.NOBODY, ["agency"], 1, set()),
    ],
)
def test_a_clause_addresses(owner_kind, unit_kinds, head_id, expected):
    assert addressed(owner_kind, unit_kinds, UNITS, head_id) == expected


def test_an_unknown_owner_is_an_error():
    with pytest.raises(ValueError, match="somebody"):
        addressed("somebody", [], UNITS, 1)


@given(
    st.sampled_from(OwnerKind.values),
    st.sets(st.sampled_from(["agency", "party_body"])),
    st.dictionaries(st.integers(1, 9), st.sampled_from(["agency", "party_body"])),
    st.integers(1, 9),
)
def test_only_members_are_ever_addressed(owner_kind, unit_kinds, units, head_id):
    assert addressed(owner_kind, unit_kinds, units.items(), head_id) <= units.keys()
