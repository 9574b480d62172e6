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
from thidua.criteria.rules import ROOT, CriteriaTable, Criterion, Method, Problem, Proof, heading_sum, parse_criteria
from thidua.criteria.rules import editing as edits
from thidua.criteria.rules.cells import cells_of
from thidua.criteria.rules.checks import table_problems, weighted_parts
from thidua.kernel.errors import Refused
from thidua.web.sentences import sentence
from thidua.web.templatetags.thidua import points


@dataclass(frozen=True, slots=True)
class EditorLine:
    """A row of the tree on the editor's page. `parts` is the sum of a heading's parts and `gap` how much it differs from what
    the heading states, both in words, or `unchecked` why that cannot be told; `wrong` are the sentences about the row, `notes`
    who scores it and what it asks for."""

    line: Line
    parts: str
    gap: str
    unchecked: str
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
    wrong, frame = _wrong(table), table.frame()
    return [
        EditorLine(line, *_sums(table, line.row, frame), wrong.get(line.row.row, []), _notes(line, names))
        for line in lines_of(table)
    ]


def errors_of(table: CriteriaTable) -> list[Problem]:
    """What keeps a draft from being published. No query."""
    return [problem for problem in table_problems(table) if problem.is_error]


def unchecked_of(table: CriteriaTable) -> list[str]:
    """The headings whose sums cannot be compared with what they state: weighted or silent parts. No query."""
    return [str(p.facts["item"]) for p in table_problems(table) if p.code in ("criteria.sum_weighted", "criteria.sum_unknown")]


def first_changed(before: CriteriaTable, after: CriteriaTable) -> str:
    """The first row of the table `after` that stood otherwise `before`, or in the place of the first that is gone. No query."""
    for was, row in zip(before.top_down, after.top_down, strict=False):
        if cells_of(was) != cells_of(row):
            return row.code
    last = after.top_down[min(len(before.criteria), len(after.criteria) - 1)] if after.criteria else None
    return last.code if last else ""


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
        "code": edits.proposed_code(edits.cells_in_order(table), parent, is_top=parent == end_of(table)),
        "kind": like.kind.value if like else "points",
        "method": Method.AWARD.value,
        "unit": like.unit if like else "điểm",
        "rule_text_vi": "[mức]" if choice else "",
    }


def end_of(table: CriteriaTable) -> str:
    """Where a row at the end of the table goes: into the only top row where it is the total by its name, else beside the top
    rows. No query."""
    tops = table.roots
    only = tops[0] if len(tops) == 1 else None
    return only.code if only and only.is_additive and only.title.strip().lower().startswith("tổng") else ROOT


def _sums(table: CriteriaTable, row: Criterion, frame: Mapping[str, Decimal]) -> tuple[str, str, str]:
    """The sum of the parts, its gap to the heading's points, and why there is none to tell."""
    if not table.parts(row.code):
        return "", "", ""
    found, weighted = heading_sum(table, row, frame), weighted_parts(table, row)
    gap = Decimal(0) if row.max_points is None or not row.is_additive else found - row.max_points
    if weighted and gap <= 0:
        codes = ", ".join(part.code for part in weighted)
        return points(found, 6), "", _("không kiểm được: {code} tính theo trọng số").format(code=codes)
    words = _("thừa {points}") if gap > 0 else _("thiếu {points}")
    return points(found, 6), words.format(points=points(abs(gap), 6)) if gap else "", ""


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
