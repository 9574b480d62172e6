"""What a submission keeps, and how two writers notice each other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.kernel.errors import Refused
from thidua.kernel.points import parse_typed
from thidua.reports.rules import content as rules

FIGURES = st.decimals(min_value=-(10**12) + 1, max_value=10**12 - 1, places=3)


@pytest.mark.parametrize(
    ("figure", "plain"),
    [(None, ""), (Decimal("0.000"), "0"), (Decimal("12.500"), "12.5"), (Decimal("1E+3"), "1000"), (Decimal("-2"), "-2")],
)
def test_a_figure_is_kept_without_trailing_zeros(figure, plain):
    assert rules.plain(figure) == plain


@given(FIGURES)
def test_a_figure_shown_in_a_form_reads_back_as_itself(figure):
    assert parse_typed(rules.shown(figure)) == figure
    assert Decimal(rules.plain(figure)) == figure


@given(FIGURES, st.text(), st.text())
def test_a_fingerprint_does_not_depend_on_how_browsers_send_lines(figure, text, why):
    sent = rules.clean_text(text).replace("\n", "\r\n")
    assert rules.fingerprint(figure, sent, why) == rules.fingerprint(figure + Decimal("0.0000"), text, why)


@given(FIGURES, FIGURES)
def test_different_figures_have_different_fingerprints(one, other):
    assert (rules.fingerprint(one, "", "") == rules.fingerprint(other, "", "")) == (one == other)


def test_more_than_three_decimals_are_refused():
    assert rules.check_figure(Decimal("1.1250"), "figure-7") == Decimal("1.125")
    with pytest.raises(Refused, match=r"reports\.figure_decimals"):
        rules.check_figure(Decimal("1.1251"), "figure-7")


@pytest.mark.parametrize(
    ("figure", "computed", "changed"),
    [(None, None, False), (Decimal(3), None, False), (Decimal("3.0"), Decimal(3), False), (None, Decimal(3), True),
     (Decimal(4), Decimal(3), True), (Decimal(0), Decimal(0), False)],
)  # fmt: skip
def test_only_a_computed_figure_can_be_changed(figure, computed, changed):
    assert rules.is_changed(figure, computed) is changed


@pytest.mark.parametrize(
    ("kind", "figure", "text", "filled"),
    [
        ("figure", Decimal(0), "", True),
        ("figure", None, "chữ", False),
        ("narrative", None, " \n", False),
        ("narrative", None, "a", True),
    ],
)
def test_nought_is_an_answer_and_blanks_are_none(kind, figure, text, filled):
    assert rules.is_filled(kind, figure, text) is filled


def test_the_digest_does_not_depend_on_the_order_of_keys():
    assert rules.digest({"a": 1, "b": "ở"}) == rules.digest({"b": "ở", "a": 1})
    assert rules.digest({"a": 1}) != rules.digest({"a": 2})
