"""The axes of a chart: what time and which values it spans, and the labels along them."""

from __future__ import annotations

import datetime as dt
import math
import sys
from dataclasses import dataclass

from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Metric

LEFT, RIGHT, TOP, BOTTOM = 13.0, 97.0, 6.0, 86.0
"""The plot's edges in per cent of the chart; what is left over holds the labels of the axes."""


@dataclass(frozen=True)
class Mark:
    """A point or a label: where it is in per cent, and what it says."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Level:
    """A level line across the time it holds for: from where to where, how high (all in per cent), and what it says."""

    x: float
    to: float
    y: float
    text: str


@dataclass(frozen=True)
class Scale:
    """The time and the values that a chart spans, and where on it they lie, in per cent."""

    start: dt.date
    end: dt.date
    low: float
    high: float

    def x(self, day: dt.date) -> float:
        """How far to the right of the plot a day lies."""
        return 100 * (day - self.start).days / max((self.end - self.start).days, 1)

    def y(self, value: float) -> float:
        """How far below the top of the plot a value lies."""
        return 100 * (self.high - value) / (self.high - self.low)

    @property
    def drawable(self) -> bool:
        """Whether a chart can show it: not where numbers are so large, or so much alike, that no place is left."""
        span = self.high - self.low
        return span > sys.float_info.min / sys.float_info.epsilon and math.isfinite(100 * span)

    def mark(self, day: dt.date, value: float, text: str) -> Mark:
        """A mark at a place of the chart."""
        return Mark(
            rounded(LEFT + self.x(day) * (RIGHT - LEFT) / 100),
            rounded(TOP + self.y(value) * (BOTTOM - TOP) / 100),
            text,
        )

    def level(self, first: dt.date, last: dt.date, value: float, text: str) -> Level:
        """A level line from one day to another."""
        start, end = self.mark(first, value, text), self.mark(last, value, text)
        return Level(start.x, end.x, start.y, text)


def level_marks(metric: Metric, scale: Scale) -> list[float]:
    """Three to six round numbers within the scale; of yes and no there are just the two."""
    if metric.kind == "yes-no":
        return [0.0, 1.0]
    rough = (scale.high - scale.low) / 4
    step = _time_step(metric, rough) if metric.shown_as == "minutes-seconds" else _step(rough)
    first = math.ceil(scale.low / step)
    return [level * step for level in range(first, math.floor(scale.high / step + 1e-9) + 1)]


def _step(rough: float) -> float:
    """The next round number: 1, 2 or 5, or such a number times a power of ten."""
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)


_CLOCK_STEPS = (1, 2, 5, 10, 15, 30)
"""Seconds between levels that are easy to read on a clock; above them come whole minutes."""


def _time_step(metric: Metric, rough: float) -> float:
    """The next step that is round on a clock, in the unit of a time."""
    second = 1 / words.SECONDS if metric.unit == "minutes" else 1.0
    small = next((step for step in _CLOCK_STEPS if step * second >= rough), None)
    minute = words.SECONDS * second
    return small * second if small else minute * max(_step(rough / minute), 1.0)


def year_marks(scale: Scale) -> tuple[Mark, ...]:
    """The years, each named at its middle, thinned out so that their names do not touch on a phone."""
    middles = [dt.date(year, 7, 1) for year in range(scale.start.year, scale.end.year + 1)]
    seen = [day for day in middles if scale.start <= day <= scale.end]
    step = max(math.ceil(len(seen) / 5), 1)
    return tuple(scale.mark(day, scale.low, str(day.year)) for day in seen[::step])


def rounded(value: float) -> float:
    """A position with as many decimals as a screen can show."""
    return round(value, 2)
