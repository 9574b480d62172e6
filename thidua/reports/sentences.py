"""What the refusals of this slice say, and its events in the journal."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "reports.no_such_period": _("Không có kỳ thứ {number} của loại này. Hãy chọn lại kỳ, hoặc chọn “Đột xuất” rồi tự ghi ngày."),
    "reports.due_rule": _("Hãy ghi một số từ {least} đến {most}."),
    "reports.span_reversed": _("Ngày cuối kỳ đang sớm hơn ngày đầu kỳ."),
    "reports.days_outside": _("Ngày này phải nằm trong các năm {first}–{last}. Hãy kiểm tra lại năm vừa nhập."),
    "reports.due_before_end": _("Hạn nộp phải từ ngày cuối kỳ ({day}) trở đi: chưa hết kỳ thì chưa đủ số liệu."),
    "reports.no_items": _("Kỳ báo cáo cần ít nhất một mục. Hãy thêm mục, hoặc chép từ một mẫu."),
    "reports.too_many_items": _("Nhiều nhất {limit} mục. Hãy gộp hoặc bớt."),
    "reports.item_empty": _("Dòng {line} chưa có tên mục. Hãy ghi tên, hoặc xoá trắng cả dòng."),
    "reports.item_twice": _("Mục “{title}” có hai lần. Mỗi mục cần một tên riêng."),
    "reports.item_in_use": _(
        "Đơn vị đã ghi vào mục “{title}” nên không bỏ hoặc đổi loại được. Hãy giữ mục này, hoặc thêm một mục mới."
    ),
    "reports.item_unknown": _("Một mục trên trang không còn trong kỳ này. Hãy mở lại trang để lấy danh sách mục mới nhất."),
    "reports.item_gone": _(
        "Cụm trưởng vừa bỏ một mục mà bạn đã ghi: “{text}”. Hãy chép lại phần này sang mục khác nếu cần, rồi lưu."
    ),
    "reports.source_unknown": _("Không có nguồn số liệu “{source}”. Hãy chọn trong danh sách, hoặc để trống để tự ghi."),
    "reports.source_sort": _(
        "Mục “{title}” không điền sẵn được từ nguồn này: số liệu cần một nguồn số liệu, lời văn cần một danh sách. "
        "Hãy chọn nguồn khác, hoặc “tự ghi”."
    ),
    "reports.items_fixed": _(
        "Đã có đơn vị nộp báo cáo kỳ này nên thời gian của kỳ và các mục giữ nguyên. Hạn nộp vẫn dời được kèm lý do."
    ),
    "reports.due_earlier": _("Đã có đơn vị nộp báo cáo kỳ này: chỉ gia hạn thêm, không rút ngắn hạn ({day})."),
    "reports.reason_too_short": _("Hãy ghi lý do, ít nhất {least} chữ cái."),
    "reports.period_exists": _("Năm này đã có kỳ “{title}”. Hãy mở kỳ đó, hoặc ghi tên khác."),
    "reports.title_empty": _("Hãy ghi tên."),
    "reports.signer_empty": _("Hãy ghi ai ký báo cáo, ví dụ “Trưởng ban”."),
    "reports.year_laid_out": _("Năm này đã có đủ các kỳ loại này."),
    "reports.period_in_use": _("Đã có đơn vị mở báo cáo kỳ này nên không xoá được."),
    "reports.period_consolidated": _("Kỳ này đã có báo cáo tổng hợp nên không xoá được."),
    "reports.template_exists": _("Cụm đã có mẫu “{title}”. Hãy ghi tên khác."),
    "reports.edited_meanwhile": _(
        "Người khác vừa lưu trong lúc bạn sửa. Nội dung bạn nhập vẫn còn dưới đây, bản đang lưu hiện bên cạnh; "
        "lưu lần nữa sẽ thay bản đang lưu."
    ),
    "reports.unit_left": _("{unit} không còn là thành viên của cụm trong năm này nên không lập báo cáo được."),
    "reports.not_editable": _("Báo cáo đã nộp nên không sửa được. Cần sửa, hãy đề nghị cụm trưởng trả lại."),
    "reports.figure_decimals": _("Nhiều nhất {limit} chữ số sau dấu phẩy."),
    "reports.why_missing": _("Số này khác số phần mềm tính được. Hãy ghi vì sao."),
    "reports.text_too_long": _("Mục này dài {length} ký tự, nhiều nhất {limit}. Hãy rút gọn, hoặc gửi kèm thành tệp."),
    "reports.too_many_practices": _("Nhiều nhất {limit} cách làm hay trong một báo cáo."),
    "reports.practice_incomplete": _("Cách làm hay cần cả tên và nội dung. Hãy ghi đủ, hoặc xoá trắng cả hai."),
    "reports.practice_twice": _("Cách làm hay “{title}” có hai lần. Hãy ghi tên khác, hoặc gộp lại."),
    "reports.incomplete": _("Báo cáo còn {count} mục chưa xong. Hãy ghi đủ rồi nộp."),
    "reports.changed_meanwhile": _("Báo cáo vừa được sửa sau khi trang này mở ra. Hãy đọc lại bản mới nhất rồi nộp."),
    "reports.not_submitted": _("Báo cáo này không ở trạng thái chờ tiếp nhận. Hãy mở lại trang để xem trạng thái mới nhất."),
    "reports.same_file": _("Tệp “{name}” đã có trong báo cáo."),
    "reports.too_many_files": _("Nhiều nhất {limit} tệp cho một báo cáo. Hãy gộp các bản quét thành một tệp PDF."),
    "reports.nothing_submitted": _(
        "Chưa có đơn vị nào nộp báo cáo kỳ này nên chưa có gì để tổng hợp. Hãy đôn đốc các đơn vị nộp trước."
    ),
    "reports.consolidated_begun": _("Báo cáo tổng hợp kỳ này đã được soạn. Hãy mở trang để viết tiếp."),
    "reports.consolidated_issued": _(
        "Báo cáo tổng hợp đã ban hành nên không sửa được. Muốn sửa, hãy bấm “Mở lại để sửa” và ghi lý do."
    ),
    "reports.consolidated_not_issued": _("Báo cáo tổng hợp chưa ban hành, hoặc đang được mở để sửa."),
    "reports.practice_gone": _(
        "Một cách làm hay vừa chọn không còn trong báo cáo của đơn vị. Danh sách dưới đây là mới nhất; hãy xem lại rồi lưu."
    ),
    "reports.too_many_chosen": _("Nhiều nhất {limit} cách làm hay trong báo cáo tổng hợp."),
    "reports.part_empty": _("Báo cáo tổng hợp cần đủ ba phần: tình hình, đánh giá, phương hướng. Hãy viết đủ rồi ban hành."),
    "reports.signer_missing": _("Hãy ghi ai ký báo cáo tổng hợp, ví dụ “Cụm trưởng”, rồi ban hành."),
    "reports.consolidated_changed": _(
        "Số liệu hoặc lời văn vừa thay đổi sau khi bạn mở trang này. Hãy đọc lại bản dưới đây rồi ban hành."
    ),
    "reports.number_shape": _("Số, ký hiệu bắt đầu bằng số rồi đến “-” hoặc “/”, ví dụ 15-BC/CTĐ hoặc 15/BC-CTĐ."),
    "reports.issue_day_ahead": _("Ngày ban hành không thể sau hôm nay ({today})."),
    "reports.issue_day_early": _("Ngày ban hành không thể trước ngày đầu kỳ ({day})."),
}
EVENTS: dict[str, object] = {
    "PeriodSet": _("Đặt kỳ “{title}”, hạn nộp {due_on}"),
    "YearLaidOut": _("Lập các kỳ báo cáo cả năm: {titles}"),
    "PeriodChanged": _("Sửa kỳ “{title}”"),
    "DueDayMoved": _("Dời hạn nộp “{title}” từ {old_due_on} sang {due_on}: {reason}"),
    "ItemsSet": _("Đặt {items} mục cho kỳ “{title}”"),
    "PeriodRemoved": _("Xoá kỳ “{title}”"),
    "TemplateSaved": _("Lưu mẫu báo cáo “{title}” với {items} mục"),
    "TemplateRemoved": _("Xoá mẫu báo cáo “{title}”"),
    "ReportOpened": _("{unit} mở “{period}”"),
    "ReportEdited": _("{unit} ghi vào “{period}”: {items}"),
    "ReportRecomputed": _("{unit} tính lại số liệu của “{period}”: {changed} mục đổi"),
    "ReportFileAttached": _("Thêm tệp “{name}” vào báo cáo, SHA-256 {sha256}"),
    "ReportFileRemoved": _("Bỏ tệp “{name}” khỏi báo cáo, SHA-256 {sha256}"),
    "ReportSubmitted": _("{unit} nộp “{period}” lần {number}, chậm {days_late} ngày; SHA-256 {digest}"),
    "ReportReturned": _("Trả lại “{period}” của {unit} (lần nộp {number}): {reason}"),
    "ReportAccepted": _("Tiếp nhận “{period}” của {unit} (lần nộp {number})"),
    "ConsolidatedBegun": _("Soạn báo cáo tổng hợp “{title}”"),
    "ConsolidatedWritten": _("Sửa báo cáo tổng hợp “{title}” (lần {revision})"),
    "ConsolidatedIssued": _(
        "Ban hành báo cáo tổng hợp “{title}” số {number_text} ngày {issued_on}, gồm {units} đơn vị; SHA-256 {digest}"
    ),
    "ConsolidatedReopened": _("Mở lại báo cáo tổng hợp “{title}” để sửa: {reason}"),
}
VALUES: dict[str, object] = {}
