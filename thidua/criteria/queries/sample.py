"""An example to start from: a table of two rows marked as samples, and what every column means."""

from decimal import Decimal

from django.utils.translation import gettext as _

from thidua.criteria.queries.words import KINDS, METHODS
from thidua.criteria.rules import CriteriaTable, Criterion, Method


def sample_table() -> CriteriaTable:
    """Two rows, each marked as a sample to be deleted: a heading and a part that fills it."""
    heading = Criterion(
        code="MAU",
        title=_("(Dòng mẫu, hãy xóa) Tổng điểm của bảng"),
        max_points=Decimal(10),
        rule_text=_("Điểm tối đa của mục lớn phải bằng tổng các mục con."),
        unit="điểm",
    )
    part = Criterion(
        code="MAU.1",
        parent=heading.code,
        title=_("(Dòng mẫu, hãy xóa) Báo cáo đúng hạn"),
        max_points=Decimal(10),
        rule_text=_("Đúng hạn được 10 điểm; mỗi ngày chậm trừ 2, thấp nhất 0."),
        unit="điểm",
        method=Method.LATENESS,
        per_case=Decimal(2),
        floor=Decimal(0),
    )
    return CriteriaTable.of([heading, part])


def guide() -> list[tuple[str, str]]:
    """What to write in each column, then the kinds and the methods in words."""
    columns = [
        ("code", _("Mã tiêu chí, mỗi mã một lần, ví dụ I.2.1. Để cột ở định dạng Văn bản để 1.10 không thành 1.1.")),
        ("parent_code", _("Mã của mục chứa dòng này; để trống ở dòng gốc.")),
        ("title_vi", _("Nội dung tiêu chí.")),
        ("max_points", _("Điểm tối đa. Mục lớn phải bằng tổng các mục con. Điểm trừ ghi số âm. Để trống nếu không nêu.")),
        ("kind", ", ".join(f"{kind}: {words}" for kind, words in KINDS.items())),
        (
            "rule_text_vi",
            _("Cách chấm bằng lời. Bắt đầu bằng [mức] nếu dòng là một mức để chọn; [-0,5/lần] là điểm mỗi trường hợp."),
        ),
        ("unit", _("Đơn vị tính: điểm, %, báo cáo, trường hợp…")),
        ("source_url", _("Địa chỉ văn bản làm căn cứ (không bắt buộc).")),
        ("method", _("Cách tính (không bắt buộc); các cách tính ở bên dưới.")),
        ("per_case", _("Điểm cho mỗi trường hợp hoặc mỗi ngày chậm.")),
        ("cap", _("Mức tối đa của dòng, nếu khác max_points.")),
        ("over_rate", _("Điểm thưởng cho mỗi 1 % vượt chỉ tiêu.")),
        ("over_cap", _("Điểm thưởng vượt chỉ tiêu nhiều nhất.")),
        ("adjust_cap", _("Tổng thưởng và trừ của cả mục không vượt quá số này.")),
        ("floor", _("Điểm thấp nhất khi trừ theo ngày chậm.")),
        ("bonus_cap", _("Tổng thưởng của cả mục không vượt quá số này.")),
        ("penalty_cap", _("Tổng trừ của cả mục không vượt quá số này, ghi số dương.")),
        ("evidence", _("Minh chứng: required là bắt buộc, none là không cần, để trống là nên có.")),
        ("assessor", _("Ai theo dõi và chấm dòng này.")),
        ("not_assigned", _("Mã các đơn vị không được giao dòng này, cách nhau bằng dấu cách.")),
        ("grades", _("Hệ số của từng loại, ví dụ A=1; B=0,8; C=60%.")),
        ("pool", _("Điểm theo thứ hạng, từ hạng nhất, ví dụ 60/45/30.")),
    ]
    return columns + [(f"method = {method}", str(words)) for method, words in METHODS.items()]
