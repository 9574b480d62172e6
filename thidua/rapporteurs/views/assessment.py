"""Pages of assessment: the table of grades with their reasons, the rules, settling, the table as a file."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.clusters.access import may, require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.directives.models import Level
from thidua.kernel.errors import Absent
from thidua.kernel.text import small_int
from thidua.paperwork.papers import paper_response
from thidua.people.models import Organisation
from thidua.rapporteurs.access import ASSESS, may_see_grades, require_may_assess, unit_ids
from thidua.rapporteurs.actions import assessment as actions
from thidua.rapporteurs.forms.assessment import RulesForm, SettleForm
from thidua.rapporteurs.models import Assessment, AssessmentRules, CorpsKind, GradeName
from thidua.rapporteurs.papers.assessment import grades_paper, grades_workbook
from thidua.rapporteurs.queries import assessment as queries
from thidua.rapporteurs.queries.assessment_words import MEASURES, Shown, shown_of
from thidua.rapporteurs.queries.assessment_work import SLUGS
from thidua.rapporteurs.rules.assessment import free_places
from thidua.rapporteurs.rules.schemes import LEVELS, REVIEW, Scheme, scheme_of
from thidua.rapporteurs.views.place import filters_of, page, year_of

GET_POST = require_http_methods(["GET", "POST"])
PAGE = 50
_KINDS = {slug: kind for kind, slug in SLUGS.items()}


def kind_in(slug: str) -> CorpsKind:
    """The kind that an address names. Absent for any other word."""
    if slug not in _KINDS:
        raise Absent
    return _KINDS[slug]


@dataclass(frozen=True, slots=True)
class Table:
    """What a person reads of a kind's assessment. `settled`: which settlement it is; None: reckoned as of today. `readable` are
    the rows that they may read, `rows` those of them that the filters let through. `quotas`: see `_quotas`. `empty`: nobody is
    assessed at all; `sees`: whether the actor reads the grades of some unit."""

    kind: CorpsKind
    settled: Assessment | None
    settlements: list[Assessment]
    rules: AssessmentRules | None
    scheme: Scheme | None
    rows: list[queries.Row]
    readable: list[queries.Row]
    quotas: list[tuple[object, int, int, int]]
    empty: bool
    sees: bool

    @property
    def units(self) -> list[Organisation]:
        """The units of the rows that may be read, in their order."""
        return list({row.unit.pk: row.unit for row in self.readable}.values())


def _wanted(request: HttpRequest) -> queries.Wanted:
    asked = request.GET
    level, grade = asked.get("cap", ""), asked.get("muc", "")
    return queries.Wanted(
        asked.get("don-vi", ""), level if level in LEVELS else "", grade if grade in GradeName.values else "",
        asked.get("xep") == "ty-le",
    )  # fmt: skip


def _table(request: HttpRequest, year: ClusterYear, kind: CorpsKind) -> Table:
    """The newest settlement, the one that `?lan=` names, or (`?lan=0`, or none yet) the figures of today."""
    settlements = queries.assessments_of(year, kind)
    number = small_int(request.GET.get("lan", ""))
    settled = _settlement(settlements, number)
    if settled:
        rules, scheme = queries.rules_of(year, kind), scheme_of(settled.rules)
        everyone = queries.settled_rows(year, settled)
        quotas: list[tuple[object, int, int, int]] = []
    else:
        reckoned = queries.reckon(year, kind, localdate(request.now))
        rules, scheme, everyone = reckoned.rules, reckoned.scheme, queries.rows_of(reckoned.entries)
        quotas = _quotas(reckoned) if queries.sees_all(request.actor, year) else []
    readable = queries.seen_by(request.actor, year, everyone)
    rows = queries.matching(readable, _wanted(request))
    sees = any(may_see_grades(request.actor, year, unit) for unit in unit_ids(year))
    return Table(kind, settled, settlements, rules, scheme, rows, readable, quotas, not everyone, sees)


def _settlement(settlements: list[Assessment], number: int | None) -> Assessment | None:
    if number == 0 or not settlements:
        return None
    if number is None:
        return settlements[0]
    found = next((each for each in settlements if each.number == number), None)
    if found is None:
        raise Absent
    return found


def _quotas(reckoned: queries.Reckoned) -> list[tuple[object, int, int, int]]:
    """For each level with a quota: its name, members in term, places, and how many are graded good."""
    scheme, results = reckoned.scheme, [entry.result for entry in reckoned.entries]
    found: list[tuple[object, int, int, int]] = []
    for level in scheme.quota if scheme else ():
        members = [result for result in results if result.level == level and result.figures.months]
        places = free_places(scheme, level, results) if scheme else None
        found.append((Level(level).label, len(members), places or 0, sum(result.grade == "good" for result in members)))
    return found


@require_GET
def assessment(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Members with figures, percent, grade and reasons; those who may not read any grade are told who does."""
    found = year_of(request, cluster, year)
    kind = _KINDS.get(request.GET.get("loai", ""), CorpsKind.RAPPORTEUR)
    table = _table(request, found, kind)
    measures = queries.measures_in(table.scheme, kind)
    rows = Paginator(table.rows, PAGE).get_page(request.GET.get("trang", ""))
    rows.object_list = [shown_of(row, measures) for row in rows.object_list]
    return page(
        request, found, "assessment", table=table, rows=rows, kind=kind, slug=SLUGS[kind], wanted=_wanted(request),
        kinds=[(slug, each.label) for each, slug in SLUGS.items()], columns=[MEASURES[each] for each in measures],
        levels=Level.choices, grades=GradeName.choices, filters=filters_of(request), query=request.GET.urlencode(),
        assesses=may(ASSESS, request.actor, found) and found.stage != Stage.CLOSED, today=localdate(request.now),
    )  # fmt: skip


