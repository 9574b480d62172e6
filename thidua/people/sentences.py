"""What the refusals of this slice say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "people.not_allowed": _("Chức vụ của bạn chưa được giao việc này: {action}. Người có quyền được nêu ở trang “Vai trò và quyền”."),
}

EVENTS = {
    "OrganisationEntered": _("Lập đơn vị “{name}”"),
    "OrganisationRenamed": _("Đổi tên đơn vị: “{old_name}” thành “{new_name}”"),
    "PersonEntered": _("Lập tài khoản “{username}”"),
    "PersonSuspended": _("Khóa hoặc mở lại tài khoản"),
    "PostEntered": _("Lập chức vụ"),
    "PostTaken": _("Giao chức vụ từ ngày {starts_on}"),
    "PostLeft": _("Thôi chức vụ từ sau ngày {ends_on}"),
    "PowerLent": _("Ủy quyền từ {starts_on} đến {ends_on}"),
    "PowerTakenBack": _("Thu hồi ủy quyền"),
    "SignInCodeIssued": _("In mã đăng nhập lần đầu"),
    "PersonActivated": _("Kích hoạt tài khoản"),
}
