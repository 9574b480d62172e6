"""What the refusals and events of this slice say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "conference.quorum_impossible": _("Tỷ lệ có mặt tối thiểu phải lớn hơn 0 và không quá 1, ví dụ 2/3."),
    "conference.agenda_untitled": _("Có ghi chép nhưng chưa có tên mục. Hãy đặt tên cho mục đó để ghi chép không bị mất."),
    "conference.changed_meanwhile": _(
        "Trong lúc bạn sửa, đã có người khác lưu. Những gì bạn gõ vẫn còn ở đây nhưng chưa được lưu: hãy đối chiếu với bản "
        "đang lưu, rồi lưu lần nữa nếu muốn thay bản đó."
    ),
    "conference.ended": _("Hội nghị đã kết thúc nên không đổi được nữa. Điều cần bổ sung hãy ghi vào biên bản."),
    "conference.already_started": _("Hội nghị đã khai mạc."),
    "conference.not_in_session": _("Hội nghị chưa khai mạc hoặc đã kết thúc. Hãy bấm “Khai mạc” trước."),
    "conference.poll_open": _("Cuộc bỏ phiếu “{title}” đang mở. Hãy đóng và kiểm phiếu trước."),
    "conference.poll_exists": _(
        "Đã có cuộc bỏ phiếu “{title}” về đúng những mục này, chưa mở. Hãy dùng cuộc đó, hoặc bỏ nó đi rồi lập lại."
    ),
    "conference.no_quorum": _(
        "Mới có {present} đại biểu có quyền biểu quyết có mặt, cần {needed}. Hãy điểm danh, hoặc xem lại tỷ lệ ở kế hoạch."
    ),
    "conference.unnamed": _("Hãy ghi chức vụ của đại biểu, ví dụ “Lãnh đạo 1”."),
    "conference.called_already": _("Người này đã có trong danh sách đại biểu."),
    "conference.stranger": _("“{unit}” không thuộc cụm và không phải cơ quan cấp trên."),
    "conference.vote_needs_account": _("Đại biểu “{name}” chưa có tài khoản của đơn vị thành viên nên chưa biểu quyết được."),
    "conference.poll_running": _("Đang có cuộc bỏ phiếu mở nên chưa đổi được quyền biểu quyết. Hãy đóng bỏ phiếu trước."),
    "conference.minutes_later": _("Biên bản đang được soạn, các đơn vị xem được khi hội nghị kết thúc."),
    "conference.signed_already": _("Bên này đã ký bàn giao."),
    "conference.facts_changed": _("Nội dung bàn giao vừa thay đổi. Hãy đọc lại rồi ký."),
    "conference.not_planned": _("Chưa có kế hoạch hội nghị: ngày giờ, địa điểm."),
    "conference.no_agenda": _("Hội nghị chưa có chương trình."),
    "conference.too_few_units": _("Danh sách mới có đại biểu của {units} đơn vị thành viên, cần ít nhất {fewest}."),
    "conference.not_ended": _("Hội nghị chưa kết thúc."),
    "conference.poll_still_open": _("Cuộc bỏ phiếu “{title}” còn mở."),
}

EVENTS = {
    "ConferencePlanned": _("Đặt hội nghị lúc {starts_at}, tại {place}"),
    "AgendaSet": _("Đặt chương trình hội nghị: {items} mục"),
    "DelegatesCalled": _("Thêm {count} đại biểu"),
    "DelegateRemoved": _("Bỏ đại biểu “{name}”"),
    "VoteGranted": _("Cho đại biểu “{name}” quyền biểu quyết"),
    "VoteTaken": _("Thôi quyền biểu quyết của đại biểu “{name}”"),
    "AttendanceMarked": _("Điểm danh: {present} đại biểu có mặt"),
    "ConferenceStarted": _("Khai mạc hội nghị"),
    "ConferenceEnded": _("Kết thúc hội nghị"),
    "MinutesRemarked": _("Bổ sung biên bản hội nghị"),
    "HandOverSigned": _("Ký bàn giao: {side}"),
}

VALUES = {
    "outgoing": _("bên giao"),
    "incoming": _("bên nhận"),
}
"""Values that stand in facts and have a name for people."""
