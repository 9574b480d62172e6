"""Figures about a unit's forecasts for a span of days, for reports; and its record of the year, to be cited as evidence."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from thidua.clusters.models import ClusterYear
from thidua.forecasts.models import Forecast, Question, QuestionState
from thidua.forecasts.queries.records import KIND, Record, address_of, records_of_year
from thidua.forecasts.rules import wording
from thidua.kernel.ports import Citable, Figure, FigureKind
from thidua.people.models import Organisation

FIGURES: dict[str, FigureKind] = {
    "forecasts.questions": FigureKind(gettext_lazy("Câu hỏi dự báo đã đóng trong kỳ"), gettext_lazy("câu")),
    "forecasts.answered": FigureKind(gettext_lazy("Câu hỏi dự báo đơn vị đã trả lời"), gettext_lazy("câu")),
}
LISTS: dict[str, FigureKind] = {}
"""Nothing here begins a part of words."""


def lists_of(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """Those of LISTS: none. No query."""
    return {}


def figures_of(year: ClusterYear, unit_id: int, starts_on: date, ends_on: date) -> dict[str, Figure]:
    """The questions of the year whose time to forecast ended within the span (both days included; void ones and drafts do not
    count), and those of them that the unit itself answered; forecasts by posts are theirs. One query."""
    first = make_aware(datetime.combine(starts_on, time()))
    after = make_aware(datetime.combine(ends_on + timedelta(days=1), time()))
    found = _closed(year, unit_id).filter(ended__gte=first, ended__lt=after)
    asked, answered = _counted(found)
    url = reverse("forecasts:questions", args=[year.cluster.slug, year.year])
    closed = ngettext("%(n)d câu hỏi dự báo đã đóng", "%(n)d câu hỏi dự báo đã đóng", asked) % {"n": asked}
    basis = ((closed, url),) if asked else ()
    return {"forecasts.questions": Figure(Decimal(asked), basis), "forecasts.answered": Figure(Decimal(answered), basis)}


def citables(year: ClusterYear, unit_id: int) -> list[Citable]:
    """The unit's record of the year, once a question of the year has come out that it answered. Six queries at most."""
    found = citable(year, unit_id, KIND, unit_id)
    return [found] if found else []


def citable(year: ClusterYear, unit_id: int, kind: str, pk: int) -> Citable | None:
    """The same by kind and id, which is the unit's; None for another unit or slice, and while there is nothing to say. What it
    says: how many decided questions the unit answered, never what; the Brier score from ten decided questions of the year on."""
    if kind != KIND or pk != unit_id:
        return None
    unit = Organisation.objects.filter(pk=unit_id).first()
    ended = _closed(year, unit_id).filter(state=QuestionState.RESOLVED)
    asked, answered = _counted(ended)
    if unit is None or not answered:
        return None
    words = _("Trả lời %(answered)d trên %(asked)d câu hỏi dự báo đã có kết quả") % {"answered": answered, "asked": asked}
    title = _("Dự báo năm %(year)d") % {"year": year.year}
    last = ended.filter(answered=True).order_by("-ended").values_list("ended", flat=True).first()
    record = records_of_year(year).of(unit_id, None)
    day = localdate(last) if last else None
    return Citable(KIND, unit_id, title, _with_score(words, record), day, address_of(year, unit))


def _with_score(words: str, record: Record | None) -> str:
    scores = record.yes_no if record else None
    if scores is None or scores.wanting:
        return words
    said = _("điểm Brier %(brier)s trên %(n)d câu có hay không") % {"brier": wording.number(scores.score, "vi"), "n": scores.n}
    return f"{words}; {said}"


def _closed(year: ClusterYear, unit_id: int):
    """Questions of the year that ever took forecasts and count, with `ended` and whether the unit `answered`."""
    own = Forecast.objects.filter(question=OuterRef("pk"), unit=unit_id, post=None)
    asked = Question.objects.filter(year=year).exclude(state__in=(QuestionState.DRAFT, QuestionState.VOID))
    return asked.annotate(ended=Coalesce("closed_at", "closes_at"), answered=Exists(own))


def _counted(questions) -> tuple[int, int]:
    counted = questions.aggregate(asked=Count("pk"), done=Count("pk", filter=Q(answered=True)))
    return counted["asked"], counted["done"]
