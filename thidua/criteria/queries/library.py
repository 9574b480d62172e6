"""Example tables to start from, each labelled as an example, and the tables of other years that this person may read."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import years_visible_to
from thidua.clusters.models import ClusterYear
from thidua.criteria import rules
from thidua.criteria.models import CriteriaVersion
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent

_FOLDER = Path(__file__).parents[1] / "data" / "library"
_MOST_TABLES = 200


@dataclass(frozen=True, slots=True)
class Example:
    """An example table: `is_real` where it is taken from a public text (its rows name the source), otherwise made up by us."""

    key: str
    title: object
    words: object
    is_real: bool

    @property
    def rows(self) -> list[list[str]]:
        """Its cells, header first."""
        return [list(row) for row in _rows(self.key)]

    @property
    def parsed(self) -> rules.ParsedCriteria:
        """Its table, with what contradicts itself in it: sources are shown as they are."""
        return _parsed(self.key)


EXAMPLES = (
    Example(
        "toi-gian-minh-hoa",
        _("Bảng tối giản 100 điểm"),
        _("Khung nhỏ nhất để bắt đầu, mỗi dòng một cách tính hay gặp."),
        False,
    ),
    Example(
        "tuyen-giao-minh-hoa",
        _("Cụm thi đua tuyên giáo, 100 điểm"),
        _("Nghị quyết, tuyên truyền miệng, dư luận xã hội, xây dựng ban và chế độ báo cáo."),
        False,
    ),
    Example(
        "san-xuat-kinh-doanh-minh-hoa",
        _("Khối doanh nghiệp, 1.000 điểm"),
        _("Chỉ tiêu so với kế hoạch, so với đơn vị dẫn đầu, chỉ tiêu phải giảm, mức để chọn, trừ theo vụ."),
        False,
    ),
    Example(
        "tien-giang-tnmt-phong-2022",
        _("Phòng Tài nguyên và Môi trường cấp huyện, Tiền Giang 2022"),
        _("147 dòng, 100 điểm. Nhan đề rút gọn, quy tắc viết lại theo văn bản gốc."),
        True,
    ),
    Example(
        "thong-ke-hung-yen-2026",
        _("Thống kê cơ sở, Hưng Yên 2026"),
        _("Chấm theo hạn báo cáo. Văn bản gốc có chỗ mâu thuẫn: nhóm IV ghi 210 điểm nhưng các mục cộng lại là 260."),
        True,
    ),
    Example(
        "hung-yen-khoi-thi-dua-2021-quy-tac",
        _("Quy tắc thưởng, trừ, loại của khối thi đua, Hưng Yên 2021 (dự thảo)"),
        _("Chỉ có quy tắc, không có khung điểm: cần thêm các mục điểm của mình."),
        True,
    ),
)
"""In the order in which the page shows them."""


def get_example(key: str) -> Example:
    """The example of that key; Absent when there is none."""
    for example in EXAMPLES:
        if example.key == key:
            return example
    raise Absent


def tables_to_copy(actor: Actor, year: ClusterYear) -> list[CriteriaVersion]:
    """Published tables in force of other years that this person sees: the own cluster first, then the newest. One query."""
    newest: dict[int, CriteriaVersion] = {}
    for version in _readable(actor).exclude(year=year).order_by("-number"):
        newest.setdefault(version.year_id, version)
    own = year.cluster_id
    found = sorted(newest.values(), key=lambda v: (v.year.cluster_id != own, -v.year.year, v.year.cluster.name_vi))
    return found[:_MOST_TABLES]


def get_table_to_copy(actor: Actor, year: ClusterYear, version_id: int) -> CriteriaVersion:
    """A published table that this person may read, of any other year; Absent for others and for what is not there."""
    found = _readable(actor).exclude(year=year).filter(pk=version_id).first()
    if found is None:
        raise Absent
    return found


def _readable(actor: Actor) -> QuerySet[CriteriaVersion]:
    published = CriteriaVersion.objects.filter(published_at__isnull=False, year__in=years_visible_to(actor))
    return published.select_related("year__cluster")


@lru_cache(maxsize=len(EXAMPLES))
def _rows(key: str) -> tuple[tuple[str, ...], ...]:
    with (_FOLDER / f"{key}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(tuple(row) for row in csv.reader(lines))


@lru_cache(maxsize=len(EXAMPLES))
def _parsed(key: str) -> rules.ParsedCriteria:
    return rules.parse_criteria(_rows(key))
