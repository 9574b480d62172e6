"""Track records as rows of a workbook."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from thidua.forecasts.queries.records import Record
from thidua.forecasts.rules.records import Scores


def headers() -> list[str]:
    """The columns of the list of records."""
    return [
        _("Đơn vị"),
        _("Chức vụ"),
        _("Có hay không: số câu"),
        _("Có hay không: Brier"),
        _("Brier của trung vị cụm"),
        _("Brier của tỷ lệ chung"),
        _("Brier theo thời gian"),
        _("Phần thời gian có dự báo (%)"),
        _("Nhiều khả năng: số câu"),
        _("Nhiều khả năng: Brier"),
        _("Nhiều khả năng: Brier của trung vị cụm"),
        _("Con số: số câu"),
        _("Con số: số khoảng chứa giá trị thật"),
        _("Con số: số câu tốt hơn trung vị cụm"),
    ]


def rows_of(records: Iterable[Record]) -> list[list[object]]:
    """A row for each record. What is not shown on the page (too few questions) is empty here."""
    return [_row(record) for record in records]


def _row(record: Record) -> list[object]:
    yes_no, choices, numbers = map(_shown, (record.yes_no, record.choices, record.numbers))
    return [
        record.unit.name_vi if record.unit else "",
        record.post.title_vi if record.post else "",
        record.yes_no.n if record.yes_no else 0,
        _figure(yes_no and yes_no.score),
        _figure(yes_no and yes_no.median),
        _figure(yes_no and yes_no.parts and yes_no.parts.uncertainty),
        _figure(yes_no and yes_no.over_time.score),
        _figure(yes_no and yes_no.over_time.covered * 100, 1),
        record.choices.n if record.choices else 0,
        _figure(choices and choices.score),
        _figure(choices and choices.median),
        record.numbers.n if record.numbers else 0,
        sum(held for _level, held, _n in numbers.coverages) if numbers else "",
        numbers.better[0] if numbers else "",
    ]


def _shown(scores: Scores | None) -> Scores | None:
    return scores if scores and not scores.wanting else None


def _figure(value: float | None, places: int = 6) -> object:
    return "" if value is None else round(Decimal(repr(value)), places)
