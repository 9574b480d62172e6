"""What the refusals and events of this slice say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "clusters.stage_not_ahead": _("Năm thi đua đã ở giai đoạn này hoặc đã qua. Hãy tải lại trang để xem giai đoạn hiện tại."),
    "clusters.stage_unknown": _("Không có giai đoạn này. Hãy tải lại trang rồi chọn lại."),
    "clusters.stage_skipped": _("Không thể bỏ qua giai đoạn. Giai đoạn tiếp theo là “{stage}”."),
    "clusters.stage_not_ready": _("Chưa chuyển được: còn {missing} việc phải xong trước. Xem danh sách ngay trên trang này."),
    "clusters.stage_first": _("Đây là giai đoạn đầu tiên, không có giai đoạn trước để lùi về."),
    "clusters.year_closed": _("Năm thi đua đã đóng. Nội dung chỉ còn để xem."),
    "clusters.reason_too_short": _("Hãy nêu lý do (ít nhất {letters} ký tự) để các đơn vị hiểu vì sao."),
    "clusters.due_before_start": _("Hạn của “{stage}” đang sớm hơn ngày bắt đầu."),
    "clusters.dates_out_of_order": _("“{stage}” đang bắt đầu trước một giai đoạn đứng trước nó."),
    "clusters.name_empty": _("Hãy ghi tên cụm có ít nhất một chữ cái hoặc chữ số."),
    "clusters.name_taken": _("Đã có một cụm mang tên này. Hãy thêm số hoặc địa bàn để phân biệt."),
    "clusters.unit_twice": _("“{unit}” được chọn hai lần."),
    "clusters.has_years": _("Cụm đã có năm thi đua. Năm sau được mở từ trang của năm gần nhất."),
    "clusters.year_exists": _("Năm {year} của cụm đã được mở."),
    "clusters.too_few_members": _("Một cụm cần ít nhất hai đơn vị."),
    "clusters.head_not_member": _("Đơn vị cụm trưởng phải là thành viên của năm này."),
    "clusters.deputy_not_member": _("Đơn vị cụm phó phải là một thành viên khác với cụm trưởng."),
    "clusters.wrong_stage": _("Năm thi đua đang ở giai đoạn “{stage}”; việc này chỉ làm ở giai đoạn “{wanted}”."),
    "clusters.no_due_date": _("Chưa đặt hạn cho giai đoạn “{stage}”."),
    "clusters.no_next_year": _("Chưa mở năm {year}, nên chưa bàn giao được cho cụm trưởng kế tiếp."),
    "clusters.tie_break_unknown": _("Bảng tiêu chí không có mã: {codes}. Hãy ghi đúng mã như ở trang Tiêu chí."),
    "clusters.tie_break_fixed": _("Cách phân định đồng hạng đã chốt khi ký giao ước, không đổi được nữa."),
}

EVENTS = {
    "ClusterFormed": _("Lập cụm “{name}”"),
    "RotationAgreed": _("Đặt vòng luân phiên cụm trưởng"),
    "YearOpened": _("Mở năm thi đua {year}"),
    "MembersSet": _("Đặt danh sách đơn vị thành viên"),
    "HeadNamed": _("Đặt cụm trưởng, cụm phó"),
    "CalendarSet": _("Đặt lịch các giai đoạn"),
    "RulesAgreed": _("Đặt quy tắc đồng hạng và thời điểm xem xếp hạng"),
    "StageEntered": _("Chuyển sang giai đoạn “{stage}”"),
    "StageSteppedBack": _("Lùi về giai đoạn “{stage}”: {reason}"),
}

VALUES = {
    "preparing": _("Chuẩn bị"),
    "pledged": _("Ký giao ước"),
    "running": _("Thực hiện"),
    "mid_year": _("Sơ kết"),
    "self_scoring": _("Tự chấm điểm"),
    "cross_checking": _("Thẩm định"),
    "conference": _("Hội nghị"),
    "decided": _("Quyết định"),
    "closed": _("Đóng năm"),
}
"""Values that stand in facts and have a name for people."""
