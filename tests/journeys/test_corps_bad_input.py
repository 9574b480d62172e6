"""Bad input at the corps, at listeners' sheets and at forecasts, as it comes in over the wire: a clear sentence, nothing lost,
nothing half-saved."""

import io
import re
from datetime import datetime, time
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.journeys.practice_year import days_ago, typed
from tests.journeys.test_bad_input import client_for, field_value, said_at, words
from tests.journeys.test_chain_bad_input import kept
from thidua.forecasts.actions.forecasts import make_forecast
from thidua.forecasts.actions.questions import QuestionValue, ask_question
from thidua.forecasts.models import Forecast, Question, Resolution
from thidua.forecasts.rules.questions import ForecastValue
from thidua.kernel.actor import Role
from thidua.rapporteurs.actions import corps, rounds, talks, topics
from thidua.rapporteurs.actions.feedback import open_form
from thidua.rapporteurs.models import CollaboratorReport, CorpsMember, FeedbackCount, FeedbackForm, Talk, Term, Topic
from thidua.rapporteurs.rules.feedback import Closing
from thidua.rapporteurs.rules.roster import COLUMNS

pytestmark = pytest.mark.django_db
HUGE = "9" * 30
TOPIC = "Học tập chuyên đề"
ASKED = "Cụm có nộp đủ báo cáo năm đúng hạn không?"
HOW = "Theo sổ nhận báo cáo của cụm trưởng."


class Desk:
    """The second unit of a year that runs today: a rapporteur, a collaborator without an account, a topic, a talk of today."""

    def __init__(self, world) -> None:
        self.world, self.now, self.year = world, timezone.now(), world.year(year=days_ago(0).year, stage="running")
        self.address = f"/cum/cum-2/{self.year.year}/"
        self.officer = client_for(world, Role.UNIT_OFFICER, unit=2)
        self.by = {"actor": world.officer(2), "now": self.now}

    def member(self, kind: str, name: str = "Nguyễn Văn An") -> CorpsMember:
        """Somebody with a term of two years."""
        values = corps.MemberValues(kind, "grassroots", name, "Phó trưởng phòng", "", "", None)
        span = {"decided_on": days_ago(100), "starts_on": days_ago(100), "months": 24, "ends_on": None}
        term = corps.TermValues(kind="appointment", decision="00-QĐ/TH", issuer="", **span)
        return corps.enter_member(year=self.year, unit=self.world.unit(2), values=values, term=term, **self.by)

    def topic(self, title: str = TOPIC) -> Topic:
        """A topic of the year."""
        head = {"actor": self.world.secretary(), "now": self.now}
        return topics.set_topic(year=self.year, values=topics.TopicValues(title, "", None, None, ()), **head)

    def talk(self, listeners: int = 50, name: str = "Nguyễn Văn An", place: str = "Hội trường", title: str = TOPIC) -> Talk:
        """A talk of today."""
        audience = {"members": listeners} if listeners else {}
        ids = (self.topic(title).pk,)
        speaker = self.member("rapporteur", name)
        values = talks.TalkValues(speaker.pk, days_ago(0), place, "in_person", ids, "", audience)
        return talks.record_talk(year=self.year, values=values, **self.by)

    def question(self, kind: str = "yes_no", choices: tuple[str, ...] = (), title: str = ASKED) -> Question:
        """An open question."""
        closing = timezone.make_aware(datetime.combine(days_ago(-5), time(17)))
        value = QuestionValue(title, "", HOW, kind, closing, days_ago(-6), choices, "buổi" if kind == "number" else "")
        head = {"actor": self.world.secretary(), "now": self.now}
        return ask_question(year=self.year, value=value, open_now=True, **head)

    def forecast(self, question: Question, **typed: str):
        """The second unit's forecast as it is sent."""
        return self.officer.post(f"{self.address}du-bao/cau-hoi/{question.pk}/don-vi/don-vi-2/", typed)


@pytest.fixture
def desk(world) -> Desk:
    """See Desk."""
    return Desk(world)


# forecasts


