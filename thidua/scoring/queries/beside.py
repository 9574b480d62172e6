"""What stands beside a sheet that is being filled in: last year's points, what changed since, and which rows are whose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.criteria.models import CriteriaVersion
from thidua.criteria.queries import table_of
from thidua.criteria.rules import CriteriaTable
from thidua.kernel.actor import Actor
from thidua.people.models import Organisation
from thidua.scoring.access import SCORE, SEE_ALL_SHEETS
from thidua.scoring.models import RowKeeper, ScoreLine, ScoreSheet, SheetSnapshot
from thidua.scoring.queries.memory import Memory
from thidua.scoring.queries.results import Result, result_of
from thidua.scoring.queries.words import number
from thidua.scoring.rules.matching import matched

_BEFORE: Memory[dict[str, str]] = Memory(64)


@dataclass(frozen=True, slots=True)
class Beside:
    """By code: last year's verified points in words, and who changed a row since; and the codes of one's own rows."""

    before: Mapping[str, str] = field(default_factory=dict)
    news: Mapping[str, str] = field(default_factory=dict)
    mine: frozenset[str] = frozenset()


NOTHING = Beside()


def points_before(actor: Actor, year: ClusterYear, unit: Organisation, version: CriteriaVersion) -> dict[str, str]:
    """The unit's verified points of the year before by this year's codes; empty where that sheet was never checked, and for who
    is neither of the unit nor sees all sheets. One query, and those of a result that is not in memory."""
    if not (may(SCORE, actor, year, unit.pk) or may(SEE_ALL_SHEETS, actor, year)):
        return {}
    earlier = ScoreSheet.objects.filter(
        year__cluster=year.cluster_id, year__year=year.year - 1, unit=unit, checked_at__isnull=False
    )
    sheet = earlier.select_related("version", "year").first()
    if sheet is None:
        return {}
    result = result_of(sheet)
    key = (*result.key, version.pk, get_language())
    found = _BEFORE.get(key)
    return found if found is not None else _BEFORE.keep(key, _before(table_of(version), result))


def _before(table: CriteriaTable, earlier: Result) -> dict[str, str]:
    found = {}
    for code, was in matched(table, earlier.table).items():
        row = earlier.table.by_code[was]
        if not (row.is_gate or row.is_band):
            found[code] = number(earlier.verified.values[was])
    return found


def news_of(actor: Actor, result: Result, snapshot: SheetSnapshot | None) -> dict[str, str]:
    """By code, who changed a row when: since the sheet was last submitted, and what others changed since this person's own last
    save. No query."""
    own = [line.edited_at for line in result.lines.values() if _is_by(line, actor)]
    since = snapshot.submitted_at if snapshot is not None else None
    looked = max(own) if own else None
    return {code: _news(line) for code, line in result.lines.items() if _is_new(line, actor, since, looked)}


def _is_by(line: ScoreLine, actor: Actor) -> bool:
    return line.edited_by_name == actor.name or line.edited_by_name.startswith(f"{actor.name} (")


def _is_new(line: ScoreLine, actor: Actor, since: datetime | None, looked: datetime | None) -> bool:
    if not line.revision:
        return False
    if since is not None and line.edited_at > since:
        return True
    return looked is not None and line.edited_at > looked and not _is_by(line, actor)


def _news(line: ScoreLine) -> str:
    return _("%(name)s sửa lúc %(at)s") % {"name": line.edited_by_name, "at": f"{localtime(line.edited_at):%H:%M %d-%m}"}


def rows_of_person(actor: Actor, year: ClusterYear, unit: Organisation, table: CriteriaTable) -> frozenset[str]:
    """Codes of the rows given to this person, with all below them. One query."""
    given = RowKeeper.objects.filter(year=year, unit=unit, person=actor.person_id).values_list("code", flat=True)
    return frozenset(row.code for code in given if code in table.by_code for row in table.subtree(code))


def keepers_of(year: ClusterYear, unit: Organisation, table: CriteriaTable) -> list[RowKeeper]:
    """Who fills in which rows of the unit, in the order of the table; what the criteria no longer hold comes last. One query."""
    order = {row.code: n for n, row in enumerate(table.criteria)}
    rows = RowKeeper.objects.filter(year=year, unit=unit).select_related("person")
    return sorted(rows, key=lambda keeper: (order.get(keeper.code, len(order)), keeper.person.name))
