"""What the refusals of this slice say, and its events in the journal."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "directives.no_unit": _("Hãy chọn ít nhất một đơn vị để gửi."),
    "directives.unit_left": _(
        "{unit} không còn là thành viên của năm thi đua này. Cụm trưởng xem lại danh sách thành viên ở trang Thiết lập."
    ),
    "directives.already_sent": _(
        "Đã gửi văn bản này cho {units}. Muốn đổi việc cần làm hoặc hạn, hãy bấm “Đổi” ở dòng của đơn vị."
    ),
    "directives.due_before_document": _("Hạn phải từ ngày ban hành văn bản ({day}) trở đi."),
    "directives.due_in_past": _("Hạn phải từ hôm nay ({day}) trở đi."),
    "directives.sent_changed_meanwhile": _(
        "Người khác vừa đổi việc cần làm hoặc hạn của đơn vị này. Phần bạn nhập vẫn còn; hãy so với phần đang lưu rồi lưu lại."
    ),
    "directives.nothing_changed": _("Việc cần làm và hạn vẫn như cũ, chưa có gì để đổi."),
    "directives.received_already": _("{unit} đã xác nhận nhận văn bản ({by}, {at}) nên không rút lại được."),
    "directives.already_received": _("“{name}” đã được xác nhận trước đó: {by}, {at}."),
    "directives.no_document": _("Hãy chọn ít nhất một văn bản được học tập, quán triệt."),
    "directives.session_in_future": _("Chỉ ghi buổi đã tổ chức: ngày phải đến hôm nay ({day}) là muộn nhất."),
    "directives.session_outside_year": _("Ngày tổ chức phải trong khoảng năm {first} đến {last}. Hãy kiểm tra lại năm vừa nhập."),
    "directives.session_before_document": _(
        "{document} ban hành ngày {day}, sau ngày tổ chức vừa nhập. Hãy sửa ngày hoặc bỏ chọn văn bản này."
    ),
    "directives.too_many_people": _("Số người quá lớn (nhiều nhất {most}). Hãy kiểm tra lại."),
    "directives.more_than_invited": _("Có mặt {attended} mà chỉ mời {invited}. Hãy sửa một trong hai số."),
    "directives.nobody_attended": _("Hãy ghi số người được mời và có mặt của ít nhất một nhóm."),
    "directives.size_out_of_range": _("Số đảng viên phải từ 1 đến {most}."),
    "directives.size_changed_meanwhile": _("Người khác vừa ghi {members} đảng viên. Hãy xem lại rồi lưu."),
    "directives.study_edited_meanwhile": _(
        "Người khác vừa sửa buổi học này. Phần bạn nhập vẫn còn; hãy so với phần đang lưu rồi lưu lại."
    ),
    "directives.study_reason_too_short": _("Hãy ghi lý do ít nhất {least} chữ cái; nhật ký giữ lại lý do này."),
    "directives.list_unreadable": _(
        "Không đọc được bảng trong tệp. Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi chọn lại."
    ),
    "directives.list_without_headings": _(
        "Không thấy dòng tên cột có “{name}” và “{group}”. Hãy dùng danh sách tải từ trang này, giữ nguyên dòng tên cột."
    ),
    "directives.list_empty": _("Danh sách chưa có dòng nào. Hãy điền họ tên rồi tải lên lại."),
    "directives.list_too_long": _("Danh sách dài quá {most} người. Hãy chia thành nhiều buổi."),
    "directives.list_too_wide": _("Bảng trong tệp trải quá rộng. Hãy xóa các dòng, cột trống ở cuối bảng, lưu lại rồi chọn lại."),
    "directives.list_name_missing": _("Ghi họ và tên, hoặc xóa cả dòng nếu người này không dự."),
    "directives.list_name_twice": _(
        "Trùng với dòng {first}. Xóa một dòng; nếu là hai người cùng tên, ghi thêm chữ để phân biệt."
    ),
    "directives.list_number_twice": _("Số này đã có ở dòng {first}. Mỗi giấy chứng nhận một số."),
    "directives.list_group_missing": _("Chọn một nhóm: {known}."),
    "directives.list_group_unknown": _("Không có nhóm này. Chọn một trong: {known}."),
}
EVENTS: dict[str, object] = {
    "DirectiveSent": _("Gửi văn bản {directive} tới {units}. Yêu cầu: {asked}"),
    "DistributionChanged": _("Đổi yêu cầu về văn bản {directive} với {units}. Trước: {asked_before}. Nay: {asked}"),
    "DistributionWithdrawn": _("Rút văn bản {directive} đã gửi {unit} (đơn vị chưa xác nhận)"),
    "ReceiptConfirmed": _("{unit} xác nhận đã nhận văn bản {directive}"),
    "StudyRecorded": _("{unit} ghi buổi học tập ngày {held_on}: {directives}; mời {invited}, dự {attended}"),
    "StudyEdited": _("{unit} sửa buổi học tập ngày {held_on}: {directives}; mời {invited}, dự {attended} (bản {revision})"),
    "StudyRemoved": _("{unit} bỏ buổi học tập ngày {held_on}: {directives}; mời {invited}, dự {attended}. Lý do: {reason}"),
    "AttendanceListed": _(
        "{unit} lấy số người dự từ danh sách cấp giấy chứng nhận: {attended_before} thành {attended} (bản {revision})"
    ),
    "UnitSizeSet": _("{unit} ghi số đảng viên trong năm: {members} (trước đó: {members_before})"),
}
VALUES: dict[str, object] = {
    "due.note": _("Để biết"),
    "due.study": _("Học tập, quán triệt"),
    "due.programme": _("Xây dựng chương trình hành động"),
    "due.report": _("Thực hiện và báo cáo"),
}
