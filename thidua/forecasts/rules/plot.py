"""A calibration plot as numbers for SVG: what was said across, what came true up, a band where the truth may lie."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from thidua.forecasts.rules.calibration import band_of
from thidua.forecasts.rules.decomposition import Bin
from thidua.kernel.shares import Band

SIZE = 440
LEFT, TOP, RIGHT, BOTTOM = 60, 14, 420, 374
"""The square of the plot inside the picture; room for labels to its left and below."""
_SMALLEST, _LARGEST = 5.0, 13.0
TICKS = (0, 20, 40, 60, 80, 100)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid at a percentage."""

    percent: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A bin in the plot: its middle, its size, the ends of its band; `in_line`: the band holds what was said."""

    bin: Bin
    x: float
    y: float
    radius: float
    low_y: float
    high_y: float
    in_line: bool

    @property
    def diamond(self) -> str:
        """The corners of a diamond, for a bin that is not in line: shape tells it as well as colour."""
        r = round(self.radius * 1.25, 1)
        return f"{self.x},{_r(self.y - r)} {_r(self.x + r)},{self.y} {self.x},{_r(self.y + r)} {_r(self.x - r)},{self.y}"

    @property
    def is_right(self) -> bool:
        """Whether its number stands to its left, because it lies at the right edge."""
        return self.x > RIGHT - 12

    @property
    def label_x(self) -> float:
        """Where its number stands."""
        return _r(self.x - self.radius - 2 if self.is_right else self.x + self.radius + 2)

    @property
    def label_y(self) -> float:
        """The number's baseline: a little above the middle, beside a dot at the same height; within the picture."""
        return _r(max(self.y - self.radius * 0.7, TOP + 12))

    @property
    def caps(self) -> tuple[float, float]:
        """Left and right end of the short lines that close the band."""
        return _r(self.x - 5), _r(self.x + 5)


@dataclass(frozen=True, slots=True)
class Plot:
    """The dots and the grid, with the edges of the square."""

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    size: int = SIZE
    height: int = BOTTOM + 56
    left: int = LEFT
    top: int = TOP
    right: int = RIGHT
    bottom: int = BOTTOM
    middle: int = (LEFT + RIGHT) // 2
    half_way: int = (TOP + BOTTOM) // 2


def plot_of(bins: Iterable[Bin]) -> Plot:
    """The plot of the bins that hold something; the area of a dot grows with its number of forecasts."""
    filled = [(each, said, around) for each in bins if (said := each.mean_forecast) is not None and (around := band_of(each))]
    most = max((each.n for each, _, _ in filled), default=1)
    ticks = tuple(Tick(tick, round(_x(tick / 100)), round(_y(tick / 100))) for tick in TICKS)
    return Plot(tuple(_dot(each, said, around, most) for each, said, around in filled), ticks)


def _dot(each: Bin, said: float, around: Band, most: int) -> Dot:
    radius = max(_SMALLEST, _LARGEST * math.sqrt(each.n / most))
    up = _y(each.came_true / each.n)
    return Dot(each, _r(_x(said)), _r(up), _r(radius), _r(_y(around.low)), _r(_y(around.high)), around.holds(said))


def _x(share: float) -> float:
    return LEFT + share * (RIGHT - LEFT)


def _y(share: float) -> float:
    return BOTTOM - share * (BOTTOM - TOP)


def _r(value: float) -> float:
    return round(value, 1)
