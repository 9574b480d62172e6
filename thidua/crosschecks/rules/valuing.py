"""What one row's figures come to in points, alone: without its bonuses and penalties, which are rows of their own."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

from thidua.criteria.rules import CriteriaTable, Method
from thidua.crosschecks.rules.aggregation import PLACES
from thidua.kernel.errors import Refused
from thidua.scoring.rules import ScoreLine, best_excesses, value_of

_ZERO = Decimal(0)
_UNIT = Decimal(1).scaleb(-PLACES)
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


def points_of(table: CriteriaTable, line: ScoreLine, rivals: Mapping[str, Decimal] | None = None) -> Decimal | None:
    """The points of the row with these figures, at six decimals; None where the figures are not enough or cannot be used.

    Granted points are the value whatever the method; a chosen alternative counts its own; a gate carries none (0 once it is
    judged). `rivals` are the best excesses of the cluster, for rows scored relative to the leader.
    """
    row = table.by_code[line.code]
    if not line.has_figures:
        return None
    if row.is_gate:
        return _ZERO
    if line.points is not None:
        return _settled(line.points)
    if row.method is Method.BANDS:
        band = next((band for band in table.bands(row.code) if band.code == line.grade), None)
        return None if band is None else _settled(band.max_points or _ZERO)
    best = best_excesses(table, [line]).get(row.code, _ZERO)
    try:
        value = value_of(row, line, max(best, (rivals or {}).get(row.code, _ZERO)))
    except Refused:
        return None
    return None if value is None else _settled(value)


def _settled(value: Decimal) -> Decimal:
    rounded = value.quantize(_UNIT, context=_WIDE)
    return rounded.quantize(Decimal(1), context=_WIDE) if rounded == rounded.to_integral_value() else rounded.normalize(_WIDE)
