"""Reads of questions: the list, who of the reader's units has not forecast, what may be forecast by whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from thidua.clusters.models import ClusterYear
from thidua.forecasts.access import holdings_to_forecast_by, questions_visible_to, units_to_forecast_for
from thidua.forecasts.models import Dispute, Forecast, Question, QuestionKind, QuestionState, Resolution
from thidua.forecasts.rules import questions as rules
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.people.models import Organisation
from thidua.web.templatetags.thidua import points

PAGE = 50
STATES = {
    "nhan": pgettext_lazy("question", "Đang nhận dự báo"),
    "cho": pgettext_lazy("question", "Chờ kết quả"),
    "xong": pgettext_lazy("question", "Đã có kết quả"),
    "nhap": pgettext_lazy("question", "Đang soạn"),
}
"""What the list may be narrowed to, by the word in the address bar."""
SORTS = {"": gettext_lazy("Việc cần làm trước"), "ket-qua": gettext_lazy("Ngày có kết quả"), "moi": gettext_lazy("Mới đặt trước")}
_YES_NO = {"Có": pgettext_lazy("answer", "Có"), "Không": pgettext_lazy("answer", "Không")}
_OPEN, _WAITING, _DRAFT, _DECIDED = range(4)
_RANKS = {"nhan": _OPEN, "cho": _WAITING, "nhap": _DRAFT, "xong": _DECIDED}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows; empty values filter nothing. `lacking`: only open ones without a forecast of the reader's unit."""

    state: str = ""
    kind: str = ""
    lacking: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A question in the list: how it stands, how many have forecast, which of the reader's units have not, how it came out."""

    question: Question
    stands: str
    cell: str
    words: object
    forecasters: int
    has: list[str]
    lacks: list[str]
    outcome: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A way in which the reader may forecast: for a unit, or by a post; and what stands there now."""

    unit: Organisation
    post_id: int | None
    title: str
    newest: Forecast | None


def listed(actor: Actor, year: ClusterYear, wanted: Filter, now: datetime) -> QuerySet[Question]:
    """The questions as the filter asks: open ones by their closing, those that wait, drafts, decided ones (newest first).

    `disputed`: a dispute waits for its answer. One query.
    """
    waits = Dispute.objects.filter(resolution__question=OuterRef("pk"), upheld=None)
    found = questions_visible_to(actor, year).annotate(rank=_rank(now), disputed=Exists(waits))
    if wanted.state in _RANKS:
        found = found.filter(rank=_RANKS[wanted.state])
    if wanted.kind in QuestionKind.values:
        found = found.filter(kind=wanted.kind)
    if wanted.lacking:
        found = found.filter(_lacking(units_to_forecast_for(actor, year)), rank=_OPEN)
    if wanted.sort == "ket-qua":
        return found.order_by("outcome_on", "pk")
    if wanted.sort == "moi":
        return found.order_by("-asked_at", "-pk")
    near = Case(When(rank=_DECIDED, then=None), default=F("closes_at"))
    return found.order_by("rank", near.asc(nulls_last=True), "-outcome_on", "pk")


def rows_of(questions: Iterable[Question], actor: Actor, year: ClusterYear, now: datetime) -> list[Row]:
    """The rows of some questions out of `listed`. Three queries (two for a reader without a unit)."""
    questions = list(questions)
    ids = [question.pk for question in questions]
    made = Forecast.objects.filter(question__in=ids).order_by().values_list("question", "unit", "post").distinct()
    counted, has = Counter[int](), defaultdict[int, set[int]](set)
    for question_id, unit_id, post_id in made:
        counted[question_id] += 1
        if post_id is None:
            has[question_id].add(unit_id)
    own = own_units(actor, year)
    newest = {one.question_id: one for one in _resolutions(ids)}
    rows = []
    for question in questions:
        stands = rules.standing(question.state, question.closes_at, now)
        cell, words = state_of(question, now)
        came = newest.get(question.pk)
        rows.append(
            Row(
                question, stands, cell, words, counted[question.pk],
                [unit.short for unit in own if unit.pk in has[question.pk]],
                [unit.short for unit in own if unit.pk not in has[question.pk]],
                outcome_words(question, came) if came else "", getattr(question, "disputed", False),
            )
        )  # fmt: skip
    return rows


def own_units(actor: Actor, year: ClusterYear) -> list[Organisation]:
    """The year's units for which the actor may forecast, in Vietnamese order. One query, none for someone without."""
    ids = units_to_forecast_for(actor, year)
    return sorted(Organisation.objects.filter(pk__in=ids), key=lambda unit: unit.order) if ids else []


