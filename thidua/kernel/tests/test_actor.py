"""Which holding lets an actor through a gate."""

from thidua.kernel.actor import ANYWHERE, Actor, Holding, Power, Role

SIGN = Power("pledges.sign", "Ký", (Role.UNIT_LEADER,))
OWN = Holding(1, "Bí thư", 10, "A", frozenset({Role.UNIT_LEADER}))
LENT = Holding(2, "Bí thư", 20, "B", frozenset({Role.UNIT_LEADER}), lender_id=7, lender_name="B")


def test_a_role_counts_only_at_the_named_organisations():
    actor = Actor(1, "x", (OWN,))
    assert actor.by(SIGN, {Role.UNIT_LEADER: [10]}).using is OWN
    assert actor.by(SIGN, {Role.UNIT_LEADER: [20]}) is None
    assert actor.by(SIGN, {Role.HEAD_SECRETARY: [10]}) is None
    assert actor.by(SIGN, {Role.UNIT_LEADER: ANYWHERE}).using is OWN


def test_own_posts_come_before_lent_ones():
    lent_here = Holding(3, "Bí thư", 10, "A", frozenset({Role.UNIT_LEADER}), lender_id=9, lender_name="C")
    assert Actor(1, "x", (lent_here, OWN)).by(SIGN, {Role.UNIT_LEADER: [10]}).using is OWN
    assert Actor(1, "x", (LENT,)).by(SIGN, {Role.UNIT_LEADER: [20]}).using.lender_id == 7
