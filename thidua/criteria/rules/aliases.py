"""The Vietnamese names by which a table may call its columns, kinds, methods and settings of evidence.

The machine's names (commands.md, "Criteria table") are always understood; people who write a table by hand use their own.
"""

from collections.abc import Iterable, Mapping

from thidua.criteria.rules.criterion import Kind, Method, Proof

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("mã", "mã tiêu chí", "mã dòng"),
    "parent_code": ("mã cha", "mã mục cha", "mục cha", "thuộc mục"),
    "title_vi": ("nội dung", "nội dung tiêu chí", "tiêu chí", "tên tiêu chí"),
    "max_points": ("điểm tối đa", "điểm chuẩn", "điểm", "số điểm"),
    "kind": ("loại", "loại dòng"),
    "rule_text_vi": ("cách chấm", "cách chấm bằng lời", "quy tắc", "hướng dẫn chấm"),
    "unit": ("đơn vị tính", "đvt"),
    "source_url": ("nguồn", "căn cứ"),
    "method": ("cách tính", "phương pháp"),
    "per_case": ("điểm mỗi trường hợp", "điểm mỗi lần", "mỗi trường hợp"),
    "cap": ("nhiều nhất", "mức tối đa của dòng"),
    "over_rate": ("thưởng cho mỗi 1 % vượt", "thưởng mỗi 1% vượt"),
    "over_cap": ("thưởng vượt nhiều nhất",),
    "adjust_cap": ("tổng thưởng và trừ không quá",),
    "floor": ("điểm thấp nhất", "thấp nhất"),
    "bonus_cap": ("tổng thưởng không quá",),
    "penalty_cap": ("tổng trừ không quá",),
    "evidence": ("minh chứng", "yêu cầu minh chứng"),
    "assessor": ("người theo dõi, chấm", "người chấm", "ai theo dõi, chấm"),
    "not_assigned": ("không giao cho",),
    "grades": ("tỷ lệ điểm theo xếp loại", "xếp loại và hệ số"),
    "pool": ("điểm theo thứ hạng",),
}
KINDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.POINTS: ("điểm",),
    Kind.RATIO: ("tỷ lệ",),
    Kind.COUNT: ("số lượng",),
    Kind.BONUS: ("thưởng", "điểm thưởng"),
    Kind.PENALTY: ("trừ", "điểm trừ"),
    Kind.GATE: ("điều kiện loại", "điều kiện"),
}
METHODS: Mapping[Method, tuple[str, ...]] = {
    Method.AWARD: ("chấm trực tiếp", "chấm trực tiếp, từ 0 đến điểm tối đa"),
    Method.PROPORTIONAL: ("theo tỷ lệ hoàn thành", "thực hiện ÷ chỉ tiêu × điểm tối đa"),
    Method.INVERSE: ("tỷ lệ nghịch", "chỉ tiêu ÷ thực hiện × điểm tối đa, cho chỉ tiêu phải giảm"),
    Method.RELATIVE_TO_LEADER: (
        "so với đơn vị dẫn đầu",
        "đạt chỉ tiêu được một nửa, phần còn lại so với đơn vị vượt nhiều nhất",
    ),
    Method.PER_CASE: ("theo trường hợp", "theo lần", "số trường hợp × điểm mỗi trường hợp"),
    Method.BANDS: ("chọn mức", "chọn một trong các mức"),
    Method.PASS_FAIL: ("đạt hoặc không đạt", "đạt/không đạt", "đạt thì đủ điểm, không đạt thì 0"),
    Method.GRADE: ("xếp loại", "xếp loại a, b, c, d"),
    Method.LATENESS: ("trừ theo ngày chậm", "trừ theo số ngày chậm"),
    Method.POOL: ("theo thứ hạng", "điểm theo thứ hạng ở cuộc thi bên ngoài"),
    Method.WEIGHTED: ("theo trọng số", "trọng số × kết quả"),
}
PROOFS: Mapping[Proof, tuple[str, ...]] = {
    Proof.ASKED: ("nên có",),
    Proof.REQUIRED: ("bắt buộc",),
    Proof.NOT_NEEDED: ("không cần",),
}


def column_called(text: str) -> str:
    """The machine's name of the column in a header; what is no Vietnamese name of one stays, in lower case."""
    return _COLUMN_OF.get(_plain(text), text.strip().lower())


def value_called(text: str) -> str:
    """The machine's word for a kind, method or setting of evidence; other text stays, in lower case. No two columns give one
    word two senses."""
    return _VALUE_OF.get(_plain(text), text.strip().lower())


def named(words: Iterable[str]) -> str:
    """The machine's words with the first Vietnamese name of each: `điểm (points), tỷ lệ (ratio)`."""
    return ", ".join(f"{_FIRST[word]} ({word})" if word in _FIRST else word for word in words)


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).replace("tỉ lệ", "tỷ lệ")


_COLUMN_OF = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
_VALUES: dict[str, tuple[str, ...]] = {
    word.value: aliases for group in (KINDS, METHODS, PROOFS) for word, aliases in group.items()
}
_VALUE_OF = {alias: word for word, aliases in _VALUES.items() for alias in aliases}
_FIRST = {word: aliases[0] for word, aliases in {**COLUMNS, **_VALUES}.items() if word}
