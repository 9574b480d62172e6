"""Forecasts of 2021: questions about the cluster's own work, which the demo itself decides.

Every outcome can be checked in the demo: reports and programmes in time, members reached, talks held (demo.work, demo.reporting,
demo.corps). The chances that units gave are made up; a unit that came close gave better ones.
"""

from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from thidua.clusters.models import ClusterYear
from thidua.demo import cast
from thidua.demo.builder import as_, at, day
from thidua.forecasts.actions import decisions, forecasts, questions
from thidua.forecasts.models import Question, QuestionKind
from thidua.forecasts.rules.questions import Answer, ForecastValue
from thidua.people.models import Organisation

BY_REGISTER = "Xem trong phần mềm vào ngày có kết quả: {where}. Đủ điều kiện nêu trong câu hỏi là Có, thiếu dù chỉ một là Không."


class Ask(NamedTuple):
    """A yes/no question: words, where it is decided, day it is asked and day of the outcome, how it came out, and the chance in
    percent that each unit gave, in the order of the cast (a second row: what they changed it to half-way)."""

    title: str
    where: str
    asked_on: str
    outcome_on: str
    happened: bool
    chances: tuple[tuple[int, ...], ...]


ASKED = (
    Ask(
        "Cả 7 đơn vị nộp báo cáo quý I đúng hạn?",
        "lưới báo cáo, kỳ quý I",
        "2021-02-15",
        "2021-04-12",
        True,
        ((70, 80, 60, 75, 70, 60, 80), (80, 90, 60, 85, 70, 70, 90)),
    ),
    Ask(
        "Đến hết tháng 4, chương trình hành động của cả 7 đơn vị được duyệt?",
        "danh sách chương trình",
        "2021-02-15",
        "2021-05-01",
        True,
        ((75, 90, 65, 80, 70, 60, 85),),
    ),
    Ask(
        "Đến hết quý II, mọi đơn vị đạt từ 95 % đảng viên được học tập?",
        "chỉ tiêu trong các báo cáo quý II",
        "2021-03-10",
        "2021-07-12",
        False,
        ((50, 30, 40, 45, 60, 40, 60), (30, 10, 20, 30, 45, 25, 40)),
    ),
    Ask(
        "Cả 7 đơn vị nộp báo cáo quý II đúng hạn?",
        "lưới báo cáo, kỳ quý II",
        "2021-05-10",
        "2021-07-14",
        False,
        ((70, 60, 65, 70, 75, 70, 70), (60, 40, 55, 60, 70, 50, 60)),
    ),
    Ask(
        "Đến hết quý II, toàn cụm có từ 45 buổi tuyên truyền nghị quyết trở lên?",
        "bảng bao phủ chủ đề",
        "2021-05-10",
        "2021-07-01",
        True,
        ((70, 80, 60, 75, 65, 55, 80),),
    ),
    Ask(
        "Có báo cáo quý II của đơn vị nào bị trả lại không?",
        "lưới báo cáo, kỳ quý II",
        "2021-05-10",
        "2021-07-31",
        True,
        ((60, 70, 50, 60, 40, 50, 70),),
    ),
    Ask(
        "Đến hết quý III, CTCP Gang thép đạt từ 90 % đảng viên được học tập?",
        "chỉ tiêu của đơn vị",
        "2021-07-20",
        "2021-10-12",
        False,
        ((40, 20, 50, 30, 55, 60, 35), (20, 10, 40, 20, 50, 40, 25)),
    ),
    Ask(
        "Cả 7 đơn vị nộp báo cáo quý III đúng hạn?",
        "lưới báo cáo, kỳ quý III",
        "2021-07-20",
        "2021-10-12",
        True,
        ((60, 80, 55, 75, 60, 65, 75),),
    ),
    Ask(
        "Đến 15-10, mọi nhiệm vụ kiểm tra chương trình hành động ở chi bộ đã xong?",
        "danh sách nhiệm vụ",
        "2021-07-20",
        "2021-10-16",
        False,
        ((30, 20, 40, 25, 50, 30, 30),),
    ),
    Ask(
        "Cả 7 đơn vị nộp báo cáo tổng kết năm đúng hạn?",
        "lưới báo cáo, kỳ tổng kết",
        "2021-09-06",
        "2021-11-01",
        False,
        ((40, 30, 50, 35, 60, 55, 45), (20, 20, 30, 25, 50, 30, 30)),
    ),
    Ask(
        "Cả 7 đơn vị nộp phiếu tự chấm trước hội nghị?",
        "trang Tự chấm",
        "2021-09-06",
        "2021-11-12",
        True,
        ((90, 95, 85, 90, 80, 75, 95),),
    ),
)
TALKS = "Đến hết quý III, toàn cụm tổ chức bao nhiêu buổi tuyên truyền?"
HELD = Decimal(78)
INTERVALS = ((70, 85), (74, 82), (60, 90), (70, 80), (60, 75), (55, 80), (72, 84))
LATER = "Cả 7 đơn vị nộp báo cáo quý II năm 2022 đúng hạn?"


