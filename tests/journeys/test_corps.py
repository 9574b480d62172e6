"""A collaborator's quarter, lived on the screen: who speaks and who counts, a talk and what its listeners say of it, counts that
nobody else reads, the digest that everybody reads, grades by rules that somebody has confirmed."""

import re

import pytest
import xlsxwriter
from django.test import Client
from playwright.sync_api import expect

from tests.journeys.practice_year import COUNTER, SPEAKER, days_ago, open_accounts_of_corps, open_year, typed
from tests.journeys.test_chain import register
from tests.journeys.test_year import UNITS, advance, to_year
from tests.journeys.visitor import text_of_docx, text_of_pdf
from thidua.demo.cast import PASSWORD
from thidua.forecasts.tests.digesting import make_report
from thidua.people.models import Organisation
from thidua.rapporteurs.models import Round, Topic
from thidua.rapporteurs.rules.roster import COLUMNS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TAB = "Báo cáo viên"
RAPPORTEUR, COLLABORATOR, IMPORTED = "Báo cáo viên thực hành", "Cộng tác viên thực hành", "Cộng tác viên ở cơ sở"
TIED, WATER, ROADS, SMALL = "Học tập chuyên đề của cụm", "Nước sạch ở khu dân cư", "Sửa đường liên thôn", "Chuyện ít người nhắc"
ROUND = "Báo cáo cộng tác viên về đợt học tập"
QUESTIONS = (
    "Nội dung rõ ràng, dễ hiểu", "Gắn với thực tế đơn vị", "Cách trình bày lôi cuốn",
    "Thời lượng hợp lý, có dành thời gian trao đổi", "Nhìn chung, buổi này có ích cho tôi",
)  # fmt: skip
KIND, DISLIKE = "Nên có thêm ví dụ của đơn vị.", "Ông trưởng phòng ở tổ 3 nói dài."
ANSWERS = {"clear": 5, "relevant": 4, "delivery": 4, "time": 3, "useful": 5}
COUNTED = {TIED: (431, 252, 34, 123), WATER: (61, 38, 12, 3), ROADS: (40, 25, 11, 13), SMALL: (4, 2, 0, 1)}
"""Of the collaborator: supportive, concerned, neutral, mixed. Few were heard on the last topic, and of one side of the second."""
DIRECTIONS = ("Đồng tình", "Băn khoăn, lo lắng", "Trung lập", "Đan xen")
RULES = "Quy chế thực hành số 01 của cơ quan cấp trên (minh hoạ)"
DIGEST = "Dư luận về đợt học tập"
REPORT = "Báo cáo công tác tuyên truyền"
FIGURE = "Buổi tuyên truyền miệng"


@pytest.fixture
def year(db) -> int:
    """The practice year, and a rapporteur and a collaborator who sign in by their posts."""
    opened = open_year().year
    open_accounts_of_corps()
    return opened


def test_a_quarter_of_a_collaborator(year, visit, live_server, tmp_path):
    names = ("captren-thuchanh", "thuky-thuchanh", "canbo-th2", SPEAKER, COUNTER)
    superior, secretary, officer, speaker, counter = (visit(name).sign_in(PASSWORD) for name in names)
    register(secretary, year, tmp_path)
    set_topics(secretary, year)
    enter(officer, year, "Báo cáo viên", RAPPORTEUR, "Báo cáo viên số 1")
    enter(officer, year, "Cộng tác viên", COLLABORATOR, "Cộng tác viên số 1")
    take_in(officer, year, tmp_path)
    plan_talk(speaker, year)
    address = ask_listeners(speaker, tmp_path)
    listen(visit, address)
    listen_elsewhere(address.removeprefix(live_server.url))
    count_audience(officer, year)
    close_and_moderate(officer, speaker)
    read_result(speaker)
    lay_out_rounds(secretary, year)
    count_opinions(counter, year)
    count_instead(officer)
    see_grid(secretary, year)
    count_elsewhere()
    digest(secretary, superior, year)
    read_digest(visit, year)
    set_rules(superior, year)
    settle(superior, officer, year)
    report(secretary, officer, year)
    cite(officer, secretary, year)


def corps_page(visitor, year, page):
    """A page of the second row of links of the corps."""
    to_year(visitor, year).turn_to(TAB)
    return visitor.follow(page, visitor.page.get_by_role("navigation", name=TAB))


