"""Which statements come up, what the answers show, and that every statement can be checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.forecasts.queries.practice import all_statements, statements_for
from thidua.forecasts.rules.practice import A_GO, Advice, judge, pick

answers = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=12)


def test_every_statement_has_all_it_needs():
    known = all_statements().values()
    assert len(known) >= 24
    for each in known:
        assert all((each.statement_vi, each.statement_en, each.explanation_vi, each.explanation_en, each.source)), each.id
        assert isinstance(each.truth, bool)
    true = sum(each.truth for each in known)
    assert len(known) / 3 < true < len(known) * 2 / 3
    assert len({each.statement_vi for each in known}) == len(known)


def test_the_seed_alone_decides_which_ten():
    first = statements_for("7")
    assert [each.id for each in first] == [each.id for each in statements_for("7")]
    assert len({each.id for each in first}) == A_GO
    assert {each.id for each in first} != {each.id for each in statements_for("8")}


def test_every_statement_comes_up():
    assert {each for seed in range(60) for each in pick(list(all_statements()), str(seed))} == set(all_statements())


@pytest.mark.parametrize(
    ("given_answers", "advice"),
    [
        ([(0.5, True)] * 10, Advice.SAYS_NOTHING),
        ([(0.95, True)] * 5 + [(0.95, False)] * 5, Advice.TOO_SURE),
        ([(0.6, True)] * 10, Advice.TOO_TIMID),
        ([(0.3, False)] * 7 + [(0.3, True)] * 3, Advice.IN_LINE),
    ],
)
def test_what_to_try_next(given_answers, advice):
    assert judge(given_answers).advice is advice


def test_a_go_by_hand():
    found = judge([(1.0, True), (0.0, True), (0.5, False), (0.8, True)])
    assert found.brier == pytest.approx((0 + 1 + 0.25 + 0.04) / 4)
    assert found.confidence == pytest.approx((1 + 1 + 0.5 + 0.8) / 4)
    assert found.right == pytest.approx((1 + 0 + 0.5 + 1) / 4)
    assert (found.sure, found.sure_right, found.sure_wrong) == (2, 1, 1)


@given(answers)
def test_saying_the_opposite_of_the_opposite_is_judged_alike(given_answers):
    turned = [(1 - chance, not truth) for chance, truth in given_answers]
    there, back = judge(given_answers), judge(turned)
    assert there.brier == pytest.approx(back.brier)
    assert there.confidence == pytest.approx(back.confidence)
    assert 0 <= there.right <= 1
