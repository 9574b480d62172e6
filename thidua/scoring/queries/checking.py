"""The pages of the cross-check: who appraises whom, and one sheet row by row with what the appraisers say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from urllib.parse import quote

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.clusters.rules import Stage
from thidua.criteria.rules import Criterion, Method
from thidua.kernel.actor import Actor, Role
from thidua.people.models import Organisation
from thidua.people.queries import leaders_of
from thidua.scoring import rules
from thidua.scoring.access import ANSWER, ASSIGN, assigned_units, may_appraise, own_units, seen_units
from thidua.scoring.models import AppraiserAssignment, Judgement, ScoreSheet, SheetStatus, Verdict, VerdictChange
from thidua.scoring.queries.entry import Entry, entry_of
from thidua.scoring.queries.results import Result, results_of, sheets_of
from thidua.scoring.queries.sheets import Input, Typed, inputs_for, is_frame, levels_of, sheet_of
from thidua.scoring.queries.words import change, figures_in_words, number, warning_words


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """One unit in the list of checks; `verified` is empty until somebody has judged a line."""

    unit: Organisation
    sheet: ScoreSheet | None
    appraisers: list[AppraiserAssignment]
    mine: bool
    may_open: bool
    judged: int
    lines: int
    changed: int
    answered: int
    claimed: str
    verified: str

    @property
    def withheld(self) -> bool:
        """Whether the unit is out of the ranking: its check waits for nobody."""
        return self.sheet is not None and self.sheet.status == SheetStatus.WITHHELD


@dataclass(frozen=True, slots=True)
class CheckList:
    """The list of checks that a person sees."""

    entries: list[CheckEntry]
    may_assign: bool
    without_appraiser: int


def check_list(actor: Actor, year: ClusterYear) -> CheckList | None:
    """The units whose checks the actor may read; None when there are none. Nine queries at most, however many units."""
    seen = seen_units(actor, year)
    if not seen:
        return None
    mine = assigned_units(actor, year)
    sheets = sheets_of(year)
    results = results_of([sheet for unit, sheet in sheets.items() if unit in seen], sheets.values())
    given: dict[int, list[AppraiserAssignment]] = {}
    for assignment in AppraiserAssignment.objects.filter(year=year).select_related("person"):
        given.setdefault(assignment.unit_id, []).append(assignment)
    entries = [
        _entry(unit, sheets.get(unit.pk), results, given.get(unit.pk, []), unit.pk in mine)
        for unit in members(year)
        if unit.pk in seen
    ]
    may_assign = not year.has_reached(Stage.CONFERENCE) and may(ASSIGN, actor, year)
    bare = sum(not entry.appraisers and not entry.withheld for entry in entries)
    return CheckList(entries, may_assign, bare)


def _entry(
    unit: Organisation, sheet: ScoreSheet | None, results: dict[int, Result], given: list[AppraiserAssignment], mine: bool
) -> CheckEntry:
    result = results.get(sheet.pk) if sheet is not None and sheet.status == SheetStatus.SUBMITTED else None
    waiting = len(result.to_judge) if result else 0
    judged = result.judged if result else 0
    changed = result.changed if result else []
    begun = result is not None and sheet is not None and (judged > 0 or sheet.checked_at is not None)
    return CheckEntry(
        unit=unit, sheet=sheet, appraisers=given, mine=mine, may_open=result is not None,
        judged=judged, lines=judged + waiting, changed=len(changed), answered=sum(bool(v.unit_answer) for v in changed),
        claimed=number(result.claimed.total) if result else "",
        verified=number(result.verified.total) if result is not None and begun else "",
    )  # fmt: skip


def appraisers_to_choose(year: ClusterYear, now: datetime) -> list[tuple[int, str]]:
    """People with a post of appraiser at a member or the superior body, with that organisation's name. Two queries."""
    places = {unit.pk: unit.name_vi for unit in members(year)} | {year.cluster.superior_body_id: str(year.cluster.superior_body)}
    found = leaders_of(list(places), Role.APPRAISER, now)
    people = {person.pk: f"{person.name} · {places[place]}" for place, group in found.items() for person in group}
    return sorted(people.items(), key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A row of the check, ready to show. `state` is unconfirmed, confirmed, changed, or empty for rows nobody scored."""

    n: int
    code: str
    path: str
    level: int
    title: str
    hint: str
    maximum: str
    said: str
    claimed: str
    verified: str
    difference: str
    falls: bool
    said_reason: str
    proofs: int
    counts_days: bool
    unproved: bool
    warning: str
    inputs: tuple[Input, ...]
    state: str
    reason: str
    revision: int
    given: str
    answer: str
    answered: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CheckDesk:
    """A sheet under check and what this person may do with it now."""

    year: ClusterYear
    unit: Organisation
    sheet: ScoreSheet
    editable: bool
    may_reopen: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class CheckTotals:
    """The line on top of a check."""

    claimed: str
    verified: str
    difference: str
    falls: bool
    waiting: int
    changed: int
    unheard: int
    maximum: str


def check_desk(actor: Actor, year: ClusterYear, unit: Organisation) -> CheckDesk | None:
    """The unit's submitted sheet with what the actor may do; None while nothing was submitted. Two queries at most."""
    sheet = sheet_of(year, unit)
    if sheet is None or sheet.submitted_at is None:
        return None
    sheet.year = year
    checking = year.stage == Stage.CROSS_CHECKING and sheet.status == SheetStatus.SUBMITTED
    appraises = checking and may_appraise(actor, year, unit.pk)
    return CheckDesk(
        year=year,
        unit=unit,
        sheet=sheet,
        editable=appraises and sheet.checked_at is None,
        may_reopen=appraises and sheet.checked_at is not None,
        may_answer=checking and unit.pk in own_units(actor, year) and may(ANSWER, actor, year, unit.pk),
    )


def check_totals(result: Result, finished_at: datetime | None = None) -> CheckTotals:
    """What stands on top of a check; `unheard` answers came after it was finished."""
    claimed, verified = result.claimed.total, result.verified.total
    return CheckTotals(
        claimed=number(claimed),
        verified=number(verified),
        difference=change(verified - claimed) if verified != claimed else "",
        falls=verified < claimed,
        waiting=len(result.to_judge),
        changed=len(result.changed),
        unheard=sum(_came_after(verdict, finished_at) for verdict in result.changed),
        maximum=number(result.verified.maximum),
    )


def _came_after(verdict: Verdict, finished_at: datetime | None) -> bool:
    return finished_at is not None and verdict.answered_at is not None and verdict.answered_at > finished_at


CHECK_FILTERS = {
    "": lambda row: True,
    "con-lai": lambda row: row.state == Judgement.UNCONFIRMED,
    "thay-doi": lambda row: row.state == Judgement.CHANGED,
}
"""What `?loc=` shows: everything, what is not judged yet, what was changed."""


def check_rows(
    result: Result, *, only: str = "", kept: Mapping[str, Typed] | None = None, codes: set[str] | None = None
) -> list[CheckRow]:
    """The rows of a check; filters as in CHECK_FILTERS, `kept` what could not be saved, `codes` the rows wanted."""
    levels = levels_of(result.table)
    marks: dict[str, list[rules.Reason]] = {}
    for warning in result.claimed.warnings:
        marks.setdefault(warning.item, []).append(warning)
    rows = [
        _row(result, row, n, levels[row.code], marks.get(row.code, []), (kept or {}).get(row.code))
        for n, row in enumerate(result.table.criteria)
        if not row.is_band and not is_frame(row, result.table) and (codes is None or row.code in codes)
    ]
    test = CHECK_FILTERS.get(only, CHECK_FILTERS[""])
    return rows if test is CHECK_FILTERS[""] else [row for row in rows if test(row) or row.problem]


def _row(result: Result, row: Criterion, n: int, level: int, marks: list[rules.Reason], kept: Typed | None) -> CheckRow:
    line, verdict = result.lines.get(row.code), result.verdicts.get(row.code)
    said = line.as_rule() if line else None
    entry = entry_of(row, result.table, said)
    found = verdict.as_rule(assigned=True) if verdict is not None and verdict.judgement != Judgement.UNCONFIRMED else None
    before, after = result.claimed.values[row.code], result.verified.values[row.code]
    scored = line is not None or row.code not in result.completeness.required
    return CheckRow(
        n=n,
        code=row.code,
        path=quote(row.code, safe=""),
        level=level,
        title=row.title,
        hint=row.rule_text,
        maximum=number(row.max_points) if row.max_points is not None and not row.is_gate else "",
        said=figures_in_words(said) if said and said.has_figures else "",
        claimed=number(before) if scored and not row.is_gate and (entry is None or said) else "",
        verified=number(after) if not row.is_gate and (entry is None or said or found) else "",
        difference=change(after - before) if after != before else "",
        falls=after < before,
        said_reason=line.reason if line else "",
        proofs=result.evidence.get(row.code, 0),
        counts_days=row.method is Method.LATENESS,
        unproved=row.code in result.completeness.without_evidence,
        warning=" ".join(warning_words(warning) for warning in marks),
        inputs=_inputs(entry, row, result, found, kept),
        state=_state(said, verdict),
        reason=kept.reason if kept else verdict.reason if verdict else "",
        revision=kept.revision if kept else verdict.revision if verdict else 0,
        given=verdict.given_by_name if found else "",
        answer=verdict.unit_answer if verdict else "",
        answered=verdict.answered_by_name if verdict else "",
        problem=kept.problem if kept else "",
    )


def _inputs(
    entry: Entry | None, row: Criterion, result: Result, found: rules.ScoreLine | None, kept: Typed | None
) -> tuple[Input, ...]:
    """The appraiser's fields: what was found, empty until something was. An empty field says nothing, so it confirms nothing."""
    if entry is None:
        return ()
    fields = inputs_for(entry, row, result.table, found, kept.values if kept else None)
    if entry not in (Entry.GATE, Entry.PASSED, Entry.BAND, Entry.GRADE) or found is not None or kept is not None:
        return fields
    unsaid = (("", "…", True), *((key, words, False) for key, words, _chosen in fields[0].options if key))
    if entry is Entry.GATE:
        unsaid = (("", "…", True), ("0", fields[0].options[1][1], False))
    return (Input(fields[0].name, fields[0].label, "", unsaid),)


def _state(said: rules.ScoreLine | None, verdict: Verdict | None) -> str:
    if verdict is not None and verdict.judgement != Judgement.UNCONFIRMED:
        return str(verdict.judgement)
    return str(Judgement.UNCONFIRMED) if said is not None and said.has_figures else ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change of a line as shown."""

    was: str
    becomes: str
    reason: str
    by: str
    at: datetime


def history_of(verdict: Verdict) -> list[HistoryRow]:
    """Every change of a line by appraisers, oldest first. One query."""
    return [
        HistoryRow(_in_words(c.was), _in_words(c.becomes), c.reason, c.changed_by_name, c.changed_at)
        for c in VerdictChange.objects.filter(verdict=verdict)
    ]


def _in_words(kept: Mapping[str, object]) -> str:
    text = ("grade", "passed")
    figures = {name: value if name in text else Decimal(str(value)) for name, value in kept.items()}
    return figures_in_words(rules.ScoreLine(code="", **figures))
