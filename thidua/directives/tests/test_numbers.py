"""Number and symbol by the issuer's way of writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.directives.models import DirectiveKind, NumberForm
from thidua.directives.rules import numbers
from thidua.directives.rules.numbers import example_of, read_number
from thidua.kernel.errors import Refused


@pytest.mark.parametrize(
    ("typed", "form", "kind", "symbol", "expected"),
    [
        ("04-NQ/TW", "party", "resolution", "TW", "04-NQ/TW"),
        ("05 - CT/TW", "party", "directive", "TW", "05-CT/TW"),
        ("số 05 – ct / tw", "party", "directive", "TW", "05-CT/TW"),
        ("5-CT/TW", "party", "directive", "TW", "05-CT/TW"),
        ("005-CT/TW", "party", "directive", "TW", "05-CT/TW"),
        ("36-HD/VPTW", "party", "guidance", "VPTW", "36-HD/VPTW"),
        ("78-qđ/btgtu", "party", "decision", "BTGTU", "78-QĐ/BTGTU"),
        ("78-QĐ/BTGTU", "party", "regulation", "", "78-QĐ/BTGTU"),
        ("12-ctr/TU", "party", "programme", "TU", "12-CTr/TU"),
        ("1024-CV/VPTW", "party", "dispatch", "VPTW", "1024-CV/VPTW"),
        ("12/QĐ-UBND", "state", "decision", "UBND", "12/QĐ-UBND"),
        ("03/2018/TT-BNG", "state", "circular", "BNG", "03/2018/TT-BNG"),
        ("30/2020/nđ-cp", "state", "decree", "CP", "30/2020/NĐ-CP"),
        ("02/2018/QĐ-TTG", "state", "decision", "TTg", "02/2018/QĐ-TTg"),
        ("123/UBND-VX", "state", "dispatch", "UBND", "123/UBND-VX"),
        ("123 / ubnd", "state", "dispatch", "UBND", "123/UBND"),
        ("05/2013/TTLT-BNV-BTC", "state", "circular", "BNV", "05/2013/TTLT-BNV-BTC"),
        ("15/2022/QH15", "assembly", "law", "QH", "15/2022/QH15"),
        ("6/2022/qh15", "assembly", "law", "", "06/2022/QH15"),
        ("326/2016/UBTVQH14", "assembly", "resolution", "UBTVQH", "326/2016/UBTVQH14"),
        ("Bản ghi   nhớ 2021", "free", "other", "", "Bản ghi nhớ 2021"),
    ],
)
def test_right_numbers_are_read_and_tidied(typed, form, kind, symbol, expected):
    assert read_number(typed, form=form, kind=kind, symbol=symbol).text == expected


@pytest.mark.parametrize(
    ("typed", "form", "kind", "symbol", "code", "example"),
    [
        ("05/CT-TW", "party", "directive", "TW", "directives.number_form", "05-CT/TW"),
        ("CT/TW", "party", "directive", "TW", "directives.number_form", "05-CT/TW"),
        ("05", "party", "directive", "TW", "directives.number_form", "05-CT/TW"),
        ("", "party", "directive", "TW", "directives.number_form", "05-CT/TW"),
        ("05-NQ/TW", "party", "directive", "TW", "directives.number_kind", "05-CT/TW"),
        ("05-CT/TU", "party", "directive", "TW", "directives.number_symbol", "05-CT/TW"),
        ("05-CT/TWX", "party", "directive", "TW", "directives.number_symbol", "05-CT/TW"),
        ("12-QĐ/UBND", "state", "decision", "UBND", "directives.number_form", "12/QĐ-UBND"),
        ("12/CT-UBND", "state", "decision", "UBND", "directives.number_kind", "12/QĐ-UBND"),
        ("12/QĐ-BNG", "state", "decision", "UBND", "directives.number_symbol", "12/QĐ-UBND"),
        ("123/BNG-VX", "state", "dispatch", "UBND", "directives.number_symbol", "123/UBND-VX"),
        ("15-2022-QH15", "assembly", "law", "QH", "directives.number_form", "15/2022/QH15"),
        ("15/2022/UBTVQH15", "assembly", "law", "QH", "directives.number_symbol", "15/2022/QH15"),
        ("05-CT/" + "T." * 30, "party", "directive", "", "directives.number_form", "05-CT/TW"),
    ],
)
def test_wrong_numbers_say_what_was_expected(typed, form, kind, symbol, code, example):
    with pytest.raises(Refused) as refused:
        read_number(typed, form=form, kind=kind, symbol=symbol)
    assert (refused.value.code, refused.value.facts["example"]) == (code, example)


@pytest.mark.parametrize(("typed", "form"), [("x" * 61, "free"), ("5-CT/" + "T" * 55, "party")])
def test_a_number_has_a_limit(typed, form):
    with pytest.raises(Refused) as refused:
        read_number(typed, form=form, kind="directive", symbol="")
    assert refused.value.code == "directives.number_long"


def test_a_number_knows_its_year():
    assert read_number("30/2020/NĐ-CP", form="state", kind="decree", symbol="CP").year == 2020
    assert read_number("05-CT/TW", form="party", kind="directive", symbol="TW").year is None


@given(
    st.sampled_from([form.value for form in NumberForm if form != NumberForm.FREE]),
    st.sampled_from(DirectiveKind.values),
    st.sampled_from(["", "TW", "UBND", "BTGTU"]),
)
def test_every_example_is_itself_right(form, kind, symbol):
    example = example_of(form=form, kind=kind, symbol="" if form == "assembly" else symbol)
    assert read_number(example, form=form, kind=kind, symbol="" if form == "assembly" else symbol).text == example


@given(
    st.integers(1, 999_999),
    st.sampled_from([pair for pair in numbers.ABBREVIATIONS.items() if pair[0] != "dispatch"]),
    st.sampled_from(["TW", "TU", "BTGTU", "UBND"]),
    st.sampled_from(["party", "state"]),
    st.sampled_from(["", " ", "  "]),
    st.sampled_from(["-", "–", "—", "‑"]),
    st.booleans(),
)
def test_any_spacing_case_and_dash_come_to_one_writing(serial, kind, symbol, form, gap, dash, lower):
    name, signs = kind
    one, two = (dash, "/") if form == "party" else ("/", dash)
    typed = f"{serial}{gap}{one}{gap}{signs[0]}{gap}{two}{gap}{symbol}"
    read = read_number(typed.lower() if lower else typed, form=form, kind=name, symbol=symbol).text
    assert read == f"{serial:02d}{'-' if form == 'party' else '/'}{signs[0]}{'/' if form == 'party' else '-'}{symbol}"
    assert read_number(read, form=form, kind=name, symbol=symbol).text == read


def outcome(typed, form, kind):
    try:
        return read_number(typed, form=form, kind=kind, symbol="TW").text
    except Refused as refused:
        return refused.code


@given(st.text(max_size=80), st.sampled_from(NumberForm.values), st.sampled_from(DirectiveKind.values))
def test_anything_typed_is_read_or_refused(typed, form, kind):
    read = outcome(typed, form, kind)
    assert read.startswith("directives.number_") or len(read) <= numbers.MOST_LENGTH
