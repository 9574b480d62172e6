"""What the refusals, missing things and events of this slice say. The rules' own sentences are shared with the command line."""

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thidua.scoring.rules import SENTENCES as RULES


def _in_the_readers_language(vietnamese: str, english: str) -> str:
    return english if (get_language() or "").startswith("en") else vietnamese


_either = lazy(_in_the_readers_language, str)

SENTENCES = {code: _either(*words) for code, words in RULES.items()} | {
    "scoring.no_criteria": _(
        "Năm này chưa ban hành bảng tiêu chí nên chưa chấm được. Thư ký cụm trưởng ban hành ở trang Tiêu chí."
    ),
    "scoring.changed_meanwhile": _(
        "{by} vừa lưu “{value}” ở ô này trong lúc bạn đang nhập. Số bạn nhập vẫn còn trong ô: lưu lần nữa để thay, "
        "hoặc tải lại trang để giữ số của người kia."
    ),
    "scoring.recall_too_late": _(
        "Hạn tự chấm là ngày {due} nên đơn vị không tự rút phiếu được nữa. Hãy đề nghị thư ký cụm trưởng trả lại phiếu."
    ),
    "scoring.no_rows_chosen": _("Hãy chọn ít nhất một dòng."),
    "scoring.not_of_the_unit": _("{person} không giữ chức vụ nào ở “{unit}”. Hãy chọn người của đơn vị."),
    "scoring.above_maximum": _(
        "Tối đa {allowed} điểm. Nếu được chấm {points} điểm thật, hãy nêu căn cứ ở ô lý do (ít nhất {letters} ký tự)."
    ),
    "scoring.below_minimum": _(
        "Ít nhất {allowed} điểm. Nếu bị chấm {points} điểm thật, hãy nêu căn cứ ở ô lý do (ít nhất {letters} ký tự)."
    ),
    "scoring.figure_too_long": _("Số {figure} quá dài. Nhiều nhất {digits} chữ số trước dấu phẩy và {decimals} chữ số sau."),
    "scoring.unknown_band": _("Mức này không có ở tiêu chí {item}. Hãy chọn một mức trong danh sách."),
    "scoring.not_in_list": _("“{text}” không có trong danh sách. Hãy chọn lại."),
    "scoring.reason_too_short": _("Hãy nêu lý do bằng lời (ít nhất {letters} ký tự) để người đọc hiểu vì sao."),
    "scoring.reason_too_long": _(
        "Lý do dài {length} ký tự, nhiều nhất {limit}. Hãy rút gọn và đưa phần chi tiết vào tệp minh chứng."
    ),
    "scoring.already_submitted": _("Phiếu đã nộp nên đã khóa. Lãnh đạo đơn vị có thể rút lại khi thẩm định chưa bắt đầu."),
    "scoring.unit_withheld": _("Cụm trưởng đã quyết định không xếp hạng đơn vị: {reason}"),
    "scoring.not_withheld": _("Đơn vị “{unit}” đang được xếp hạng bình thường."),
    "scoring.not_submitted": _("“{unit}” chưa nộp phiếu tự chấm."),
    "scoring.lines_missing": _("Còn {missing} tiêu chí chưa chấm: {codes}. Chọn bộ lọc “Còn thiếu” để thấy từng dòng."),
    "scoring.lines_unexplained": _(
        "{missing} tiêu chí vượt mức của bảng mà chưa nêu căn cứ: {codes}. Hãy ghi lý do ở từng dòng."
    ),
    "scoring.evidence_required": _(
        "{missing} tiêu chí bắt buộc có minh chứng mà chưa có: {codes}. Hãy thêm minh chứng ở từng dòng rồi nộp."
    ),
    "scoring.same_file": _("Tệp “{name}” đã có ở tiêu chí này."),
    "scoring.too_many_files": _("Một tiêu chí nhận nhiều nhất {limit} tệp. Hãy gộp các trang vào một tệp PDF."),
    "scoring.already_cited": _("“{title}” đã là minh chứng của tiêu chí {item}."),
    "scoring.too_many_cited": _("Một tiêu chí dẫn nhiều nhất {limit} việc. Hãy bỏ bớt việc ít liên quan rồi dẫn lại."),
    "scoring.appraiser_of_own_unit": _(
        "{person} giữ chức vụ ở “{unit}” nên không được thẩm định đơn vị này. Hãy chọn người của đơn vị khác."
    ),
    "scoring.not_an_appraiser": _("{person} chưa có chức vụ mang vai trò thẩm định trong cụm này."),
    "scoring.own_unit": _("Bạn giữ chức vụ ở đơn vị này nên không được thẩm định phiếu của đơn vị."),
    "scoring.conflict": _(
        "Bạn hoặc đơn vị của bạn có xung đột lợi ích đang có hiệu lực với đơn vị này nên không được thẩm định. "
        "Cụm trưởng xem xét ở trang Xung đột lợi ích."
    ),
    "scoring.appraiser_in_conflict": _(
        "{person} có xung đột lợi ích đang có hiệu lực với “{unit}”. Hãy chọn người khác, hoặc xem lại ở trang Xung đột lợi ích."
    ),
    "scoring.own_unit_is_barred": _(
        "Người của “{unit}” vốn đã không được thẩm định đơn vị mình nên không cần khai. Hãy chọn hai bên khác nhau."
    ),
    "scoring.not_your_conflict": _(
        "Bạn chỉ khai xung đột lợi ích của chính mình, của đơn vị mình hoặc với đơn vị mình. Việc khác thì báo thư ký cụm."
    ),
    "scoring.conflict_stands": _("Xung đột lợi ích này đang có hiệu lực rồi ({by})."),
    "scoring.conflict_dismissed": _("Việc này đã được quyết định là không phải xung đột lợi ích ({by})."),
    "scoring.conflict_of_own_unit": _(
        "Bạn hoặc đơn vị của bạn là một bên của xung đột này nên không tự bỏ được. Cán bộ cấp trên quyết định."
    ),
    "scoring.not_your_unit": _("Đơn vị này chưa được phân công cho bạn. Thư ký cụm trưởng phân công ở trang Thẩm định."),
    "scoring.check_finished": _("Thẩm định phiếu này đã hoàn thành. Hãy mở lại, kèm lý do, rồi sửa."),
    "scoring.check_open": _("Thẩm định phiếu này chưa hoàn thành nên không cần mở lại."),
    "scoring.nothing_to_judge": _("Đơn vị không chấm dòng này và bạn cũng chưa nhập số nào."),
    "scoring.lines_not_judged": _(
        "Còn {missing} dòng chưa thẩm định: {codes}. Xác nhận hoặc sửa từng dòng, hoặc bấm “Xác nhận các dòng còn lại”."
    ),
    "scoring.not_changed": _("Tiêu chí {item} không bị thay đổi nên không có gì để trả lời."),
    "scoring.recomputation_under_way": _("{by} đã yêu cầu tính lại, đang chạy ({done}/{years} năm). Hãy chờ lần này xong."),
    "scoring.ranking_later": _("Bảng xếp hạng mở cho các đơn vị từ giai đoạn “{stage}”, theo lựa chọn của cụm trưởng."),
    "scoring.weight_bounds": _("Trọng số của mục {item} phải từ 0 đến {limit} %."),
    "scoring.supposed_unknown": _("Hãy chọn một đơn vị và một tiêu chí có điểm riêng (“{item}” không phải)."),
    "scoring.supposed_above": _("Tiêu chí {item} nhiều nhất {allowed} điểm theo bảng."),
    "scoring.supposed_below": _("Tiêu chí {item} ít nhất {allowed} điểm theo bảng."),
    "scoring.nobody_left": _("Hãy để lại ít nhất một đơn vị để xếp hạng."),
    "scoring.duplicate_code": _("Mã {item} đã có ở dòng {first} của tệp. Mỗi tiêu chí chỉ ghi một dòng."),
    "scoring.other_unit": _("Dòng này là của “{found}”, còn phiếu này là của “{unit}”. Hãy bỏ dòng này."),
    "scoring.column_not_used": _("Tiêu chí này không dùng cột này. Hãy xóa ô này và ghi ở cột: {columns}."),
    "scoring.heading_filled": _("Đây là dòng tổng hoặc dòng mức, không ghi gì ở đây. Hãy xóa ô này."),
    "scoring.row_not_assigned": _("Chỉ tiêu này không giao cho đơn vị. Hãy xóa ô này."),
    "scoring.two_ways": _("Ghi điểm của cả dòng, hoặc chọn mức; không ghi cả hai. Hãy xóa một ô."),
    "scoring.not_a_choice": _("“{text}” không có trong danh sách của ô này. Hãy chọn lại trong danh sách."),
    "scoring.other_sheet": _(
        "Tệp này là phiếu của đơn vị “{unit}”, năm {year}, cụm “{cluster}”. Hãy tải phiếu của đơn vị mình ở trang này."
    ),
    "scoring.other_version": _(
        "Tệp này được tải khi bảng tiêu chí là bản khác. Hãy tải lại phiếu ở trang này rồi chép số liệu sang."
    ),
    "scoring.upload_problems": _("Tệp có {missing} ô phải sửa nên chưa nhận dòng nào. Hãy sửa trong tệp rồi chọn lại tệp."),
    "scoring.upload_changes_nothing": _("Tệp giống hệt phiếu đang có nên không có gì để nhận."),
    "scoring.upload_taken": _("Tệp này đã được nhận vào phiếu rồi."),
    "scoring.upload_outdated": _("Phiếu vừa có thay đổi sau khi tệp được đọc thử. Hãy chọn lại tệp để xem lại các thay đổi."),
    "scoring.upload_not_taken": _("Tệp này chưa được nhận, hoặc đã được hoàn tác."),
    "scoring.upload_changed_since": _("Phiếu đã thay đổi sau khi nhận tệp nên không hoàn tác được nữa. Hãy sửa từng dòng."),
    "scoring.minutes_end_first": _("Giờ kết thúc phải sau giờ bắt đầu."),
    "scoring.minutes_need_check": _("Thẩm định phiếu này chưa hoàn thành nên chưa lập biên bản chấm điểm được."),
    "scoring.minutes_missing": _("Chưa ghi phần đầu của biên bản chấm điểm. Người thẩm định ghi ở trang Biên bản chấm điểm."),
    "scoring.minutes_outdated": _(
        "Thẩm định đã mở lại và thay đổi sau khi biên bản được ghi. Hãy xem lại biên bản và lưu lần nữa rồi tải."
    ),
    "scoring.version_in_force": _("Phiếu đã theo bản {number} đang áp dụng."),
    "scoring.sheet_old_version": _(
        "Phiếu của “{unit}” chấm theo bản {old}, bản đang áp dụng là bản {new}. "
        "Đơn vị chuyển phiếu sang bản mới; đã nộp thì trả lại trước."
    ),
    "scoring.sheet_missing": _("“{unit}” chưa nộp phiếu tự chấm ({percent} %)."),
    "scoring.check_missing": _("Phiếu của “{unit}” chưa thẩm định xong."),
}

