"""Number and symbol of a document, read as its issuer writes them.

The Party writes 04-NQ/TW (Hướng dẫn 36-HD/VPTW), the State 12/QĐ-UBND or 03/2018/TT-BNG and 123/UBND-VX on a dispatch
(Nghị định 30/2020/NĐ-CP, Phụ lục I), the National Assembly 15/2022/QH15. A number below ten is written with a 0 before it.
"""

import re
import unicodedata
from dataclasses import dataclass

from thidua.kernel.errors import Refused

PARTY, STATE, ASSEMBLY, FREE = "party", "state", "assembly", "free"
"""The values of models.NumberForm."""

DISPATCH = "dispatch"
ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "resolution": ("NQ",),
    "directive": ("CT",),
    "conclusion": ("KL",),
    "regulation": ("QĐ", "QĐi"),
    "decision": ("QĐ",),
    "programme": ("CTr", "CTHĐ"),
    "plan": ("KH",),
    "guidance": ("HD",),
    "notice": ("TB",),
    "circular": ("TT", "TTLT"),
    "decree": ("NĐ",),
    DISPATCH: ("CV",),
}
"""What stands for the kind in the number, the usual one first; a kind that is not here may be written with any letters."""

MOST_LENGTH = 60
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_SPOKEN = re.compile(r"^số\s*[:.]?\s*", re.IGNORECASE)
_WORD = r"[^\W\d_]+"
_SIGN = rf"{_WORD}[^\W_]*"
_SYMBOL = rf"{_SIGN}(?:[-.&]{_SIGN})*"
_PARTY = re.compile(rf"(?P<serial>\d{{1,6}})(?P<letter>[a-zđ]?)-(?P<sign>{_WORD})/(?P<symbol>{_SYMBOL})", re.IGNORECASE)
_STATE = re.compile(
    rf"(?P<serial>\d{{1,6}})(?P<letter>[a-zđ]?)/(?:(?P<year>\d{{4}})/)?(?P<sign>{_WORD})-(?P<symbol>{_SYMBOL})", re.IGNORECASE
)
_DISPATCH = re.compile(rf"(?P<serial>\d{{1,6}})(?P<letter>[a-zđ]?)/(?P<symbol>{_SYMBOL})", re.IGNORECASE)
_ASSEMBLY = re.compile(
    r"(?P<serial>\d{1,6})(?P<letter>[a-z]?)/(?P<year>\d{4})/(?P<symbol>(?:UBTV)?QH)(?P<term>\d{1,2})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number taken apart. `sign` stands for the kind ("NQ"), `year` is None where the number names none."""

    text: str
    sign: str = ""
    symbol: str = ""
    year: int | None = None


def tidy(typed: str) -> str:
    """What was typed in one writing: NFC, any dash as "-", no "Số" in front, no space around "-" and "/"."""
    plain = _SPOKEN.sub("", " ".join(unicodedata.normalize("NFC", typed).translate(_DASHES).split()))
    return re.sub(r"\s*([-/])\s*", r"\1", plain)


def read_number(typed: str, *, form: str, kind: str, symbol: str) -> Number:
    """The number of a document of `kind` by an issuer who writes in `form` and ends with `symbol` (empty: any).

    Refuses directives.number_form (not the issuer's way of writing), directives.number_kind (the letters of another kind),
    directives.number_symbol (another issuer's symbol), each with an example of the right writing; directives.number_long.
    """
    plain = tidy(typed)
    read = Number(plain) if form == FREE else _by_pattern(plain, form, kind, symbol)
    if len(read.text) > MOST_LENGTH:
        raise Refused("directives.number_long", field="number_text", most=MOST_LENGTH)
    return read


def _by_pattern(plain: str, form: str, kind: str, symbol: str) -> Number:
    pattern = _DISPATCH if (form, kind) == (STATE, DISPATCH) else {PARTY: _PARTY, STATE: _STATE, ASSEMBLY: _ASSEMBLY}[form]
    found = pattern.fullmatch(plain.replace(" ", ""))
    example = example_of(form=form, kind=kind, symbol=symbol)
    if found is None:
        raise Refused("directives.number_form", field="number_text", text=plain[:MOST_LENGTH], example=example)
    parts = found.groupdict()
    serial = f"{parts['serial'].lstrip('0') or '0':0>2}{parts['letter'].lower()}"
    if form == ASSEMBLY:
        return _of_the_assembly(parts, serial, symbol, example)
    sign = _sign(parts["sign"], kind, example) if parts.get("sign") else ""
    ending = _symbol(parts["symbol"], symbol, example)
    year = parts.get("year")
    if form == PARTY:
        text = f"{serial}-{sign}/{ending}"
    else:
        text = "/".join(filter(None, (serial, year, f"{sign}-{ending}" if sign else ending)))
    return Number(text, sign, ending, int(year) if year else None)


def example_of(*, form: str, kind: str, symbol: str) -> str:
    """How a number of this issuer and kind looks: "05-CT/TW"."""
    sign = ABBREVIATIONS.get(kind, ("NQ",))[0]
    if form == ASSEMBLY:
        return f"15/2022/{_letters(symbol) or 'QH'}15"
    if form == PARTY:
        return f"05-{sign}/{symbol or 'TW'}"
    if kind == DISPATCH:
        return f"123/{symbol or 'UBND'}-VX"
    return f"12/{sign}-{symbol or 'UBND'}"


def _of_the_assembly(parts: dict[str, str], serial: str, symbol: str, example: str) -> Number:
    body = parts["symbol"].upper()
    wanted = _letters(symbol)
    if wanted and body != wanted.upper():
        raise Refused("directives.number_symbol", field="number_text", found=body, wanted=wanted, example=example)
    ending = f"{body}{int(parts['term'])}"
    return Number(f"{serial}/{parts['year']}/{ending}", "", ending, int(parts["year"]))


def _sign(typed: str, kind: str, example: str) -> str:
    known = ABBREVIATIONS.get(kind)
    if known is None:
        return next((sign for signs in ABBREVIATIONS.values() for sign in signs if _same(sign, typed)), typed.upper())
    for sign in known:
        if _same(sign, typed):
            return sign
    raise Refused(
        "directives.number_kind", field="number_text", found=typed.upper(), wanted=" / ".join(known), example=example
    )


def _symbol(typed: str, wanted: str, example: str) -> str:
    """The issuer's own writing of its symbol, with what follows it (a department, a second issuer) in capitals."""
    if not wanted:
        return typed.upper()
    head, rest = typed[: len(wanted)], typed[len(wanted) :]
    if not _same(head, wanted) or rest[:1].isalnum():
        raise Refused("directives.number_symbol", field="number_text", found=typed.upper(), wanted=wanted, example=example)
    return f"{wanted}{rest.upper()}"


def _letters(symbol: str) -> str:
    return symbol.rstrip("0123456789")


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
