"""Papers for the tests."""

from datetime import date

from thidua.paperwork.rules import Facts, Heading, Items, Paper, Paragraph, Signature, Table

MARKUP = 'Chữ #set text(red) $x^2$ *đậm* _gạch_ <b>html</b> \\ & {{ ten }} @nguon `ma` -- "ngoặc" // hết'
LETTERS = (
    "ă ắ ằ ẳ ẵ ặ â ấ ầ ẩ ẫ ậ đ ê ế ề ể ễ ệ ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ ư ứ ừ ử ữ ự "
    "á à ả ã ạ é è ẻ ẽ ẹ í ì ỉ ĩ ị ó ò ỏ õ ọ ú ù ủ ũ ụ ý ỳ ỷ ỹ ỵ"
)

ROWS = (("1", "Đơn vị A", "97,50"), ("2", "Đơn vị B", "96,00"))


def paper(**changes):
    """Minutes with one of every block; `changes` replace fields."""
    values = {
        "layout": "state",
        "superior_name": "Ủy ban nhân dân tỉnh",
        "issuer_name": "Cụm thi đua số 2",
        "number": "12/BB-CTĐ",
        "place": "Thái Nguyên",
        "day": date(2021, 2, 5),
        "kind_title": "BIÊN BẢN",
        "abstract": "Hội nghị tổng kết\nnăm 2021",
        "blocks": (
            Paragraph("Căn cứ quy chế của cụm;", italic=True),
            Facts((("Thời gian", "8 giờ 00"),)),
            Heading(1, "I. Thành phần"),
            Heading(2, "1. Đại biểu"),
            Items(("Lãnh đạo các đơn vị;", "Cán bộ các đơn vị.")),
            Table(("TT", "Đơn vị", "Điểm"), ROWS, numeric=(0, 2), widths=(1, 6, 2)),
            Paragraph("Hội nghị kết thúc lúc 11 giờ 30."),
        ),
        "signatures": (
            Signature("", "Thư ký", "Người ghi", "(Ký tên)"),
            Signature("TM. cụm", "Chủ tọa", "Người chủ trì", "(Ký tên)"),
        ),
        "recipients": ("Các đơn vị", "Lưu: VT."),
        "footer": "Chân trang",
    }
    return Paper(**(values | changes))