def ask(year: ClusterYear, until: str) -> None:
    """The secretary asks what is to be asked up to a day; the units forecast, and think again half-way."""
    for asked in ASKED:
        moment = _moment(asked.asked_on)
        if asked.asked_on <= until and not Question.objects.filter(year=year, title=asked.title).exists():
            value = questions.QuestionValue(
                title=asked.title,
                background="Câu hỏi minh hoạ về việc của chính cụm.",
                decided_how=BY_REGISTER.format(where=asked.where),
                kind=QuestionKind.YES_NO,
                closes_at=_moment(asked.outcome_on) - timedelta(days=3),
                outcome_on=day(asked.outcome_on),
            )
            question = questions.ask_question(year=year, value=value, open_now=True, actor=as_("thuky", moment), now=moment)
            _forecast(question, asked)
    if until >= "2021-07-20" and not Question.objects.filter(year=year, title=TALKS).exists():
        _ask_number(year)


def _forecast(question: Question, asked: Ask) -> None:
    half = (_moment(asked.outcome_on) - _moment(asked.asked_on)) / 2
    for turn, chances in enumerate(asked.chances):
        for place, (row, percent) in enumerate(zip(cast.UNITS, chances, strict=True)):
            now = _moment(asked.asked_on) + timedelta(days=2 + place) + turn * (half - timedelta(days=2))
            chance = Decimal(percent) / 100
            reason = "Theo tiến độ đến giữa kỳ (minh hoạ)." if turn else ""
            _make(question, row.key, ForecastValue(chances=(chance, 1 - chance), reason=reason), now)


def _ask_number(year: ClusterYear) -> None:
    now = _moment("2021-07-20")
    value = questions.QuestionValue(
        title=TALKS,
        background="Câu hỏi minh hoạ về việc của chính cụm.",
        decided_how="Cộng số buổi đã tổ chức của các đơn vị thành viên trong bảng bao phủ chủ đề vào ngày có kết quả.",
        kind=QuestionKind.NUMBER,
        closes_at=_moment("2021-09-25"),
        outcome_on=day("2021-10-01"),
        unit_of_measure="buổi",
    )
    question = questions.ask_question(year=year, value=value, open_now=True, actor=as_("thuky", now), now=now)
    for row, (low, high) in zip(cast.UNITS, INTERVALS, strict=True):
        _make(question, row.key, ForecastValue(low=Decimal(low), high=Decimal(high)), now + timedelta(days=3))


def _make(question: Question, key: str, value: ForecastValue, now) -> None:
    officer = as_(f"canbo-{key}", now)
    unit = Organisation.objects.get(pk__in=officer.organisations())
    newest = question.forecasts.filter(unit=unit, post=None).order_by("pk").last()
    seen = newest.pk if newest else None
    forecasts.make_forecast(question=question, unit=unit, post=None, value=value, seen=seen, actor=officer, now=now)


def decide(year: ClusterYear, until: str) -> None:
    """The officer of the superior body, who never forecast, decides what is due up to a day."""
    outcomes = {asked.title: asked for asked in ASKED}
    for question in Question.objects.filter(year=year, outcome_on__lte=day(until), resolutions=None).order_by("outcome_on"):
        now = at(question.outcome_on.year, question.outcome_on.month, question.outcome_on.day, 10)
        asked = outcomes.get(question.title)
        if asked is None:
            answer, where = Answer(value=HELD), "bảng bao phủ chủ đề"
        else:
            answer, where = Answer(choice=question.choices.get(position=1 if asked.happened else 2).pk), asked.where
        basis = f"Theo {where} trong phần mềm (minh hoạ)."
        decisions.decide_question(question=question, answer=answer, basis=basis, actor=as_("captren", now), now=now)


def open_next(year: ClusterYear, secretary: str, now) -> None:
    """A question of the new year that still takes forecasts when the demo ends."""
    value = questions.QuestionValue(
        title=LATER,
        background="Câu hỏi minh hoạ: năm 2021 có một đơn vị chậm ba ngày ở quý II.",
        decided_how=BY_REGISTER.format(where="lưới báo cáo, kỳ quý II"),
        kind=QuestionKind.YES_NO,
        closes_at=_moment("2022-06-30"),
        outcome_on=day("2022-07-12"),
    )
    questions.ask_question(year=year, value=value, open_now=True, actor=as_(secretary, now), now=now)


def _moment(text: str):
    chosen = day(text)
    return at(chosen.year, chosen.month, chosen.day, 9)
