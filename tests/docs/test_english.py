"""The English of the slices is one English: Django merges all catalogues, and of two translations the reader would get either."""

from collections import defaultdict
from pathlib import Path

from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[2] / "thidua"


def test_a_message_has_one_english_in_all_slices():
    said: dict[tuple[str | None, object], dict[object, list[str]]] = defaultdict(lambda: defaultdict(list))
    catalogues = sorted(PACKAGE.glob("*/locale/en/LC_MESSAGES/django.po"))
    for path in catalogues:
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id:
                    said[message.context, message.id][message.string].append(path.relative_to(PACKAGE).parts[0])
    assert len(catalogues) > 10
    assert {message: dict(english) for message, english in said.items() if len(english) > 1} == {}
