"""The axes of a chart: what time and which values it spans, and the labels along them."""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel.numbers import format_compact_decimal

from safety_plan.language import spoken
from safety_plan.publishing import words
from safety_plan.publishing.charts.places import CHARACTER, HEIGHT, NARROWEST, Anchor, Box, Label, Room
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.targets import Target

RIGHT, TOP, BOTTOM = 97.0, 6.0, 86.0
"""The plot's edges in per cent of the chart; what is left over holds the labels of the axes."""

_LEAST_LEFT, _MOST_LEFT = 7.0, 34.0
_LONGEST_LEVEL = 9


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
    """The time and the values that a chart spans, and where on it they lie, in per cent.

    `left` is where the plot begins; the names of the levels stand beside it.
    """

    start: dt.date
    end: dt.date
    low: float
    high: float
    left: float = _LEAST_LEFT

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
            rounded(self.left + self.x(day) * (RIGHT - self.left) / 100),
            rounded(TOP + self.y(value) * (BOTTOM - TOP) / 100),
            text,
        )

    def level(self, first: dt.date, last: dt.date, value: float, text: str) -> Level:
        """A level line from one day to another."""
        start, end = self.mark(first, value, text), self.mark(last, value, text)
        return Level(start.x, end.x, start.y, text)


def scale_of(record: Metric, others: Sequence[float]) -> Scale:
    """The scale of a measure that has values: room for them, its targets, what stands beside them, and `others`."""
    aims = [edge for target in record.targets for edge in target.edges]
    days = [one.period.end for one in record.observations]
    levels = [one.number for one in record.observations if one.number is not None]
    levels += [*others, *aims, *(benchmark.value for benchmark in record.benchmarks)]
    start, end = min(days), max(days)
    if record.baseline:
        levels.append(record.baseline.value)
        start = min(start, record.baseline.period.end) if aims else start
    end = _end(record, start, end)
    if record.kind == "yes-no":
        return Scale(start, end, 0.0, 1.0)
    low, high = min(levels), max(levels)
    margin = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    # A text needs more room below a mark than above it, where the margin of the chart is.
    named_below = low in aims
    below = margin * 1.6 if named_below else margin
    low, high = (low - below if named_below or low < 0 or low - below > 0 else 0.0), high + margin
    return Scale(start, end, low, min(high, 100.0) if record.kind == "percent" else high)


def _end(record: Metric, start: dt.date, last: dt.date) -> dt.date:
    """The last day that a chart shows of a measure whose values and starting point lie between two days.

    That is the day of the target, so that the target can stand where it is. Where the day is so far ahead that the
    values would be crowded on the left, the chart ends with half their time ahead, and the way leads out of it. What is
    to be held at all times has no day to lead to.
    """
    if not record.targets:
        return last
    due, known = record.targets[-1].by, last - start
    if has_day(record, record.targets[-1]) and due - start <= known * _MOST_TIMES:
        return max(last, due)
    return max(last, min(due, last + known // 2))


_MOST_TIMES = 6
"""How many times as long as its values a chart may be: they then have a sixth of its width, 40 pixels on a phone."""


def has_day(record: Metric, target: Target) -> bool:
    """Whether a target is to be reached by its day; others are to be held at all times or each year."""
    return target.value is not None and not target.keep and record.covers != "year-to-date"


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
    second = 1 / words.SECONDS if metric.as_written.unit == "minutes" else 1.0
    small = next((step for step in _CLOCK_STEPS if step * second >= rough), None)
    minute = words.SECONDS * second
    return small * second if small else minute * max(_step(rough / minute), 1.0)


def level_text(metric: Metric, level: float) -> str:
    """A level as an axis names it: like a value, but in short where a phone has no room for it: 2.5B."""
    text = words.plain(metric, level)
    if len(text) <= _LONGEST_LEVEL:
        return text
    if abs(level) >= _COUNTLESS:
        return f"{level:.0e}"
    return format_compact_decimal(level, locale=spoken().locale, fraction_digits=1)


_COUNTLESS = 1e15
_GAP = 4
"""Pixels between the names of the levels and the plot."""


def with_room(metric: Metric, scale: Scale) -> Scale:
    """The scale with as much room on its left as the names of its levels take on a phone."""
    longest = max((len(level_text(metric, level)) for level in level_marks(metric, scale)), default=0)
    room = 100 * (longest * CHARACTER + _GAP) / NARROWEST
    return replace(scale, left=rounded(min(max(room, _LEAST_LEFT), _MOST_LEFT)))


def time_labels(scale: Scale, periods: Sequence[Period]) -> tuple[Label, ...]:
    """The names along the time: years, each at its middle, or the first and the last of a few `periods`.

    Where there is no room for every year on a phone there is one for every second or third, the last year always.
    """
    middles = [dt.date(year, 7, 1) for year in range(scale.start.year, scale.end.year + 1)]
    seen = [day for day in middles if scale.start <= day <= scale.end]
    if len(seen) < _FEWEST_YEARS:
        named = {one.end: words.short_period(one) for one in (periods[-1], periods[0])}
    else:
        year = (scale.mark(seen[-1], 0.0, "").x - scale.mark(seen[0], 0.0, "").x) / (len(seen) - 1) * NARROWEST / 100
        named = {day: str(day.year) for day in seen[:: -math.ceil(_YEAR / year)]}
    room = Room(Box(0, 0, NARROWEST, HEIGHT))
    return tuple(
        label for day, text in named.items() for label in room.place([_time_label(scale.mark(day, scale.low, text))])
    )


_FEWEST_YEARS = 2
_YEAR = 4 * CHARACTER + _GAP
"""Pixels that the name of a year takes, with a gap beside it."""


def _time_label(mark: Mark) -> Label:
    """A name below the plot, turned inwards where it would leave the chart."""
    at, half = mark.x * NARROWEST / 100, len(mark.text) * CHARACTER / 2
    anchor: Anchor = "end" if at + half > NARROWEST else "start" if at < half else "middle"
    return Label("time", mark.text, mark.x, _BELOW_PLOT, anchor)


_BELOW_PLOT = 95.0


def year_ends(scale: Scale) -> tuple[float, ...]:
    """Where one year ends and the next begins, in per cent of the chart."""
    turns = (dt.date(year, 12, 31) for year in range(scale.start.year, scale.end.year))
    return tuple(scale.mark(day, scale.low, "").x for day in turns if day > scale.start)


def rounded(value: float) -> float:
    """A position with as many decimals as a screen can show."""
    return round(value, 2)
