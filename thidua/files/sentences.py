"""What the refusals of this slice say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "files.empty": _("Tệp “{name}” trống. Hãy kiểm tra tệp rồi chọn lại."),
    "files.too_big": _(
        "Tệp “{name}” nặng {size} MB, quá giới hạn {megabytes} MB. Hãy quét lại ở 200 dpi, đen trắng, hoặc chia thành nhiều tệp, "
        "rồi chọn lại."
    ),
    "files.wrong_kind": _(
        "Nội dung của tệp “{name}” không thuộc loại được nhận ({allowed}), dù đuôi tệp là gì. Hãy lưu tệp đúng loại rồi chọn lại."
    ),
    "files.lies_about_type": _("Tệp “{name}” thực ra là tệp {real}. Hãy đổi đúng đuôi tệp rồi chọn lại."),
    "files.macros": _("Tệp văn phòng có macro không được nhận. Hãy lưu lại không kèm macro."),
    "files.bomb": _("Tệp nén chứa quá nhiều dữ liệu nên không được nhận."),
    "files.too_many_pixels": _("Ảnh {width} × {height} điểm quá lớn. Hãy thu nhỏ rồi chọn lại."),
    "files.sheet_unreadable": _(
        "Không đọc được bảng trong tệp. Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng XLSX rồi chọn lại."
    ),
    "files.sheet_too_wide": _(
        "Bảng trong tệp trải quá rộng hoặc chứa quá nhiều dữ liệu. Hãy xóa các dòng, cột trống ở cuối bảng, lưu lại rồi chọn lại."
    ),
    "files.sheet_too_long": _("Bảng trong tệp có hơn {most} dòng. Hãy chia thành nhiều tệp rồi chọn lại."),
    "files.sheet_slow": _("Đọc bảng trong tệp quá lâu nên đã dừng. Hãy chép riêng bảng sang một tệp mới rồi chọn lại."),
    "files.lost": _("Tệp “{name}” không còn trong kho. Hãy báo người vận hành khôi phục từ bản sao lưu."),
}
