"""What the refusals of this slice say, and its events in the journal."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "programmes.figure_too_long": _("“{text}” quá dài. Nhiều nhất {digits} chữ số trước dấu phẩy và {decimals} chữ số sau."),
    "programmes.unit_left": _("{unit} không còn là thành viên của cụm trong năm này nên không ghi thêm được. Hãy chọn đúng năm."),
    "programmes.title_missing": _("Hãy ghi tên chương trình, kế hoạch."),
    "programmes.ends_before_start": _("Ngày kết thúc sớm hơn ngày bắt đầu ({starts_on}). Hãy sửa một trong hai ngày."),
    "programmes.before_directive": _(
        "{directive} ban hành ngày {day}; chương trình thực hiện không thể bắt đầu sớm hơn ngày đó."
    ),
    "programmes.clause_of_another": _(
        "Có mục không thuộc văn bản đã chọn hoặc không giao cho đơn vị. Hãy mở lại trang và chọn lại."
    ),
    "programmes.too_many_lines": _("Nhiều nhất {limit} dòng cho mỗi phần. Hãy gộp hoặc chia thành chương trình khác."),
    "programmes.edited_meanwhile": _(
        "Người khác vừa lưu chương trình này trong lúc bạn viết. Phần mềm đã gộp sửa đổi của hai người vào dưới đây, chưa lưu; "
        "chỗ cả hai cùng sửa thì trong ô là điều bạn viết, điều người kia lưu ghi ở trên. Hãy đọc lại rồi lưu."
    ),
    "programmes.indicator_has_figures": _(
        "Chỉ tiêu “{name}” đã có số liệu nên không bỏ được. Hãy giữ lại, hoặc xoá các số liệu của chỉ tiêu trước."
    ),
    "programmes.task_has_progress": _("Nhiệm vụ “{title}” đã có ghi chép tiến độ nên không bỏ ở đây được."),
    "programmes.nothing_to_approve": _(
        "Chương trình chưa có mục tiêu hay nhiệm vụ nào. Hãy ghi ít nhất một mục tiêu hoặc nhiệm vụ."
    ),
    "programmes.changed_meanwhile": _("Chương trình vừa được sửa sau khi bạn mở trang. Hãy đọc lại nội dung mới rồi duyệt."),
    "programmes.already_approved": _("Nội dung này đã được duyệt ở bản {version}, không có gì mới để duyệt."),
    "programmes.already_presented": _("Chương trình đang chờ lãnh đạo duyệt rồi."),
    "programmes.not_presented": _("Chương trình không ở trạng thái chờ duyệt nên không có gì để trả lại hay rút."),
    "programmes.return_reason_short": _("Hãy ghi lý do trả lại, ít nhất {least} chữ cái, để người soạn biết cần sửa gì."),
    "programmes.change_reason_missing": _("Đã có bản {version} được duyệt. Hãy ghi lý do điều chỉnh rồi duyệt bản mới."),
    "programmes.approved_stays": _("Chương trình đã duyệt thì không xoá được. Hãy sửa và trình duyệt bản mới."),
    "programmes.figure_in_future": _("Ngày {day} chưa đến. Hãy ghi số liệu đến hôm nay hoặc sớm hơn."),
    "programmes.figure_changed_meanwhile": _(
        "Người khác vừa ghi số liệu của ngày này: {value}. Con số bạn gõ vẫn còn dưới đây; lưu lần nữa sẽ thay số vừa ghi."
    ),
    "programmes.next_year_exists": _("Chương trình năm sau của cụm đã có dự thảo. Hãy sửa dự thảo đó."),
    "programmes.not_next_year": _("Việc này chỉ dành cho chương trình năm sau của cụm."),
    "programmes.not_open_for_remarks": _("Dự thảo chưa gửi xin góp ý. Thư ký cụm trưởng bấm “Gửi xin ý kiến các đơn vị” trước."),
    "programmes.remarks_already_open": _("Dự thảo đã gửi xin góp ý rồi."),
    "programmes.remark_empty": _("Hãy ghi nội dung."),
    "programmes.adopted_stays": _(
        "Hội nghị đã thông qua chương trình và đã kết thúc giai đoạn hội nghị, nên nội dung giữ nguyên."
    ),
    "programmes.too_many_votes": _("Tổng số biểu quyết là {votes}, nhiều hơn {members} đơn vị thành viên. Hãy kiểm tra lại."),
    "programmes.not_carried": _(
        "Số tán thành ({votes_for}) chưa nhiều hơn số không tán thành ({votes_against}) nên chưa thông qua. "
        "Hãy sửa dự thảo theo ý kiến hội nghị rồi biểu quyết lại."
    ),
    "programmes.already_adopted": _("Hội nghị đã thông qua đúng nội dung này với kết quả biểu quyết đó (bản {version})."),
    "programmes.not_adopted": _("Hội nghị chưa thông qua chương trình này. Hãy ghi kết quả biểu quyết ở hội nghị trước."),
    "programmes.next_year_not_open": _(
        "Chưa mở năm {year}. Hãy mở năm sau ở trang Toàn cảnh (nút “Mở năm sau”), rồi đưa chương trình về các đơn vị."
    ),
    "programmes.task_title_missing": _("Hãy ghi tên nhiệm vụ."),
    "programmes.task_title_too_long": _("Tên nhiệm vụ dài {length} ký tự, nhiều nhất {limit}. Hãy chuyển bớt sang chi tiết."),
    "programmes.task_ends_before_start": _("Hạn {due_on} sớm hơn ngày bắt đầu {starts_on}. Hãy sửa một trong hai ngày."),
    "programmes.task_before_directive": _(
        "Hạn {due_on} sớm hơn ngày ban hành {directive} ({issued_on}). Hãy chọn hạn từ ngày đó trở đi."
    ),
    "programmes.task_edited_meanwhile": _(
        "Người khác vừa sửa nhiệm vụ này. Nội dung bạn gõ vẫn còn dưới đây, nội dung vừa lưu ở bên cạnh; "
        "hãy so lại, lưu lần nữa sẽ thay nội dung vừa lưu."
    ),
    "programmes.post_elsewhere": _("Chức vụ này không thuộc đơn vị thực hiện. Hãy chọn chức vụ của đơn vị."),
    "programmes.clause_unknown": _("Có mục không có trong sổ văn bản của cụm. Hãy mở lại trang và chọn lại."),
    "programmes.parent_unknown": _("“Là việc con của” phải là một nhiệm vụ khác trong cùng chương trình."),
    "programmes.one_level": _("Việc con không có việc con (chỉ một cấp). Hãy chọn nhiệm vụ khác “{title}”."),
    "programmes.parent_closed": _("Nhiệm vụ “{title}” đã đóng nên không nhận việc con. Hãy mở lại nhiệm vụ đó trước."),
    "programmes.has_subtasks": _("Nhiệm vụ còn việc con. Hãy xoá hoặc chuyển các việc con trước."),
    "programmes.worked_on": _("Nhiệm vụ đã có ghi chép nên không xoá được. Hãy chuyển sang “Thôi không làm” kèm lý do."),
    "programmes.need_elsewhere": _("Chỉ chọn được nhiệm vụ của cùng đơn vị trong năm này."),
    "programmes.circle": _("Các nhiệm vụ sẽ chờ nhau vòng tròn: {chain}. Hãy bỏ một mối chờ trong vòng này trước."),
    "programmes.closed": _("Nhiệm vụ đang ở trạng thái “{state}”. Hãy mở lại (kèm lý do) rồi ghi tiếp."),
    "programmes.same_state": _("Nhiệm vụ đã ở trạng thái “{state}” rồi."),
    "programmes.no_such_move": _("Không chuyển thẳng từ “{before}” sang “{state}” được. Hãy mở lại nhiệm vụ trước."),
    "programmes.reason_missing": _("Hãy nêu lý do."),
    "programmes.reason_too_long": _("Lý do dài {length} ký tự, nhiều nhất {limit}. Hãy rút gọn."),
    "programmes.done_in_future": _("Ngày xong {day} chưa đến. Hãy ghi ngày đã làm xong."),
    "programmes.percent_out_of_range": _("Tiến độ từ 0 đến 100 %."),
    "programmes.hundred_is_done": _("100 % nghĩa là đã xong: hãy chọn trạng thái “Xong”."),
    "programmes.nothing_noted": _("Chưa có gì để ghi: hãy đổi tiến độ hoặc trạng thái, viết ghi chú, hay chọn tệp."),
    "programmes.note_too_long": _("Ghi chú dài {length} ký tự, nhiều nhất {limit}. Hãy rút gọn hoặc gửi kèm tệp."),
    "programmes.subtasks_open": _("Còn việc con chưa đóng: {titles}. Hãy làm xong hoặc thôi các việc đó trước."),
    "programmes.needs_open": _("Nhiệm vụ này cần {titles}, chưa xong. Nếu vẫn ghi là xong, hãy đánh dấu ô này."),
    "programmes.step_missing": _("Hãy ghi bước cần làm."),
    "programmes.step_too_long": _("Bước dài {length} ký tự, nhiều nhất {limit}."),
    "programmes.too_many_steps": _("Nhiều nhất {limit} bước cho một nhiệm vụ. Hãy chia thành việc con."),
    "programmes.step_done": _("Bước đã đánh dấu xong thì không xoá được. Hãy bỏ dấu trước."),
    "programmes.repeat_backwards": _("Ngày cuối phải sau hạn đầu tiên ({first})."),
    "programmes.repeat_nothing": _("Đến ngày này chỉ có đúng một lần ({first}). Hãy chọn ngày cuối xa hơn."),
    "programmes.repeat_too_many": _("Nhiều nhất {limit} lần cho một nhiệm vụ. Hãy chọn ngày cuối gần hơn hoặc chu kỳ dài hơn."),
    "programmes.repeat_needs_day": _("Nhiệm vụ chưa có hạn nên chưa biết lặp từ ngày nào. Hãy đặt hạn của lần đầu trước."),
    "programmes.repeated_already": _("Nhiệm vụ này đã thuộc một chuỗi lặp. Muốn đổi cả chuỗi, hãy sửa hàng loạt ở danh sách."),
    "programmes.bulk_none": _("Hãy đánh dấu ít nhất một nhiệm vụ."),
    "programmes.bulk_nothing": _("Hãy chọn ít nhất một điều cần đổi: trạng thái, hạn hoặc người phụ trách."),
    "programmes.bulk_too_many": _("Nhiều nhất {limit} nhiệm vụ một lần."),
    "programmes.bulk_refused": _("Chưa đổi nhiệm vụ nào: {count} trong {total} nhiệm vụ không đổi được."),
    "programmes.shift_too_far": _("Chỉ dời hạn trong khoảng {limit} ngày trước hoặc sau."),
    "programmes.nothing_to_shift": _("Nhiệm vụ chưa có hạn nên không dời được. Hãy đặt hạn."),
    "programmes.sheet_damaged": _("Không đọc được tệp. Hãy mở bằng Excel, lưu lại dạng XLSX rồi chọn lại."),
    "programmes.sheet_too_heavy": _("Tệp CSV nặng quá {megabytes} MB. Hãy chỉ giữ bảng cần nhập hoặc lưu dạng XLSX."),
    "programmes.sheet_not_text": _("Tệp không phải XLSX hay CSV (UTF-8). Hãy lưu bảng dạng XLSX rồi chọn lại."),
    "programmes.sheet_no_header": _(
        "Không thấy cột “{heading}” trong {rows} hàng đầu. Hãy dùng tệp mẫu, hoặc đặt tên cột như tệp mẫu."
    ),
    "programmes.sheet_empty": _("Bảng không có hàng nào dưới hàng tên cột."),
    "programmes.sheet_too_long": _("Bảng có {rows} hàng, nhiều nhất {limit}. Hãy chia thành nhiều tệp."),
    "programmes.sheet_stranger": _("Cột không dùng đến: {headings}. Hãy xoá hoặc đổi tên cột; các cột nhận được: {columns}."),
    "programmes.sheet_imported": _("Bảng này đã nhập ngày {day}."),
    "programmes.sheet_faulty": _("Còn {count} ô cần sửa nên chưa nhập hàng nào. Hãy sửa trong tệp rồi tải lên lại."),
    "programmes.sheet_known": _("{count} nhiệm vụ trong bảng đã có trong chương trình. Hãy đánh dấu để bỏ qua các hàng đó."),
    "programmes.sheet_all_known": _("Mọi nhiệm vụ trong bảng đã có trong chương trình, không có gì mới để nhập."),
    "programmes.cell_missing": _("Ô trống. Hãy ghi tên nhiệm vụ, hoặc xoá cả hàng."),
    "programmes.cell_too_long": _("Dài {length} ký tự, nhiều nhất {limit}. Hãy rút gọn."),
    "programmes.cell_no_day": _("Không phải là ngày. Hãy viết như 05-03-2021 hoặc định dạng ô là ngày."),
    "programmes.cell_no_post": _("Đơn vị không có chức vụ hay người này. Hãy chọn trong danh sách của tệp mẫu."),
    "programmes.cell_posts": _("Có {count} chức vụ ứng với tên này. Hãy ghi đúng tên chức vụ."),
    "programmes.cell_no_state": _("Trạng thái nhận được: {allowed}. Các trạng thái khác ghi ở trang nhiệm vụ kèm lý do."),
    "programmes.cell_done_needs_day": _("Nhiệm vụ đã xong thì cần ngày xong. Hãy ghi ngày."),
    "programmes.cell_day_needs_done": _("Có ngày xong thì trạng thái phải là “Xong”. Hãy sửa một trong hai ô."),
    "programmes.cell_no_clause": _(
        "Không có mục “{label}” trong văn bản của chương trình. Hãy ghi đúng tên mục, hoặc “số văn bản: tên mục”; "
        "nhiều mục cách nhau bằng dấu chấm phẩy."
    ),
    "programmes.cell_clauses": _("Có {count} mục cùng tên “{label}”. Hãy ghi “số văn bản: tên mục”."),
    "programmes.cell_no_parent": _(
        "Không có nhiệm vụ này, trong bảng (không kể việc con) hay trong chương trình (đang mở). Hãy ghi đúng tên."
    ),
    "programmes.cell_twice": _("Trùng tên và hạn ở các hàng {rows}. Hãy xoá hàng thừa hoặc ghi rõ hơn."),
}
EVENTS: dict[str, object] = {
    "ProgrammeOpened": _("{unit} bắt đầu soạn “{title}” với {tasks} nhiệm vụ từ các mục của văn bản"),
    "ProgrammeEdited": _("Sửa “{title}” (lần {revision})"),
    "ProgrammePresented": _("{unit} trình lãnh đạo duyệt “{title}”"),
    "ProgrammeApproved": _("{unit} duyệt “{title}”, bản {version}, mã kiểm tra {digest}"),
    "ProgrammeReturned": _("Lãnh đạo {unit} trả lại “{title}”: {reason}"),
    "ProgrammeWithdrawn": _("{unit} rút trình “{title}”"),
    "ProgrammeDiscarded": _("{unit} bỏ dự thảo “{title}”"),
    "IndicatorFigureRecorded": _("Ghi chỉ tiêu “{indicator}” ngày {as_of}: {value:points}"),
    "IndicatorFigureCorrected": _("Sửa chỉ tiêu “{indicator}” ngày {as_of}: {before:points} thành {value:points}"),
    "IndicatorFigureRemoved": _("Xoá số liệu chỉ tiêu “{indicator}” ngày {as_of}: {value:points}"),
    "NextYearDrafted": _("Bắt đầu soạn “{title}”"),
    "RemarksOpened": _("Gửi dự thảo chương trình năm sau xin ý kiến các đơn vị"),
    "RemarkMade": _("{unit} góp ý dự thảo chương trình năm sau"),
    "RemarkAnswered": _("Trả lời góp ý của {unit}"),
    "ProgrammeAdopted": _(
        "Hội nghị thông qua chương trình năm sau, bản {version}: {votes_for} tán thành, {votes_against} không tán thành, "
        "{votes_abstained} không ý kiến; mã kiểm tra {digest}"
    ),
    "ProgrammeCopied": _("Đưa chương trình của cụm về {copies} đơn vị: {units}"),
    "TaskAdded": _("Thêm nhiệm vụ “{title}”"),
    "TaskEdited": _("Sửa nhiệm vụ “{title}” (lần {revision})"),
    "TaskRemoved": _("Xoá nhiệm vụ “{title}” (chưa có ghi chép)"),
    "TaskProgressed": _("Ghi tiến độ “{title}”: {state}, {percent} %. {reason}"),
    "TaskNeedSet": _("“{title}” chờ “{needed}”"),
    "TaskNeedLifted": _("“{title}” không còn chờ “{needed}”"),
    "TaskRepeated": _("Lặp nhiệm vụ “{title}” đến {until}: {count} lần"),
    "TasksChanged": _("Đổi {count} nhiệm vụ một lúc: {change}"),
    "TasksImported": _("Nhập {count} nhiệm vụ từ tệp “{file}”, mã kiểm tra {digest}"),
    "ChecklistStepAdded": _("“{title}”: thêm bước “{step}”"),
    "ChecklistStepTicked": _("“{title}”: đánh dấu bước “{step}”"),
    "ChecklistStepRemoved": _("“{title}”: bỏ bước “{step}”"),
}
VALUES: dict[str, object] = {
    "planned": _("Dự kiến"),
    "doing": _("Đang làm"),
    "waiting": _("Đang chờ"),
    "done": _("Xong"),
    "dropped": _("Thôi không làm"),
}
