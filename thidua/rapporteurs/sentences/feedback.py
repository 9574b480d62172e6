"""What listeners say: refusals, and events in the journal."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "rapporteurs.feedback_day_past": _("Ngày của buổi đã qua. Hãy chọn cách đóng khác."),
    "rapporteurs.feedback_opened_before": _(
        "Buổi này đã mở phiếu ý kiến một lần. Mỗi buổi chỉ mở một lần, để không ai suy ra phiếu của một người từ hai lần đếm."
    ),
    "rapporteurs.feedback_too_late": _(
        "Buổi ngày {day} đã qua hơn {days} ngày nên không mở phiếu ý kiến nữa: người nghe không còn nhớ rõ."
    ),
    "rapporteurs.feedback_closed": _("Phiếu của buổi này đã đóng, không nhận thêm ý kiến."),
    "rapporteurs.feedback_too_early": _("Chưa đến ngày của buổi này. Hãy quay lại vào ngày {day}."),
    "rapporteurs.feedback_answered": _("Bạn đã gửi ý kiến cho buổi này rồi."),
    "rapporteurs.feedback_incomplete": _("Hãy trả lời đủ năm câu, mỗi câu chọn một ô từ 1 đến 5."),
    "rapporteurs.remark_too_long": _("Lời góp ý dài {length} ký tự. Hãy viết nhiều nhất {most} ký tự."),
    "rapporteurs.remarks_not_yet": _("Chỉ duyệt lời góp ý khi phiếu đã đóng và kết quả được hiện."),
    "rapporteurs.remarks_moderated_meanwhile": _(
        "Có người vừa duyệt lời góp ý của buổi này. Hãy xem lại trạng thái mới ở dưới rồi lưu lần nữa."
    ),
}
EVENTS: dict[str, object] = {
    "FeedbackOpened": _("Mở phiếu ý kiến người nghe cho buổi tuyên truyền ngày {held_on}"),
    "FeedbackClosed": _("Đóng phiếu ý kiến người nghe của buổi tuyên truyền ngày {held_on}"),
    "RemarksModerated": _("Duyệt lời góp ý của người nghe về buổi tuyên truyền ngày {held_on}"),
}
VALUES: dict[str, object] = {}