EVENTS = {
    "RecomputationAsked": _("Yêu cầu tính lại xếp hạng, {years} năm thi đua"),
    "SheetOpened": _("Mở phiếu tự chấm"),
    "SheetSubmitted": _("“{unit}” nộp phiếu tự chấm: {total:points} điểm"),
    "SheetRecalled": _("“{unit}” rút lại phiếu tự chấm: {reason}"),
    "SheetCarried": _("“{unit}” chuyển phiếu tự chấm từ bản {old} sang bản {new} của bảng tiêu chí"),
    "SheetReturned": _("Trả lại phiếu tự chấm cho “{unit}”: {reason}"),
    "RowsGiven": _("“{unit}” giao {person} các dòng {codes}"),
    "RowsTaken": _("“{unit}” thôi giao {person} dòng {code}"),
    "UnitWithheld": _("Không xếp hạng “{unit}”: {reason}"),
    "UnitReadmitted": _("Xếp hạng lại “{unit}”: {reason}"),
    "CriterionAssigned": _("Đặt việc giao chỉ tiêu {code} cho “{unit}”"),
    "EvidenceAttached": _("Thêm minh chứng “{name}” ở tiêu chí {code}"),
    "EvidenceRemoved": _("Bỏ minh chứng “{name}” ở tiêu chí {code}"),
    "SourceCited": _("“{unit}” dẫn “{title}” làm minh chứng của tiêu chí {code}"),
    "CitationWithdrawn": _("“{unit}” thôi dẫn “{title}” làm minh chứng của tiêu chí {code}"),
    "AppraiserAssigned": _("Giao {appraiser} thẩm định “{unit}”"),
    "AppraiserUnassigned": _("Thôi giao {appraiser} thẩm định “{unit}”"),
    "VerdictChanged": _("Thẩm định “{unit}”, tiêu chí {code}: {was:points} thành {becomes:points}, vì {reason}"),
    "OthersMoved": _("Thay đổi tiêu chí {code} của “{unit}” làm đổi kết quả của đơn vị khác: {moved}"),
    "VerdictAnswered": _("“{unit}” trả lời thay đổi ở tiêu chí {code}: {answer}"),
    "CheckFinished": _("Hoàn thành thẩm định “{unit}”: {total:points} điểm, {changed} dòng thay đổi"),
    "UploadTaken": _("“{unit}” nhận tệp phiếu “{name}”: {lines} dòng thay đổi"),
    "UploadUndone": _("“{unit}” hoàn tác tệp phiếu “{name}”: {lines} dòng trở lại như cũ"),
    "MinutesWritten": _("Ghi biên bản chấm điểm của “{unit}”"),
    "CheckReopened": _("Mở lại thẩm định “{unit}”: {reason}"),
    "ConflictDeclared": _("Khai xung đột lợi ích: {who} với “{unit}” ({kind})"),
    "ConflictProposed": _("Phần mềm đề nghị xem xét xung đột lợi ích: {who} với “{unit}” ({kind})"),
    "ConflictConfirmed": _("Xác nhận xung đột lợi ích: {who} với “{unit}” ({kind})"),
    "ConflictDismissed": _("Không coi là xung đột lợi ích: {who} với “{unit}” ({kind}), vì {reason}"),
}

VALUES = {
    "same_person": _("cùng một người giữ vị trí ở cả hai nơi"),
    "same_parent": _("cùng cơ quan quản lý trực tiếp"),
    "kinship": _("quan hệ gia đình"),
    "interest": _("lợi ích khác"),
}
"""Values that stand in facts and have a name for people."""
