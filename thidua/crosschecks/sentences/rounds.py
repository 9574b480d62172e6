"""Arranging rounds."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "crosschecks.not_your_task": _("Phần việc này không được giao cho bạn. Người lập vòng thẩm định phân công ở trang của vòng."),
    "crosschecks.wrong_state": _("Vòng thẩm định này đang ở trạng thái “{state}”; việc này chỉ làm được khi “{wanted}”."),
    "crosschecks.round_running": _("Vòng “{title}” chưa chốt. Hãy chốt hoặc bỏ vòng đó rồi lập vòng mới."),
    "crosschecks.round_unsettled": _("Vòng “{title}” chưa chốt. Hãy đóng và chốt vòng rồi mới lùi giai đoạn."),
    "crosschecks.rules_fixed": _(
        "Vòng đã mở nên không đổi được cách chấm, cách xem điểm và cách tổng hợp: người chấm đã dựa vào đó. "
        "Chỉ sửa được tên và hạn."
    ),
    "crosschecks.not_pairwise": _("Chỉ vòng chấm chéo giữa các đơn vị mới chia cặp."),
    "crosschecks.not_of_persons": _("Vòng chấm chéo giao cho đơn vị, không giao cho từng người."),
    "crosschecks.seed_out_of_range": _("Số bốc thăm từ 1 đến {most}."),
    "crosschecks.each_out_of_range": _("Mỗi đơn vị chấm ít nhất 1 và nhiều nhất {most} đơn vị khác."),
    "crosschecks.too_few_partners": _(
        "Không chia được: vì xung đột lợi ích, {units} không còn đủ đơn vị để chấm và được chấm. "
        "Hãy giảm số đơn vị mỗi bên chấm, hoặc xem lại trang Xung đột lợi ích."
    ),
    "crosschecks.units_without_checker": _("Chưa có ai chấm: {units}. Hãy giao người chấm rồi mở vòng."),
    "crosschecks.tasks_in_conflict": _(
        "Có phần việc vướng xung đột lợi ích: {tasks}. Hãy bỏ các phần đó hoặc chia lại rồi mở vòng."
    ),
    "crosschecks.own_checkers": _(
        "Bạn giữ chức vụ ở “{unit}” nên không tự chọn ai chấm đơn vị này. Việc đó do cán bộ cấp trên làm."
    ),
    "crosschecks.checks_itself": _("“{unit}” không tự chấm mình. Hãy chọn đơn vị khác."),
    "crosschecks.units_in_conflict": _(
        "“{checker}” và “{unit}” có xung đột lợi ích đang có hiệu lực. Hãy chọn đơn vị khác, hoặc xem lại trang Xung đột lợi ích."
    ),
    "crosschecks.given_already": _("“{checker}” đã được giao phần này ({unit})."),
    "crosschecks.not_a_checker": _("{person} chưa có chức vụ thẩm định hoặc chấm điểm trong cụm này."),
    "crosschecks.barred_everywhere": _("{person} vướng đơn vị mình hoặc xung đột lợi ích ở mọi đơn vị nên không giao được."),
    "crosschecks.unknown_label": _("Bảng tiêu chí không có bộ phận chấm “{label}”. Hãy chọn trong danh sách."),
    "crosschecks.task_has_marks": _("Đã có điểm trong phần việc này nên không bỏ được: {task}."),
}
EVENTS: dict[str, object] = {
    "CheckRoundMade": _("Lập vòng thẩm định {number} “{title}” ({mode})"),
    "CheckRoundChanged": _("Sửa vòng thẩm định {number} “{title}”"),
    "ChecksDrawn": _(
        "Chia cặp vòng thẩm định {number} “{title}” với số bốc thăm {seed}: mỗi đơn vị chấm {per_unit}, {pairs} cặp"
    ),
    "CheckGiven": _("Vòng thẩm định {number} “{title}”: giao {who} chấm {what}"),
    "CheckTaken": _("Vòng thẩm định {number} “{title}”: thôi giao {who} chấm {what}"),
    "CheckRoundOpened": _("Mở vòng thẩm định {number} “{title}”: {tasks} phần việc"),
    "CheckRoundClosed": _("Đóng vòng thẩm định {number} “{title}”: {unfinished} phần việc chưa xong. {reason}"),
    "CheckRoundReopened": _("Mở lại vòng thẩm định {number} “{title}”: {reason}"),
    "CheckRoundDiscarded": _("Bỏ vòng thẩm định {number} “{title}” khi chưa mở"),
}
VALUES: dict[str, object] = {
    "pairwise": _("chấm chéo giữa các đơn vị"),
    "by_row": _("theo bộ phận phụ trách từng tiêu chí"),
    "council": _("hội đồng, tổ thẩm định"),
}
