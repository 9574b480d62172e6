"""Three-way merge of a row: nobody's typing is lost, and only a real clash is asked about."""

from hypothesis import given
from hypothesis import strategies as st

from thidua.scoring.rules.merging import Cell, RowState, merge

states = st.builds(RowState, st.fixed_dictionaries({}, optional={"points": st.integers(0, 3)}), st.sampled_from(["", "a", "b"]))


def row(points=None, reason=""):
    return RowState({} if points is None else {"points": points}, reason)


def test_one_changes_the_figure_the_other_the_reason_and_both_stay():
    merged = merge(row(8, "cũ"), row(8, "mới"), row(9, "cũ"))
    assert merged.state == row(9, "mới")
    assert merged.clashes == ()


def test_both_change_the_figure_and_the_writer_is_asked():
    merged = merge(row(8), row(7), row(9))
    assert merged.state == row(9)
    assert merged.clashes == (Cell.FIGURES,)


def test_both_change_both_cells():
    assert merge(row(8, "cũ"), row(7, "của Lan"), row(9, "của tôi")).clashes == (Cell.FIGURES, Cell.REASON)


def test_the_same_change_twice_is_no_clash():
    assert merge(row(8), row(7), row(7)).clashes == ()


def test_what_the_other_emptied_stays_empty_when_the_writer_left_it():
    assert merge(row(8), row(None), row(8, "có thêm")).state == row(None, "có thêm")


def test_without_a_base_every_difference_is_asked():
    merged = merge(None, row(7, "x"), row(8, "x"))
    assert merged.clashes == (Cell.FIGURES,)


@given(states, states, states)
def test_a_cell_that_one_side_left_alone_takes_the_other_sides_value(base, kept, mine):
    merged = merge(base, kept, mine)
    for name, cell in (("figures", Cell.FIGURES), ("reason", Cell.REASON)):
        was, theirs, own, now = (getattr(state, name) for state in (base, kept, mine, merged.state))
        if own == was:
            assert now == theirs
        else:
            assert now == own
        assert (cell in merged.clashes) == (own != was and theirs != was and own != theirs)


@given(states, states, states)
def test_who_comes_first_decides_nothing_where_nobody_is_asked(base, one, other):
    forth, back = merge(base, one, other), merge(base, other, one)
    assert forth.clashes == back.clashes
    if not forth.clashes:
        assert forth.state == back.state


@given(states, states)
def test_nothing_changed_by_others_means_no_clash(base, mine):
    assert merge(base, base, mine).clashes == ()
    assert merge(base, base, mine).state == mine
