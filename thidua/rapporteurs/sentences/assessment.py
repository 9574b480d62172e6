"""Assessment: refusals, the reasons behind grades, and events in the journal."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SENTENCES: dict[str, object] = {
    "rapporteurs.no_measure": _("Hãy chọn ít nhất một nội dung để tính, với trọng số và định mức."),
    "rapporteurs.measure_unknown": _("Có nội dung không dùng được cho loại này, hoặc ghi hai lần. Hãy mở lại trang."),
    "rapporteurs.weight_wrong": _("Trọng số phải lớn hơn 0 và không quá {most:points}."),
    "rapporteurs.no_target": _("Nội dung này chưa có định mức cho cấp nào. Hãy ghi định mức của ít nhất một cấp."),
    "rapporteurs.target_wrong": _("Định mức phải lớn hơn 0 và không quá {most:points}. Cấp không đánh giá thì để trống."),
    "rapporteurs.thresholds_wrong": _("Ba mức phải giảm dần, từ 100 trở xuống và lớn hơn 0: tốt, khá, trung bình."),
    "rapporteurs.least_wrong": _("Số tối thiểu phải lớn hơn 0. Không dùng thì để trống."),
    "rapporteurs.cap_wrong": _("Hãy chọn mức khá, trung bình hoặc yếu."),
    "rapporteurs.quota_wrong": _(
        "Tỷ lệ phải lớn hơn 0 và không quá 100 %; số chỗ tối thiểu từ 0. Cấp không khống chế thì để trống."
    ),
    "rapporteurs.decision_wanted": _("Hãy ghi văn bản đặt ra quy chế này rồi mới xác nhận đã đối chiếu."),
    "rapporteurs.rules_changed": _(
        "Người khác vừa lưu quy chế trong lúc bạn sửa. Phần bạn nhập vẫn còn dưới đây, bản đang lưu hiện bên cạnh; "
        "lưu lần nữa sẽ thay bản đang lưu."
    ),
    "rapporteurs.rules_not_confirmed": _(
        "Chưa chốt được: quy chế chưa có, chưa ghi văn bản, hoặc chưa ai xác nhận đã đối chiếu với văn bản. "
        "Hãy làm ở trang Quy chế."
    ),
    "rapporteurs.nobody_to_assess": _(
        "Năm này chưa có ai trong nhiệm kỳ để đánh giá. Hãy ghi quyết định công nhận ở trang Đội ngũ."
    ),
    "rapporteurs.figures_changed": _("Số liệu vừa thay đổi sau khi bạn mở trang. Hãy xem lại bảng mới dưới đây rồi chốt."),
    "rapporteurs.settle_reason": _("Đã chốt một lần. Muốn chốt lại, hãy ghi lý do, ít nhất {least} chữ cái."),
    "rapporteurs.decided_without_reason": _("Hãy ghi lý do quyết định, ít nhất {least} chữ cái."),
    "rapporteurs.not_to_be_decided": _("Chỉ quyết định mức cho người đang “Cần xem xét”. Hãy mở lại trang."),
    "rapporteurs.quota_exceeded": _(
        "Cấp {level} có {places} chỗ mức tốt mà bạn chọn tới {good} người. Hãy chọn mức khác cho những người còn lại."
    ),
    # reasons behind a grade
    "rapporteurs.why_talks": _("{part} buổi trên định mức {target:points}: được {got:points} trên {weight:points}."),
    "rapporteurs.why_listeners": _(
        "{part} lượt người nghe trên định mức {target:points}: được {got:points} trên {weight:points}."
    ),
    "rapporteurs.why_topics": _(
        "Nói về {part} trong {whole} chủ đề của năm ({actual:points} %), định mức {target:points} %: "
        "được {got:points} trên {weight:points}."
    ),
    "rapporteurs.why_sent": _(
        "Gửi {part} trong {whole} báo cáo phải nộp ({actual:points} %), định mức {target:points} %: "
        "được {got:points} trên {weight:points}."
    ),
    "rapporteurs.why_on_time": _(
        "Đúng hạn {part} trong {whole} báo cáo phải nộp ({actual:points} %), định mức {target:points} %: "
        "được {got:points} trên {weight:points}. Chưa gửi tính là chậm."
    ),
    "rapporteurs.why_useful_met": _(
        "{useful} trong {answers} phiếu thấy có ích ({actual:points} %). Khoảng tin cậy 95 % là {low:points}–{high:points} %, "
        "cả khoảng đạt mức {target:points} %: được trọn {weight:points}. "
        "Phiếu không gắn với người: mỗi điện thoại gửi một phiếu, người nói cũng mở được."
    ),
    "rapporteurs.why_useful_missed": _(
        "{useful} trong {answers} phiếu thấy có ích ({actual:points} %). Khoảng tin cậy 95 % là {low:points}–{high:points} %, "
        "cả khoảng dưới mức {target:points} %: được 0 trên {weight:points}. "
        "Phiếu không gắn với người: mỗi điện thoại gửi một phiếu, người nói cũng mở được."
    ),
    "rapporteurs.why_useful_undecided": _(
        "{useful} trong {answers} phiếu thấy có ích ({actual:points} %). Khoảng tin cậy 95 % là {low:points}–{high:points} %, "
        "mức {target:points} % nằm trong khoảng nên chưa kết luận được: không tính nội dung này."
    ),
    "rapporteurs.why_useful_none": _("Chưa có đủ {least} phiếu ý kiến được tính: không tính nội dung này."),
    "rapporteurs.why_topics_none": _("Năm nay chưa có chủ đề được thống nhất: không tính nội dung này."),
    "rapporteurs.why_sent_none": _("Chưa có báo cáo nào tới hạn: không tính nội dung này."),
    "rapporteurs.why_on_time_none": _("Chưa có báo cáo nào tới hạn: không tính nội dung này."),
    "rapporteurs.why_talks_none": _("Không có tháng nào trong nhiệm kỳ: không tính nội dung này."),
    "rapporteurs.why_listeners_none": _("Không có tháng nào trong nhiệm kỳ: không tính nội dung này."),
    "rapporteurs.why_no_target": _("Quy chế không đặt định mức “{measure}” cho cấp này: không tính nội dung này."),
    "rapporteurs.why_months": _("Trong nhiệm kỳ {months} trên 12 tháng: định mức về số lượng tính theo tỷ lệ."),
    "rapporteurs.why_grade": _("Cộng lại được {got:points} trên {possible:points}, bằng {percent:points} %: mức {grade}."),
    "rapporteurs.why_capped_talks": _("Mới có {actual} buổi, dưới tối thiểu {least:points} buổi: cao nhất là mức {grade}."),
    "rapporteurs.why_capped_reports": _("Mới gửi {actual} báo cáo, dưới tối thiểu {least:points}: cao nhất là mức {grade}."),
    "rapporteurs.why_tied": _(
        "Cần xem xét: ngang nhau ở ranh giới. {good} người đạt mức tốt mà cấp này chỉ có {places} chỗ ({quota:points} %)."
    ),
    "rapporteurs.why_beyond_quota": _(
        "{good} người đạt mức tốt mà cấp này chỉ có {places} chỗ ({quota:points} %): xếp mức {grade}, vì có người tỷ lệ cao hơn."
    ),
    "rapporteurs.why_not_in_term": _("Không có tháng nào trong nhiệm kỳ: cần xem xét."),
    "rapporteurs.why_nothing_counts": _("Không có nội dung nào đủ số liệu để tính: cần xem xét."),
    "rapporteurs.why_unconfirmed": _("Cần xem xét: chưa ai xác nhận quy chế đã được đối chiếu với văn bản."),
    "rapporteurs.why_no_decision": _("Cần xem xét: quy chế chưa ghi dựa vào văn bản nào."),
    "rapporteurs.why_no_rules": _("Cần xem xét: năm này chưa có quy chế đánh giá."),
    "rapporteurs.why_decided": _("Cấp trên quyết định mức {grade}: {reason}"),
}
EVENTS: dict[str, object] = {
    "AssessmentRulesSet": _("Đặt quy chế đánh giá {kind} (lần {revision}), theo: {decision}"),
    "AssessmentSettled": _("Chốt xếp loại {kind} lần {number} cho {members} người, SHA-256 {digest}"),
}
VALUES: dict[str, object] = {
    "grade.good": pgettext_lazy("grade", "tốt"),
    "grade.fair": pgettext_lazy("grade", "khá"),
    "grade.average": pgettext_lazy("grade", "trung bình"),
    "grade.weak": pgettext_lazy("grade", "yếu"),
    "level.central": pgettext_lazy("level", "trung ương"),
    "level.province": pgettext_lazy("level", "tỉnh, thành phố"),
    "level.district": pgettext_lazy("level", "huyện và tương đương"),
    "level.grassroots": pgettext_lazy("level", "cơ sở"),
    "measure.talks": pgettext_lazy("measure", "số buổi"),
    "measure.listeners": pgettext_lazy("measure", "lượt người nghe"),
    "measure.topics": pgettext_lazy("measure", "chủ đề đã nói"),
    "measure.useful": pgettext_lazy("measure", "phiếu thấy có ích"),
    "measure.sent": pgettext_lazy("measure", "báo cáo đã gửi"),
    "measure.on_time": pgettext_lazy("measure", "báo cáo đúng hạn"),
}
