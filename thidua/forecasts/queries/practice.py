"""The statements for practice: their truth stands in a source that anybody can check."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.utils.translation import get_language

from thidua.forecasts.rules.practice import pick


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that is true or not, why, and where that stands."""

    id: str
    statement_vi: str
    statement_en: str
    truth: bool
    explanation_vi: str
    explanation_en: str
    source: str

    @property
    def words(self) -> str:
        """The statement in the reader's language."""
        return self.statement_en if get_language() == "en" else self.statement_vi

    @property
    def explanation(self) -> str:
        """Why, in the reader's language."""
        return self.explanation_en if get_language() == "en" else self.explanation_vi


@cache
def all_statements() -> dict[str, Statement]:
    """By id, in the order of the file. Read once a process."""
    text = resources.files("thidua.forecasts").joinpath("data/practice.json").read_text(encoding="utf-8")
    return {row["id"]: Statement(**row) for row in json.loads(text)}


def statements_for(seed: str) -> list[Statement]:
    """Those of one go. No query."""
    known = all_statements()
    return [known[each] for each in pick(list(known), seed)]
