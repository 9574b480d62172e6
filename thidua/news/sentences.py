"""What the refusals and events of this slice say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "news.title_empty": _("Hãy đặt tiêu đề có ít nhất một chữ cái hoặc chữ số."),
    "news.title_too_long": _("Tiêu đề dài {length} ký tự; nhiều nhất {most}. Hãy rút gọn, phần còn lại để ở sapo."),
    "news.lead_too_long": _("Sapo dài {length} ký tự; nhiều nhất {most}. Hãy chuyển bớt xuống nội dung."),
    "news.text_too_long": _("Nội dung dài {length} ký tự; nhiều nhất {most}. Chữ bạn gõ vẫn còn: hãy chia thành nhiều bài."),
    "news.lead_missing": _("Bài chưa có sapo. Hãy viết một, hai câu nêu việc chính rồi đăng."),
    "news.text_missing": _("Bài chưa có nội dung. Hãy viết nội dung rồi đăng."),
    "news.reason_too_short": _("Hãy nêu lý do (ít nhất {letters} ký tự); người đọc sẽ thấy lý do này."),
    "news.changed_meanwhile": _(
        "Bài đã được lưu ở nơi khác lúc {at}. Những gì bạn gõ vẫn còn đủ ở đây và chưa được lưu. "
        "So sánh với bản đang lưu ở cuối trang; lưu lần nữa sẽ thay bản ấy."
    ),
    "news.year_not_ours": _("Đơn vị “{organisation}” không thuộc năm thi đua này. Hãy chọn năm khác hoặc để trống."),
    "news.already_published": _("Bài này đang được đăng rồi."),
    "news.not_published": _("Bài này không đang đăng nên không có gì để gỡ."),
    "news.photo_broken": _("Không đọc được trọn tấm ảnh này. Hãy mở và lưu lại ảnh trên máy, rồi chọn lại."),
    "news.alt_missing": _("Hãy mô tả ảnh cho người không nhìn thấy: trong ảnh có ai, đang làm gì, ở đâu."),
    "news.too_many_photos": _("Một bài có nhiều nhất {most} ảnh. Hãy bỏ bớt ảnh rồi thêm."),
}

EVENTS = {
    "ArticleWritten": _("Viết bài nháp “{title}”"),
    "ArticleEdited": _("Sửa bài “{title}”"),
    "PhotoAdded": _("Thêm ảnh cho bài “{title}”"),
    "PhotoRemoved": _("Bỏ một ảnh khỏi bài “{title}”"),
    "ArticlePublished": _("Đăng bài “{title}”"),
    "ArticleWithdrawn": _("Gỡ bài “{title}”: {reason}"),
}

WEEKDAYS = (_("Thứ hai"), _("Thứ ba"), _("Thứ tư"), _("Thứ năm"), _("Thứ sáu"), _("Thứ bảy"), _("Chủ nhật"))
"""Names of the days as newspapers write them (Django's Vietnamese has "Thứ 6")."""
