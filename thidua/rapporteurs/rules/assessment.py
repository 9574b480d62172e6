"""From what a member did in the year to a grade with its reasons. Pure, and exact: fractions inside, decimals outside.

A counted measure is worth min(1, actual / target) of its weight. Feedback is worth all or nothing, and only when the whole 95 %
Wilson interval of the share of listeners who found it useful lies on one side of the target (Wilson 1927; Brown, Cai and DasGupta
2001 recommend it for small samples). A measure that says nothing leaves the sum of what is possible, and says why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

from thidua.kernel.shares import Band, wilson
from thidua.rapporteurs.rules.quotas import Standing, fill, places
from thidua.rapporteurs.rules.schemes import BY_MONTHS, GRADES, REVIEW, Asked, Measure, Scheme

LEAST_ANSWERS = 10
"""Fewer answers to all talks of a member together say nothing (each talk needs as many before it counts)."""
MONTHS = 12
SHOWN = 2
"""Decimals of a percent, on the page and for grades and ties: what is read is what counts, rounded half up."""
HALF_A_MONTH = 15
"""A month counts as one in term when the terms cover at least this many of its days."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one member did in the year. `months`: in term, 0 to 12. `topics` of the `agreed` ones were spoken of. `useful` of
    `answers` found the talks useful. Of the `owed` reports so many were `sent`, and so many `on_time`."""

    months: int = MONTHS
    talks: int = 0
    listeners: int = 0
    topics: int = 0
    agreed: int = 0
    useful: int = 0
    answers: int = 0
    owed: int = 0
    sent: int = 0
    on_time: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence as a value: the code "rapporteurs.why_…" and the facts in it, plain values that JSON can keep. Grades and
    measures stand in them as "grade.good" and "measure.talks", the keys of their words."""

    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of one member. `actual`: what there was (None: no data); `target` for the months in term. `got` of `weight`;
    both count only when `counts`."""

    measure: Measure
    actual: Decimal | None
    target: Decimal | None
    weight: Decimal
    got: Fraction
    counts: bool
    why: Reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """One member of the corps to be assessed."""

    key: int
    level: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Result:
    """A member's assessment. `percent`: SHOWN decimals; None when no measure counts. `reasons`: why the grade is what it is."""

    key: int
    level: str
    figures: Figures
    lines: tuple[Line, ...]
    percent: Decimal | None
    grade: str
    reasons: tuple[Reason, ...]

    @property
    def got(self) -> Fraction:
        """What the measures that count have brought."""
        return sum((line.got for line in self.lines if line.counts), Fraction(0))

    @property
    def possible(self) -> Decimal:
        """What the measures that count could have brought."""
        return sum((line.weight for line in self.lines if line.counts), Decimal(0))


def rounded(value: Fraction, decimals: int) -> Decimal:
    """The fraction as a decimal, rounded half up (it is not below 0)."""
    return Decimal(floor(value * 10**decimals + Fraction(1, 2))).scaleb(-decimals)


def months_in_term(year: int, terms: Iterable[tuple[date, date]], left_on: date | None) -> int:
    """Months of the calendar year in which the terms (first and last day) cover at least HALF_A_MONTH days before `left_on`,
    the first day out of the corps. Terms do not meet."""
    spans = [(first, min(last, left_on - timedelta(days=1)) if left_on else last) for first, last in terms]
    return sum(_days_within(year, month, spans) >= HALF_A_MONTH for month in range(1, MONTHS + 1))


