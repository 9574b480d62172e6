"""What is said about digests."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "forecasts.digest_title_empty": _("Hãy ghi tên bản tổng hợp, ví dụ “Dư luận quý III năm 2022”."),
    "forecasts.digest_title_long": _("Tên dài quá {most} ký tự. Hãy viết gọn."),
    "forecasts.digest_exists": _("Năm này đã có bản tổng hợp “{title}”. Hãy ghi tên khác, hoặc mở bản đã có."),
    "forecasts.digest_words_long": _("Phần nhận định dài quá {most} ký tự. Hãy viết gọn."),
    "forecasts.digest_words_contact": _(
        "“{text}” giống số điện thoại hoặc địa chỉ thư của một người. Bản tổng hợp không dẫn tới ai cả: hãy bỏ đoạn này."
    ),
    "forecasts.digest_reason_short": _("Hãy ghi rõ cần sửa gì, ít nhất {least} chữ cái."),
    "forecasts.rounds_missing": _("Hãy chọn ít nhất một kỳ báo cáo."),
    "forecasts.round_not_due": _("Kỳ “{round}” chưa qua hạn nộp ({day}). Tổng hợp sau hạn, khi báo cáo đã đủ."),
    "forecasts.round_gathered": _(
        "Kỳ “{round}” đã vào một bản tổng hợp. Mỗi kỳ chỉ vào một bản: hai bảng chồng nhau trừ đi nhau là lộ số đã giữ kín."
    ),
    "forecasts.no_reports": _("Kỳ “{round}” chưa có báo cáo nào được gửi nên chưa gom được."),
    "forecasts.too_few_units": _(
        "Cần báo cáo từ ít nhất {least} đơn vị; các kỳ đã chọn mới có báo cáo từ {units} đơn vị. Ít đơn vị hơn thì một đơn vị "
        "lấy bảng trừ số của mình là biết số của đơn vị kia. Hãy đợi thêm báo cáo, hoặc gom nhiều kỳ vào một bản."
    ),
    "forecasts.digest_not_draft": _(
        "Bản này không còn là dự thảo nên không sửa được. Hãy mở lại trang để xem trạng thái mới nhất."
    ),
    "forecasts.digest_not_checked": _("Bản này chưa được kiểm tra. Nhờ một người khác kiểm tra trước rồi mới ban hành."),
    "forecasts.digest_issued": _("Bản này đã ban hành. Bản đã ban hành là bản cuối, không sửa, không thay."),
    "forecasts.own_digest": _("Bạn là người soạn bản này nên không tự kiểm tra được. Hãy nhờ một người khác."),
    "forecasts.digest_edited_meanwhile": _(
        "Người khác vừa lưu trong lúc bạn làm. Nội dung bạn nhập vẫn còn dưới đây, bản đang lưu hiện bên cạnh; "
        "lưu lần nữa sẽ thay bản đang lưu."
    ),
    "forecasts.digest_changed": _("Bản này vừa thay đổi trong lúc bạn đọc. Hãy đọc lại bản mới dưới đây rồi mới quyết định."),
}
EVENTS: dict[str, object] = {
    "DigestDrafted": _("Lập dự thảo “{title}”, gồm các kỳ: {rounds}"),
    "DigestEdited": _("Sửa tên hoặc nhận định của “{title}” (lần {revision})"),
    "DigestChecked": _("Kiểm tra xong “{title}”"),
    "DigestSentBack": _("Trả lại “{title}”: {reason}"),
    "DigestIssued": _("Ban hành “{title}” (SHA-256 {digest})"),
}
VALUES: dict[str, object] = {}