@pytest.mark.parametrize(
    ("chances", "told"),
    [
        (("50", "30", "30"), "cộng lại được 110 %, phải đúng 100 %. Hãy bớt 10 %."),
        (("50", "30", "19,9"), "cộng lại được 99,9 %, phải đúng 100 %. Hãy thêm 0,1 %."),
    ],
)
def test_chances_that_do_not_make_a_hundred(desk, chances, told):
    asked = desk.question("choices", ("Sớm", "Đúng hạn", "Muộn"))
    typed = {f"choice_{place}": chance for place, chance in enumerate(chances, 1)}
    answer = desk.forecast(asked, **typed, reason="Lý do đã gõ")
    assert answer.status_code == 422
    assert told in words(answer)
    kept(answer, "Lý do đã gõ", *(f'value="{chance}"' for chance in chances))
    assert not Forecast.objects.exists()


@pytest.mark.parametrize("given", ["101", "-1", "bảy mươi", HUGE, "1e400", "72,55"])
def test_what_is_no_chance(desk, given):
    answer = desk.forecast(desk.question(), choice_1=given)
    assert answer.status_code == 422
    assert re.search('class="(errorlist|error-summary)"', answer.content.decode())
    kept(answer, f'value="{given[:12]}')
    assert not Forecast.objects.exists()


def test_a_certainty_wants_a_tick(desk):
    asked = desk.question()
    answer = desk.forecast(asked, choice_1="100")
    assert answer.status_code == 422
    assert "điểm log là vô cùng" in said_at(answer, "certain")
    assert desk.forecast(asked, choice_1="100", certain="on").status_code == 302


def test_an_interval_of_huge_numbers(desk):
    asked = desk.question("number")
    answer = desk.forecast(asked, low=HUGE, high=HUGE)
    assert answer.status_code == 422
    kept(answer, HUGE)
    assert not Forecast.objects.exists()


def test_a_question_whose_outcome_comes_before_its_closing(desk):
    secretary = client_for(desk.world, Role.HEAD_SECRETARY)
    given = {"title": ASKED, "decided_how": HOW, "kind": "yes_no", "coverage": "0.80"}
    given |= {"closes_at": f"{days_ago(-5):%d-%m-%Y} 17:00", "outcome_on": typed(days_ago(-5))}
    answer = secretary.post(f"{desk.address}du-bao/cau-hoi/moi/", given)
    assert answer.status_code == 422
    assert "phải là một ngày sau đó" in said_at(answer, "outcome_on")
    kept(answer, ASKED, HOW, f'value="{given["closes_at"]}"', f'value="{given["outcome_on"]}"')
    assert not Question.objects.exists()


