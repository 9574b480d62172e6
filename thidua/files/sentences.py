"""What the refusals of this slice say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "files.empty": _("Tệp “{name}” trống. Hãy kiểm tra tệp rồi chọn lại."),
    "files.too_big": _(
        "Tệp “{name}” nặng {size} MB, quá giới hạn {megabytes} MB. Hãy quét lại ở 200 dpi, đen trắng, hoặc chia thành nhiều tệp, "
        "rồi chọn lại."
    ),
    "files.wrong_kind": _("Tệp “{name}” không thuộc loại được nhận ({allowed})."),
    "files.lies_about_type": _("Tệp “{name}” thực ra là tệp {real}. Hãy đổi đúng đuôi tệp rồi chọn lại."),
    "files.macros": _("Tệp văn phòng có macro không được nhận. Hãy lưu lại không kèm macro."),
    "files.bomb": _("Tệp nén chứa quá nhiều dữ liệu nên không được nhận."),
    "files.too_many_pixels": _("Ảnh {width} × {height} điểm quá lớn. Hãy thu nhỏ rồi chọn lại."),
}
