"""What the page of a draft being edited shows: the tree with live sums, what contradicts itself, a row before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.criteria.models import DraftStep
from thidua.criteria.queries.tree import Line, lines_of
from thidua.criteria.queries.words import formula_in_words
from thidua.criteria.rules import CriteriaTable, Method, Problem, Proof, heading_sum, parse_criteria
from thidua.criteria.rules import editing as edits
from thidua.criteria.rules.checks import table_problems
from thidua.kernel.errors import Refused
from thidua.web.sentences import sentence
from thidua.web.templatetags.thidua import points


@dataclass(frozen=True, slots=True)
class EditorLine:
    """A row of the tree on the editor's page. `parts` is the sum of a heading's parts and `gap` how much it differs from what
    the heading states, both in words; `wrong` are the sentences about the row, `notes` who scores it and what it asks for."""

    line: Line
    parts: str
    gap: str
    wrong: list[str]
    notes: list[str]

    @property
    def code(self) -> str:
        """The code of the row."""
        return self.line.row.code


@dataclass(frozen=True, slots=True)
class Preview:
    """A row as it would be: its formula in words, and what would contradict itself at it and its heading."""

    formula: str
    wrong: list[str]


def editor_lines(table: CriteriaTable, names: Mapping[str, str]) -> list[EditorLine]:
    """The rows of a draft, parents first. `names` are units by slug. No query."""
    wrong = _wrong(table)
    return [
        EditorLine(line, *_sums(table, line.row.code), wrong.get(line.row.row, []), _notes(line, names))
        for line in lines_of(table)
    ]


def errors_of(table: CriteriaTable) -> list[Problem]:
    """What keeps a draft from being published. No query."""
    return [problem for problem in table_problems(table) if problem.is_error]


def assessors_of(table: CriteriaTable) -> list[str]:
    """Everyone named as scoring a row, in the order of the table: proposed for the next row. No query."""
    return list(dict.fromkeys(row.assessor for row in table.criteria if row.assessor))


def unit_names(year: ClusterYear) -> dict[str, str]:
    """The members of the year by slug, in the order of the papers. One query."""
    return {unit.slug: str(unit) for unit in members(year)}


def newest_step(year: ClusterYear) -> DraftStep | None:
    """The change of the draft that would be taken back first. One query."""
    return DraftStep.objects.filter(year=year).defer("rows").first()


def preview(table: CriteriaTable, code: str, cells: Mapping[str, str], *, target: str, place: edits.Place) -> Preview:
    """The row `code` with these cells, or a new one beside or in `target`, before it is saved; why not, where not. No query."""
    rows = edits.cells_in_order(table)
    try:
        after = edits.changed(rows, code, cells) if code else edits.added(rows, cells, target=target, place=place)
    except Refused as refused:
        return Preview("", [sentence(refused.code, dict(refused.facts))])
    parsed = parse_criteria(after)
    if parsed.table is None:
        return Preview("", [sentence(problem.code, dict(problem.facts)) for problem in parsed.errors])
    row = parsed.table.by_code[cells["code"].strip()]
    found = _wrong(parsed.table)
    heading = parsed.table.by_code.get(row.parent)
    wrong = found.get(row.row, []) + (found.get(heading.row, []) if heading else [])
    return Preview(formula_in_words(row, parsed.table), wrong)


def blank_row(table: CriteriaTable, target: str, place: edits.Place) -> dict[str, str]:
    """The cells of a new row: a code nobody has, and the kind and unit of the rows beside it. No query."""
    beside = table.by_code.get(target)
    parent = target if place is edits.Place.INTO or beside is None else beside.parent
    like = next(iter(reversed(table.children(parent))), None)
    choice = parent in table.by_code and table.by_code[parent].method is Method.BANDS
    return {
        "code": edits.proposed_code(edits.cells_in_order(table), parent),
        "kind": like.kind.value if like else "points",
        "method": Method.AWARD.value,
        "unit": like.unit if like else "",
        "rule_text_vi": "[mức]" if choice else "",
    }


def _sums(table: CriteriaTable, code: str) -> tuple[str, str]:
    row = table.by_code[code]
    parts = table.parts(code)
    if not parts or any(part.method is Method.WEIGHTED for part in parts):
        return "", ""
    found = heading_sum(table, row)
    gap = Decimal(0) if row.max_points is None or not row.is_additive else found - row.max_points
    words = _("thừa {points}") if gap > 0 else _("thiếu {points}")
    return points(found, 6), words.format(points=points(abs(gap), 6)) if gap else ""


def _wrong(table: CriteriaTable) -> dict[int | None, list[str]]:
    found: dict[int | None, list[str]] = {}
    for problem in table_problems(table):
        if problem.is_error:
            found.setdefault(problem.row, []).append(sentence(problem.code, dict(problem.facts)))
    return found


def _notes(line: Line, names: Mapping[str, str]) -> list[str]:
    row, found = line.row, []
    if row.assessor:
        found.append(_("chấm: {assessor}").format(assessor=row.assessor))
    if row.evidence is Proof.REQUIRED:
        found.append(_("bắt buộc minh chứng"))
    elif row.evidence is Proof.NOT_NEEDED:
        found.append(_("không cần minh chứng"))
    if row.not_assigned:
        found.append(_("không giao: {units}").format(units=", ".join(names.get(slug, slug) for slug in row.not_assigned)))
    return found
