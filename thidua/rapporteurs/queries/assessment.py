"""Assessment of the year: what each member did, the grade that the rules give, and what was settled. One shape for both."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import Count, Q, Sum

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members as units_of
from thidua.kernel.actor import Actor
from thidua.kernel.text import sort_key
from thidua.people.models import Organisation
from thidua.rapporteurs.access import is_own, may_see_grades, unit_ids
from thidua.rapporteurs.models import Assessment, AssessmentRules, CorpsKind, CorpsMember, Grade, Talk, Topic
from thidua.rapporteurs.queries.feedback import useful_by_speaker
from thidua.rapporteurs.queries.rounds import punctuality_of
from thidua.rapporteurs.rules.assessment import Candidate, Figures, Line, Reason, Result, assess, months_in_term, rounded
from thidua.rapporteurs.rules.schemes import LEVELS, MEASURES_OF, REVIEW, Measure, Scheme, scheme_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A member with the assessment of this moment."""

    member: CorpsMember
    result: Result


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Everyone's assessment as of today. `rules` and `scheme`: None while none are set."""

    rules: AssessmentRules | None
    scheme: Scheme | None
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Row:
    """A member in a table, reckoned or settled: `basis` is what is kept with a grade (see `basis_of`)."""

    member: CorpsMember
    unit: Organisation
    level: str
    grade: str
    percent: Decimal | None
    basis: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of a table; empty ones let everything through. `by_percent`: highest first instead of by unit."""

    unit: str = ""
    level: str = ""
    grade: str = ""
    by_percent: bool = False


def rules_of(year: ClusterYear, kind: str) -> AssessmentRules | None:
    """The rules of a kind; None while none are set. One query."""
    return AssessmentRules.objects.filter(year=year, kind=kind).first()


def held_talks(year: ClusterYear) -> Any:
    """Talks of the year whose audience is counted."""
    return Talk.objects.filter(year=year, listeners__gt=0).order_by()


def reckon(year: ClusterYear, kind: str, today: date) -> Reckoned:
    """The assessment of a kind as of today, by unit, level and name. Seven queries, whatever the number of members (units of the
    cluster apart)."""
    rules = rules_of(year, kind)
    scheme = scheme_of(rules.content) if rules else None
    corps = _corps(year, kind, today)
    if rules is None or scheme is None:
        why = (Reason("rapporteurs.why_no_rules", {}),)
        results = [Result(member.pk, member.level, figures, (), None, REVIEW, why) for member, figures in corps]
    else:
        candidates = [Candidate(member.pk, member.level, figures) for member, figures in corps]
        results = assess(scheme, candidates, confirmed=rules.confirmed, decision=rules.decision)
    return Reckoned(rules, scheme, [Entry(member, result) for (member, _), result in zip(corps, results, strict=True)])


def _corps(year: ClusterYear, kind: str, today: date) -> list[tuple[CorpsMember, Figures]]:
    """Members in term for at least a month of the year, or with talks or reports in it, with their figures."""
    spoke = held_talks(year).values("speaker")
    found = CorpsMember.objects.filter(Q(unit__in=unit_ids(year)) | Q(pk__in=spoke), kind=kind)
    members = list(found.select_related("unit").defer("folded").prefetch_related("terms"))
    done = _spoken(year) if kind == CorpsKind.RAPPORTEUR else _reported(year, today)
    corps = []
    for member in members:
        months = months_in_term(year.year, [(term.starts_on, term.ends_on) for term in member.terms.all()], member.left_on)
        did = done.get(member.pk, {})
        if months or did.get("talks") or did.get("owed"):
            corps.append((member, Figures(months=months, **(_nothing(done) | did))))
    return sorted(corps, key=lambda pair: _place(year, pair[0]))


def _nothing(done: dict[int, dict[str, int]]) -> dict[str, int]:
    """The figures that are the same for everyone: topics of the year."""
    return done.get(0, {})


def _place(year: ClusterYear, member: CorpsMember) -> tuple:
    order = {unit.pk: place for place, unit in enumerate(units_of(year))}
    return order.get(member.unit_id, len(order)), LEVELS.index(member.level), sort_key(member.name), member.pk


def _spoken(year: ClusterYear) -> dict[int, dict[str, int]]:
    """Figures of talks by member; under 0 those of everyone. A topic counts when it was agreed, retired since or not."""
    agreed = Topic.objects.filter(year=year, agreed=True).count()
    sums = held_talks(year).values("speaker").annotate(number=Count("pk"), heard=Sum("listeners"))
    found = {row["speaker"]: {"talks": row["number"], "listeners": row["heard"], "agreed": agreed} for row in sums}
    topics = held_talks(year).values("speaker").annotate(number=Count("topics", filter=Q(topics__agreed=True), distinct=True))
    for row in topics:
        found[row["speaker"]]["topics"] = row["number"]
    for member, (useful, answers, _talks) in useful_by_speaker(year).items():
        found.get(member, {}).update(useful=useful, answers=answers)
    return found | {0: {"agreed": agreed}}


def _reported(year: ClusterYear, today: date) -> dict[int, dict[str, int]]:
    return {member: done._asdict() for member, done in punctuality_of(year, today).items()}


def basis_of(entry: Entry) -> dict[str, Any]:
    """What an assessment stands on, as plain values: who, figures, each measure with its reason, sums, the grade's reasons."""
    member, result = entry.member, entry.result
    return {
        "name": member.name,
        "post_title": member.post_title,
        "figures": asdict(result.figures),
        "lines": [_line(line) for line in result.lines],
        "got": str(rounded(result.got, 4)),
        "possible": str(result.possible),
        "reasons": [_reason(reason) for reason in result.reasons],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "measure": str(line.measure),
        "actual": None if line.actual is None else str(line.actual),
        "target": None if line.target is None else str(line.target),
        "weight": str(line.weight),
        "got": str(rounded(line.got, 4)),
        "counts": line.counts,
        "why": _reason(line.why),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "facts": dict(reason.facts)}


