"""The bands of a calibration plot."""

from thidua.forecasts.rules.decomposition import Bin
from thidua.kernel.shares import Band, wilson


def band_of(each: Bin) -> Band | None:
    """The band around the share observed in a bin; None for an empty one."""
    return wilson(each.came_true, each.n) if each.n else None
