"""What the refusals of this slice say."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SENTENCES = {
    "people.not_allowed": _(
        "Chức vụ của bạn chưa được giao việc này: {action}. Người có quyền được nêu ở trang “Vai trò và quyền”."
    ),
    "people.name_empty": _("Hãy ghi tên đơn vị có ít nhất một chữ cái hoặc chữ số."),
    "people.kind_unknown": _("Hãy chọn loại đơn vị trong danh sách."),
    "people.organisation_exists": _("Đã có đơn vị “{name}” ở chỗ này. Hãy mở đơn vị đó, hoặc ghi tên khác."),
    "people.same_name": _("Đây đang là tên của đơn vị. Hãy ghi tên mới."),
    "people.rename_ahead": _("Ngày đổi tên ở tương lai. Hãy ghi khi tên mới đã có hiệu lực."),
    "people.rename_order": _("Tên hiện nay có từ ngày {day}; ngày đổi tên phải sau ngày đó."),
    "people.username_shape": _("Tên đăng nhập dài từ 2 đến 80 ký tự, chỉ gồm chữ thường không dấu, chữ số, “-” và “_”."),
    "people.username_taken": _("Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác."),
    "people.person_name_empty": _("Hãy ghi họ tên, hoặc chức danh của người dùng tài khoản."),
    "people.not_yourself": _("Không thể tự khóa tài khoản của mình. Hãy nhờ một người quản trị khác."),
    "people.suspended_already": _("Tài khoản này đã khóa."),
    "people.reinstated_already": _("Tài khoản này đang mở."),
    "people.last_operator": _("Đây là người quản trị duy nhất. Hãy giao chức vụ quản trị cho người khác trước."),
    "people.no_second_step": _("Tài khoản này không bật bước xác thực thứ hai."),
    "people.title_empty": _("Hãy ghi tên chức vụ."),
    "people.post_exists": _("Đơn vị đã có chức vụ “{title}”. Hãy dùng chức vụ đó, hoặc ghi tên khác."),
    "people.roles_empty": _("Hãy chọn ít nhất một vai trò cho chức vụ."),
    "people.role_unknown": _("Không có vai trò “{role}”."),
    "people.operator_alone": _("Vai trò quản trị hệ thống đứng riêng: người vận hành không can thiệp vào nội dung thi đua."),
    "people.ends_before_start": _("Ngày cuối đang sớm hơn ngày đầu."),
    "people.person_suspended": _("Tài khoản của {name} đang khóa. Hãy mở lại tài khoản trước."),
    "people.held_already": _("{name} đã giữ chức vụ này trong một phần thời gian đó. Hãy xem lại ngày đầu và ngày cuối."),
    "people.ended_already": _("Nhiệm kỳ này đã kết thúc ngày {day}. Chỉ có thể ghi một ngày sớm hơn."),
    "people.not_lendable": _("Quyền kiểm tra và quyền quản trị hệ thống không ủy quyền được. Hãy đề nghị giao chức vụ."),
    "people.lent_in_past": _("Không ủy quyền ngược về trước. Ngày đầu sớm nhất là hôm nay."),
    "people.lent_too_long": _("Mỗi lần ủy quyền dài nhất {days} ngày. Hãy chọn ngày cuối sớm hơn."),
    "people.lent_to_oneself": _("Không thể ủy quyền cho chính mình. Hãy chọn người khác."),
    "people.lent_already": _("Đã ủy quyền cho {name} trong một phần thời gian đó. Hãy thu hồi lần trước, hoặc chọn ngày khác."),
    "people.lent_reason": _("Hãy ghi lý do ủy quyền, ví dụ đi công tác từ ngày nào đến ngày nào."),
    "people.taken_back_already": _("Ủy quyền này đã được thu hồi."),
    "people.code_wrong": _(
        "Tên đăng nhập hoặc mã không đúng, hoặc mã đã dùng, đã quá 14 ngày, hay đã nhập sai 10 lần. "
        "Hãy xem lại tờ mã; nếu vẫn không được, xin người quản trị in mã mới."
    ),
    "people.password_weak": _("{reasons}"),
}

EVENTS = {
    "OrganisationEntered": _("Lập đơn vị “{name}”"),
    "OrganisationRenamed": _("Đổi tên đơn vị: “{old_name}” thành “{new_name}”"),
    "PersonEntered": _("Lập tài khoản “{username}”"),
    "PersonSuspended": _("Khóa tài khoản “{username}”"),
    "PersonReinstated": _("Mở lại tài khoản “{username}”"),
    "PostEntered": _("Lập chức vụ “{post}” với vai trò: {roles}"),
    "PostTaken": _("Giao chức vụ “{post}” cho {holder} từ ngày {starts_on}"),
    "PostLeft": _("{holder} thôi chức vụ “{post}” sau ngày {ends_on}"),
    "PowerLent": _("Ủy quyền chức vụ “{post}” cho {borrower} từ {starts_on} đến {ends_on}"),
    "PowerTakenBack": _("Thu hồi ủy quyền chức vụ “{post}” của {borrower}"),
    "SignInCodeIssued": _("In mã đăng nhập lần đầu cho “{username}”"),
    "PersonActivated": _("“{username}” mở tài khoản bằng mã dùng một lần và đặt mật khẩu"),
    "SessionsRevoked": _("Kết thúc {sessions} phiên đăng nhập của “{username}”"),
    "SecondStepRemoved": _("Gỡ bước xác thực thứ hai của “{username}”"),
}

VALUES = {
    "superior_officer": _("Cán bộ cấp trên"),
    "head_secretary": _("Thư ký cụm trưởng"),
    "unit_leader": _("Lãnh đạo đơn vị"),
    "unit_officer": _("Cán bộ đơn vị"),
    "appraiser": _("Người thẩm định"),
    "delegate": pgettext_lazy("role", "Đại biểu"),
    "rapporteur": pgettext_lazy("role", "Báo cáo viên"),
    "collaborator": pgettext_lazy("role", "Cộng tác viên"),
    "editor": _("Biên tập viên"),
    "auditor": _("Người kiểm tra"),
    "operator": _("Người quản trị hệ thống"),
}
"""The roles as people call them."""
