"""A question from opening to the calibration plot: asked, forecast by units that do not see each other, closed, decided by
somebody who did not forecast, disputed and decided anew."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.demo_site import client_of
from tests.journeys.practice_year import days_ago, open_year, typed
from tests.journeys.test_year import UNITS, to_year
from thidua.clusters.models import ClusterYear
from thidua.demo.builder import as_
from thidua.demo.cast import PASSWORD
from thidua.forecasts.actions.decisions import decide_question
from thidua.forecasts.actions.forecasts import make_forecast
from thidua.forecasts.actions.questions import QuestionValue, ask_question
from thidua.forecasts.models import Addition, Forecast, Question
from thidua.forecasts.rules.questions import Answer, ForecastValue
from thidua.people.models import Organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TAB = "Dự báo"
ASKED = "Mọi đơn vị có nộp báo cáo năm đúng hạn không?"
SEVERAL = "Đơn vị nào nộp báo cáo năm trước hết?"
AMOUNT = "Cả cụm tổ chức bao nhiêu buổi tuyên truyền trong năm?"
DECIDED_HOW = "Theo sổ nhận báo cáo của cụm trưởng lúc 17:00 ngày có kết quả."
SECOND, THIRD = UNITS[1], UNITS[2]
ASK = "Đặt câu hỏi, nhận dự báo ngay"
WHY = "Hai đơn vị đã báo trước là sẽ chậm."
PAST = (("0.9", "0.6", True),) * 5 + (("0.9", "0.7", False), ("0.2", "0.4", True)) + (("0.2", "0.5", False),) * 4
"""Questions decided before: what the second and the third unit said for "yes", and whether it came true."""


@pytest.fixture
def year(db) -> int:
    """The practice year with questions that have been decided."""
    opened = open_year()
    for number, (second, third, came_true) in enumerate(PAST, 1):
        decide_in_the_past(opened, f"Việc thứ {number} có xong đúng hạn không?", {SECOND: second, THIRD: third}, came_true)
    return opened.year


def decide_in_the_past(year: ClusterYear, title: str, said: dict[str, str], came_true: bool) -> None:
    """Asked a month ago, closed ten days later, decided today at the latest: never before the year begins."""
    asked_at, closed_at = (timezone.now() - timedelta(days=days) for days in (30, 20))
    outcome_on = max(date(year.year, 1, 1), days_ago(10))
    value = QuestionValue(title, "", DECIDED_HOW, "yes_no", closed_at, outcome_on)
    question = ask_question(year=year, value=value, open_now=True, actor=as_("thuky-thuchanh", asked_at), now=asked_at)
    for name, chance in said.items():
        unit = Organisation.objects.get(name_vi=name)
        at = asked_at + timedelta(days=1)
        make_forecast(
            question=question, unit=unit, post=None, value=ForecastValue((Decimal(chance), 1 - Decimal(chance))), seen=None,
            actor=as_(f"canbo-th{UNITS.index(name) + 1}", at), now=at,
        )  # fmt: skip
    right = question.choices.get(position=1 if came_true else 2)
    now = timezone.now()
    decide_question(question=question, answer=Answer(right.pk), basis=DECIDED_HOW, actor=as_("captren-thuchanh", now), now=now)


def test_a_question_to_the_calibration_plot(year, visit):
    names = ("thuky-thuchanh", "captren-thuchanh", "canbo-th2", "canbo-th3")
    secretary, superior, second, third = (visit(name).sign_in(PASSWORD) for name in names)
    ask(secretary, year)
    forecast_yes_or_no(second, third, year)
    change_with_a_reason(second, year)
    forecast_several(second, year)
    forecast_number(third, year)
    forecast_for_the_head(visit, year)
    close(secretary, third, year)
    days_pass(3)
    not_by_a_forecaster(secretary, year)
    decide(superior)
    dispute(third, superior, year)
    read_record(second, year)
    practise(third, year)


def questions(visitor, year, page="Câu hỏi"):
    """A page of the second row of links of forecasts."""
    to_year(visitor, year).turn_to(TAB)
    return visitor.follow(page, visitor.page.get_by_role("navigation", name=TAB))


def ask(secretary, year):
    """Three questions, one of each kind. An outcome before the closing is refused and what was typed stays."""
    closing = datetime.combine(days_ago(-20), time(17))
    questions(secretary, year).follow("Đặt câu hỏi")
    fill_in(secretary, ASKED, closing, outcome=days_ago(-20))
    secretary.press(ASK).reads("Nhận dự báo tới")
    expect(secretary.page.get_by_label("Câu hỏi", exact=True)).to_have_value(ASKED)
    secretary.write("Ngày có kết quả", typed(days_ago(-21)))
    secretary.press(ASK).titled(ASKED).reads("Đã đặt câu hỏi", DECIDED_HOW)
    questions(secretary, year).follow("Đặt câu hỏi")
    fill_in(secretary, SEVERAL, closing, outcome=days_ago(-30))
    secretary.tick("Chọn một trong nhiều khả năng")
    secretary.write(re.compile("^Các khả năng"), "\n".join(UNITS))
    secretary.press(ASK).titled(SEVERAL)
    questions(secretary, year).follow("Đặt câu hỏi")
    fill_in(secretary, AMOUNT, closing, outcome=days_ago(-30))
    secretary.tick("Một con số, trả lời bằng một khoảng")
    secretary.write(re.compile("^Đơn vị tính"), "buổi")
    secretary.press(ASK).titled(AMOUNT)


def fill_in(secretary, title, closing, outcome):
    """What every question says."""
    secretary.write("Câu hỏi", title)
    secretary.write("Căn cứ nào để ghi kết quả", DECIDED_HOW)
    secretary.write("Nhận dự báo tới", f"{closing:%d-%m-%Y %H:%M}")
    secretary.write("Ngày có kết quả", typed(outcome))


def forecast_yes_or_no(second, third, year):
    """One types, the other slides; neither sees the other's. The back button leads to the form, not to a second forecast."""
    second.open("/").follow(f"Dự báo: {ASKED}").follow(f"Dự báo {SECOND}")
    second.write("Có", "72,5")
    second.press("Ghi dự báo").titled(ASKED).reads("Đã ghi dự báo.", "72,5", "Đã có 1 dự báo.")
    second.page.go_back()
    second.look()
    questions(third, year).follow(ASKED).follow(f"Dự báo {THIRD}")
    third.write("Thanh trượt: Có", "41")
    expect(third.page.get_by_label("Có", exact=True)).to_have_value("41")
    third.press("Ghi dự báo").reads("Đã có 2 dự báo.", "Tới khi câu hỏi đóng, mỗi người chỉ thấy dự báo của mình.")
    assert "72,5" not in third.page.content()
    assert third.page.get_by_text(SECOND).count() == 0


