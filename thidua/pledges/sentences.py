"""What the refusals and events of this slice say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "pledges.criteria_not_published": _("Giao ước dựa trên bảng tiêu chí đã ban hành. Hãy ban hành bảng tiêu chí trước."),
    "pledges.tie_break_unknown": _(
        "Quy tắc đồng hạng nêu mục “{criterion}” nhưng bảng tiêu chí không có mục này. Hãy chọn lại ở trang quy tắc xếp hạng."
    ),
    "pledges.not_drafted": _("Chưa soạn giao ước. Thư ký cụm trưởng bấm “Soạn giao ước” ở trang Giao ước."),
    "pledges.not_frozen": _("Giao ước chưa chốt. Sau khi chốt, lãnh đạo từng đơn vị mới xác nhận được."),
    "pledges.not_confirmed": _("{unit} chưa xác nhận giao ước."),
    "pledges.outdated": _(
        "Tiêu chí, quy tắc đồng hạng hoặc thành viên đã đổi sau khi chốt giao ước. Hãy mở lại, chốt và ký lại."
    ),
    "pledges.frozen": _("Giao ước đã chốt nên không sửa được. Muốn sửa, thư ký cụm trưởng mở lại kèm lý do."),
    "pledges.edited_meanwhile": _(
        "Người khác vừa sửa giao ước trong lúc bạn viết. Nội dung bạn viết vẫn còn dưới đây; "
        "lưu lần nữa sẽ thay bản vừa lưu, hãy xem bản đó ở trang Giao ước trước."
    ),
    "pledges.targets_edited_meanwhile": _(
        "Người khác vừa lưu chỉ tiêu của đơn vị trong lúc bạn viết. Nội dung bạn viết vẫn còn dưới đây; "
        "lưu lần nữa sẽ thay bản vừa lưu, hãy xem bản đó ở trang Giao ước trước."
    ),
    "pledges.text_empty": _("Phần này chưa có nội dung."),
    "pledges.text_too_long": _("Phần này dài {length} ký tự, nhiều nhất {limit}. Hãy rút gọn."),
    "pledges.too_many_targets": _("Nhiều nhất {limit} chỉ tiêu cho một đơn vị. Hãy gộp hoặc bớt."),
    "pledges.target_empty": _("Dòng {line} có số hoặc đơn vị tính nhưng chưa ghi chỉ tiêu."),
    "pledges.target_too_long": _("Chỉ tiêu ở dòng {line} quá dài (nhiều nhất {limit} ký tự)."),
    "pledges.reason_too_short": _("Hãy nêu lý do (ít nhất {letters} ký tự): các đơn vị sẽ phải ký lại."),
    "pledges.text_changed": _("Văn bản giao ước đã đổi sau khi bạn mở trang. Hãy đọc lại rồi xác nhận."),
    "pledges.already_confirmed": _("Đơn vị đã xác nhận giao ước này rồi."),
    "pledges.not_in_text": _("Đơn vị này chưa có trong văn bản đã chốt. Thư ký cụm trưởng cần mở lại và chốt lại."),
}

EVENTS = {
    "PledgeDrafted": _("Soạn giao ước thi đua"),
    "PledgeEdited": _("Sửa dự thảo giao ước (lần {revision})"),
    "TargetsSet": _("Ghi {count} chỉ tiêu của {unit}"),
    "PledgeFrozen": _("Chốt giao ước, mã kiểm tra {digest}"),
    "PledgeConfirmed": _("{unit} xác nhận giao ước, mã kiểm tra {digest}"),
    "PledgeReopened": _("Mở lại giao ước, các xác nhận trước không còn hiệu lực: {reason}"),
}
