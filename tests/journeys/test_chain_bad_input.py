"""Bad input from directive to report, as it comes in over the wire: a clear sentence, nothing lost, nothing half-saved."""

import html
import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.journeys.test_bad_input import client_for, field_value, said_at, words
from thidua.clusters.models import Cluster, ClusterYear, Membership
from thidua.directives import actions as directives
from thidua.directives.actions import NewIssuer, Particulars
from thidua.directives.models import Directive, Distribution, Issuer, Relation
from thidua.files.models import StoredFile
from thidua.kernel.actor import Role
from thidua.programmes import actions as programmes
from thidua.programmes.models import Programme, ProgrammeKind, Task
from thidua.programmes.rules.tasks import Draft
from thidua.programmes.rules.writing import Lists, Written
from thidua.reports import actions as reports
from thidua.reports.models import Report, Submission
from thidua.reports.rules.periods import ItemValue

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 11, 1, 2, 0, tzinfo=UTC)
YEAR = "/cum/cum-2/2021/"
REGISTER = f"{YEAR}van-ban/vao-so/"
TITLE = "Về đợt học tập chuyên đề"
MEGABYTE = 2**20
"""How many bytes."""


@pytest.fixture
def year(world) -> ClusterYear:
    """A year in which units work."""
    return world.year(stage="running")


@pytest.fixture
def issuer(world, year) -> Issuer:
    """An issuer who numbers as the Party does, with a document in the register: 05-CT/TW of 15 May 2016."""
    first = Particulars(
        issuer=NewIssuer("Bộ Chính trị", symbol="TW"), kind="directive", number="05-CT/TW", issued_on=date(2016, 5, 15),
        title="Về đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
    )  # fmt: skip
    return directives.register_directive(year=year, particulars=first, actor=world.secretary(), now=NOW).issuer


@pytest.fixture
def secretary(world, issuer) -> Client:
    """The head's secretary at the register."""
    return client_for(world, Role.HEAD_SECRETARY)


def given(issuer: Issuer, **changes: str) -> dict[str, str]:
    """What the form of the register sends."""
    values = {"issuer": f"{issuer.pk}", "kind": "directive", "number_text": "07-CT/TW", "issued_on": "20-10-2021"}
    return values | {"title": TITLE, "effect": "in_force", "note": "Ghi chú đã gõ"} | changes


def kept(answer, *typed: str) -> None:
    """What was typed is still in the page."""
    page = html.unescape(answer.content.decode())
    for text in typed:
        assert text in page


# the register


@pytest.mark.parametrize(
    ("number", "told"),
    [("7/CT/TW", "Không đọc được số"), ("07-NQ/TW", "viết tắt là “CT”"), ("07-CT/TU", "“TW”"), ("bảy", "Không đọc được số")],
)
def test_a_number_that_its_issuer_does_not_write(secretary, issuer, number, told):
    answer = secretary.post(REGISTER, given(issuer, number_text=number))
    assert answer.status_code == 422
    assert told in said_at(answer, "number_text")
    assert "Ví dụ viết đúng: 05-CT/TW" in said_at(answer, "number_text")
    kept(answer, f'value="{number}"', TITLE, "Ghi chú đã gõ")
    assert Directive.objects.count() == 1


def test_the_same_document_twice_leads_to_the_first(secretary, issuer):
    answer = secretary.post(REGISTER, given(issuer, number_text="05-CT/TW", issued_on="15-05-2016"))
    assert answer.status_code == 422
    assert "đã có trong sổ" in said_at(answer, "number_text")
    kept(answer, f"{YEAR}van-ban/{Directive.objects.get().pk}/", TITLE)


def test_the_same_number_on_another_day_wants_a_tick(secretary, issuer):
    values = given(issuer, number_text="05-CT/TW", issued_on="20-10-2021")
    answer = secretary.post(REGISTER, values)
    assert answer.status_code == 422
    assert "ban hành 15-05-2016" in said_at(answer, "same_number_seen")
    kept(answer, 'type="checkbox" name="same_number_seen"', TITLE)
    assert Directive.objects.count() == 1
    assert secretary.post(REGISTER, values | {"same_number_seen": "on"}).status_code == 302
    assert Directive.objects.filter(number_text="05-CT/TW").count() == 2


