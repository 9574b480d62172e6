"""What the head writes in a consolidated report, and what it takes to issue it. Pure."""

import re
from dataclasses import fields
from datetime import date

from thidua.kernel.errors import Refused
from thidua.reports.rules.content import MOST_TEXT, clean_text
from thidua.reports.rules.periods import MOST_TITLE
from thidua.reports.rules.summary import Words

MOST_NUMBER = 60
MOST_CHOSEN = 30
"""Practices told in one consolidated report."""

_NUMBER = re.compile(r"\d{1,6}\s?[-/]\s?\S.*")


def clean_words(words: Words) -> Words:
    """The words as they are kept. Refuses a part, or a signer, that is too long (reports.text_too_long)."""
    cleaned = {part.name: clean_text(getattr(words, part.name)) for part in fields(words)}
    for name, text in cleaned.items():
        limit = MOST_TITLE if name == "signer" else MOST_TEXT
        if len(text) > limit:
            raise Refused("reports.text_too_long", field=name, length=len(text), limit=limit)
    return Words(**cleaned)


def check_words(words: Words) -> None:
    """Refuses a part without a word (reports.part_empty) and nobody to sign (reports.signer_missing): a report is issued
    whole."""
    if not all((words.situation, words.assessment, words.directions)):
        raise Refused("reports.part_empty")
    if not words.signer:
        raise Refused("reports.signer_missing")


def check_number(number_text: str) -> str:
    """Number and symbol as on the paper. Refuses (reports.number_shape) what does not begin with the number, then "-" or "/"."""
    number = " ".join(number_text.split())
    if len(number) > MOST_NUMBER or not _NUMBER.fullmatch(number):
        raise Refused("reports.number_shape", field="number_text")
    return number


def check_issue_day(issued_on: date, starts_on: date, today: date) -> None:
    """Refuses a day to come (reports.issue_day_ahead) and one before the period begins (reports.issue_day_early)."""
    if issued_on > today:
        raise Refused("reports.issue_day_ahead", field="issued_on", today=today)
    if issued_on < starts_on:
        raise Refused("reports.issue_day_early", field="issued_on", day=starts_on)
