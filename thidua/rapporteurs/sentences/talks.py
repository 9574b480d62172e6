"""Talks and topics: refusals, and events in the journal."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "rapporteurs.topic_without_title": _("Hãy ghi tên chủ đề."),
    "rapporteurs.topic_there": _("Năm này đã có chủ đề “{topic}”. Hãy dùng chủ đề đó, hoặc đặt tên khác hẳn."),
    "rapporteurs.topic_waits": _("Chủ đề “{topic}” đã được đề nghị và đang chờ cụm trưởng duyệt."),
    "rapporteurs.topic_was_turned_down": _(
        "Chủ đề “{topic}” đã được đề nghị và không được duyệt. Lý do: {reason}. Nếu vẫn cần, hãy trao đổi với thư ký cụm trưởng."
    ),
    "rapporteurs.topic_ends_early": _("Ngày cuối phải từ ngày đầu ({day}) trở đi."),
    "rapporteurs.too_many_topics": _("Mỗi năm có nhiều nhất {most} chủ đề. Hãy bỏ bớt chủ đề không dùng."),
    "rapporteurs.topic_changed_meanwhile": _(
        "Người khác vừa sửa chủ đề này. Phần bạn nhập vẫn còn; hãy so với phần đang lưu rồi lưu lại."
    ),
    "rapporteurs.topic_answered": _("Đề nghị này đã được duyệt từ trước, không cần trả lời nữa."),
    "rapporteurs.topic_only_proposed": _("Chủ đề này mới được đề nghị. Hãy duyệt trước."),
    "rapporteurs.topic_answer_kept": _(
        "Đề nghị “{topic}” đã được trả lời. Lý do không duyệt được giữ lại hết năm để đơn vị đề nghị đọc, nên không xoá, không "
        "rút."
    ),
    "rapporteurs.topic_in_use": _(
        "Chủ đề “{topic}” đã có buổi tuyên truyền hoặc kỳ báo cáo dùng nên không xoá được. Muốn thôi dùng, hãy bấm “Ngừng dùng”."
    ),
    "rapporteurs.reason_too_short": _("Hãy ghi lý do ít nhất {least} chữ cái."),
    "rapporteurs.talk_outside_year": _("Ngày của buổi phải trong năm thi đua, từ {first} đến {last}."),
    "rapporteurs.not_a_rapporteur": _("{name} là cộng tác viên. Buổi tuyên truyền do báo cáo viên thực hiện."),
    "rapporteurs.speaker_left": _("{name} đã thôi làm báo cáo viên từ {left_on}; buổi này ngày {day}."),
    "rapporteurs.speaker_without_term": _(
        "{name} chưa có quyết định công nhận nên chưa ghi buổi được. Hãy ghi quyết định ở trang Đội ngũ trước."
    ),
    "rapporteurs.speaker_out_of_term": _(
        "Ngày {day} không nằm trong nhiệm kỳ của {name} ({terms}). Hãy kiểm tra ngày, hoặc ghi quyết định công nhận lại ở trang "
        "Đội ngũ."
    ),
    "rapporteurs.no_topic": _("Hãy chọn ít nhất một chủ đề."),
    "rapporteurs.too_many_at_once": _("Mỗi buổi nhiều nhất {most} chủ đề."),
    "rapporteurs.topic_not_agreed": _("Chủ đề “{topic}” chưa được duyệt nên chưa dùng được."),
    "rapporteurs.topic_retired": _("Chủ đề “{topic}” đã ngừng dùng. Hãy chọn chủ đề khác."),
    "rapporteurs.topic_outside_days": _("Chủ đề “{topic}” chỉ dùng trong thời gian {days}."),
    "rapporteurs.audience_of_none": _(
        "Số người dự phải từ 1. Hãy để trống nhóm không có người; buổi chưa có ai dự thì để là buổi dự kiến."
    ),
    "rapporteurs.audience_too_big": _("Số người quá lớn (mỗi nhóm nhiều nhất {most}). Hãy kiểm tra lại."),
    "rapporteurs.audience_before_talk": _(
        "Buổi ngày {day} chưa diễn ra nên chưa có người dự. Hãy để trống số người, hoặc sửa lại ngày."
    ),
    "rapporteurs.audience_wanted": _("Hãy ghi số người dự của ít nhất một nhóm."),
    "rapporteurs.talk_changed_meanwhile": _(
        "Người khác vừa sửa buổi này. Phần bạn nhập vẫn còn; hãy so với phần đang lưu rồi lưu lại."
    ),
    "rapporteurs.talk_counted": _("Buổi này đã ghi {listeners} người dự. Muốn sửa số, hãy bấm “Đính chính”."),
    "rapporteurs.talk_held": _(
        "Buổi đã tổ chức thì không xoá. Nếu ghi nhầm, hãy đính chính: bỏ trống số người dự để buổi trở lại là dự kiến."
    ),
    "rapporteurs.topic_counted": _(
        "Cộng tác viên đã gửi số đếm về chủ đề “{title}” nên không đổi tên được: số đã đếm là của tên này. "
        "Hãy đặt một chủ đề mới."
    ),
    "rapporteurs.talk_asked": _("Đã mở phiếu ý kiến về buổi này nên không đổi người nói. Nếu ghi nhầm, hãy ghi một buổi khác."),
    "rapporteurs.talk_answered": _(
        "Người nghe đã gửi ý kiến về buổi này nên không bỏ được buổi, không bỏ số người dự và không đổi người nói."
    ),
    "rapporteurs.answered_wants_office": _(
        "Người nghe đã gửi ý kiến về buổi này nên người nói không tự đính chính ngày và số người dự. Hãy nhờ cán bộ, lãnh đạo "
        "của {unit} hoặc cơ quan cấp trên đính chính."
    ),
    "rapporteurs.talk_form_open": _(
        "Phiếu ý kiến của buổi này đang mở. Muốn xoá buổi, hãy vào “Mã QR, tờ giấy để in”, bấm “Đóng phiếu ngay”, rồi xoá. Buổi "
        "chỉ dời ngày thì sửa ngày, đừng xoá."
    ),
    "rapporteurs.talk_planned_there": _("Đã có buổi dự kiến của {speaker} ngày {day} tại địa điểm này."),
    "rapporteurs.talk_there": _(
        "Đã ghi một buổi của {speaker} ngày {day} tại địa điểm này. Nếu đây là buổi khác, hãy đánh dấu rồi lưu lại."
    ),
    "rapporteurs.same_material": _("Tệp “{name}” đã có trong tài liệu của buổi."),
    "rapporteurs.too_many_materials": _("Mỗi buổi có nhiều nhất {most} tệp tài liệu."),
}
EVENTS: dict[str, object] = {
    "TopicSet": _("Đặt chủ đề tuyên truyền “{topic}”"),
    "TopicEdited": _("Sửa chủ đề tuyên truyền “{topic}” (bản {revision})"),
    "TopicProposed": _("{unit} đề nghị chủ đề tuyên truyền “{topic}”"),
    "TopicAgreed": _("Duyệt chủ đề “{topic}” do {unit} đề nghị"),
    "TopicTurnedDown": _("Không duyệt chủ đề “{topic}” do {unit} đề nghị. Lý do: {reason}"),
    "TopicMoved": _("Chuyển chủ đề “{topic}” tới vị trí {place}"),
    "TopicRetired": _("Ngừng dùng chủ đề “{topic}”"),
    "TopicRestored": _("Dùng lại chủ đề “{topic}”"),
    "TopicRemoved": _("Xoá chủ đề “{topic}” chưa được dùng"),
    "TalkPlanned": _("{unit} ghi buổi tuyên truyền dự kiến ngày {held_on}, báo cáo viên {speaker}: {topics}"),
    "TalkRecorded": _("{unit} ghi buổi tuyên truyền ngày {held_on}, báo cáo viên {speaker}: {topics}; {listeners} người dự"),
    "TalkPlanChanged": _(
        "{unit} sửa buổi tuyên truyền dự kiến ngày {held_on}, báo cáo viên {speaker}: {topics} (bản {revision})"
    ),
    "TalkEdited": _(
        "{unit} sửa buổi tuyên truyền ngày {held_on}, báo cáo viên {speaker}: {topics}; {listeners} người dự (bản {revision})"
    ),
    "TalkCorrected": _(
        "{unit} đính chính buổi tuyên truyền ngày {held_on}, báo cáo viên {speaker}: {topics}; {listeners} người dự, trước đó "
        "{listeners_before} (bản {revision}). Lý do: {reason}"
    ),
    "TalkRemoved": _("{unit} xoá buổi tuyên truyền dự kiến ngày {held_on}, báo cáo viên {speaker}: {topics}"),
    "MaterialAdded": _("Thêm tài liệu “{name}” vào buổi tuyên truyền ngày {held_on} của {unit}"),
    "MaterialRemoved": _("Bỏ tài liệu “{name}” khỏi buổi tuyên truyền ngày {held_on} của {unit}"),
}
VALUES: dict[str, object] = {}
