"""Marks, conversations and settling."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "crosschecks.not_in_task": _("Tiêu chí {item} không thuộc phần bạn được giao trong vòng này."),
    "crosschecks.figures_not_enough": _("Với các số vừa nhập, tiêu chí {item} chưa tính được điểm. Hãy nhập đủ các ô của dòng."),
    "crosschecks.task_finished": _("Bạn đã báo hoàn thành phần chấm “{unit}”. Muốn sửa, hãy bấm “Chấm tiếp”."),
    "crosschecks.task_open": _("Phần chấm này chưa hoàn thành nên cứ chấm tiếp."),
    "crosschecks.lines_not_marked": _(
        "Còn {missing} dòng bạn chưa cho điểm: {codes}. Cho điểm từng dòng, hoặc bấm “Đồng ý các dòng còn lại”."
    ),
    "crosschecks.nothing_marked": _("Hãy nhập số của bạn hoặc đánh dấu “Đồng ý”."),
    "crosschecks.nothing_typed": _("Hãy nhập giá trị đã thống nhất."),
    "crosschecks.after_closing": _("Bạn hoặc đơn vị của bạn có phần trong vòng này nên chỉ xem trang này sau khi vòng đóng."),
    "crosschecks.agree_own_unit": _("Bạn giữ chức vụ ở “{unit}” nên không ghi giá trị thống nhất cho đơn vị này được."),
    "crosschecks.nothing_agreed": _("Tiêu chí {item} chưa có giá trị thống nhất để bỏ."),
    "crosschecks.lines_not_agreed": _(
        "Còn {missing} dòng chưa có kết quả: {codes}. Ghi giá trị thống nhất cho từng dòng rồi chốt."
    ),
    "crosschecks.checked_outside": _(
        "Phiếu của “{unit}” đã thẩm định xong ngoài vòng này. Người thẩm định cần mở lại phiếu trước khi chốt vòng."
    ),
    "crosschecks.settled_meanwhile": _("Điểm trong vòng vừa thay đổi sau khi bạn mở trang. Hãy xem lại bảng dưới đây rồi chốt."),
    "crosschecks.remark_empty": _("Hãy viết điều bạn muốn trao đổi."),
    "crosschecks.remark_too_long": _("Ý kiến dài {length} ký tự, nhiều nhất {limit}. Hãy rút gọn."),
    "crosschecks.no_thread": _("Chỉ đơn vị và người thẩm định đơn vị này trao đổi ở đây."),
}
EVENTS: dict[str, object] = {
    "MarkChanged": _("Cho điểm “{unit}”, tiêu chí {code}: {was:points} thành {becomes:points}, vì {reason}"),
    "TaskFinished": _("Chấm xong “{unit}” trong vòng thẩm định: {marks} dòng, {changed} dòng khác phiếu tự chấm"),
    "TaskResumed": _("Chấm tiếp “{unit}” trong vòng thẩm định"),
    "ValueAgreed": _("Thống nhất giá trị cho “{unit}”, tiêu chí {code}: {becomes:points}, vì {reason}"),
    "AgreementWithdrawn": _("Bỏ giá trị thống nhất của “{unit}”, tiêu chí {code}: {reason}"),
    "RoundSettled": _("Chốt vòng thẩm định {number} “{title}”: {units} đơn vị, {changed} dòng thay đổi"),
    "RemarkMade": _("Trao đổi về “{unit}”, tiêu chí {code}: {text}"),
}
VALUES: dict[str, object] = {}
