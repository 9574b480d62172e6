"""Reads of one question: everyone's forecasts as far as the reader may see them, how they moved, and its story."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.forecasts.access import forecasts_visible_to, own_forecasts
from thidua.forecasts.models import Addition, AdditionKind, Forecast, Question, QuestionKind, Resolution
from thidua.forecasts.queries.questions import choice_text, outcome_words
from thidua.forecasts.rules import questions as rules
from thidua.forecasts.rules.intervals import Interval, Sheet, sheet_of
from thidua.forecasts.rules.movements import Move, Picture, middle, picture
from thidua.kernel.actor import Actor
from thidua.web.templatetags.thidua import points

_SHORT = 48
Who = tuple[int, int | None]
"""A forecaster: a unit, or a post at it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A forecast as the table shows it: when, whose, a value for each heading, why."""

    at: datetime
    name: str
    values: tuple[Decimal, ...]
    reason: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened to a question: when, how long ago, what, and the words that were given with it."""

    at: datetime
    ago: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the reader sees of the forecasts. `standing`: the newest of each forecaster; `median`: what the middle of all said,
    told only when everyone's are seen. `picture`: of chances; `sheet`: of the intervals of a number."""

    headings: tuple[str, ...]
    moves: tuple[Line, ...]
    standing: tuple[Line, ...]
    median: tuple[Decimal, ...]
    picture: Picture | None
    sheet: Sheet | None
    forecasters: int
    everyone: bool


def seen_of(question: Question, actor: Actor, now: datetime, outcome: Resolution | None = None) -> Seen:
    """The forecasts the reader may see, as tables and picture, with the outcome in it. Four queries."""
    choices = [choice_text(question.kind, choice.text) for choice in question.choices.all()]
    rows = list(forecasts_visible_to(actor, question, now).select_related("unit", "post"))
    own = set(forecasts_visible_to(actor, question, now).filter(own_forecasts(actor)).values_list("pk", flat=True))
    everyone = rules.standing(question.state, question.closes_at, now) not in (rules.DRAFT, rules.OPEN)
    newest = {_who(row): row for row in rows}
    lines = tuple(_line(row, question, row.pk in own) for row in rows)
    by_row = dict(zip([row.pk for row in rows], lines, strict=True))
    names = {_who(row): name_of(row) for row in rows if row.pk in own}
    is_number = question.kind == QuestionKind.NUMBER
    median = middle([_values(row) for row in newest.values()], is_chance=not is_number) if everyone else ()
    return Seen(
        headings=_headings(question, choices),
        moves=tuple(_shown(line, question) for line in lines),
        standing=tuple(_shown(by_row[row.pk], question) for row in newest.values()),
        median=_cut(median, question),
        picture=_picture(question, rows, names, choices, now) if everyone and not is_number else None,
        sheet=_sheet(question, newest.values(), names, median, outcome) if median and is_number else None,
        forecasters=Forecast.objects.filter(question=question).order_by().values("unit", "post").distinct().count(),
        everyone=everyone,
    )


def _picture(
    question: Question, rows: Sequence[Forecast], own: Mapping[Who, str], choices: Sequence[str], now: datetime
) -> Picture | None:
    return picture(
        [Move(row.made_at, _who(row), _values(row)) for row in rows], own=own, choices=choices,
        starts_at=question.opened_at or question.asked_at, ends_at=_ends(question, now), median_name=_("Trung vị của cụm"),
        write=lambda value: f"{points(rules.percent(value), 0)}\u00a0%",
        write_day=lambda at, hour: date_format(localtime(at), "H:i d-m" if hour else "d-m"),
    )  # fmt: skip


def _sheet(
    question: Question, rows: Iterable[Forecast], own: Mapping[Who, str], median: Sequence[Decimal], outcome: Resolution | None
) -> Sheet:
    intervals = [Interval(name_of(row), *_values(row), number=2 if _who(row) in own else 0) for row in rows]
    value = outcome.value if outcome else None
    words = _("Kết quả: %(what)s") % {"what": outcome_words(question, outcome)} if outcome and value is not None else ""
    return sheet_of(intervals, Interval(_("Trung vị của cụm"), *median, number=1), value, lambda at: points(at, 6), words)


def name_of(forecast: Forecast) -> str:
    """Whose forecast: the unit, or the post at the unit; never a person."""
    return f"{forecast.post.title_vi}, {forecast.unit.short}" if forecast.post else forecast.unit.short


def forecast_words(forecast: Forecast, question: Question, choices: Sequence[str]) -> str:
    """A forecast in one line: "Có 70 %", "Tăng 40 %; Giảm 60 %", "từ 12 đến 15 báo cáo"."""
    if question.kind == QuestionKind.NUMBER:
        return _("từ %(low)s đến %(high)s %(measure)s") % {
            "low": points(forecast.low, 6), "high": points(forecast.high, 6), "measure": question.unit_of_measure,
        }  # fmt: skip
    chances = [points(rules.percent(value)) for value in _values(forecast)]
    named = list(zip([_short(choice) for choice in choices], chances, strict=True))
    shown = named[:1] if question.kind == QuestionKind.YES_NO else named
    return "; ".join(f"{name} {chance}\u00a0%" for name, chance in shown)


