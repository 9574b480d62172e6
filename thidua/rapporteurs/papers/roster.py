"""The spreadsheet in which a unit lists its corps, with a sheet that shows how. Its headings are what the import reads, so they
are Vietnamese whatever the language of the page."""

from io import BytesIO

from thidua.rapporteurs.rules.roster import COLUMNS, KINDS, LEVELS, MOST_ROWS
from thidua.web.workbook import new_workbook

_WIDTHS = {"name": 26, "post_title": 34, "field": 24, "contact": 26, "issuer": 28, "level": 22}
_DAYS = ("decided_on", "starts_on", "ends_on")
_NOTES = {
    "kind": "Bắt buộc. Chọn: Báo cáo viên hoặc Cộng tác viên.",
    "level": "Bắt buộc. Chọn một trong bốn cấp.",
    "name": "Bắt buộc, như trong quyết định. Mỗi hàng một người, không gộp ô.",
    "post_title": "Bắt buộc. Chức vụ ghi trong quyết định.",
    "field": "Có thể để trống.",
    "contact": "Có thể để trống. Điện thoại cơ quan hoặc thư công vụ, không ghi số riêng.",
    "decision": "Ghi quyết định thì ghi đủ số, ngày quyết định, từ ngày, và số tháng hoặc đến ngày. Chưa có thì để trống cả.",
    "issuer": "Có thể để trống.",
    "decided_on": "Ô kiểu ngày, hoặc gõ như 05-02-{year}.",
    "starts_on": "Ngày đầu của nhiệm kỳ.",
    "months": "Ví dụ 24: phần mềm tính ra ngày cuối. Hoặc ghi ở cột “Đến ngày”.",
    "ends_on": "Ngày cuối của nhiệm kỳ; để trống nếu đã ghi số tháng.",
}
_EXAMPLES = (
    ("Báo cáo viên", "Tỉnh, thành phố", "(họ và tên)", "Trưởng phòng", "Kinh tế – xã hội", "(điện thoại cơ quan)", "(số)-QĐ/TU",
     "(cơ quan ban hành)", "15-12-{before}", "01-01-{year}", "24", ""),
    ("Cộng tác viên", "Cơ sở", "(họ và tên)", "Chuyên viên", "", "", "", "", "", "", "", ""),
)  # fmt: skip


_CHOICES = "Lựa chọn"
"""The hidden sheet with the words of the drop-downs: a list written into the cell cannot hold a word with a comma."""


def roster_template(year: int) -> bytes:
    """The workbook: the sheet to fill with drop-downs, then an example of that year with a note at each heading."""
    days = {"year": year, "before": year - 1}
    held = BytesIO()
    with new_workbook(held) as book:
        head = book.add_format({"bold": True, "bg_color": "#EFEEE8", "bottom": 1, "text_wrap": True, "valign": "top"})
        text, day = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"num_format": "dd-mm-yyyy"})
        sheet, example = book.add_worksheet("Đội ngũ"), book.add_worksheet("Ví dụ")
        for column, (key, title) in enumerate(COLUMNS.items()):
            for each in (sheet, example):
                each.write_string(0, column, title, head)
                each.set_column(column, column, _WIDTHS.get(key, 15), day if key in _DAYS and each is sheet else text)
            note = _NOTES[key].format_map(days)
            example.write_comment(0, column, note, {"x_scale": 1.6})
            example.write_string(len(_EXAMPLES) + 2, column, note, text)
        for row, cells in enumerate(_EXAMPLES, 1):
            for column, cell in enumerate(cells):
                example.write_string(row, column, cell.format_map(days))
        choices = book.add_worksheet(_CHOICES)
        choices.hide()
        for place, (key, offered) in enumerate((("kind", KINDS), ("level", LEVELS))):
            choices.write_column(0, place, list(offered))
            column, letter = list(COLUMNS).index(key), "AB"[place]
            source = f"='{_CHOICES}'!${letter}$1:${letter}${len(offered)}"
            sheet.data_validation(1, column, MOST_ROWS, column, {"validate": "list", "source": source})
        sheet.freeze_panes(1, 0)
        example.freeze_panes(1, 0)
    return held.getvalue()
