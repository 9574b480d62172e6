"""Years with published criteria and a pledge."""

import pytest

from thidua.criteria import actions as criteria
from thidua.criteria import queries as criteria_queries
from thidua.pledges import actions

TABLE = [
    ["code", "parent_code", "title_vi", "max_points", "kind"],
    ["T", "", "Tổng", "10", "points"],
    ["1", "T", "Nghị quyết", "6", "points"],
    ["2", "T", "Báo cáo", "4", "points"],
]


@pytest.fixture(autouse=True)
def _no_tables_remembered():
    criteria_queries.forget_tables()


@pytest.fixture
def published(world, now):
    """published(year) publishes a small criteria table for the year."""

    def go(year, rows=TABLE):
        draft = criteria.import_table(year=year, rows=rows, title="Bảng tiêu chí", actor=world.secretary(), now=now)
        words = {"decision": "biên bản thống nhất", "reason": "điều chỉnh theo hướng dẫn mới"}
        return criteria.publish_version(version=draft, **words, actor=world.secretary(), now=now)

    return go


@pytest.fixture
def drafted(world, published, now):
    """drafted(year) → a pledge in draft over published criteria."""

    def go(year):
        published(year)
        return actions.draft_pledge(year=year, actor=world.secretary(), now=now)

    return go


@pytest.fixture
def frozen(world, drafted, now):
    """frozen(year) → a pledge open for confirmation."""

    def go(year):
        return actions.freeze_pledge(pledge=drafted(year), actor=world.secretary(), now=now)

    return go