def story_of(question: Question, resolutions: Sequence[Resolution], actor: Actor, now: datetime) -> list[Told]:
    """What happened, in order. `resolutions` with their disputes. Three queries."""
    choices = [choice_text(question.kind, choice.text) for choice in question.choices.all()]
    at_once = question.opened_at == question.asked_at
    asked = _("%(who)s đặt câu hỏi") if at_once else _("%(who)s soạn bản nháp câu hỏi")
    facts = [(question.asked_at, asked % {"who": question.asked_by_name}, "")]
    if question.opened_at and not at_once:
        facts.append((question.opened_at, _("Mở nhận dự báo"), ""))
    facts += [_addition(one) for one in question.additions.all()]
    for row in forecasts_visible_to(actor, question, now).select_related("unit", "post"):
        words = {"who": name_of(row), "what": forecast_words(row, question, choices)}
        facts.append((row.made_at, _("%(who)s dự báo: %(what)s") % words, row.reason))
    by_hand = question.closed_at is not None and question.closed_at < question.closes_at
    if question.state != rules.DRAFT and question.closes_at <= now and not by_hand:
        facts.append((question.closes_at, _("Hết hạn nhận dự báo"), ""))
    for resolution in resolutions:
        facts += _outcome(resolution, question)
    facts.sort(key=lambda fact: fact[0])
    return [Told(at, ago(at, now), title, text) for at, title, text in facts]


def resolutions_of(question: Question) -> list[Resolution]:
    """The outcomes, the newest first, with choices, disputes and the units that raised them. Two queries."""
    return list(question.resolutions.select_related("choice").prefetch_related("disputes__unit"))


def ago(at: datetime, now: datetime) -> str:
    """How long ago: "vừa xong", "5 giờ trước", "3 ngày trước"; empty beyond a year, where the date alone says more."""
    hours = int((now - at).total_seconds() // 3600)
    if hours < 1:
        return _("vừa xong")
    if hours < 24:
        return ngettext("%(n)d giờ trước", "%(n)d giờ trước", hours) % {"n": hours}
    days = (localtime(now).date() - localtime(at).date()).days
    if days > 365:
        return ""
    return ngettext("%(n)d ngày trước", "%(n)d ngày trước", days) % {"n": days}


def table_of(seen: Seen, question: Question) -> tuple[list[object], list[list[object]]]:
    """Headings and rows of the forecasts for a workbook."""
    measure = question.unit_of_measure if question.kind == QuestionKind.NUMBER else "%"
    headings: list[object] = [_("Lúc"), _("Của ai"), *(f"{heading} ({measure})" for heading in seen.headings), _("Lý do")]
    rows: list[list[object]] = [
        [date_format(localtime(line.at), "DATETIME_FORMAT"), line.name, *line.values, line.reason] for line in seen.moves
    ]
    if seen.median:
        rows.append(["", _("Trung vị của cụm"), *seen.median, ""])
    return headings, rows


def _who(row: Forecast) -> Who:
    return row.unit_id, row.post_id


def _values(row: Forecast) -> tuple[Decimal, ...]:
    if row.low is not None and row.high is not None:
        return row.low, row.high
    return tuple(map(Decimal, row.probabilities))


def _line(row: Forecast, question: Question, mine: bool) -> Line:
    return Line(row.made_at, name_of(row), _values(row), row.reason, mine)


def _shown(line: Line, question: Question) -> Line:
    return Line(line.at, line.name, _cut(line.values, question), line.reason, line.mine)


def _cut(values: Sequence[Decimal], question: Question) -> tuple[Decimal, ...]:
    """As many values as there are headings, chances in percent."""
    if question.kind == QuestionKind.NUMBER:
        return tuple(values)
    percents = tuple(map(rules.percent, values))
    return percents[:1] if question.kind == QuestionKind.YES_NO else percents


def _headings(question: Question, choices: Sequence[str]) -> tuple[str, ...]:
    if question.kind == QuestionKind.NUMBER:
        return _("Từ"), _("Đến")
    if question.kind == QuestionKind.YES_NO:
        return tuple(choices[:1])
    return tuple(_short(choice) for choice in choices)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"


def _ends(question: Question, now: datetime) -> datetime:
    return min(question.closed_at or question.closes_at, now)


def _addition(one: Addition) -> tuple[datetime, str, str]:
    title = str(AdditionKind(one.kind).label)
    if one.kind == AdditionKind.CLOSING and one.closes_at:
        title = _("Rút hạn nhận dự báo về %(at)s") % {"at": date_format(localtime(one.closes_at), "DATETIME_FORMAT")}
    return one.added_at, f"{title} ({one.added_by_name})", one.text


def _outcome(resolution: Resolution, question: Question) -> list[tuple[datetime, str, str]]:
    words = {"n": resolution.number, "outcome": outcome_words(question, resolution), "who": resolution.resolved_by_name}
    title = _("Kết quả lần %(n)d: %(outcome)s (%(who)s)") if resolution.number > 1 else _("Kết quả: %(outcome)s (%(who)s)")
    facts = [(resolution.resolved_at, title % words, resolution.basis)]
    for dispute in resolution.disputes.all():
        facts.append((dispute.raised_at, _("%(unit)s khiếu nại") % {"unit": dispute.unit.short}, dispute.reason))
        if dispute.answered_at:
            told = _("Chấp nhận khiếu nại của %(unit)s") if dispute.upheld else _("Bác khiếu nại của %(unit)s")
            facts.append((dispute.answered_at, told % {"unit": dispute.unit.short}, dispute.answer))
    return facts
