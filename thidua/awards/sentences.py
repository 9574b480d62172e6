"""What the refusals and events of this slice say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "awards.other_unnamed": _("Hãy ghi tên danh hiệu hoặc hình thức khen thưởng."),
    "awards.not_a_member": _("“{unit}” không phải là thành viên của cụm trong năm này."),
    "awards.already_nominated": _("“{unit}” đã được suy tôn {title}. Xem trong danh sách."),
    "awards.already_decided": _("Đã có quyết định nên không rút suy tôn được nữa."),
    "awards.voted_down": _(
        "Suy tôn {title} cho {unit} không đạt phiếu nên không đề nghị lên trên; biên bản giữ lại việc này. "
        "Nếu hội nghị muốn xét lại, hãy lập cuộc bỏ phiếu khác."
    ),
    "awards.no_number": _("Hãy ghi số quyết định, ví dụ 15-QĐ/BTGTU."),
    "awards.no_day": _("Hãy ghi ngày của quyết định."),
    "awards.day_ahead": _("Ngày {day} chưa tới. Hãy xem lại ngày ghi trên quyết định."),
    "awards.no_decider": _("Hãy ghi cơ quan hoặc chức vụ ký quyết định."),
    "awards.no_reason": _("Hãy ghi vì sao không được khen thưởng, để đơn vị hiểu."),
    "awards.undecided": _("Suy tôn {title} cho {unit} chưa có quyết định."),
}

EVENTS = {
    "UnitNominated": _("Suy tôn {unit}: {title}"),
    "NominationWithdrawn": _("Rút suy tôn {unit}: {title}"),
    "DecisionRecorded": _("Ghi quyết định về {title} của {unit}: {outcome} {number}"),
}

VALUES = {
    "flag": _("Cờ thi đua"),
    "certificate": _("Bằng khen"),
    "commendation": _("Giấy khen"),
    "excellent": _("Tập thể lao động xuất sắc"),
    "advanced": _("Tập thể lao động tiên tiến"),
    "granted": _("được khen thưởng"),
    "declined": _("không được khen thưởng"),
}
"""Values that stand in facts and have a name for people."""
