"""What proves a line: the files attached to it and what the unit has recorded and cited for it. Asked here and nowhere else."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from thidua.clusters.models import ClusterYear
from thidua.criteria.rules import CriteriaTable
from thidua.kernel.ports import Citable
from thidua.kernel.text import fold
from thidua.people.models import Organisation
from thidua.scoring.models import Citation, Evidence, ScoreSheet
from thidua.scoring.queries.citables import KINDS, citable_of, citables_of, holds

Place = tuple[int, int]
"""Year id and unit id."""


def counts_of(places: Iterable[Place]) -> dict[Place, dict[str, int]]:
    """How many pieces of evidence each criterion has, by place and code: files and citations alike. One query, however many."""
    wanted = frozenset(places)
    years, units = {year for year, _unit in wanted}, {unit for _year, unit in wanted}
    files = Evidence.objects.order_by().filter(sheet__year__in=years, sheet__unit__in=units)
    cited = Citation.objects.order_by().filter(year__in=years, unit__in=units).values_list("year_id", "unit_id", "code")
    found: dict[Place, dict[str, int]] = {}
    for year, unit, code in files.values_list("sheet__year_id", "sheet__unit_id", "code").union(cited, all=True):
        counts = found.setdefault((year, unit), {})
        counts[code] = counts.get(code, 0) + 1
    return {place: counts for place, counts in found.items() if place in wanted}


def digests_of(sheet: ScoreSheet) -> list[tuple[str, str]]:
    """(code, SHA-256) of every file of the sheet and of what every citation of the unit kept. Two queries."""
    files = Evidence.objects.filter(sheet=sheet).values_list("code", "file__sha256")
    cited = Citation.objects.filter(year=sheet.year_id, unit=sheet.unit_id)
    return [*files, *((citation.code, _digest(citation)) for citation in cited)]


def _digest(citation: Citation) -> str:
    day = citation.day.isoformat() if citation.day else ""
    content = [citation.kind, citation.source, citation.title, citation.words, day, citation.url]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation beside its source. `kind` is in words; `now` is what the source says where that differs; `gone`: the source
    is no longer there, or may no longer be cited; `criterion`: the title of its criterion, empty when the criteria in force
    have none of that code."""

    citation: Citation
    kind: object
    now: Citable | None
    gone: bool
    criterion: str

    @property
    def state(self) -> str:
        """A key of STATES: what a reader should know of it first; empty when all is as it was."""
        return "lost" if not self.criterion else "gone" if self.gone else "changed" if self.now else ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves one line."""

    files: list[Evidence]
    cited: list[Cited]


def proof_of(year: ClusterYear, unit: Organisation, table: CriteriaTable, code: str, known: list[Citable] | None = None) -> Proof:
    """The files and citations of one criterion. `known` is what the unit has recorded, where it was read already. Two queries,
    and those that read the kinds cited, however many there are."""
    files = Evidence.objects.filter(sheet__year=year, sheet__unit=unit, code=code).select_related("file")
    cited = list(Citation.objects.filter(year=year, unit=unit, code=code))
    return Proof(list(files), beside_sources(year, unit, cited, table, known))


def beside_sources(
    year: ClusterYear, unit: Organisation, cited: list[Citation], table: CriteriaTable | None, known: list[Citable] | None = None
) -> list[Cited]:
    """Citations of the unit with what has become of their sources and criteria. Reads each slice that is cited once; a source
    that is not in its list, since it is gone or the list is long, is looked up."""
    if known is None:
        known = citables_of(year, unit.pk, {citation.kind for citation in cited})
    sources = {(each.kind, each.pk): each for each in known}
    titles = {row.code: row.title for row in table.criteria} if table else {}
    found = []
    for citation in cited:
        source = sources.get((citation.kind, citation.source))
        source = source or citable_of(year, unit.pk, citation.kind, citation.source)
        found.append(_beside(citation, source, titles))
    return found


def _beside(citation: Citation, source: Citable | None, titles: dict[str, str]) -> Cited:
    same = source is not None and (source.title, source.words, source.day) == (citation.title, citation.words, citation.day)
    kind = KINDS.get(citation.kind, citation.kind)
    return Cited(citation, kind, None if same else source, source is None, titles.get(citation.code, ""))


def citations_of(year: ClusterYear, unit: Organisation, table: CriteriaTable | None) -> list[Cited]:
    """All that the unit cites in the year, in the order of the criteria; what the criteria no longer hold comes first. One
    query, and those that read the kinds cited."""
    order = {row.code: n for n, row in enumerate(table.criteria)} if table else {}
    cited = sorted(Citation.objects.filter(year=year, unit=unit), key=lambda citation: order.get(citation.code, -1))
    return beside_sources(year, unit, cited, table)


def found_among(cited: list[Cited], words: str, state: str = "") -> list[Cited]:
    """Those in the state (any when it is empty) that hold every word, marks and case aside."""
    wanted = fold(words).split()
    found = [each for each in cited if not state or each.state == state]
    return [each for each in found if holds(wanted, each.citation.code, each.criterion, each.citation.title, each.citation.words)]
