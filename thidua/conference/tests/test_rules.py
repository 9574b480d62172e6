"""Quorum, attendance, agenda."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.conference.rules import AgendaLine, agenda_lines, check_quorum_rule, movements, quorum
from thidua.kernel.errors import Refused


@pytest.mark.parametrize(
    ("present", "voters", "needed", "reached"), [(5, 7, 5, True), (4, 7, 5, False), (4, 6, 4, True), (0, 0, 0, False)]
)
def test_two_thirds(present, voters, needed, reached):
    found = quorum(present, voters, 2, 3)
    assert (found.needed, found.reached) == (needed, reached)


@given(st.integers(1, 300), st.integers(1, 20), st.integers(1, 20))
def test_needed_is_the_least_that_reaches_the_fraction(voters, a, b):
    numerator, denominator = min(a, b), max(a, b)
    needed = quorum(0, voters, numerator, denominator).needed
    share = Fraction(numerator, denominator) * voters
    assert needed - 1 < share <= needed


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 3), (4, 3), (1, 0)])
def test_a_quorum_is_a_fraction(numerator, denominator):
    with pytest.raises(Refused, match="quorum_impossible"):
        check_quorum_rule(numerator, denominator)


def test_two_who_mark_at_once_do_not_undo_each_other():
    """One ticked 1 on a list that showed nobody; the other, with the same list, ticked 2: neither unticks the other's."""
    first, second = movements([1, 2], [], [1]), movements([1, 2], [], [2])
    assert (first.arrived, first.left) == ({1}, set())
    assert (second.arrived, second.left) == ({2}, set())


@given(st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)))
def test_only_what_was_shown_can_be_changed(shown, then, ticked):
    changed = movements(shown, then, ticked)
    assert changed.arrived | changed.left <= shown
    assert not changed.arrived & changed.left


def test_lines_without_a_title_go_but_notes_never_do():
    kept = agenda_lines([AgendaLine(None, "A", 5, "n"), AgendaLine(3, " ", None, ""), AgendaLine(None, "B", None, "")])
    assert [line.title for line in kept] == ["A", "B"]
    with pytest.raises(Refused, match="agenda_untitled"):
        agenda_lines([AgendaLine(None, "", None, "điều đã bàn")])