def change_with_a_reason(second, year):
    """A second forecast says why; without that it is refused and what was typed stays."""
    questions(second, year).follow(ASKED).follow(f"Cập nhật {SECOND}").reads("Dự báo đang có")
    second.write("Có", "60")
    second.press("Ghi dự báo mới").reads("Hãy ghi vì sao thay đổi.")
    expect(second.page.get_by_label("Có", exact=True)).to_have_value("60")
    second.write(re.compile("^Vì sao"), WHY)
    second.press("Ghi dự báo mới").reads("Đã ghi dự báo.", WHY)


def forecast_several(second, year):
    """Chances that make more than a hundred are refused and stay; the page says by how much."""
    questions(second, year).follow(SEVERAL).follow(f"Dự báo {SECOND}")
    for unit, chance in zip(UNITS, ("50", "30", "30"), strict=True):
        second.write(unit, chance)
    second.press("Ghi dự báo").reads("Các xác suất cộng lại được 110 %, phải đúng 100 %. Hãy bớt 10 %.")
    for unit, chance in zip(UNITS, ("50", "30", "30"), strict=True):
        expect(second.page.get_by_label(unit, exact=True)).to_have_value(chance)
    second.write(UNITS[2], "20")
    second.press("Ghi dự báo").reads("Đã ghi dự báo.")


def forecast_number(third, year):
    """An interval."""
    questions(third, year).follow(AMOUNT).follow(f"Dự báo {THIRD}")
    third.write(re.compile("^Thấp nhất"), "40")
    third.write(re.compile("^Cao nhất"), "55,5")
    third.press("Ghi dự báo").reads("Đã ghi dự báo.", "55,5")


def forecast_for_the_head(visit, year):
    """The head's unit forecasts too, so its secretary will not decide."""
    officer = visit("canbo-th1").sign_in(PASSWORD)
    questions(officer, year).follow(ASKED).follow(f"Dự báo {UNITS[0]}")
    officer.write("Có", "50")
    officer.press("Ghi dự báo").reads("Đã có 3 dự báo.")