def set_topics(secretary, year):
    """One tied to the directive, three not."""
    corps_page(secretary, year, "Chủ đề").follow("Đặt chủ đề đầu tiên")
    secretary.write("Tên chủ đề", TIED)
    secretary.tick(re.compile("07-CT/TH"))
    secretary.press("Lưu chủ đề").reads(f"Đã đặt chủ đề “{TIED}”.", "Chỉ thị 07-CT/TH")
    for title in (WATER, ROADS, SMALL):
        secretary.follow("Đặt chủ đề").write("Tên chủ đề", title)
        secretary.press("Lưu chủ đề").reads(f"Đã đặt chủ đề “{title}”.")


def enter(officer, year, kind, name, post):
    """A member with the decision: two years from a hundred days ago."""
    corps_page(officer, year, "Đội ngũ").follow("Thêm người")
    officer.choose("Loại", kind)
    officer.choose("Cấp", "Cơ sở")
    officer.write("Họ và tên", name)
    officer.write("Chức vụ", "Phó trưởng phòng")
    officer.choose("Chức vụ để đăng nhập (không bắt buộc)", post)
    officer.write("Số quyết định (không bắt buộc)", "00-QĐ/TH")
    officer.write("Ngày quyết định (không bắt buộc)", typed(days_ago(101)))
    officer.write("Từ ngày (không bắt buộc)", typed(days_ago(100)))
    officer.write("Số tháng (không bắt buộc)", "24")
    officer.press("Ghi vào đội ngũ").titled(name).reads("00-QĐ/TH", "24 tháng")


def take_in(officer, year, tmp_path):
    """A spreadsheet with a wrong cell is shown and not taken; the mended one is looked at first, then taken."""
    row = ["Cộng tác viên", "Cơ sở", IMPORTED, "Công chức", "", "", "00-QĐ/TH", "", typed(days_ago(101)), typed(days_ago(100))]
    corps_page(officer, year, "Đội ngũ").follow("Nhập từ XLSX")
    officer.attach("Danh sách đã điền (XLSX)", roster(tmp_path / "sai.xlsx", [*row, "hai năm"]))
    officer.press("Xem trước").titled("Xem trước khi nhập").reads("Hãy ghi số tháng bằng chữ số, như 24.")
    officer.follow("Chọn tệp khác").attach("Danh sách đã điền (XLSX)", roster(tmp_path / "dung.xlsx", [*row, "24"]))
    officer.press("Xem trước").reads("Thêm 1 người, ghi thêm 0 nhiệm kỳ").press("Nhập tất cả").reads("3 người", IMPORTED)
    officer.page.get_by_text("Tải về").click()
    words = text_of_pdf(officer.download("Danh sách PDF"))
    for name in (RAPPORTEUR, COLLABORATOR, IMPORTED):
        assert name in words