def test_an_outcome_before_its_day(desk):
    asked = desk.question()
    superior = desk.world.person(Role.SUPERIOR_OFFICER, desk.world.organisation("Ban Tuyen giao", "party_body"))
    client = Client()
    client.force_login(superior, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"{desk.address}du-bao/cau-hoi/{asked.pk}/ket-qua/"
    answer = client.post(address, {"outcome": asked.choices.first().pk, "basis": "Công văn số 15, trang 3"})
    assert answer.status_code in (409, 422)
    assert "Chưa tới ngày có kết quả" in words(answer)
    assert not Resolution.objects.exists()


def test_two_officers_forecast_for_one_unit(desk):
    asked = desk.question()
    given = {"question": asked, "unit": desk.world.unit(2), "post": None, "seen": None}
    address = f"{desk.address}du-bao/cau-hoi/{asked.pk}/don-vi/don-vi-2/"
    assert desk.officer.get(address).status_code == 200
    make_forecast(value=ForecastValue((Decimal("0.3"), Decimal("0.7"))), **given, **desk.by)
    clash = desk.officer.post(address, {"choice_1": "80"})
    assert clash.status_code == 422
    assert "Một người khác vừa dự báo ở cùng tư cách này" in words(clash)
    assert "Có 30 %" in words(clash)
    kept(clash, 'value="80"')
    again = {"choice_1": "80", "seen": field_value(clash, "seen"), "reason": "Số liệu mới về sáng nay."}
    assert desk.officer.post(address, again).status_code == 302
    assert Forecast.objects.count() == 2


# listeners


SHEET = {"clear": "5", "relevant": "4", "delivery": "4", "time": "3", "useful": "5"}


@pytest.fixture
def sheet(desk) -> str:
    """The address of an open form."""
    form = open_form(talk=desk.talk(), closes=Closing.DAY_AFTER, **desk.by)
    return f"/y-kien/{form.code}/"


def test_the_same_phone_twice_counts_once(sheet):
    phone = Client()
    phone.get(sheet)
    assert phone.post(sheet, SHEET).status_code == 302
    again = phone.post(sheet, SHEET | {"useful": "1"})
    assert again.status_code == 409
    assert "Bạn đã gửi ý kiến cho buổi này rồi." in words(again)
    assert FeedbackForm.objects.get().answers == 1
    assert sum(FeedbackCount.objects.values_list("number", flat=True)) == len(SHEET)


def test_a_phone_without_cookies_is_told_what_to_do(sheet):
    answer = Client().post(sheet, SHEET | {"remark": "Lời đã gõ"})
    assert answer.status_code == 403
    assert "Hãy bật cookie" in words(answer)
    kept(answer, "Lời đã gõ")
    assert FeedbackForm.objects.get().answers == 0


def test_a_sheet_sent_from_another_site(sheet):
    phone = Client(enforce_csrf_checks=True)
    phone.get(sheet)
    assert phone.post(sheet, SHEET).status_code == 403
    assert FeedbackForm.objects.get().answers == 0


@pytest.mark.parametrize("wrong", [{"useful": "6"}, {"useful": ""}, {"useful": HUGE}, {"remark": "x" * 501}])
def test_a_sheet_with_a_wrong_answer(sheet, wrong):
    phone = Client()
    phone.get(sheet)
    answer = phone.post(sheet, SHEET | {"remark": "Lời đã gõ"} | wrong)
    assert answer.status_code == 422
    assert answer.content.decode().count(" checked") >= len(SHEET) - 1
    kept(answer, wrong.get("remark", "Lời đã gõ"))
    assert FeedbackForm.objects.get().answers == 0


@pytest.mark.parametrize("code", ["khong-co", "a", "x" * 300, "%00", "..%2f"])
def test_a_code_that_leads_nowhere(db, code):
    answer = Client().get(f"/y-kien/{code}/")
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


# talks


def test_an_audience_of_nobody(desk):
    talk = desk.talk(listeners=0)
    address = f"{desk.address}buoi/{talk.pk}/nguoi-du/"
    seen = field_value(desk.officer.get(address), "revision")
    for given in ({"audience_members": "0"}, {}):
        answer = desk.officer.post(address, given | {"revision": seen})
        assert answer.status_code == 422
        assert re.search("Số người dự phải từ 1|Hãy ghi số người dự", words(answer))
    talk.refresh_from_db()
    assert talk.listeners == 0


@pytest.mark.parametrize("given", [HUGE, "-5", "4,5", "ba mươi", "1e3"])
def test_what_is_no_number_of_listeners(desk, given):
    talk = desk.talk(listeners=0)
    answer = desk.officer.post(f"{desk.address}buoi/{talk.pk}/nguoi-du/", {"audience_members": given, "revision": "1"})
    assert answer.status_code == 422
    kept(answer, f'value="{given}"')
    talk.refresh_from_db()
    assert talk.listeners == 0


def test_two_people_at_one_talk(desk):
    talk = desk.talk(listeners=0)
    address = f"{desk.address}buoi/{talk.pk}/sua/"
    mine = {
        "speaker": talk.speaker_id, "held_on": typed(talk.held_on), "place": "Nơi tôi gõ", "form": "in_person",
        "topics": [topic.pk for topic in talk.topics.all()], "revision": field_value(desk.officer.get(address), "revision"),
    }  # fmt: skip
    other = client_for(desk.world, Role.UNIT_OFFICER, unit=2, username="can-bo-hai")
    assert other.post(address, mine | {"place": "Nơi người kia gõ"}).status_code == 302
    clash = desk.officer.post(address, mine)
    assert clash.status_code == 422
    assert "Người khác vừa sửa buổi này" in words(clash)
    kept(clash, 'value="Nơi tôi gõ"', "Nơi người kia gõ")
    assert desk.officer.post(address, mine | {"revision": field_value(clash, "revision")}).status_code == 302
    talk.refresh_from_db()
    assert talk.place == "Nơi tôi gõ"


# the corps


def test_a_term_that_ends_before_it_starts(desk):
    given = {
        "kind": "rapporteur", "level": "grassroots", "name": "Nguyễn Văn An", "post_title": "Phó trưởng phòng",
        "term_kind": "appointment", "decision": "00-QĐ/TH", "decided_on": typed(days_ago(20)), "starts_on": typed(days_ago(10)),
        "ends_on": typed(days_ago(11)),
    }  # fmt: skip
    answer = desk.officer.post(f"{desk.address}doi-ngu/don-vi-2/them/", given)
    assert answer.status_code == 422
    assert "Ngày cuối phải từ ngày bắt đầu" in said_at(answer, "ends_on")
    kept(answer, 'value="Nguyễn Văn An"', f'value="{given["ends_on"]}"')
    assert not CorpsMember.objects.exists()
    months = desk.officer.post(f"{desk.address}doi-ngu/don-vi-2/them/", given | {"ends_on": "", "months": HUGE})
    assert months.status_code == 422
    assert not Term.objects.exists()


def roster(*rows: list[str]) -> SimpleUploadedFile:
    """A spreadsheet of these rows."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return SimpleUploadedFile("doi-ngu.xlsx", held.getvalue())


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (["Tên", "Chức vụ"], "Không thấy hàng tên cột có “Họ và tên” và “Loại”"),
        ([*COLUMNS.values(), "Quê quán"], "Phần mềm không biết cột Quê quán."),
        ([*COLUMNS.values(), "Họ và tên"], "Có hai cột cùng tên Họ và tên."),
    ],
)
def test_a_spreadsheet_with_wrong_headings(desk, headings, told):
    upload = roster(headings, ["Báo cáo viên", "Cơ sở", "Nguyễn Văn An", "Phó phòng"])
    answer = desk.officer.post(f"{desk.address}doi-ngu/don-vi-2/nhap/", {"upload": upload})
    assert answer.status_code == 422
    assert told in said_at(answer, "upload")
    assert not CorpsMember.objects.exists()


def test_rows_that_nobody_has_looked_at_are_not_taken(desk):
    answer = desk.officer.post(f"{desk.address}doi-ngu/don-vi-2/nhap/ghi/", {"rows": "[]:bịa"}, follow=True)
    assert "Hãy chọn lại tệp" in words(answer)
    assert not CorpsMember.objects.exists()


# collaborators


@pytest.mark.parametrize("given", [HUGE, "-1", "3,5", "nhiều", "1000001"])
def test_what_is_no_count(desk, given):
    topic, member = desk.topic(), desk.member("collaborator")
    value = rounds.RoundValue("Kỳ thử", days_ago(9), days_ago(2), days_ago(-3), ())
    asked = rounds.set_round(year=desk.year, rhythm="ad_hoc", value=value, actor=desk.world.secretary(), now=desk.now)
    address = f"{desk.address}ky/{asked.pk}/{member.pk}/"
    revision = field_value(desk.officer.get(address), "revision")
    sent = {f"{topic.pk}-supportive": given, f"{topic.pk}-mixed": "7", f"{topic.pk}-trend": "new", "send": "1"}
    answer = desk.officer.post(address, sent | {"revision": revision})
    assert answer.status_code == 422
    assert re.search(r"Hãy ghi số từ 0 đến 1\.000\.000\.|20", words(answer))
    kept(answer, f'value="{given}"', 'value="7"')
    assert not CollaboratorReport.objects.exists()


def test_a_page_number_out_of_reach(desk):
    desk.talk()
    desk.question()
    for page in ("bao-cao-vien/", "buoi/", "phan-hoi/", "ky/", "danh-gia/", "du-bao/", "du-bao/thanh-tich/"):
        for number in (HUGE, "-1", "x"):
            assert desk.officer.get(f"{desk.address}{page}?trang={number}&don-vi={number}&quy={number}").status_code == 200