def close(secretary, third, year):
    """Closed at once with a reason; now everybody's forecasts are seen, and how they moved."""
    questions(secretary, year).follow(ASKED).follow("Đóng sớm hơn…")
    secretary.write("Lý do", "Kết quả có thể lộ ra trước hạn.")
    secretary.press("Đóng ngay bây giờ").reads("Đã đóng nhận dự báo.", "3 dự báo khi đóng", "Thực hành 2")
    questions(third, year).follow(ASKED).reads("Thực hành 2", "Trung vị của cụm")
    third.page.get_by_text("Các dự báo thay đổi thế nào").click()
    third.look().reads("72,5", WHY)


def days_pass(count):
    """What was done is so many days old, and the day of the outcome has come."""
    past = timedelta(days=count)
    asked = Question.objects.filter(title=ASKED)
    asked.update(
        asked_at=F("asked_at") - past, opened_at=F("opened_at") - past, closed_at=F("closed_at") - past,
        closes_at=F("closed_at") - past, outcome_on=days_ago(0),
    )  # fmt: skip
    Forecast.objects.filter(question__in=asked).update(made_at=F("made_at") - past)
    Addition.objects.filter(question__in=asked).update(added_at=F("added_at") - past, closes_at=F("closes_at") - past)


def not_by_a_forecaster(secretary, year):
    """The secretary of a unit that forecast is told to leave it to others, and cannot do it by the address either."""
    questions(secretary, year).follow(ASKED).reads("Bạn hoặc đơn vị của bạn đã dự báo nên người khác ghi kết quả")
    assert secretary.page.get_by_role("link", name="Ghi kết quả", exact=True).count() == 0
    assert client_of("thuky-thuchanh").post(f"{urlsplit(secretary.page.url).path}ket-qua/").status_code == 403


def decide(superior):
    """By the superior officer, with the basis."""
    superior.open("/").follow(f"Ghi kết quả: {ASKED}").follow("Ghi kết quả")
    superior.tick("Có")
    superior.write("Căn cứ", "Sổ nhận báo cáo của cụm trưởng, trang 3.")
    superior.press("Ghi kết quả").reads("Đã ghi kết quả.", "Sổ nhận báo cáo của cụm trưởng, trang 3.")


def dispute(third, superior, year):
    """A unit disputes the outcome; it is upheld and the question decided anew, the first outcome stays to read."""
    questions(third, year).follow(ASKED).follow("Khiếu nại (Thực hành 3)…")
    third.write("Lý do khiếu nại", "Sổ nhận báo cáo ghi một đơn vị nộp sau 17:00.")
    third.press("Gửi khiếu nại").reads("Đã gửi khiếu nại.")
    third.page.go_back()
    third.look()
    superior.open("/").follow(f"Trả lời khiếu nại: {ASKED}").follow("Trả lời khiếu nại")
    superior.tick("Chấp nhận: ghi kết quả mới")
    superior.write("Vì sao trả lời như vậy", "Đã xem lại sổ: đúng là có đơn vị nộp chậm.")
    superior.tick("Không")
    superior.write(re.compile("^Căn cứ"), "Sổ nhận báo cáo, trang 4, 17:20.")
    superior.press("Trả lời").reads("Đã trả lời khiếu nại.", "(lần 2)", "Sổ nhận báo cáo, trang 4, 17:20.")


def read_record(second, year):
    """Twelve decided questions: the score, words, the warning, the plot and the same as a table."""
    questions(second, year, "Thành tích").follow(SECOND).titled(SECOND)
    second.reads("12 câu đã có kết quả", "Mới có 12 câu đã có kết quả: điểm còn dao động nhiều, đừng kết luận vội.")
    second.reads("Khi nói khoảng 90 %, đúng 5 trên 6 lần")
    expect(second.page.get_by_role("img", name=re.compile("Nói bao nhiêu, xảy ra bấy nhiêu"))).to_be_visible()
    expect(second.page.get_by_role("table", name="Nói bao nhiêu, xảy ra bấy nhiêu?")).to_contain_text("5 (83 %)")
    second.page.get_by_text("Điểm này gồm những gì?").click()
    second.look().reads("Brier 0,")


def practise(third, year):
    """Ten statements; one left out is asked for and the others stay."""
    questions(third, year, "Luyện tập").titled("Luyện tập")
    fields = third.page.get_by_role("listitem").get_by_role("textbox")
    for number in range(9):
        fields.nth(number).fill(str(10 * number + 5))
    third.press("Xem kết quả").reads("Còn 1 câu chưa có số hợp lệ.")
    expect(fields.nth(8)).to_have_value("85")
    fields.nth(9).fill("50")
    third.press("Xem kết quả").titled("Kết quả luyện tập").reads("điểm Brier")
