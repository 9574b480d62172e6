"""What a period covers, what it is called, by when it is due, and what it asks for.

Titles and the proposed template are texts of the records, in the language of the papers (Vietnamese), not of the reader.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from thidua.kernel.errors import Refused

MOST_ITEMS = 60
MOST_TITLE = 200
MOST_ITEM_TITLE = 300
MOST_MEASURE = 60
MOST_HINT = 300
MOST_INSTRUCTIONS = 5000
MOST_DUE_DAYS = 60
"""Longest wait after the end of a span: a report two months old tells nobody anything."""
REASON_LENGTH = 10

QUARTERS = ("I", "II", "III", "IV")
COUNTS = {"month": 12, "quarter": 4, "mid_year": 1, "year": 1}
"""How many periods of each kind a year has; ad hoc ones have no number."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a report covers, both included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Proposal:
    """A period as its kind proposes it."""

    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class DueRule:
    """By when periods of a year are due: so many days after the span's end, or (`day_of_month`) on that day of the next month.
    A day that the next month does not have is its last one."""

    number: int
    day_of_month: bool = False

    def day_after(self, ends_on: date) -> date:
        """The due day of a span that ends then."""
        if not self.day_of_month:
            return ends_on + timedelta(days=self.number)
        year, month = (ends_on.year + 1, 1) if ends_on.month == 12 else (ends_on.year, ends_on.month + 1)
        return date(year, month, min(self.number, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class ItemValue:
    """An item as it is typed. `kind`: figure or narrative; `source`: key of what fills it in; `pk`: the item it changes."""

    kind: str
    title: str
    unit_of_measure: str = ""
    source: str = ""
    required: bool = True
    hint: str = ""
    pk: int | None = None


def proposal(kind: str, year: int, number: int = 1) -> Proposal:
    """Title and span of the number-th period of a kind in a year: `proposal("month", 2021, 3)` is "Báo cáo tháng 3 năm 2021".

    Refuses reports.no_such_period: a number that the kind does not have, and ad hoc ones, which nothing can be proposed for.
    """
    if not 1 <= number <= COUNTS.get(kind, 0):
        raise Refused("reports.no_such_period", number=number)
    titles = {
        "month": f"Báo cáo tháng {number} năm {year}",
        "quarter": f"Báo cáo quý {QUARTERS[(number - 1) % 4]} năm {year}",
        "mid_year": f"Báo cáo 6 tháng đầu năm {year}",
        "year": f"Báo cáo năm {year}",
    }
    months = {"month": 1, "quarter": 3, "mid_year": 6, "year": 12}[kind]
    last = months * number
    return Proposal(titles[kind], Span(date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1])))


def proposals(kind: str, year: int) -> list[Proposal]:
    """Every period of a kind in a year. Refuses kinds without numbers (reports.no_such_period)."""
    if kind not in COUNTS:
        raise Refused("reports.no_such_period", number=1)
    return [proposal(kind, year, number) for number in range(1, COUNTS[kind] + 1)]


def short_title(title: str, year: int) -> str:
    """A period's title for narrow places: "Báo cáo tháng 3 năm 2021" is "Tháng 3" on the pages of 2021."""
    short = title.removeprefix("Báo cáo ").removesuffix(f" năm {year}")
    return short[:1].upper() + short[1:]


def check_rule(rule: DueRule) -> None:
    """Refuses reports.due_rule: more than 60 days after the end, or no day of a month."""
    most = 31 if rule.day_of_month else MOST_DUE_DAYS
    least = 1 if rule.day_of_month else 0
    if not least <= rule.number <= most:
        raise Refused("reports.due_rule", field="number", least=least, most=most)


