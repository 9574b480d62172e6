"""Which holding lets an actor through a gate."""

import pytest

from thidua.kernel.actor import ANYWHERE, Actor, Holding, Power, Role, who, with_post

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


@pytest.mark.parametrize(
    ("name", "post", "told"),
    [
        ("Nguyễn Văn A", "Trưởng ban", "Nguyễn Văn A, Trưởng ban"),
        ("Thư ký cụm · Thực hành 1", "Thư ký cụm", "Thư ký cụm · Thực hành 1"),
        ("Thư ký cụm", "thư ký cụm", "Thư ký cụm"),
        ("Cộng tác viên số 12", "Cộng tác viên số 1", "Cộng tác viên số 12, Cộng tác viên số 1"),
        ("Nguyễn Văn A", "", "Nguyễn Văn A"),
    ],
)
def test_the_post_is_told_once(name, post, told):
    assert with_post(name, post) == told
    assert who(Actor(1, name, using=Holding(1, post, 10, "A", frozenset()))) == told


def test_whoever_acts_without_a_post_is_told_by_name():
    assert who(Actor(1, "Nguyễn Văn A")) == "Nguyễn Văn A"
