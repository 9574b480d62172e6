"""What the refusals and events of this slice say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "ballots.threshold_impossible": _("Tỷ lệ phải lớn hơn 0 và không quá 1, ví dụ 2/3; “quá 1/1” thì không bao giờ đạt."),
    "ballots.no_title": _("Hãy đặt tên cuộc bỏ phiếu, ví dụ “Suy tôn danh hiệu năm 2021”."),
    "ballots.no_items": _("Hãy chọn ít nhất một đơn vị để bỏ phiếu."),
    "ballots.was_opened": _("Cuộc bỏ phiếu này đã được mở. Không mở lại, không bỏ đi được; nếu cần hãy lập cuộc bỏ phiếu mới."),
    "ballots.too_few_voters": _(
        "Mới có {voters} đại biểu có quyền biểu quyết có mặt; cần ít nhất {fewest} để phiếu được kín. Hãy điểm danh trước khi mở."
    ),
    "ballots.still_open": _("Cuộc bỏ phiếu “{title}” đang mở. Hãy đóng lại rồi mới lùi giai đoạn."),
    "ballots.not_open": _("Cuộc bỏ phiếu không mở. Hãy chờ thư ký mở, hoặc xem kết quả nếu đã đóng."),
    "ballots.not_on_roll": _("Bạn không có tên trong danh sách của cuộc bỏ phiếu này. Hãy báo thư ký hội nghị."),
    "ballots.already_voted": _("Phiếu của bạn đã ở trong hòm phiếu. Mỗi đại biểu bỏ một phiếu và không đổi được."),
    "ballots.incomplete": _("Còn {missing} mục chưa chọn. Hãy chọn một ô cho mỗi đơn vị rồi xem lại phiếu."),
    "ballots.unknown_choice": _("Phiếu có lựa chọn không hợp lệ nên chưa được nhận. Hãy mở lại trang bỏ phiếu và chọn lại."),
}

EVENTS = {
    "PollCreated": _("Lập cuộc bỏ phiếu “{title}”, {items} mục, ngưỡng {threshold}"),
    "PollDiscarded": _("Bỏ cuộc bỏ phiếu chưa mở “{title}”"),
    "PollOpened": _("Mở bỏ phiếu “{title}” cho {voters} đại biểu"),
    "BallotClosed": _("Đóng bỏ phiếu “{title}”: {ballots} phiếu, {outcome}"),
}

VALUES = {
    "yes": _("Đồng ý"),
    "no": _("Không đồng ý"),
    "abstain": _("Không ý kiến"),
    "counted": _("đã kiểm phiếu"),
    "too_few": _("không kiểm vì quá ít phiếu"),
    "mismatch": _("không kiểm vì số phiếu không khớp danh sách"),
}
"""Values that stand in facts and have a name for people."""
