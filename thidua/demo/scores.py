"""Illustrative scores of the article's units for 2021. The article states no points; these are made up and marked so everywhere.

A figure is points, or for other methods: ("actual", "target"), a grade letter, days late, a count.
"""

from decimal import Decimal

from thidua.scoring.rules import ScoreLine

AWARDED = ("I.1", "I.2", "II.3", "III.1", "III.2", "IV.2", "IV.3", "V.1")

AWARDS: dict[str, tuple[str, ...]] = {
    "congan": ("9.5", "9.5", "6.5", "9", "5.5", "4.5", "5", "9.5"),
    "quansu": ("10", "9.5", "6.5", "9.5", "5.5", "5", "5", "9.75"),
    "benhvien": ("9", "9", "6", "8.5", "5", "4.5", "4", "10"),
    "coquan": ("9.5", "9.5", "7", "9", "5.5", "5", "5", "9"),
    "daihoc": ("9", "9", "6", "8.5", "5", "4.5", "4.5", "9"),
    "gangthep": ("8.5", "8.5", "6.5", "8", "5", "4", "4", "9"),
    "kimloaimau": ("9.5", "10", "6.5", "9", "5.5", "5", "5", "9.5"),
}
RATES: dict[str, dict[str, tuple[str, str]]] = {
    "congan": {"I.3": ("38", "40"), "II.1": ("44", "44")},
    "quansu": {"I.3": ("41", "41"), "II.1": ("48", "46")},
    "benhvien": {"I.3": ("29", "36"), "II.1": ("30", "36")},
    "coquan": {"I.3": ("38", "40"), "II.1": ("40", "40")},
    "daihoc": {"I.3": ("33", "38"), "II.1": ("38", "40")},
    "gangthep": {"I.3": ("30", "37"), "II.1": ("32", "40")},
    "kimloaimau": {"I.3": ("40", "42"), "II.1": ("46", "46")},
}
GRADES = {"congan": "A", "quansu": "A", "benhvien": "B", "coquan": "A", "daihoc": "B", "gangthep": "C", "kimloaimau": "A"}
DAYS_LATE = {"gangthep": "9"}
MODELS = {"quansu": "1", "congan": "1", "kimloaimau": "1", "daihoc": "1", "coquan": "1"}
RETURNED = {"gangthep": "1"}

EVIDENCED = ("I.1", "I.2", "I.3", "II.1", "II.2", "II.3", "III.1", "III.2", "III.3", "IV.1", "IV.2", "IV.3", "V.1", "VI")
WITHOUT_EVIDENCE = {"benhvien": ("III.2", "IV.3"), "gangthep": ("II.3", "III.2", "IV.2")}
"""Rows for which a unit attached nothing."""

CHANGES: dict[str, tuple[tuple[ScoreLine, str], ...]] = {
    "kimloaimau": (
        (ScoreLine(code="II.1", actual=Decimal(42), target=Decimal(46)), "Khai 46 buổi, 42 buổi có sổ và ảnh làm căn cứ."),
    ),
    "benhvien": ((ScoreLine(code="IV.1", days_late=Decimal(2)), "Báo cáo năm đến sau hạn 2 ngày theo sổ văn bản đến."),),
    "gangthep": ((ScoreLine(code="II.3", points=Decimal("5.5")), "Hai kỳ báo cáo của cộng tác viên không đủ nội dung."),),
    "coquan": ((ScoreLine(code="II.3", points=Decimal("6.5")), "Một kỳ báo cáo của cộng tác viên thiếu số liệu."),),
}
"""What the appraisers changed, and why."""


def self_scores(unit: str) -> list[tuple[ScoreLine, str]]:
    """Every line of a unit's sheet with its reason."""
    lines = [(ScoreLine(code=code, points=Decimal(points)), "") for code, points in zip(AWARDED, AWARDS[unit], strict=True)]
    lines += [
        (ScoreLine(code=code, actual=Decimal(actual), target=Decimal(target)), f"{actual} trên {target} theo sổ theo dõi")
        for code, (actual, target) in RATES[unit].items()
    ]
    late = Decimal(DAYS_LATE.get(unit, "0"))
    lines.append((ScoreLine(code="IV.1", days_late=late), "Báo cáo năm gửi đúng hạn" if not late else f"Gửi sau hạn {late} ngày"))
    lines.append((ScoreLine(code="II.2", grade=GRADES[unit]), ""))
    lines.append((ScoreLine(code="III.3", passed=True), "Có danh sách cộng tác viên ở từng chi bộ"))
    lines.append((ScoreLine(code="VI", count=Decimal(MODELS.get(unit, "0"))), ""))
    lines.append((ScoreLine(code="VII", count=Decimal(RETURNED.get(unit, "0"))), ""))
    lines.append((ScoreLine(code="VIII", passed=True), "Không có"))
    return lines
