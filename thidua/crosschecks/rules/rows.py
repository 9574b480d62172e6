"""Which rows each assessor named in the criteria follows: as few codes as say it."""

from thidua.criteria.rules import CriteriaTable, Criterion


def rows_by_assessor(table: CriteriaTable) -> dict[str, list[str]]:
    """The assessors in the order of the table ("" where the table names none), each with the codes of its rows: a heading stands
    for all below it. A row without an assessor of its own is followed by that of the heading above it."""
    found: dict[str, list[str]] = {}
    for root in table.roots:
        _gather(root, "", table, found)
    return found


def _gather(row: Criterion, above: str, table: CriteriaTable, found: dict[str, list[str]]) -> None:
    label = row.assessor or above
    if all(other.assessor in ("", label) for other in table.subtree(row.code)):
        found.setdefault(label, []).append(row.code)
        return
    for child in table.children(row.code):
        _gather(child, label, table, found)
