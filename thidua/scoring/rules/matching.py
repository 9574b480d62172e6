"""Which criterion of last year a criterion of this year is: tables are revised between years, and codes move."""

from collections import Counter

from thidua.criteria.rules import CriteriaTable
from thidua.kernel.text import fold


def matched(table: CriteriaTable, before: CriteriaTable) -> dict[str, str]:
    """Codes of `table` to codes of `before`. A row is the same where code and title are, or where its title stands once in each
    table: so a row that was only renumbered is found, and one that was only given a used code is not taken for another."""
    titles, earlier = _titles(table), _titles(before)
    counts, counted = Counter(titles.values()), Counter(earlier.values())
    once = {title: code for code, title in earlier.items() if counted[title] == 1}
    found = {}
    for code, title in titles.items():
        if earlier.get(code) == title:
            found[code] = code
        elif counts[title] == 1 and title in once:
            found[code] = once[title]
    return found


def _titles(table: CriteriaTable) -> dict[str, str]:
    return {row.code: " ".join(fold(row.title).split()) for row in table.criteria}
