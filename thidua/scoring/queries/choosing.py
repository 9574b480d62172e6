"""The page on which one thing a unit has recorded is cited: the criteria it may be cited for."""

from collections.abc import Mapping
from dataclasses import dataclass

from thidua.clusters.models import ClusterYear
from thidua.criteria.rules import Criterion
from thidua.kernel.text import fold
from thidua.people.models import Organisation
from thidua.scoring.models import Citation
from thidua.scoring.queries.citables import holds
from thidua.scoring.queries.entry import Entry, entry_of
from thidua.scoring.queries.results import Result
from thidua.scoring.queries.sheets import is_frame, levels_of, path_to
from thidua.scoring.queries.words import number


@dataclass(frozen=True, slots=True)
class Choice:
    """A criterion for which the source may be cited, or a heading above such ones. `citation` is the id of the citation where it
    is cited already."""

    code: str
    title: str
    hint: str
    maximum: str
    level: int
    may_be_chosen: bool
    citation: int | None


def cited_for(year: ClusterYear, unit: Organisation, kind: str, source: int) -> dict[str, int]:
    """The criteria for which the source is cited: code → id of the citation. One query."""
    found = Citation.objects.filter(year=year, unit=unit, kind=kind, source=source)
    return dict(found.values_list("code", "pk"))


def choices_of(result: Result, cited: Mapping[str, int], words: str = "") -> list[Choice]:
    """The criteria that the unit fills in and that hold every word in code, title or rule (all without words), below their
    headings. No query."""
    table, wanted = result.table, fold(words).split()
    levels = levels_of(table)
    rows = [row for row in table.criteria if not row.is_band and not is_frame(row, table)]
    chosen = {row.code for row in rows if _is_filled_in(result, row) or row.code in cited}
    shown: set[str] = set()
    for row in rows:
        if row.code in chosen and holds(wanted, row.code, row.title, row.rule_text):
            shown.update(path_to(table, row.code))
    return [
        Choice(
            row.code, row.title, row.rule_text, number(row.max_points) if row.max_points is not None else "", levels[row.code],
            row.code in chosen, cited.get(row.code),
        )
        for row in rows
        if row.code in shown
    ]  # fmt: skip


def _is_filled_in(result: Result, row: Criterion) -> bool:
    line = result.lines.get(row.code)
    return entry_of(row, result.table, line.as_rule() if line else None) not in (None, Entry.GATE)
