"""Rows of assessment as people read them: figures by measure, grade, reasons in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from thidua.directives.models import Level
from thidua.kernel.points import format_plain, format_vietnamese
from thidua.people.models import Organisation
from thidua.rapporteurs.models import GradeName
from thidua.rapporteurs.queries.assessment import Row
from thidua.rapporteurs.rules.schemes import Measure
from thidua.web.sentences import points_in_words, sentence

MEASURES: dict[str, object] = {
    Measure.TALKS: gettext_lazy("Số buổi tuyên truyền"),
    Measure.LISTENERS: gettext_lazy("Lượt người nghe"),
    Measure.TOPICS: gettext_lazy("Chủ đề đã nói (% số chủ đề của năm)"),
    Measure.USEFUL: gettext_lazy("Người nghe thấy có ích (%)"),
    Measure.SENT: gettext_lazy("Báo cáo đã gửi (%)"),
    Measure.ON_TIME: gettext_lazy("Báo cáo đúng hạn (%)"),
}
"""What is measured, in the words of columns and of forms."""
STATES = {"good": "ok", "fair": "ok", "average": "due", "weak": "late", "review": "wait"}
"""The colour of each grade."""


@dataclass(frozen=True, slots=True)
class Told:
    """A measure of a member: its name, what there was ("12", "45/60") and what it brought ("18,46/20")."""

    label: object
    actual: str
    got: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A row for reading. `reasons`: the sentences behind the grade, first those of the measures."""

    pk: int
    name: str
    post_title: str
    unit: Organisation
    level: str
    months: int
    measures: list[Told]
    percent: Decimal | None
    grade: str
    label: str
    state: str
    reasons: list[str]


def shown_of(row: Row, measures: Sequence[Measure]) -> Shown:
    """A row with these measures as its columns. No query."""
    basis = row.basis
    lines = {line["measure"]: line for line in basis["lines"]}
    told = [Told(MEASURES[measure], actual_words(measure, basis["figures"]), _got(lines.get(measure))) for measure in measures]
    return Shown(
        row.member.pk, basis["name"], basis["post_title"], row.unit, str(Level(row.level).label), basis["figures"]["months"],
        told, row.percent, row.grade, str(GradeName(row.grade).label), STATES[row.grade], reasons_of(row),
    )  # fmt: skip


def reasons_of(row: Row) -> list[str]:
    """Why: each measure, then the grade."""
    told = [*(line["why"] for line in row.basis["lines"]), *row.basis["reasons"]]
    return [sentence(each["code"], each["facts"]) for each in told]


def actual_words(measure: Measure, figures: dict[str, int]) -> str:
    """What there was: a number, or a part of a whole."""
    part, whole = {
        Measure.TALKS: (figures["talks"], None),
        Measure.LISTENERS: (figures["listeners"], None),
        Measure.TOPICS: (figures["topics"], figures["agreed"]),
        Measure.USEFUL: (figures["useful"], figures["answers"]),
        Measure.SENT: (figures["sent"], figures["owed"]),
        Measure.ON_TIME: (figures["on_time"], figures["owed"]),
    }[measure]
    number = points_in_words(part)
    return number if whole is None else f"{number}/{points_in_words(whole)}"


def _got(line: dict | None) -> str:
    if line is None:
        return ""
    if not line["counts"]:
        return _("không tính")
    return "/".join(_points(Decimal(line[each])) for each in ("got", "weight"))


def _points(value: Decimal) -> str:
    return format_plain(value, fewest=0, most=2) if get_language() == "en" else format_vietnamese(value)