def _days_within(year: int, month: int, spans: Iterable[tuple[date, date]]) -> int:
    first = date(year, month, 1)
    last = date(year + month // MONTHS, month % MONTHS + 1, 1) - timedelta(days=1)
    return sum(max(0, (min(last, end) - max(first, start)).days + 1) for start, end in spans)


def in_percent(band: Band) -> tuple[Decimal, Decimal]:
    """Both ends of an interval of shares in percent, with four decimals."""
    low, high = (Decimal(end * 100).quantize(Decimal("0.0001")) for end in band)
    return low, high


def assess(scheme: Scheme, candidates: Iterable[Candidate], *, confirmed: bool, decision: str) -> list[Result]:
    """Everyone's assessment, in the order given, which changes nothing else. Without a decision cited, or before the rules are
    confirmed, every grade is REVIEW; percents are there all the same."""
    alone = [_alone(scheme, candidate) for candidate in candidates]
    if not (confirmed and decision.strip()):
        why = Reason("rapporteurs.why_unconfirmed" if decision.strip() else "rapporteurs.why_no_decision", {})
        return [replace(result, grade=REVIEW, reasons=(*result.reasons, why)) for result in alone]
    found = {result.key: result for result in alone}
    for level, share in scheme.quota.items():
        found |= _within_quota(scheme, level, share, [result for result in alone if result.level == level])
    return [found[result.key] for result in alone]


def free_places(scheme: Scheme, level: str, results: Iterable[Result]) -> int | None:
    """How many at the level may be graded good; None without a quota. Its members are those in term for a month at least."""
    if level not in scheme.quota:
        return None
    members = sum(result.level == level and result.figures.months > 0 for result in results)
    return places(members, scheme.quota[level], scheme.rounding, scheme.places_least)


def _within_quota(scheme: Scheme, level: str, share: Decimal, results: list[Result]) -> dict[int, Result]:
    best = {result.key: result for result in results if result.grade == GRADES[0]}
    free = free_places(scheme, level, results) or 0
    facts = {"quota": str(share), "places": free, "good": len(best)}
    found = {}
    percents = {key: result.percent for key, result in best.items() if result.percent is not None}
    for key, standing in fill(percents, free).items():
        if standing is Standing.TIED:
            found[key] = _regraded(best[key], REVIEW, Reason("rapporteurs.why_tied", facts))
        elif standing is Standing.BEYOND:
            found[key] = _regraded(
                best[key], GRADES[1], Reason("rapporteurs.why_beyond_quota", facts | {"grade": f"grade.{GRADES[1]}"})
            )
    return found


def _regraded(result: Result, grade: str, why: Reason) -> Result:
    return replace(result, grade=grade, reasons=(*result.reasons, why))


def _alone(scheme: Scheme, candidate: Candidate) -> Result:
    """The assessment before quotas."""
    figures, level = candidate.figures, candidate.level
    lines = tuple(_line(asked, figures, level) for asked in scheme.asked)
    result = Result(candidate.key, level, figures, lines, None, REVIEW, ())
    if figures.months == 0:
        return replace(result, reasons=(Reason("rapporteurs.why_not_in_term", {}),))
    if not result.possible:
        return replace(result, reasons=(Reason("rapporteurs.why_nothing_counts", {}),))
    percent = rounded(result.got / Fraction(result.possible) * 100, SHOWN)
    grade = _grade(scheme, percent)
    facts = {"got": str(rounded(result.got, 2)), "possible": str(result.possible), "percent": str(percent)}
    reasons = [Reason("rapporteurs.why_grade", facts | {"grade": f"grade.{grade}"})]
    if figures.months < MONTHS:
        reasons.insert(0, Reason("rapporteurs.why_months", {"months": figures.months}))
    if (why := _cap(scheme, figures, lines)) and GRADES.index(grade) < GRADES.index(scheme.at_most):
        grade = scheme.at_most
        reasons.append(why)
    return replace(result, percent=percent, grade=grade, reasons=tuple(reasons))


def _grade(scheme: Scheme, percent: Decimal) -> str:
    thresholds = zip(GRADES, (scheme.good, scheme.fair, scheme.average), strict=False)
    return next((grade for grade, least in thresholds if percent >= least), GRADES[-1])


def _cap(scheme: Scheme, figures: Figures, lines: tuple[Line, ...]) -> Reason | None:
    """Why the grade is capped: fewer talks (or reports sent) than the least of a whole year in proportion to the months."""
    if scheme.least is None:
        return None
    reports = any(line.measure in (Measure.SENT, Measure.ON_TIME) for line in lines)
    actual = figures.sent if reports else figures.talks
    least = Fraction(scheme.least) * figures.months / MONTHS
    if actual >= least:
        return None
    code = "rapporteurs.why_capped_reports" if reports else "rapporteurs.why_capped_talks"
    return Reason(code, {"actual": actual, "least": str(rounded(least, 2)), "grade": f"grade.{scheme.at_most}"})


def _line(asked: Asked, figures: Figures, level: str) -> Line:
    measure = asked.measure
    full = asked.targets.get(level)
    if full is None:
        return _mute(asked, None, None, Reason("rapporteurs.why_no_target", {"measure": f"measure.{measure}"}))
    target = Fraction(full) * (figures.months if measure in BY_MONTHS else MONTHS) / MONTHS
    if measure is Measure.USEFUL:
        return _useful(asked, figures, full)
    part, whole = _counts(measure, figures)
    shown = rounded(target, 4)
    if whole == 0 or not target:
        return _mute(asked, None, shown, Reason(f"rapporteurs.why_{measure}_none", {}))
    actual = Fraction(part) if whole is None else Fraction(part * 100, whole)
    got = min(Fraction(1), actual / target) * Fraction(asked.weight)
    facts = {
        "part": part, "whole": whole, "actual": str(rounded(actual, 2)), "target": str(rounded(target, 2)),
        "got": str(rounded(got, 2)), "weight": str(asked.weight),
    }  # fmt: skip
    return Line(measure, rounded(actual, 4), shown, asked.weight, got, True, Reason(f"rapporteurs.why_{measure}", facts))


def _counts(measure: Measure, figures: Figures) -> tuple[int, int | None]:
    """What was done, and of how many; None: it is no share."""
    return {
        Measure.TALKS: (figures.talks, None),
        Measure.LISTENERS: (figures.listeners, None),
        Measure.TOPICS: (figures.topics, figures.agreed),
        Measure.SENT: (figures.sent, figures.owed),
        Measure.ON_TIME: (figures.on_time, figures.owed),
    }[measure]


def _mute(asked: Asked, actual: Decimal | None, target: Decimal | None, why: Reason) -> Line:
    return Line(asked.measure, actual, target, asked.weight, Fraction(0), False, why)


def _useful(asked: Asked, figures: Figures, target: Decimal) -> Line:
    """Met, missed or undecided."""
    if figures.answers < LEAST_ANSWERS:
        return _mute(asked, None, target, Reason("rapporteurs.why_useful_none", {"least": LEAST_ANSWERS}))
    low, high = in_percent(wilson(figures.useful, figures.answers))
    actual = Fraction(figures.useful * 100, figures.answers)
    facts = {
        "useful": figures.useful, "answers": figures.answers, "actual": str(rounded(actual, 1)), "target": str(target),
        "low": str(rounded(Fraction(low), 1)), "high": str(rounded(Fraction(high), 1)), "weight": str(asked.weight),
    }  # fmt: skip
    met, missed = low >= target, high < target
    if not (met or missed):
        return _mute(asked, rounded(actual, 4), target, Reason("rapporteurs.why_useful_undecided", facts))
    got = Fraction(asked.weight) if met else Fraction(0)
    why = Reason("rapporteurs.why_useful_met" if met else "rapporteurs.why_useful_missed", facts)
    return Line(asked.measure, rounded(actual, 4), target, asked.weight, got, True, why)