def test_a_document_replaces_none_that_came_after_it(world, secretary, issuer, year):
    later = directives.register_directive(
        year=year, particulars=Particulars(issuer, "directive", TITLE, "07-CT/TW", date(2021, 10, 20)),
        actor=world.secretary(), now=NOW,
    )  # fmt: skip
    first = Directive.objects.get(number_text="05-CT/TW")
    answer = secretary.post(f"{YEAR}van-ban/{first.pk}/quan-he/", {"kind": "replaces", "other": later.pk})
    assert answer.status_code == 422
    assert "ban hành trước" in words(answer)
    assert not Relation.objects.exists()


class Scan(io.RawIOBase):
    """The body of a form with a scan of so many bytes, made while it is read: nowhere are they all at once."""

    def __init__(self, values: dict[str, str], size: int) -> None:
        parts = [f'--grenze\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in values.items()]
        parts.append('--grenze\r\nContent-Disposition: form-data; name="uploads"; filename="ban-quet.pdf"\r\n')
        head = "".join([*parts, "Content-Type: application/pdf\r\n\r\n%PDF-1.7\n"]).encode()
        self._head, self._tail, self._place = head, b"\r\n--grenze--\r\n", 0
        self._length = len(head) + size
        self.size = self._length + len(self._tail)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        count = min(len(buffer), self.size - self._place)
        buffer[:count] = b"\0" * count
        for start, text in ((0, self._head), (self._length, self._tail)):
            first, last = max(start, self._place), min(start + len(text), self._place + count)
            if first < last:
                buffer[first - self._place : last - self._place] = text[first - start : last - start]
        self._place += count
        return count


def test_a_scan_of_200_megabytes(secretary, issuer):
    body = Scan(given(issuer), 200 * MEGABYTE)
    tracemalloc.start()
    sent = {"CONTENT_TYPE": "multipart/form-data; boundary=grenze", "CONTENT_LENGTH": body.size, "REQUEST_METHOD": "POST"}
    answer = secretary.request(PATH_INFO=REGISTER, **sent, **{"wsgi.input": io.BufferedReader(body, MEGABYTE)})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.status_code == 422
    assert "“ban-quet.pdf” nặng 201 MB, quá giới hạn 100 MB" in said_at(answer, "uploads")
    kept(answer, 'value="07-CT/TW"', TITLE, "Ghi chú đã gõ")
    assert (Directive.objects.count(), StoredFile.objects.count()) == (1, 0)
    assert peak < 20 * MEGABYTE


def test_a_docx_with_macros(secretary, issuer):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as office:
        for name in ("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"):
            office.writestr(name, "x")
    answer = secretary.post(REGISTER, given(issuer) | {"uploads": SimpleUploadedFile("chi-thi.docx", held.getvalue())})
    assert answer.status_code == 422
    assert "macro" in said_at(answer, "uploads")
    kept(answer, TITLE, "hãy chọn lại tệp")
    assert (Directive.objects.count(), StoredFile.objects.count()) == (1, 0)


# programmes and tasks


class Desk:
    """The second unit's programme for 05-CT/TW, and its officer."""

    def __init__(self, world, year) -> None:
        self.world, self.by = world, {"actor": world.officer(2), "now": NOW}
        self.client = client_for(world, Role.UNIT_OFFICER, unit=2)
        self.programme = programmes.create_programme(
            year=year, unit=world.unit(2), kind=ProgrammeKind.ACTION, written=Written("Chương trình hành động"),
            directive=Directive.objects.get(), **self.by,
        )  # fmt: skip
        self.address = f"{YEAR}chuong-trinh/{self.programme.pk}/"

    def task(self, title: str) -> Task:
        """A task of the programme."""
        return programmes.add_task(programme=self.programme, draft=Draft(title), **self.by)


@pytest.fixture
def desk(world, year, issuer) -> Desk:
    """See Desk."""
    return Desk(world, year)


def test_a_programme_before_its_directive(desk):
    values = {"kind": "action", "title": "Chương trình đã gõ", "starts_on": "01-02-2016", "measures": "Biện pháp đã gõ"}
    answer = desk.client.post(f"{YEAR}chuong-trinh/moi/?van-ban={desk.programme.directive_id}", values)
    assert answer.status_code == 422
    assert "ban hành ngày 15-05-2016" in said_at(answer, "starts_on")
    kept(answer, "Chương trình đã gõ", "Biện pháp đã gõ", 'value="01-02-2016"')
    assert Programme.objects.count() == 1


def test_a_task_due_before_its_directive(desk):
    answer = desk.client.post(f"{desk.address}nhiem-vu/them/", {"title": "Mở lớp", "due_on": "01-02-2016", "detail": "Ở xã"})
    assert answer.status_code == 422
    assert "15-05-2016" in said_at(answer, "due_on")
    kept(answer, 'value="Mở lớp"', "Ở xã", 'value="01-02-2016"')
    assert not Task.objects.exists()


def test_tasks_that_wait_for_each_other_in_a_circle(desk):
    first, second, third = (desk.task(title) for title in ("Soạn tài liệu", "In tài liệu", "Mở lớp"))
    for task, needed in ((second, first), (third, second)):
        answer = desk.client.post(f"{YEAR}nhiem-vu/{task.pk}/can/", {"needed": needed.pk})
        assert answer.status_code == 302
    answer = desk.client.post(f"{YEAR}nhiem-vu/{first.pk}/can/", {"needed": third.pk})
    assert answer.status_code == 422
    told = said_at(answer, "needed")
    assert "vòng tròn" in told
    for title in ("Soạn tài liệu", "In tài liệu", "Mở lớp"):
        assert title in told
    assert not first.needs.exists()


def leave(world, number: int) -> None:
    """A unit that was in the cluster last year is not in this year's."""
    last = ClusterYear.objects.create(cluster=Cluster.objects.get(), year=2020, stage="closed", head=world.unit(1))
    Membership.objects.filter(organisation=world.unit(number)).update(year=last)


def test_a_task_for_a_unit_that_left(world, desk):
    address = f"{desk.address}nhiem-vu/them/"
    assert desk.client.get(address).status_code == 200
    leave(world, 2)
    answer = desk.client.post(address, {"title": "Mở lớp", "detail": "Ở xã"})
    assert answer.status_code == 409
    assert "không còn là thành viên" in words(answer)
    assert not Task.objects.exists()


def test_a_document_for_a_unit_that_left(world, secretary):
    document = Directive.objects.get()
    leave(world, 2)
    units = [world.unit(number).pk for number in (2, 3)]
    values = {"units": units, "due_action": "study", "due_on": "30-11-2099", "note": "Lời nhắn đã gõ"}
    answer = secretary.post(f"{YEAR}van-ban/{document.pk}/gui/", values)
    assert answer.status_code == 422
    assert "không còn là thành viên" in words(answer)
    kept(answer, "Lời nhắn đã gõ", 'value="30-11-2099"')
    assert not Distribution.objects.exists()


def lines(prefix: str, **typed: str) -> dict[str, str]:
    """A list of a programme with one line."""
    return {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"} | {f"{prefix}-0-{k}": v for k, v in typed.items()}


def test_two_who_write_one_programme_see_both(world, desk):
    seen = field_value(desk.client.get(f"{desk.address}sua/"), "revision")
    other = {"actor": world.officer(2), "now": NOW}
    theirs = Written("Tên người kia đặt", measures="Biện pháp người kia viết")
    programmes.edit_programme(
        programme=desk.programme, written=theirs, lists=Lists(goals=("Mục tiêu người kia",)), revision=int(seen), **other
    )
    mine = {"title": "Tên tôi đặt", "measures": "Biện pháp tôi viết", "revision": seen}
    mine |= lines("g", text="Mục tiêu của tôi") | lines("i", name="Chỉ tiêu của tôi", target="98,5")
    answer = desk.client.post(f"{desk.address}sua/", mine)
    assert answer.status_code == 422
    assert "Người khác vừa lưu chương trình này" in words(answer)
    kept(answer, "Biện pháp tôi viết", "Mục tiêu của tôi", "Chỉ tiêu của tôi", "98,5")
    kept(answer, "Tên người kia đặt", "Biện pháp người kia viết", "Mục tiêu người kia")
    assert Programme.objects.get().title == "Tên người kia đặt"
    again = mine | {"revision": field_value(answer, "revision")}
    assert desk.client.post(f"{desk.address}sua/", again).status_code == 302
    assert Programme.objects.get().title == "Tên tôi đặt"


def table(*rows: tuple) -> bytes:
    """A table of tasks as an officer fills it in."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Việc")
        for place, row in enumerate((("Nhiệm vụ", "Hạn", "Trạng thái", "Mục"), *rows)):
            sheet.write_row(place, 0, row)
    return held.getvalue()


def test_a_table_with_bad_cells(desk):
    bad = table(("Mở lớp", "30-11-2021", "", ""), ("Hội thi", "hôm qua", "Bỏ dở", "Điều 99"), ("", "30-11-2021", "", ""))
    given = desk.client.post(f"{desk.address}nhiem-vu/nhap/", {"upload": SimpleUploadedFile("viec.xlsx", bad)}, follow=True)
    told = words(given)
    for cell in ("hàng 3, cột “Hạn”", "hôm qua", "hàng 3, cột “Trạng thái”", "Bỏ dở", "hàng 3, cột “Mục”", "Điều 99"):
        assert cell in told
    assert "hàng 4, cột “Nhiệm vụ”" in told
    assert "Mở lớp" in told
    forced = desk.client.post(given.request["PATH_INFO"])
    assert forced.status_code == 422
    assert "Chưa nhập hàng nào" in words(forced)
    assert not Task.objects.exists()


# reports


@pytest.fixture
def written(world, year) -> Report:
    """The second unit's report, ready to be submitted."""
    value = reports.PeriodValue("Báo cáo tháng 10", date(2021, 10, 1), date(2021, 10, 31), date(2021, 11, 5), "Trưởng ban")
    items = [ItemValue("figure", "Hội nghị đã tổ chức"), ItemValue("narrative", "Kết quả nổi bật")]
    period = reports.set_period(year=year, kind="month", value=value, items=items, actor=world.secretary(), now=NOW)
    return reports.open_report(period=period, unit=world.unit(2), actor=world.officer(2), now=NOW)


def report_address(report: Report) -> str:
    return f"{YEAR}bao-cao/{report.period_id}/don-vi-2/"


def fill_in(client: Client, report: Report, **changes: str):
    """Send the report's page; a field is named by its kind."""
    page = client.get(report_address(report))
    figure, text = report.period.items.all()
    seen = {f"seen-{item.pk}": field_value(page, f"seen-{item.pk}") for item in (figure, text)}
    typed = {f"figure-{figure.pk}": changes.get("figure", "3"), f"text-{text.pk}": changes.get("text", "Đã học xong.")}
    return client.post(report_address(report), {"practices_seen": field_value(page, "practices_seen")} | seen | typed)


def test_what_is_no_figure_in_a_report(world, written):
    officer = client_for(world, Role.UNIT_OFFICER, unit=2)
    answer = fill_in(officer, written, figure="ba hội nghị", text="Lời đã gõ")
    assert answer.status_code == 422
    assert "“ba hội nghị” không phải là số" in words(answer)
    kept(answer, 'value="ba hội nghị"', "Lời đã gõ")
    assert not written.entries.exclude(text="").exists()


def test_a_report_submitted_twice(world, written):
    assert fill_in(client_for(world, Role.UNIT_OFFICER, unit=2), written).status_code == 302
    leader = client_for(world, Role.UNIT_LEADER, unit=2)
    address = f"{report_address(written)}nop/"
    sent = {"revision": field_value(leader.get(address), "revision")}
    assert leader.post(address, sent).status_code == 302
    again = leader.post(address, sent)
    assert again.status_code == 409
    assert "đã nộp" in words(again)
    assert Submission.objects.count() == 1
