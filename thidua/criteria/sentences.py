"""What the refusals, problems and events of this slice say. Problems of a table speak as on the command line."""

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thidua.criteria.rules.wording import PROBLEMS


def _in_the_readers_language(vietnamese: str, english: str) -> str:
    return english if (get_language() or "").startswith("en") else vietnamese


_either = lazy(_in_the_readers_language, str)

SENTENCES = {code: _either(*words) for code, words in PROBLEMS.items() if code.startswith("criteria.")} | {
    "criteria.title_empty": _("Hãy đặt tên cho bảng tiêu chí, ví dụ “Bảng tiêu chí năm 2026”."),
    "criteria.table_has_problems": _("Bảng có {count} chỗ phải sửa, liệt kê ở đầu trang. Chưa có gì được lưu."),
    "criteria.code_too_long": _("Mã tiêu chí dài quá {limit} ký tự. Hãy dùng mã ngắn như I.2.1."),
    "criteria.assessor_too_long": _("Tên người theo dõi, chấm dài quá {limit} ký tự."),
    "criteria.too_deep": _("Dòng {item} nằm sâu hơn {limit} cấp. Hãy đưa dòng này lên cấp trên."),
    "criteria.figure_too_big": _("Số {figure} quá lớn. Điểm phải nhỏ hơn {limit}."),
    "criteria.nothing_given": _("Hãy chọn một tệp CSV hoặc XLSX, hoặc dán bảng vào ô dán."),
    "criteria.given_twice": _("Bạn vừa chọn tệp vừa dán bảng. Hãy chỉ giữ một trong hai."),
    "criteria.already_published": _("Bản này đã ban hành nên không thay đổi được nữa. Hãy nhập một bản mới."),
    "criteria.draft_replaced": _("Bản dự thảo bạn đang xem đã bị thay hoặc bỏ. Hãy mở lại trang tiêu chí để xem bản hiện có."),
    "criteria.draft_has_problems": _("Dự thảo còn {count} chỗ chưa khớp. Hãy sửa trong trang soạn bảng rồi ban hành."),
    "criteria.no_draft": _("Năm này không có dự thảo để sửa. Hãy bắt đầu một dự thảo trước."),
    "criteria.draft_there": _("Năm này đã có dự thảo. Hãy sửa dự thảo đó, hoặc bỏ nó rồi bắt đầu lại."),
    "criteria.row_gone": _("Dự thảo không còn dòng {item}: có người vừa xóa hoặc đổi mã. Hãy chọn lại dòng trong bảng."),
    "criteria.row_changed": _("Dòng {item} vừa được người khác sửa. Hãy mở lại dòng để xem nội dung mới rồi sửa tiếp."),
    "criteria.code_used": _("Mã {item} đã dùng cho “{title}”. Hãy đặt mã khác."),
    "criteria.code_empty": _("Hãy đặt mã cho dòng, ví dụ I.2.1."),
    "criteria.move_impossible": _("Dòng {item} không chuyển tới đó được."),
    "criteria.last_row": _("Bảng phải còn ít nhất một dòng. Muốn làm lại từ đầu, hãy bỏ dự thảo."),
    "criteria.nothing_to_undo": _("Không còn thay đổi nào của dự thảo để hoàn tác."),
    "criteria.undo_stale": _("Dự thảo đã khác lúc thay đổi này được làm nên không hoàn tác được nữa."),
    "criteria.nothing_chosen": _("Hãy chọn một bảng trong thư viện hoặc của một năm khác."),
    "criteria.stale_template": _(
        "Tệp này được tải từ {source}, còn bảng hiện nay ở đây là {here}. Hãy tải XLSX mới nhất rồi sửa trên đó, "
        "hoặc đánh dấu “Vẫn dùng tệp này” nếu đúng là bạn muốn nhập nó."
    ),
    "criteria.draft_changed": _(
        "Trong lúc bạn xem lại, dự thảo đã đổi nên khác biệt vừa xem không còn đúng. Chưa có gì được lưu. Hãy nhập lại tệp."
    ),
    "criteria.proposal_gone": _("Bảng này đã được nhập hoặc đã bỏ. Hãy mở lại trang tiêu chí."),
    "criteria.decision_empty": _("Hãy ghi căn cứ ban hành: số quyết định, hoặc biên bản hội nghị đã thống nhất."),
    "criteria.reason_too_short": _(
        "Năm thi đua đã qua giai đoạn chuẩn bị. Hãy nêu lý do điều chỉnh (ít nhất {letters} ký tự) để các đơn vị hiểu vì sao."
    ),
    # On the page, where the table is about to be mended, the commonest problems also say how.
    "criteria.sum_differs": _(
        "Mục {item} ghi {stated} điểm nhưng các mục con cộng lại là {sum} (lệch {difference}). "
        "Hãy sửa điểm của mục hoặc của các mục con."
    ),
    "criteria.duplicate_code": _("Mã {item} đã dùng ở dòng {first}. Hãy đặt mã khác cho một trong hai dòng."),
    "criteria.unknown_parent": _("Mã cha {parent} của {item} không có trong bảng. Hãy sửa mã cha hoặc thêm dòng có mã {parent}."),
    "criteria.code_missing": _("Dòng này không có mã tiêu chí. Hãy đặt một mã chưa dùng, hoặc xóa dòng."),
    "criteria.not_published": _("Chưa ban hành bảng tiêu chí."),
}

EVENTS = {
    "CriteriaEdited": _("Sửa dự thảo bảng tiêu chí: {told}"),
    "CriteriaChangeUndone": _("Hoàn tác thay đổi của dự thảo bảng tiêu chí: {told}"),
    "CriteriaImported": _("Nhập bảng tiêu chí “{title}” ({rows} dòng) làm dự thảo bản {number}"),
    "CriteriaCarriedOver": _("Chép bảng tiêu chí năm trước ({rows} dòng) làm dự thảo"),
    "CriteriaPublished": _("Ban hành bảng tiêu chí “{title}” (bản {number}) theo {decision}"),
    "CriteriaDiscarded": _("Bỏ bảng tiêu chí dự thảo “{title}”"),
}
