"""The words of a reminder. It is an official letter, so it is Vietnamese whatever the reader's language; a person sends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of thing that a unit still owes: the first of them as lines, and how many there are in all."""

    lines: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class OtherGap:
    """A gap that another slice has found: the line above its things ("{n}" is their number), and its words after a number."""

    heading: str
    short: str
    gap: Gap


@dataclass(frozen=True, slots=True)
class Owed:
    """What one unit owes: documents not confirmed as received, clauses without a task, tasks overdue, programmes not approved;
    and what other slices have found."""

    documents: Gap = Gap()
    clauses: Gap = Gap()
    tasks: Gap = Gap()
    programmes: Gap = Gap()
    others: tuple[OtherGap, ...] = ()

    @property
    def count(self) -> int:
        """How many things in all."""
        own = self.documents.count + self.clauses.count + self.tasks.count + self.programmes.count
        return own + sum(other.gap.count for other in self.others)


@dataclass(frozen=True, slots=True)
class Occasion:
    """The year a reminder is about, and the day it is written."""

    cluster: str
    year: int
    head: str
    today: date
    illustrative: bool = False


CLOSING = (
    "trường hợp có khó khăn, vướng mắc, đề nghị trao đổi với đơn vị cụm trưởng để phối hợp giải quyết.",
    "Trân trọng./.",
)


def spoken_day(day: date) -> str:
    """A day as official papers write it: "01-11-2021" (day and month with two figures)."""
    return f"{day.day:02d}-{day.month:02d}-{day.year}"


def with_day(words: str, due_on: date | None, today: date) -> str:
    """Words with their day: "… (hạn 15-10-2021, quá 17 ngày)". A full stop at their end goes: the letter puts its own mark."""
    words = words.rstrip(" .;,")
    if due_on is None:
        return words
    over = (today - due_on).days
    return f"{words} (hạn {spoken_day(due_on)}{f', quá {over} ngày' if over > 0 else ''})"


def letter(unit: str, owed: Owed, occasion: Occasion) -> str:
    """The reminder to one unit, each kind of gap with its lines; empty when it owes nothing."""
    heads = [
        (owed.documents, "Chưa xác nhận đã nhận {n} văn bản:"),
        (owed.clauses, "Chưa lập nhiệm vụ thực hiện {n} mục của văn bản:"),
        (owed.tasks, "Có {n} nhiệm vụ đã quá hạn nhưng chưa hoàn thành:"),
        (owed.programmes, "Có {n} chương trình, kế hoạch chưa được lãnh đạo duyệt:"),
        *((other.gap, other.heading) for other in owed.others),
    ]
    shown = [(gap, words) for gap, words in heads if gap.count]
    if not shown:
        return ""
    parts = [*_opening(unit, occasion), f"Quý đơn vị còn {owed.count} nội dung cần hoàn thành, cụ thể:", ""]
    for number, (gap, words) in enumerate(shown, 1):
        parts += [f"{number}. {words.format(n=gap.count)}", *(f"- {line};" for line in gap.lines)]
        if rest := gap.count - len(gap.lines):
            parts.append(f"- và {rest} nội dung khác;")
        parts[-1] = f"{parts[-1][:-1]}."
    closing = "Đề nghị quý đơn vị quan tâm chỉ đạo, sớm hoàn thành và cập nhật kết quả;"
    return "\n".join([*parts, "", f"{closing} {CLOSING[0]}", CLOSING[1]])


def letter_to_all(owing: Sequence[tuple[str, Owed]], occasion: Occasion) -> str:
    """One reminder to all units that owe something, a line each; empty when none does."""
    owing = [(unit, owed) for unit, owed in owing if owed.count]
    if not owing:
        return ""
    lines = [f"{number}. {unit}: {_in_short(owed)}." for number, (unit, owed) in enumerate(owing, 1)]
    parts = [*_opening(f"Các đơn vị thành viên {occasion.cluster}", occasion), "Một số đơn vị còn nội dung cần hoàn thành:", ""]
    closing = "Đề nghị các đơn vị có tên trên quan tâm chỉ đạo, sớm hoàn thành và cập nhật kết quả;"
    return "\n".join([*parts, *lines, "", f"{closing} {CLOSING[0]}", CLOSING[1]])


def _opening(to: str, occasion: Occasion) -> list[str]:
    lines = ["(Số liệu minh hoạ)", ""] if occasion.illustrative else []
    about = f"Qua theo dõi việc thực hiện nhiệm vụ năm {occasion.year} của {occasion.cluster}, tính đến ngày"
    return [*lines, f"Kính gửi: {to}", "", f"{about} {spoken_day(occasion.today)}, {occasion.head} (cụm trưởng) xin thông báo:"]


def _in_short(owed: Owed) -> str:
    counts = [
        (owed.documents.count, "văn bản chưa xác nhận đã nhận"),
        (owed.clauses.count, "mục chưa có nhiệm vụ"),
        (owed.tasks.count, "nhiệm vụ quá hạn"),
        (owed.programmes.count, "chương trình, kế hoạch chưa duyệt"),
        *((other.gap.count, other.short) for other in owed.others),
    ]
    return ", ".join(f"{count} {words}" for count, words in counts if count)
