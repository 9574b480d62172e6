"""What a submitted report holds, as kept for good, and its digest; fingerprints by which an editor notices another's work."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from thidua.kernel.errors import Refused
from thidua.kernel.points import format_vietnamese

MOST_TEXT = 20_000
MOST_WHY = 300
MOST_PRACTICES = 10
MOST_PRACTICE_TEXT = 5000
MOST_FILES = 20
DECIMALS = 3


def check_figure(figure: Decimal | None, field: str) -> Decimal | None:
    """Refuses, at the field, a figure of more than three decimals (reports.figure_decimals)."""
    if figure is not None and figure != round(figure, DECIMALS):
        raise Refused("reports.figure_decimals", field=field, limit=DECIMALS)
    return figure


def plain(figure: Decimal | None) -> str:
    """A figure as it is kept and compared: "12.5", "0", "" for none; the same however many zeros it was stored with."""
    if figure is None:
        return ""
    return f"{figure.normalize():f}" if figure else "0"


def shown(figure: Decimal | None) -> str:
    """A figure as it stands in the field of a form: "1.234,5"."""
    return "" if figure is None else format_vietnamese(figure, most=DECIMALS)


def clean_text(text: str) -> str:
    """Text with one kind of line end (browsers send CRLF) and without space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def fingerprint(figure: Decimal | None, text: str, why: str) -> str:
    """A short code of what an entry says."""
    return hashlib.sha256(f"{plain(figure)}|{clean_text(text)}|{clean_text(why)}".encode()).hexdigest()[:16]


def is_changed(figure: Decimal | None, computed: Decimal | None) -> bool:
    """Whether what stands there is not what was computed; nothing is changed where nothing was computed."""
    return computed is not None and plain(figure) != plain(computed)


def is_filled(kind: str, figure: Decimal | None, text: str) -> bool:
    """Whether the item has an answer: 0 is one."""
    return figure is not None if kind == "figure" else bool(text.strip())


def canonical(content: dict[str, Any]) -> str:
    """Content as JSON, the same on every machine: keys sorted, no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal digits."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