def check_days(year: int, starts_on: date, ends_on: date, due_on: date) -> None:
    """Refuses a span that ends before it starts (reports.span_reversed) or lies outside the emulation year and the years next
    to it (reports.days_outside), and a due day before the span's end (reports.due_before_end): nobody reports the future."""
    if ends_on < starts_on:
        raise Refused("reports.span_reversed", field="ends_on")
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on), ("due_on", due_on)):
        if not year - 1 <= day.year <= year + 1:
            raise Refused("reports.days_outside", field=field, first=year - 1, last=year + 1)
    if due_on < ends_on:
        raise Refused("reports.due_before_end", field="due_on", day=ends_on)


def check_items(items: Sequence[ItemValue]) -> list[ItemValue]:
    """The items with their words trimmed. Refuses none (reports.no_items), more than 60 (reports.too_many_items), one without
    a title (reports.item_empty), the same title twice (reports.item_twice: charts and sums go by it), and a source that cannot
    fill in an item of that kind (reports.source_sort)."""
    if not items:
        raise Refused("reports.no_items")
    if len(items) > MOST_ITEMS:
        raise Refused("reports.too_many_items", limit=MOST_ITEMS)
    seen: set[str] = set()
    clean = [_trimmed(item) for item in items]
    for line, item in enumerate(clean, 1):
        if not item.title:
            raise Refused("reports.item_empty", line=line)
        if item.title.casefold() in seen:
            raise Refused("reports.item_twice", title=item.title)
        if not fits(item.kind, item.source):
            raise Refused("reports.source_sort", title=item.title)
        seen.add(item.title.casefold())
    return clean


def begins_words(source: str) -> bool:
    """Whether a source gives lines to begin a part of words with, no figure: the key says it."""
    return source.endswith("_list")


def fits(kind: str, source: str) -> bool:
    """Whether the source can fill in an item of the kind: a figure takes no list, words take no figure; none fits both."""
    return not source or begins_words(source) is (kind != "figure")


def _trimmed(item: ItemValue) -> ItemValue:
    """The item without blanks around its words."""
    figure = item.kind == "figure"
    return ItemValue(
        kind=item.kind,
        title=" ".join(item.title.split()),
        unit_of_measure=" ".join(item.unit_of_measure.split()) if figure else "",
        source=item.source,
        required=item.required,
        hint=item.hint.strip(),
        pk=item.pk,
    )


def check_reason(reason: str) -> str:
    """The reason without space around it. Refuses one of less than ten letters (reports.reason_too_short)."""
    why = reason.strip()
    if sum(char.isalpha() for char in why) < REASON_LENGTH:
        raise Refused("reports.reason_too_short", field="reason", least=REASON_LENGTH)
    return why


PROPOSED_TITLE = "Mẫu gợi ý cho công tác tuyên giáo"
PROPOSED = (
    ItemValue("figure", "Văn bản chỉ đạo đã tiếp nhận", "văn bản", "directives.received"),
    ItemValue("figure", "Hội nghị học tập, quán triệt đã tổ chức", "hội nghị", "directives.sessions"),
    ItemValue("figure", "Tỷ lệ đảng viên được học tập, quán triệt", "%", "directives.share_of_members"),
    ItemValue("figure", "Nhiệm vụ đến hạn trong kỳ", "nhiệm vụ", "programmes.tasks_due"),
    ItemValue("figure", "Nhiệm vụ đã hoàn thành", "nhiệm vụ", "programmes.tasks_done"),
    ItemValue("figure", "Nhiệm vụ quá hạn", "nhiệm vụ", "programmes.tasks_overdue"),
    ItemValue(
        "narrative",
        "Kết quả nổi bật",
        source="programmes.done_list",
        hint="Việc đã làm, số liệu tiêu biểu, chuyển biến so với kỳ trước.",
    ),
    ItemValue("narrative", "Hạn chế", hint="Việc chưa đạt yêu cầu, việc chậm."),
    ItemValue("narrative", "Nguyên nhân", required=False),
    ItemValue("narrative", "Phương hướng kỳ tới", hint="Nhiệm vụ trọng tâm, thời hạn."),
    ItemValue("narrative", "Kiến nghị, đề xuất", required=False),
)
"""A template to start from, only a proposal: no rule says what these reports must hold."""
