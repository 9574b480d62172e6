"""Rounds and reports of collaborators: refusals, and events in the journal."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "rapporteurs.no_such_round": _(
        "Không có kỳ thứ {number} của loại này. Hãy chọn lại kỳ, hoặc chọn “Đột xuất” rồi tự ghi ngày."
    ),
    "rapporteurs.due_days": _("Hãy ghi số ngày từ 0 đến {most}."),
    "rapporteurs.span_reversed": _("Ngày cuối kỳ đang sớm hơn ngày đầu kỳ."),
    "rapporteurs.days_outside": _("Ngày này phải nằm trong các năm {first}–{last}. Hãy kiểm tra lại năm vừa nhập."),
    "rapporteurs.due_before_end": _("Hạn nộp phải từ ngày cuối kỳ ({day}) trở đi: chưa hết kỳ thì chưa đủ số liệu."),
    "rapporteurs.due_reason": _("Hãy ghi lý do, ít nhất {least} chữ cái."),
    "rapporteurs.round_title_empty": _("Hãy ghi tên."),
    "rapporteurs.round_exists": _("Năm này đã có kỳ “{title}”. Hãy mở kỳ đó, hoặc ghi tên khác."),
    "rapporteurs.year_laid_out": _("Năm này đã có đủ các kỳ loại này."),
    "rapporteurs.round_topic": _("Có chủ đề không thuộc năm này, chưa được thống nhất hoặc đã thôi dùng. Hãy chọn lại chủ đề."),
    "rapporteurs.round_fixed": _(
        "Đã có cộng tác viên gửi báo cáo kỳ này nên thời gian và chủ đề của kỳ giữ nguyên. Hạn nộp vẫn gia hạn được kèm lý do."
    ),
    "rapporteurs.due_earlier": _("Đã có cộng tác viên gửi báo cáo kỳ này: chỉ gia hạn thêm, không rút ngắn hạn ({day})."),
    "rapporteurs.round_in_use": _("Đã có cộng tác viên gửi báo cáo kỳ này nên không xoá được."),
    "rapporteurs.round_gathered": _("Kỳ này đã vào bản tổng hợp dư luận nên báo cáo đã gửi giữ nguyên."),
    "rapporteurs.round_changed": _(
        "Người khác vừa lưu trong lúc bạn sửa. Nội dung bạn nhập vẫn còn dưới đây, bản đang lưu hiện bên cạnh; "
        "lưu lần nữa sẽ thay bản đang lưu."
    ),
    "rapporteurs.counts_changed": _(
        "Báo cáo này vừa được lưu ở nơi khác. Số bạn nhập vẫn còn dưới đây, số đang lưu hiện bên cạnh; "
        "lưu lần nữa sẽ thay số đang lưu."
    ),
    "rapporteurs.round_ahead": _("Kỳ này bắt đầu từ ngày {day}. Từ ngày đó mới ghi và gửi số đếm được."),
    "rapporteurs.not_owed": _(
        "{name} không có quyết định công nhận còn hiệu lực vào hạn nộp ({day}) nên không phải báo cáo kỳ này."
    ),
    "rapporteurs.report_sent": _("Báo cáo đã gửi nên không sửa được. Cần sửa, hãy lấy lại trước khi hết hạn."),
    "rapporteurs.report_not_sent": _("Báo cáo này chưa gửi, hoặc vừa được lấy lại."),
    "rapporteurs.take_back_late": _("Hạn nộp là {day}. Sau hạn không lấy lại báo cáo được nữa."),
    "rapporteurs.nothing_counted": _("Chưa có số nào lớn hơn 0. Hãy ghi số đã nghe được, hoặc bấm “Không có gì để báo”."),
    "rapporteurs.something_counted": _(
        "Đang có số ở bảng dưới. Hãy xoá trắng các ô rồi bấm “Không có gì để báo”, hoặc gửi các số này."
    ),
    "rapporteurs.topic_not_asked": _("Kỳ này không hỏi về một chủ đề trên trang. Hãy mở lại trang để lấy danh sách mới nhất."),
    "rapporteurs.no_such_trend": _("Hãy chọn chiều hướng trong danh sách."),
    "rapporteurs.count_outside": _("Hãy ghi số từ 0 đến {most:points}."),
    "rapporteurs.count_large": _(
        "Có ô ghi {count:points}, trên {large:points}. Nếu đúng, hãy đánh dấu vào ô xác nhận rồi lưu lại."
    ),
}
EVENTS: dict[str, object] = {
    "RoundSet": _("Đặt kỳ của cộng tác viên “{title}”, hạn nộp {due_on}"),
    "RoundsLaidOut": _("Lập các kỳ của cộng tác viên cả năm: {titles}"),
    "RoundChanged": _("Sửa kỳ của cộng tác viên “{title}”"),
    "RoundDueDayMoved": _("Dời hạn nộp “{title}” từ {old_due_on} sang {due_on}: {reason}"),
    "RoundRemoved": _("Xoá kỳ của cộng tác viên “{title}”"),
    "CountsSaved": _("Lưu nháp số đếm của một cộng tác viên"),
    "ReportSent": _("Một cộng tác viên gửi báo cáo, chậm {days_late} ngày"),
    "ReportTakenBack": _("Lấy lại một báo cáo của cộng tác viên để sửa"),
}
VALUES: dict[str, object] = {}