def places_of(actor: Actor, question: Question) -> list[Place]:
    """Where the actor may forecast: units first, then posts. Three queries at most."""
    units = own_units(actor, question.year)
    holdings = holdings_to_forecast_by(actor, question.year)
    mine = Q(unit__in=units, post=None) | Q(post__in=[holding.post_id for holding in holdings])
    newest = {(f.unit_id, f.post_id): f for f in Forecast.objects.filter(mine, question=question).order_by("made_at", "pk")}
    at = Organisation.objects.in_bulk([holding.organisation_id for holding in holdings])
    return [
        *(Place(unit, None, unit.name_vi, newest.get((unit.pk, None))) for unit in units),
        *(
            Place(
                at[holding.organisation_id], holding.post_id, f"{holding.post_title}, {at[holding.organisation_id].short}",
                newest.get((holding.organisation_id, holding.post_id)),
            )
            for holding in holdings
        ),
    ]  # fmt: skip


def state_of(question: Question, now: datetime) -> tuple[str, object]:
    """Kind of cell and words for how the question stands."""
    stands = rules.standing(question.state, question.closes_at, now)
    if is_due(question, now):
        return "late", _("tới ngày ghi kết quả")
    cells = {rules.DRAFT: "wait", rules.OPEN: "due", rules.CLOSED: "wait", rules.RESOLVED: "ok", rules.VOID: "wait"}
    words = str(QuestionState(stands).label)
    return cells[stands], words[:1].lower() + words[1:]


def is_over(year: ClusterYear, now: datetime) -> bool:
    """Whether it is too late to ask a question in the year (`rules.check_year`)."""
    try:
        rules.check_year(year.year, localdate(now))
    except Refused:
        return True
    return False


def is_due(question: Question, now: datetime) -> bool:
    """Whether the outcome can be written down and has not been."""
    stands = rules.standing(question.state, question.closes_at, now)
    return stands == rules.CLOSED and question.outcome_on <= localdate(now)


def outcome_words(question: Question, resolution: Resolution) -> str:
    """How a question came out, in words."""
    if resolution.void:
        return _("Không tính")
    if resolution.value is not None:
        return f"{points(resolution.value, 6)} {question.unit_of_measure}".strip()
    return choice_text(question.kind, resolution.choice.text if resolution.choice else "")


def choice_text(kind: str, text: str) -> str:
    """A choice as it reads: Có and Không in the reader's language, others as they were written."""
    return str(_YES_NO.get(text, text)) if kind == QuestionKind.YES_NO else text


def _resolutions(ids: Sequence[int]) -> QuerySet[Resolution]:
    """Every outcome of the questions, the newest of each last."""
    return Resolution.objects.filter(question__in=ids).select_related("choice").order_by("number")


def _rank(now: datetime) -> Case:
    return Case(
        When(state=QuestionState.DRAFT, then=Value(_DRAFT)),
        When(state=QuestionState.OPEN, closes_at__gt=now, then=Value(_OPEN)),
        When(state__in=rules.DECIDED, then=Value(_DECIDED)),
        default=Value(_WAITING),
        output_field=IntegerField(),
    )


def _lacking(units: Iterable[int]) -> Q:
    """Questions without a forecast of one of the units."""
    lacking = Q(pk__in=[])
    for unit in units:
        lacking |= ~Q(Exists(Forecast.objects.filter(question=OuterRef("pk"), unit=unit, post=None)))
    return lacking
