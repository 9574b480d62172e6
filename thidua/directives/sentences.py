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
    "directives.list_without_headings": _(
        "Không thấy dòng tên cột có “{name}” và “{group}”. Hãy dùng danh sách tải từ trang này, giữ nguyên dòng tên cột."
    ),
    "directives.list_empty": _("Danh sách chưa có dòng nào. Hãy điền họ tên rồi tải lên lại."),
    "directives.list_too_long": _("Danh sách dài quá {most} người. Hãy chia thành nhiều buổi."),
    "directives.list_name_missing": _("Ghi họ và tên, hoặc xóa cả dòng nếu người này không dự."),
    "directives.list_name_twice": _(
        "Trùng với dòng {first}. Xóa một dòng; nếu là hai người cùng tên, ghi thêm chữ để phân biệt."
    ),
    "directives.list_number_twice": _("Số này đã có ở dòng {first}. Mỗi giấy chứng nhận một số."),
    "directives.list_group_missing": _("Chọn một nhóm: {known}."),
    "directives.list_group_unknown": _("Không có nhóm này. Chọn một trong: {known}."),
    "directives.number_form": _(
        "Không đọc được số, ký hiệu “{text}” theo kiểu của cơ quan ban hành. Ví dụ viết đúng: {example}."
    ),
    "directives.number_kind": _(
        "Số ghi chữ “{found}”, còn loại văn bản đã chọn viết tắt là “{wanted}”. Hãy sửa số hoặc chọn lại loại. "
        "Ví dụ viết đúng: {example}."
    ),
    "directives.number_symbol": _(
        "Ký hiệu “{found}” không phải của cơ quan ban hành đã chọn (“{wanted}”). Hãy sửa số hoặc chọn lại cơ quan. "
        "Ví dụ viết đúng: {example}."
    ),
    "directives.number_long": _("Số, ký hiệu dài quá {most} chữ."),
    "directives.number_year": _("Số ghi năm {year} mà ngày ban hành là {day}. Hãy sửa một trong hai."),
    "directives.date_wanted": _("Văn bản có số thì cần ngày ban hành."),
    "directives.date_ahead": _("Ngày ban hành {day} ở sau hôm nay ({today}). Chỉ ngày có hiệu lực mới được ở sau hôm nay."),
    "directives.effective_early": _("Ngày có hiệu lực {day} ở trước ngày ban hành {issued}."),
    "directives.expires_early": _("Ngày hết hiệu lực {day} ở trước ngày bắt đầu có hiệu lực {begins}."),
    "directives.title_wanted": _("Hãy ghi trích yếu của văn bản."),
    "directives.issuer_wanted": _("Hãy chọn cơ quan ban hành, hoặc ghi tên cơ quan mới."),
    "directives.issuer_there": _("Sổ đã có cơ quan “{name}”. Hãy chọn trong danh sách."),
    "directives.already_registered": _("Văn bản {number} của cơ quan này, cùng ngày ban hành, đã có trong sổ."),
    "directives.number_on_another_day": _(
        "Sổ đã có văn bản {number} của cơ quan này, ban hành {day}. Nếu đúng là hai văn bản, hãy đánh dấu ô này rồi lưu lại."
    ),
    "directives.class_has_number": _("Một nhóm văn bản không mang số. Hãy bỏ số, hoặc bỏ chọn “là một nhóm văn bản”."),
    "directives.class_in_class": _("Một nhóm văn bản không nằm trong nhóm khác."),
    "directives.class_has_members": _("Nhóm này đang có văn bản bên trong. Hãy đưa chúng ra khỏi nhóm trước."),
    "directives.member_of_no_class": _("Hãy chọn một nhóm văn bản của sổ này."),
    "directives.changed_meanwhile": _(
        "Người khác vừa lưu thay đổi. Phần bạn nhập vẫn còn; hãy so với phần đang lưu rồi lưu lại."
    ),
    "directives.text_long": _("Lời văn dài {length} chữ cái, quá giới hạn {most}. Hãy bỏ phụ lục hoặc chia thành nhiều văn bản."),
    "directives.same_file": _("Tệp “{name}” đã có trong văn bản này."),
    "directives.too_many_files": _("Mỗi văn bản có nhiều nhất {most} tệp. Hãy gộp các trang quét vào một tệp."),
    "directives.related_to_itself": _("Hãy chọn một văn bản khác."),
    "directives.related_already": _("{source} và {target} đã có quan hệ này."),
    "directives.date_before": _(
        "{source} ({day}) ban hành trước {target} ({target_day}) nên không thể thay thế, sửa đổi hay cụ thể hóa văn bản đó. "
        "Hãy kiểm tra chiều của quan hệ và ngày ban hành."
    ),
    "directives.circle": _(
        "{target} đã dẫn về {source} qua cùng quan hệ; gắn thêm sẽ thành vòng tròn. Hãy kiểm tra chiều của quan hệ."
    ),
    "directives.passage_not_found": _(
        "Không thấy “{words}” trong lời văn (với câu cuối: sau câu đầu). Hãy chép đúng từ lời văn."
    ),
    "directives.passage_unclear": _("“{words}” có {times} chỗ trong lời văn. Hãy ghi thêm vài chữ để chỉ một chỗ."),
    "directives.passage_long": _("Đoạn này dài {length} chữ cái, quá giới hạn {most} của một mục. Hãy chia thành nhiều mục."),
    "directives.no_paragraph": _("Hãy đánh dấu ít nhất một đoạn."),
    "directives.clause_empty": _("Hãy ghi nội dung của mục."),
    "directives.clause_there": _("Đoạn này đã là một mục."),
    "directives.too_many_clauses": _("Mỗi văn bản có nhiều nhất {most} mục."),
    "directives.kinds_wanted": _("Hãy chọn ít nhất một loại đơn vị."),
    "directives.clause_in_use": _(
        "Mục “{clause}” đã có nhiệm vụ thực hiện nên không bỏ được. Có thể sửa, hoặc đổi thành “Không giao”."
    ),
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
    "IssuerEntered": _("Thêm cơ quan ban hành {issuer} vào sổ văn bản"),
    "DirectiveRegistered": _("Vào sổ {directive} ({issued_on}): {title}"),
    "DirectiveEdited": _("Sửa thông tin {directive} (bản {revision}): {title}"),
    "DirectiveTextSet": _("Sửa lời văn {directive}: {length} chữ cái"),
    "DirectiveFileAttached": _("Thêm tệp {name} vào {directive}, mã kiểm tra {sha256}"),
    "DirectiveFileRemoved": _("Bỏ tệp {name} khỏi {directive}, mã kiểm tra {sha256}"),
    "DirectivesRelated": _("Gắn quan hệ: {directive} {kind} {target}"),
    "RelationRemoved": _("Bỏ quan hệ: {directive} {kind} {target}"),
    "ClauseMarked": _("Đánh dấu mục “{clause}” trong {directive}"),
    "ClauseEdited": _("Sửa mục “{clause}” của {directive} (bản {revision})"),
    "ClauseMoved": _("Chuyển mục “{clause}” của {directive} tới vị trí {place}"),
    "ClauseRemoved": _("Bỏ mục “{clause}” khỏi {directive}: {words}"),
}
VALUES: dict[str, object] = {
    "due.note": _("Để biết"),
    "due.study": _("Học tập, quán triệt"),
    "due.programme": _("Xây dựng chương trình hành động"),
    "due.report": _("Thực hiện và báo cáo"),
    "relation.paired": _("gắn với"),
    "relation.directed_by": _("theo chỉ đạo của"),
    "relation.concretises": _("cụ thể hóa"),
    "relation.replaces": _("thay thế"),
    "relation.amends": _("sửa đổi"),
}
