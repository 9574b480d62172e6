"""Small and real tables."""

from pathlib import Path

import pytest

from thidua.criteria import actions, queries
from thidua.criteria.papers import read_table

DATA = Path(__file__).parents[2] / "demo" / "data"
REAL = DATA / "tien-giang-tnmt-phong-2022.csv"
CONTRADICTORY = DATA / "thong-ke-hung-yen-2026.csv"

HEADER = ["code", "parent_code", "title_vi", "max_points", "kind"]
SMALL = [
    HEADER,
    ["T", "", "Tổng", "10", "points"],
    ["1", "T", "Nghị quyết", "6", "points"],
    ["2", "T", "Báo cáo", "4", "points"],
]


@pytest.fixture(autouse=True)
def _no_tables_remembered():
    queries.forget_tables()


@pytest.fixture
def real_rows():
    """The rows of the real table of 147 criteria."""
    return read_table(REAL)


@pytest.fixture
def draft(world, now):
    """draft(year) imports a table as the head's secretary."""

    def go(year, rows=SMALL, title="Bảng tiêu chí"):
        return actions.import_table(year=year, rows=rows, title=title, actor=world.secretary(), now=now)

    return go


@pytest.fixture
def published(world, now, draft):
    """published(year) imports and publishes."""

    def go(year, rows=SMALL, reason="điều chỉnh theo kết luận họp cụm"):
        adopted = {"version": draft(year, rows), "decision": "Biên bản họp cụm", "reason": reason}
        return actions.publish_version(**adopted, actor=world.secretary(), now=now)

    return go
