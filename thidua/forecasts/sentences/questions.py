"""What is said about questions, forecasts, outcomes and disputes."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, object] = {
    "forecasts.unit_left": _("{unit} không còn là thành viên của cụm năm nay nên không dự báo thêm được."),
    "forecasts.forecasters_do_not_decide": _(
        "Bạn hoặc đơn vị của bạn đã dự báo câu hỏi này nên không ghi kết quả được. "
        "Hãy nhờ người chưa dự báo, thường là cán bộ cấp trên."
    ),
    "forecasts.question_exists": _("Năm này đã có câu hỏi “{title}”. Hãy hỏi cách khác, hoặc mở câu hỏi đã có."),
    "forecasts.title_empty": _("Hãy ghi câu hỏi."),
    "forecasts.measure_missing": _("Hãy ghi đơn vị tính, ví dụ “báo cáo” hoặc “%”."),
    "forecasts.coverage_unknown": _("Hãy chọn độ phủ của khoảng trong danh sách."),
    "forecasts.year_over": _("Năm {year} đã qua, không đặt được câu hỏi mới."),
    "forecasts.closing_past": _("Giờ đóng nhận dự báo đã qua (bây giờ là {now}). Hãy chọn một giờ sau đó."),
    "forecasts.outcome_day_outside": _("Ngày có kết quả phải trong năm {first} hoặc {last}. Hãy kiểm tra lại năm vừa nhập."),
    "forecasts.outcome_before_closing": _(
        "Nhận dự báo tới {closes_at} thì ngày có kết quả phải là một ngày sau đó, để không ai dự báo điều đã biết. "
        "Hãy dời ngày có kết quả, hoặc đóng nhận dự báo sớm hơn."
    ),
    "forecasts.closing_not_earlier": _("Chỉ đóng sớm hơn, không kéo dài: giờ đóng hiện nay là {closes_at}."),
    "forecasts.choices_too_few": _("Hãy ghi ít nhất {least} khả năng, mỗi khả năng một dòng."),
    "forecasts.choices_too_many": _("Có {count} khả năng, nhiều nhất {most}. Hãy gộp bớt, ví dụ thành “Khả năng khác”."),
    "forecasts.choice_too_long": _("Khả năng ở dòng {line} dài {length} ký tự, nhiều nhất {most}. Hãy viết gọn."),
    "forecasts.choice_twice": _("“{first}” và “{second}” là một. Hãy bỏ bớt, hoặc viết cho khác hẳn nhau."),
    "forecasts.words_too_short": _("Hãy viết rõ hơn, ít nhất {least} chữ cái."),
    "forecasts.edited_meanwhile": _(
        "Người khác vừa lưu trong lúc bạn sửa. Nội dung bạn nhập vẫn còn dưới đây, bản đang lưu hiện bên cạnh; "
        "lưu lần nữa sẽ thay bản đang lưu."
    ),
    "forecasts.question_fixed": _(
        "Đã có người dự báo, hoặc câu hỏi đã đóng, nên không sửa được nữa. Vẫn bổ sung được bối cảnh và đóng sớm hơn."
    ),
    "forecasts.not_a_draft": _("Câu hỏi này không còn là bản nháp. Hãy mở lại trang để xem trạng thái mới nhất."),
    "forecasts.still_draft": _("Câu hỏi còn là bản nháp: hãy sửa thẳng vào bản nháp, hoặc mở nhận dự báo trước."),
    "forecasts.not_open": _("Câu hỏi này đã đóng nhận dự báo từ {closed_at}."),
    "forecasts.decided_no_background": _("Câu hỏi đã có kết quả nên không bổ sung bối cảnh nữa."),
    "forecasts.background_twice": _("Đoạn này vừa được bổ sung."),
    "forecasts.draft_no_forecast": _("Câu hỏi còn là bản nháp nên chưa nhận dự báo."),
    "forecasts.chances_missing": _("Hãy ghi xác suất cho cả {count} khả năng; khả năng không thể xảy ra thì ghi 0."),
    "forecasts.chance_outside": _("Xác suất phải từ 0 đến 100 %."),
    "forecasts.chance_too_fine": _("Ghi nhiều nhất một chữ số sau dấu phẩy, ví dụ 12,5."),
    "forecasts.sum_over": _("Các xác suất cộng lại được {total:points} %, phải đúng 100 %. Hãy bớt {more:points} %."),
    "forecasts.sum_under": _("Các xác suất cộng lại được {total:points} %, phải đúng 100 %. Hãy thêm {more:points} %."),
    "forecasts.certain_needs_tick": _(
        "Bạn ghi 0 % hoặc 100 %: nếu sai, điểm log là vô cùng. Hãy đánh dấu ô này nếu chắc chắn tuyệt đối, "
        "hoặc ghi một số như 1 % hay 99 %."
    ),
    "forecasts.interval_missing": _("Hãy ghi cả hai đầu của khoảng."),
    "forecasts.interval_reversed": _("Đầu cao ({high:points}) đang nhỏ hơn đầu thấp ({low:points})."),
    "forecasts.why_changed": _("Đây không phải dự báo đầu tiên. Hãy ghi vì sao thay đổi."),
    "forecasts.question_edited": _(
        "Câu hỏi vừa được sửa sau khi bạn mở trang. Hãy đọc lại câu hỏi và các khả năng bên dưới, xem lại số đã nhập "
        "rồi gửi lần nữa."
    ),
    "forecasts.forecast_meanwhile": _(
        "Một người khác vừa dự báo ở cùng tư cách này. Dự báo đang có hiện bên dưới; số bạn nhập vẫn còn. "
        "Gửi lần nữa, kèm lý do, sẽ là dự báo mới."
    ),
    "forecasts.outcome_not_due": _("Chưa tới ngày có kết quả ({day}). Từ ngày đó mới ghi được kết quả."),
    "forecasts.decided_already": _("Câu hỏi đã có kết quả. Kết quả chỉ thay đổi khi một khiếu nại được chấp nhận."),
    "forecasts.no_answer": _("Hãy chọn một kết quả, hoặc “không tính”."),
    "forecasts.not_decided": _("Câu hỏi này chưa có kết quả nên chưa có gì để khiếu nại."),
    "forecasts.disputed_already": _("{unit} đã khiếu nại kết quả này. Mỗi đơn vị khiếu nại một lần với mỗi kết quả."),
    "forecasts.dispute_answered": _("Khiếu nại này đã được trả lời."),
    "forecasts.own_dispute": _("Khiếu nại này của chính đơn vị bạn. Hãy nhờ người khác trả lời, thường là cán bộ cấp trên."),
    "forecasts.same_outcome": _("Kết quả mới giống kết quả đang có. Hãy chọn kết quả khác, hoặc bác khiếu nại."),
}
EVENTS: dict[str, object] = {
    "QuestionAsked": _("Đặt câu hỏi dự báo “{title}”, nhận tới {closes_at}, có kết quả ngày {outcome_on}"),
    "QuestionDrafted": _("Soạn bản nháp câu hỏi dự báo “{title}”, dự định nhận tới {closes_at}, có kết quả ngày {outcome_on}"),
    "QuestionEdited": _("Sửa câu hỏi dự báo “{title}” (lần {revision}), hạn nhận {closes_at}, có kết quả ngày {outcome_on}"),
    "QuestionOpened": _("Mở nhận dự báo “{title}” tới {closes_at}"),
    "QuestionRemoved": _("Bỏ bản nháp câu hỏi dự báo “{title}”"),
    "BackgroundAdded": _("Bổ sung bối cảnh cho câu hỏi dự báo “{title}”: {text}"),
    "ClosingBroughtForward": _("Rút hạn nhận dự báo “{title}” từ {before} về {closes_at}: {reason}"),
    "QuestionClosed": _("Đóng nhận dự báo “{title}”: {reason}"),
    "ForecastMade": _("{unit} dự báo “{title}”"),
    "QuestionDecided": _("Ghi kết quả câu hỏi dự báo “{title}” (lần {number}): {outcome}. Căn cứ: {basis}"),
    "DisputeRaised": _("{unit} khiếu nại kết quả lần {number} của “{title}”: {reason}"),
    "DisputeUpheld": _("Chấp nhận khiếu nại của {unit} về “{title}”: {answer}"),
    "DisputeTurnedDown": _("Bác khiếu nại của {unit} về “{title}”: {answer}"),
}
VALUES: dict[str, object] = {}
