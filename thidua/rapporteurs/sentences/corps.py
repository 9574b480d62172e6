"""The corps: refusals, and events in the journal."""

from django.utils.translation import gettext_lazy as _

_LIST = _("Chọn một trong: {offered}.")

SENTENCES: dict[str, object] = {
    "rapporteurs.unit_left": _("{unit} không còn là thành viên của cụm năm nay nên không ghi thêm được."),
    "rapporteurs.member_without_name": _("Hãy ghi họ và tên như trong quyết định."),
    "rapporteurs.member_without_post_title": _("Hãy ghi chức vụ như trong quyết định."),
    "rapporteurs.member_there": _(
        "{name} ({post}) đã có trong đội ngũ của đơn vị. Nếu được công nhận lại, hãy ghi thêm quyết định ở trang của người này."
    ),
    "rapporteurs.member_there_left": _(
        "{name} ({post}) đã có trong đội ngũ và thôi từ {day}. Hãy mở trang của người này và bấm “Huỷ việc thôi tham gia”."
    ),
    "rapporteurs.member_changed_meanwhile": _(
        "Người khác vừa sửa thông tin của người này. Phần bạn nhập vẫn còn; hãy so với phần đang lưu rồi lưu lại."
    ),
    "rapporteurs.member_in_use": _(
        "{name} đã có buổi tuyên truyền, báo cáo hoặc xếp loại nên không xoá được. Nếu không còn tham gia, hãy ghi thôi tham gia."
    ),
    "rapporteurs.has_left": _("{name} đã thôi tham gia từ {day}. Nếu ghi nhầm, hãy huỷ việc thôi tham gia trước."),
    "rapporteurs.has_not_left": _("{name} vẫn đang tham gia, không có gì để huỷ."),
    "rapporteurs.leaves_in_future": _("Chỉ ghi khi đã thôi: ngày phải đến hôm nay ({day}) là muộn nhất."),
    "rapporteurs.leaves_before_term": _("Ngày thôi tham gia phải từ ngày nhiệm kỳ đầu bắt đầu ({day}) trở đi."),
    "rapporteurs.leaves_before_talk": _(
        "Người này còn nói buổi ngày {day}. Ngày thôi tham gia phải sau ngày đó; nếu buổi ấy ghi nhầm, hãy đính chính buổi trước."
    ),
    "rapporteurs.own_post": _(
        "Bạn đang đăng nhập bằng chính chức vụ này thay người này nên không tự đổi được. "
        "Hãy nhờ cán bộ khác của đơn vị hoặc cấp trên."
    ),
    "rapporteurs.post_elsewhere": _("Chức vụ để đăng nhập phải là chức vụ của {unit}."),
    "rapporteurs.post_without_role": _(
        "Chức vụ “{post}” chưa có vai trò {role}. Hãy nhờ người vận hành thêm vai trò, hoặc chọn chức vụ khác."
    ),
    "rapporteurs.post_taken": _("{name} đang đăng nhập bằng chức vụ “{post}”. Mỗi chức vụ dùng cho một người."),
    "rapporteurs.months_out_of_range": _("Số tháng phải từ 1 đến {most}."),
    "rapporteurs.term_without_end": _("Hãy ghi số tháng, hoặc ngày cuối của nhiệm kỳ."),
    "rapporteurs.term_two_ends": _(
        "{months} tháng thì hết ngày {reckoned}, còn ngày cuối đã nhập là {typed}. Hãy giữ một trong hai."
    ),
    "rapporteurs.term_ends_before_start": _("Ngày cuối phải từ ngày bắt đầu ({day}) trở đi."),
    "rapporteurs.term_too_long": _("Nhiệm kỳ dài quá {most} tháng. Hãy kiểm tra lại ngày cuối."),
    "rapporteurs.term_without_decision": _("Hãy ghi số quyết định."),
    "rapporteurs.decided_in_future": _("Chỉ ghi quyết định đã ký: ngày phải đến hôm nay ({day}) là muộn nhất."),
    "rapporteurs.terms_meet": _(
        "Trùng ngày với nhiệm kỳ theo quyết định {decision} (từ {starts_on} đến {ends_on}). Nhiệm kỳ mới bắt đầu sau ngày đó, "
        "hoặc hãy sửa nhiệm kỳ cũ."
    ),
    "rapporteurs.roster_no_header": _(
        "Không thấy hàng tên cột có “{first}” và “{second}”. Hãy dùng tệp mẫu tải từ trang này, giữ nguyên hàng tên cột."
    ),
    "rapporteurs.roster_stranger": _("Phần mềm không biết cột {headings}. Các cột nhận được: {columns}."),
    "rapporteurs.roster_heading_twice": _("Có hai cột cùng tên {headings}. Hãy giữ một cột."),
    "rapporteurs.roster_empty": _("Bảng chưa có hàng nào dưới hàng tên cột."),
    "rapporteurs.roster_too_long": _("Bảng có {rows} hàng; mỗi lần nhận nhiều nhất {most} hàng. Hãy chia thành nhiều tệp."),
    "rapporteurs.roster_stale": _("Bảng đã xem quá lâu hoặc không phải của đơn vị này. Hãy chọn lại tệp."),
    "rapporteurs.roster_faulty": _("Chưa nhập hàng nào: có {count} ô phải sửa. Hãy sửa trong tệp rồi chọn lại."),
    "rapporteurs.roster_nothing_new": _("Mọi người và nhiệm kỳ trong bảng đã có sẵn, không có gì mới để nhập."),
    "rapporteurs.cell_missing": _(
        "Ô trống hoặc công thức bị lỗi. Hãy điền; nếu ô bị gộp với ô trên, hãy bỏ gộp và điền từng hàng."
    ),
    "rapporteurs.cell_too_long": _("Dài {length} ký tự; nhiều nhất {most}."),
    "rapporteurs.cell_no_kind": _LIST,
    "rapporteurs.cell_no_level": _LIST,
    "rapporteurs.cell_no_day": _("Không phải ngày có thật. Hãy ghi như {example}."),
    "rapporteurs.cell_no_months": _("Hãy ghi số tháng bằng chữ số, như 24."),
    "rapporteurs.cell_twice": _("Lặp lại hàng {first}. Hãy xoá một hàng."),
    "rapporteurs.cell_has_left": _("Người này đã thôi tham gia. Hãy huỷ việc thôi tham gia ở trang của người ấy trước."),
}
EVENTS: dict[str, object] = {
    "MemberEntered": _("{unit} ghi {name} vào đội ngũ ({kind})"),
    "MemberEdited": _("{unit} sửa thông tin của {name} trong đội ngũ (bản {revision})"),
    "MemberPostChanged": _("{unit} đổi chức vụ để đăng nhập của {name}. Trước: {before}. Nay: {after}"),
    "MemberRemoved": _("{unit} xoá {name} khỏi danh sách đội ngũ vì ghi nhầm. Lý do: {reason}"),
    "TermEntered": _("{unit} ghi quyết định {decision} của {name} ({kind}): từ {starts_on} đến {ends_on}"),
    "TermEdited": _("{unit} sửa nhiệm kỳ của {name}. Trước: {before}. Nay: {decision}, từ {starts_on} đến {ends_on}"),
    "TermRemoved": _("{unit} bỏ nhiệm kỳ của {name}: {decision}, từ {starts_on} đến {ends_on}. Lý do: {reason}"),
    "MemberLeft": _("{name} ({unit}) thôi tham gia đội ngũ từ {left_on}. Lý do: {reason}"),
    "LeavingUndone": _("Huỷ việc thôi tham gia đội ngũ của {name} ({unit})"),
    "CorpsImported": _("{unit} nhập danh sách đội ngũ từ tệp: thêm {entered} người, ghi thêm {renewed} nhiệm kỳ"),
}
VALUES: dict[str, object] = {
    "corps.rapporteur": _("báo cáo viên"),
    "corps.collaborator": _("cộng tác viên"),
    "corps.no_post": _("chưa gắn chức vụ nào"),
    "term.appointment": _("công nhận lần đầu"),
    "term.renewal": _("công nhận lại"),
}