@require_GET
def workbook(request: HttpRequest, cluster: str, year: int, kind: str) -> HttpResponse:
    """The table as it is filtered, as XLSX with live formulas."""
    found = year_of(request, cluster, year)
    table = _table(request, found, kind_in(kind))
    _require_readable(table)
    measures = queries.measures_in(table.scheme, table.kind)
    return grades_workbook(found, table.kind, measures, table.rows, table.settled, f"danh-gia-{kind}-{found.year}")


@require_GET
def paper(request: HttpRequest, cluster: str, year: int, kind: str, form: str) -> HttpResponse:
    """Settled grades as a paper, PDF or DOCX: those that this person may read. Absent while nothing is settled."""
    found = year_of(request, cluster, year)
    table = _table(request, found, kind_in(kind))
    _require_readable(table)
    if table.settled is None:
        raise Absent
    made = grades_paper(found, table.kind, table.settled, table.rows)
    return paper_response(made, form, f"xep-loai-{kind}-{found.year}-lan-{table.settled.number}")


def _require_readable(table: Table) -> None:
    """Absent for whoever may read no grade: nobody is told more than that there are some."""
    if not table.readable:
        raise Absent


@GET_POST
def rules(request: HttpRequest, cluster: str, year: int, kind: str) -> HttpResponse:
    """The rules of a kind: a form for the superior body, a table for everyone else."""
    found = year_of(request, cluster, year)
    asked = kind_in(kind)
    there = queries.rules_of(found, asked)
    writes = may(ASSESS, request.actor, found) and found.stage != Stage.CLOSED
    if request.method == "POST":
        require_may_assess(request.actor, found)
        require_open(found)
    form = RulesForm(request.POST if request.method == "POST" else None, asked, there) if writes else None
    clash = None
    if form is not None and form.is_bound and form.is_valid():
        typed = form.cleaned_data
        form.attempt(
            actions.set_assessment_rules, year=found, kind=asked, scheme=form.scheme, decision=typed["decision"],
            confirmed=typed["confirmed"], revision=typed["revision"], actor=request.actor, now=request.now,
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, _("Đã lưu quy chế."))
            return redirect(address("assessment", found, asked))
        clash = _newest(form, found, asked)
    return page(
        request, found, "assessment_rules", form=form, rules=clash or there, clash=clash, kind=asked, slug=kind,
        scheme=_told(clash or there), levels=Level.choices,
    )  # fmt: skip