def rows_of(entries: Iterable[Entry]) -> list[Row]:
    """Entries as rows of a table. No query."""
    return [
        Row(entry.member, entry.member.unit, entry.result.level, entry.result.grade, entry.result.percent, basis_of(entry))
        for entry in entries
    ]


def content_of(year: ClusterYear, kind: str, rules: AssessmentRules, rows: Iterable[Row]) -> dict[str, Any]:
    """What is settled: the rules and every grade with what it stands on, whatever the order of the rows."""
    grades = [
        {
            "member": row.member.pk, "unit": row.unit.pk, "level": row.level, "grade": row.grade,
            "percent": None if row.percent is None else f"{row.percent:.4f}", "basis": row.basis,
        }
        for row in sorted(rows, key=lambda row: row.member.pk)
    ]  # fmt: skip
    return {"year": year.pk, "kind": kind, "decision": rules.decision, "rules": rules.content, "grades": grades}


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of such a content."""
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def assessments_of(year: ClusterYear, kind: str) -> list[Assessment]:
    """What was settled, newest first. One query."""
    return list(Assessment.objects.filter(year=year, kind=kind))


def settled_rows(year: ClusterYear, assessment: Assessment) -> list[Row]:
    """The grades of a settlement, in the order of tables; unit and level as they were. One query (units of the cluster apart)."""
    grades = Grade.objects.filter(assessment=assessment).select_related("member__unit", "unit")
    rows = [Row(grade.member, grade.unit, grade.level, grade.grade, grade.percent, grade.basis) for grade in grades]
    order = {unit.pk: place for place, unit in enumerate(units_of(year))}
    return sorted(
        rows,
        key=lambda row: (order.get(row.unit.pk, len(order)), LEVELS.index(row.level), sort_key(row.basis["name"]), row.member.pk),
    )


def seen_by(actor: Actor, year: ClusterYear, rows: Iterable[Row]) -> list[Row]:
    """Those that the actor may read: of units whose grades are theirs to see, and their own. No query."""
    open_to: dict[int, bool] = {}
    found = []
    for row in rows:
        if row.unit.pk not in open_to:
            open_to[row.unit.pk] = may_see_grades(actor, year, row.unit.pk)
        if open_to[row.unit.pk] or is_own(actor, row.member):
            found.append(row)
    return found


def sees_all(actor: Actor, year: ClusterYear) -> bool:
    """Whether the actor reads the grades of every unit, the superior body's too. No query but the members."""
    return all(may_see_grades(actor, year, unit) for unit in unit_ids(year))


def matching(rows: Iterable[Row], wanted: Wanted) -> list[Row]:
    """The rows that the filters let through."""
    found = [
        row for row in rows
        if wanted.unit in ("", row.unit.slug) and wanted.level in ("", row.level) and wanted.grade in ("", row.grade)
    ]  # fmt: skip
    if wanted.by_percent:
        found.sort(key=lambda row: -1 if row.percent is None else row.percent, reverse=True)
    return found


def measures_in(scheme: Scheme | None, kind: str) -> list[Measure]:
    """The columns of a table: what the rules measure; without rules everything that could be."""
    return [each.measure for each in scheme.asked] if scheme else list(MEASURES_OF[kind])