def roster(path, row):
    """A file with the headings of the template and one row."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(COLUMNS.values()))
        sheet.write_row(1, 0, row)
    return path


def plan_talk(speaker, year):
    """Planned by the rapporteur, for today; there is only one rapporteur to choose."""
    corps_page(speaker, year, "Buổi tuyên truyền").follow("Ghi buổi tuyên truyền")
    speaker.reads(RAPPORTEUR).write("Ngày", typed(days_ago(0)))
    speaker.write("Địa điểm", "Hội trường thực hành")
    speaker.tick(TIED)
    speaker.press("Lưu buổi tuyên truyền").reads("Đã ghi buổi dự kiến.", "Chưa hỏi ý kiến người nghe của buổi này.")


def ask_listeners(speaker, tmp_path) -> str:
    """The form is open, and a poster is to be printed; the address behind the QR code."""
    speaker.follow("Hỏi ý kiến người nghe").press("Mở phiếu ý kiến").reads("Đã mở phiếu ý kiến.")
    expect(speaker.page.get_by_role("img", name="Mã QR dẫn tới phiếu ý kiến")).to_be_visible()
    address = speaker.page.get_by_role("link", name=re.compile("y-kien")).get_attribute("href")
    paper = tmp_path / "poster.pdf"  # a browser shows it, to be printed
    paper.write_bytes(speaker.context.request.get(link_of(speaker, "In tờ A4")).body())
    assert address.rsplit("/", 2)[1] in text_of_pdf(paper).replace("-", "")
    return address


def link_of(visitor, name) -> str:
    """Where the link of this name leads."""
    return visitor.page.get_by_role("link", name=name, exact=True).get_attribute("href")


def listen(visit, address):
    """Two listeners on phones of their own. A sheet with a hole stays as it was; the same phone twice is told so, also after the
    back button."""
    first, second = (visit(name, "phone").open(address).titled("Bạn thấy buổi này") for name in ("người nghe 1", "người nghe 2"))
    for listener, remark in ((first, KIND), (second, DISLIKE)):
        for words in QUESTIONS[:4]:
            choose(listener, words, "4")
        listener.write(re.compile("^Góp ý thêm"), remark)
    first.press("Gửi ý kiến").reads("Còn 1 câu chưa trả lời. Những câu đã chọn vẫn còn đây.")
    for listener in (first, second):
        choose(listener, QUESTIONS[4], "2")
        listener.press("Gửi ý kiến").reads("Cảm ơn bạn. Ý kiến đã được ghi.")
    second.page.go_back()
    for listener in (first.open(address), second.look()):
        listener.reads("Bạn đã gửi ý kiến cho buổi này rồi.")
        assert listener.page.get_by_role("button", name="Gửi ý kiến").count() == 0


def choose(listener, words, answer):
    """Tap an answer of a question."""
    listener.tick(re.compile(f"^{answer}"), listener.page.get_by_role("group", name=words))


def listen_elsewhere(path):
    """Ten more phones, of which each sends its sheet twice."""
    for _phone in range(10):
        phone = Client(enforce_csrf_checks=True)
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', phone.get(path).content.decode())[1]
        sent = phone.post(path, ANSWERS | {"csrfmiddlewaretoken": token})
        assert sent.status_code == 302
        assert phone.post(path, ANSWERS | {"csrfmiddlewaretoken": token}).status_code == 409


def count_audience(officer, year):
    """How many of which group were there."""
    corps_page(officer, year, "Buổi tuyên truyền").follow(typed(days_ago(0))).follow("Ghi số người dự")
    officer.write("Đảng viên", "40")
    officer.write("Đoàn viên, hội viên", "25")
    officer.press("Lưu số người dự").reads("Đã ghi số người dự.", "Đã tổ chức", "65")


def close_and_moderate(officer, speaker):
    """Closed by the speaker, who may not moderate; the officer shows one remark and not the other."""
    speaker.page.reload()
    speaker.look().page.get_by_text("Đóng phiếu trước giờ…").click()
    speaker.press("Đóng phiếu ngay").reads("Đã đóng phiếu ý kiến.")
    assert speaker.page.get_by_role("link", name=re.compile("Duyệt")).count() == 0
    officer.page.reload()
    officer.look().follow("Duyệt 2 lời góp ý").titled("Duyệt lời góp ý")
    officer.tick("Cho hiện", officer.page.get_by_role("group", name=KIND))
    officer.tick("Không cho hiện", officer.page.get_by_role("group", name=DISLIKE))
    officer.press("Lưu quyết định").reads("Đã lưu.", KIND)


def read_result(speaker):
    """Ten of twelve found it useful: the share with its interval, the remark that is shown and not the other."""
    speaker.page.reload()
    speaker.look().reads("83 %", "khoảng 55–95 %", "tính trên 12 phiếu", KIND)
    assert DISLIKE not in speaker.page.content()


def lay_out_rounds(secretary, year):
    """Four quarters, and one more that was due two days ago."""
    corps_page(secretary, year, "Kỳ báo cáo").follow("Lập cả năm")
    secretary.tick("4 quý")
    secretary.press("Lập các kỳ").reads("Đã lập 4 kỳ.").follow("Đặt kỳ báo cáo")
    secretary.page.get_by_label(re.compile("^Điền sẵn cho kỳ")).select_option(label="Báo cáo đột xuất")
    secretary.page.wait_for_url(re.compile("ky=ad_hoc"))
    secretary.look().write("Tên kỳ báo cáo", ROUND)
    secretary.write("Từ ngày", typed(days_ago(20)))
    secretary.write("Đến ngày", typed(days_ago(4)))
    secretary.write("Hạn nộp", typed(days_ago(2)))
    secretary.press("Đặt kỳ").reads(f"Đã đặt kỳ “{ROUND}”.")


def count_opinions(counter, year):
    """First a draft, then sent: one round in time, the other two days late."""
    counter.open("/").follow(f"Ghi và gửi: {ROUND}")
    write_counts(counter, {TIED: (1, 2, 3, 4)})
    counter.press("Lưu nháp").reads("Đã lưu nháp. Báo cáo chưa gửi.")
    expect(counter.page.get_by_label(f"{TIED}: Đan xen", exact=True)).to_have_value("4")
    write_counts(counter, COUNTED)
    counter.choose(f"{TIED}: Chiều hướng", "Tăng")
    counter.tick("Tôi đã kiểm tra: gửi rồi không lấy lại được")
    counter.press("Gửi báo cáo").reads("Đã gửi báo cáo.", "chậm 2 ngày")
    counter.page.go_back()
    counter.look().reads("431")
    quarter = ("Quý I", "Quý II", "Quý III", "Quý IV")[(days_ago(0).month - 1) // 3]
    corps_page(counter, year, "Kỳ báo cáo").follow(quarter).follow("Ghi số đếm của tôi")
    write_counts(counter, {SMALL: (5, 0, 3, 0)})
    early = counter.page.get_by_label("Kỳ chưa hết (đến", exact=False)
    if early.count():
        early.check()
    counter.press("Gửi báo cáo").reads("Đã gửi báo cáo.", "đúng hạn")


def write_counts(visitor, counted):
    """Type the numbers of the topics."""
    for topic, numbers in counted.items():
        for direction, number in zip(DIRECTIONS, numbers, strict=True):
            visitor.write(f"{topic}: {direction}", str(number))


def count_instead(officer):
    """The officer sends the numbers of the collaborator without an account."""
    officer.open("/").follow(f"Ghi thay cộng tác viên chưa có tài khoản (1): {ROUND}").reads("Bạn ghi thay")
    write_counts(officer, {TIED: (52, 21, 15, 18)})
    officer.tick("Tôi đã kiểm tra: gửi rồi không lấy lại được")
    officer.press("Gửi báo cáo").reads("Đã gửi báo cáo.")


def see_grid(secretary, year):
    """Who has sent what and how late, and not one number of what was counted."""
    corps_page(secretary, year, "Kỳ báo cáo").reads("2/2")
    secretary.follow("Thực hành 2").follow("Cả năm").reads(COLLABORATOR, IMPORTED, "chậm 2 ngày")
    for number in ("431", "252", "123"):
        assert number not in secretary.page.content()
    assert secretary.page.get_by_role("table").get_by_role("link", name=re.compile("chậm")).count() == 0


def count_elsewhere():
    """Collaborators of the two other units have counted too: a digest wants three units."""
    asked = Round.objects.get(title=ROUND)
    counts = {TIED: (30, 20, 20, 10), WATER: (20, 15, 8, 1), ROADS: (15, 10, 10, 10)}
    for name in (UNITS[0], UNITS[2]):
        unit = Organisation.objects.get(name_vi=name)
        make_report(asked, unit, {Topic.objects.get(title=title): cells for title, cells in counts.items()})


def digest(secretary, superior, year):
    """Drafted by the secretary, who cannot check it; checked and issued by the officer of the superior body."""
    to_year(secretary, year).turn_to("Dự báo").follow("Tổng hợp dư luận").follow("Lập bản tổng hợp")
    secretary.tick(f"{ROUND} (4 báo cáo đã gửi, 3 đơn vị)")
    secretary.write("Tên bản tổng hợp", DIGEST)
    secretary.write("Nhận định của cụm (không bắt buộc)", "Phần lớn đồng tình.\n- Cần giải thích thêm về cách làm.")
    secretary.press("Xem lại trước khi gom").reads("không gom lại được")
    secretary.press("Gom số liệu vào dự thảo").titled(DIGEST).reads("Bạn là người soạn nên người khác kiểm tra.")
    assert secretary.page.get_by_role("button", name="Đã kiểm tra, đúng").count() == 0
    superior.open("/").follow(f"Kiểm tra: {DIGEST}").press("Đã kiểm tra, đúng").press("Ban hành").titled(DIGEST)


def read_digest(visit, year):
    """The officer of another unit reads it: what is small is a dash or no row of its own, in the papers as on the page."""
    reader = visit("canbo-th3").sign_in(PASSWORD)
    to_year(reader, year).turn_to("Dự báo").follow("Tổng hợp dư luận").follow(DIGEST)
    rows = reader.page.get_by_role("table", name="Số ý kiến theo chủ đề").get_by_role("row")
    expect(rows.filter(has_text=TIED)).to_contain_text("543")
    withheld = rows.filter(has_text=WATER).get_by_role("cell").filter(has_text=re.compile(r"^\s*–\s*$"))
    expect(withheld).to_have_count(2)
    papers = (text_of_pdf(reader.download("PDF")), text_of_docx(reader.download("DOCX")))
    for words in (*papers, reader.page.get_by_role("main").inner_text()):
        assert "543" in words
        assert SMALL not in words


def set_rules(superior, year):
    """What the authority asks, with its source; saved, but the tick is only made the second time."""
    corps_page(superior, year, "Đánh giá").follow("Đặt quy chế")
    superior.write("Văn bản đặt ra quy chế (không bắt buộc)", RULES)
    for measure, weight, target in (("Số buổi tuyên truyền", "60", "2"), ("Người nghe thấy có ích (%)", "40", "70")):
        superior.tick(measure)
        superior.write(f"Trọng số của {measure}", weight)
        superior.write(f"Định mức của {measure}, cấp Cơ sở", target)
    for label, percent in (("Tốt", "90"), ("Khá", "70"), ("Trung bình", "50")):
        superior.write(f"{label}: từ (%)", percent)
    superior.press("Lưu quy chế").reads("Đã lưu quy chế.", "chưa được xác nhận").follow("Quy chế")
    superior.tick(re.compile("Tôi đã đối chiếu"))
    superior.press("Lưu quy chế").reads("Đã lưu quy chế.", "Tạm tính tới")


def settle(superior, officer, year):
    """Settled, and read by the unit with the reasons."""
    superior.follow("Chốt xếp loại…").reads(RAPPORTEUR).press("Chốt xếp loại").reads("Đã chốt xếp loại lần 1.", "SHA-256")
    corps_page(officer, year, "Đánh giá").reads("đã chốt", RULES)
    row = officer.page.get_by_role("row").filter(has_text=RAPPORTEUR)
    row.get_by_text("Vì sao?").click()
    expect(row).to_contain_text("chưa kết luận")
    assert RULES in text_of_pdf(officer.download("PDF"))


def report(secretary, officer, year):
    """A period whose report asks for talks: the unit's is filled in with the one that was held."""
    to_year(secretary, year).turn_to("Báo cáo").follow("Đặt một kỳ")
    secretary.write("Tên kỳ báo cáo", REPORT)
    secretary.write("Từ ngày", typed(days_ago(0)))
    secretary.write("Đến ngày", typed(days_ago(0)))
    secretary.write("Hạn nộp", typed(days_ago(0)))
    secretary.write("Người ký báo cáo", "Lãnh đạo đơn vị")
    secretary.press("Đặt kỳ và xem các mục")
    secretary.write("Tên mục 1", FIGURE)
    secretary.choose("Nguồn điền sẵn của mục 1", FIGURE)
    secretary.press("Lưu các mục").titled(REPORT)
    to_year(officer, year).turn_to("Báo cáo").follow("Công tác tuyên truyền").follow("Báo cáo của Thực hành 2")
    officer.press("Mở báo cáo")
    expect(officer.page.get_by_label(FIGURE, exact=True)).to_have_value("1")


def cite(officer, secretary, year):
    """The unit's year of the corps becomes evidence and stands at its criterion when units score themselves."""
    corps_page(officer, year, "Đánh giá").follow("Thực hành 2").titled(UNITS[1]).reads("65")
    officer.follow("Dùng làm minh chứng").press("Dẫn, I.2")
    for stage in ("Sơ kết", "Tự chấm điểm"):
        advance(secretary, year, stage)
    sheet = to_year(officer, year).turn_to("Tự chấm").page.get_by_role("row")
    officer.follow("1 minh chứng", sheet.filter(has_text="I.2")).titled("I.2").reads("65 lượt người nghe")