def _newest(form: RulesForm, year: ClusterYear, kind: CorpsKind) -> AssessmentRules | None:
    """What someone else has saved since, to be shown beside what was typed; from now on it is what was seen."""
    newest = queries.rules_of(year, kind)
    if newest is None or newest.revision == form.cleaned_data.get("revision"):
        return None
    data = form.data.copy()
    data["revision"] = str(newest.revision)
    form.data = data
    return newest


def _told(rules: AssessmentRules | None) -> dict[str, Any] | None:
    """Rules for reading: measures with targets by level, thresholds, the cap, quotas by level."""
    if rules is None:
        return None
    scheme = scheme_of(rules.content)
    return {
        "measures": [
            (MEASURES[each.measure], each.weight, [each.targets.get(level) for level in LEVELS]) for each in scheme.asked
        ],
        "scheme": scheme,
        "at_most": GradeName(scheme.at_most).label,
        "quotas": [(Level(level).label, share) for level, share in scheme.quota.items()],
        "rounding": scheme.rounding,
    }


def address(name: str, year: ClusterYear, kind: CorpsKind) -> str:
    """A page of assessment: the table of a kind (`?loai=`), or another page that has the kind in its path."""
    place = [year.cluster.slug, year.year]
    if name == "assessment":
        return f"{reverse('rapporteurs:assessment', args=place)}?loai={SLUGS[kind]}"
    return reverse(f"rapporteurs:{name}", args=[*place, SLUGS[kind]])


@GET_POST
def settle(request: HttpRequest, cluster: str, year: int, kind: str) -> HttpResponse:
    """Settle the grades as they are shown, deciding about those whom the rules leave to people."""
    found = year_of(request, cluster, year)
    asked = kind_in(kind)
    require_may_assess(request.actor, found)
    require_open(found)
    reckoned = queries.reckon(found, asked, localdate(request.now))
    rows = queries.rows_of(reckoned.entries)
    ready = reckoned.rules is not None and reckoned.rules.confirmed and bool(reckoned.rules.decision) and bool(rows)
    seen = queries.digest_of(queries.content_of(found, asked, reckoned.rules, rows)) if reckoned.rules else ""
    settlements = queries.assessments_of(found, asked)
    open_rows = [row for row in rows if row.grade == REVIEW] if ready else []
    form = SettleForm(request.POST if request.method == "POST" else None, open_rows, seen=seen, again=bool(settlements))
    if form.is_bound and form.is_valid():
        made = form.attempt(
            actions.settle_grades, year=found, kind=asked, seen=form.cleaned_data["seen"], decided=form.decided,
            reason=form.cleaned_data.get("reason", ""), actor=request.actor, now=request.now,
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Đã chốt xếp loại lần %(number)d.") % {"number": made.number})
            return redirect(address("assessment", found, asked))
        _see_newest(form, seen)
    shown = [shown_of(row, queries.measures_in(reckoned.scheme, asked)) for row in rows]
    return page(
        request, found, "assessment_settle", form=form, ready=ready, rows=shown, kind=asked, slug=kind, rules=reckoned.rules,
        counts=_counts(shown), again=bool(settlements),
    )  # fmt: skip


def _see_newest(form: SettleForm, seen: str) -> None:
    """After a refusal the page shows what is newest, so that saving again is a decision about that."""
    data = form.data.copy()
    data["seen"] = seen
    form.data = data


def _counts(rows: list[Shown]) -> list[tuple[object, int]]:
    """How many have each grade, best first."""
    return [(grade.label, sum(row.grade == grade for row in rows)) for grade in GradeName]
