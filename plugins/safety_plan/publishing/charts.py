"""Charts as positions in per cent, so that an SVG can be fluid and its text stays at real size on a phone."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Observation
from safety_plan.results.status import expected_at

LEFT, RIGHT, TOP, BOTTOM = 13.0, 97.0, 6.0, 86.0
"""The plot's edges in per cent of the chart; what is left over holds the labels of the axes."""

_FEWEST_VALUES = 2
_MOST_POINT_MARKS = 60


@dataclass(frozen=True)
class Mark:
    """A point or a label: where it is in per cent, and what it says."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Trend:
    """A metric over time. `lines` and `paths` are in per cent of the plot itself, for a stretched SVG within the chart.

    A gap in the data is a gap in the line: each unbroken run is a line of its own. A period that is not over is a point
    beside the line, for its number will still grow.
    """

    lines: tuple[str, ...]
    paths: tuple[str, ...]
    points: tuple[Mark, ...]
    partial: tuple[Mark, ...]
    gaps: tuple[Mark, ...]
    benchmarks: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    times: tuple[Mark, ...]
    description: str


@dataclass(frozen=True)
class _Scale:
    start: dt.date
    end: dt.date
    low: float
    high: float

    def x(self, day: dt.date) -> float:
        return 100 * (day - self.start).days / max((self.end - self.start).days, 1)

    def y(self, value: float) -> float:
        return 100 * (self.high - value) / (self.high - self.low)

    def mark(self, day: dt.date, value: float, text: str) -> Mark:
        return Mark(
            _round(LEFT + self.x(day) * (RIGHT - LEFT) / 100), _round(TOP + self.y(value) * (BOTTOM - TOP) / 100), text
        )


def trend(metric: Metric) -> Trend | None:
    """The chart of a metric; None where it has fewer than two values to draw."""
    record = metric.record
    observations = sorted(record.observations, key=lambda observation: observation.period)
    values = [(one.period.end, one.number) for one in observations if one.number is not None]
    whole = [(one.period.end, one.number) for one in observations if one.number is not None and not one.partial_until]
    if len(whole) < _FEWEST_VALUES:
        return None
    scale = _scale(metric, [day for day, _ in values], [value for _, value in values])

    def mark(one: Observation) -> Mark:
        assert one.number is not None
        text = f"{words.observation_period(record, one)}: {words.value(record, one.number)}"
        return scale.mark(one.period.end, one.number, text)

    points = [mark(one) for one in observations if one.number is not None and not one.partial_until]
    alone = [mark(run[0]) for run in _runs(metric) if len(run) == 1]
    return Trend(
        lines=_lines(metric, scale),
        paths=_paths(metric, scale),
        points=tuple(points) if len(points) <= _MOST_POINT_MARKS else (*alone, points[-1]),
        partial=tuple(mark(one) for one in observations if one.number is not None and one.partial_until),
        gaps=tuple(
            scale.mark(one.period.end, scale.low, words.observation_period(record, one))
            for one in observations
            if one.number is None
        ),
        benchmarks=tuple(
            scale.mark(scale.start, benchmark.value, f"{benchmark.name}: {words.value(record, benchmark.value)}")
            for benchmark in record.benchmarks
        ),
        levels=tuple(scale.mark(scale.start, level, words.plain(record, level)) for level in _levels(metric, scale)),
        times=_times(scale),
        description=_description(metric, whole),
    )


def _scale(metric: Metric, days: list[dt.date], values: list[float]) -> _Scale:
    record = metric.record
    aims = [edge for target in record.targets for edge in (target.value, target.low, target.high) if edge is not None]
    levels = [*values, *aims, *(benchmark.value for benchmark in record.benchmarks)]
    start, end = days[0], days[-1]
    if record.baseline:
        levels.append(record.baseline.value)
        start = min(start, record.baseline.period.end) if aims else start
    # The target date may be years ahead: a third of the width is enough to see where the path leads.
    ahead = dt.timedelta(days=(end - start).days // 2)
    end = max(end, min(record.targets[-1].by, end + ahead)) if record.targets else end
    low, high = min(levels), max(levels)
    margin = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    low, high = (low - margin if low < 0 or low - margin > 0 else 0.0), high + margin
    if record.kind == "percent":
        high = min(high, 100.0)
    if record.kind == "yes-no":
        low, high = 0.0, 1.0
    return _Scale(start, end, low, high)


def _runs(metric: Metric) -> list[list[Observation]]:
    """The unbroken runs of whole values. A missing or withheld one breaks a run; so does a count that starts anew."""
    runs: list[list[Observation]] = [[]]
    yearly = metric.record.covers == "year-to-date"
    for one in sorted(metric.record.observations, key=lambda observation: observation.period):
        anew = yearly and runs[-1] and runs[-1][-1].period.end.year < one.period.end.year
        if one.number is None or anew:
            runs.append([])
        if one.number is not None and not one.partial_until:
            runs[-1].append(one)
    return [run for run in runs if run]


def _lines(metric: Metric, scale: _Scale) -> tuple[str, ...]:
    return tuple(
        " ".join(f"{_round(scale.x(one.period.end))},{_round(scale.y(one.number or 0))}" for one in run)
        for run in _runs(metric)
        if len(run) > 1
    )


def _paths(metric: Metric, scale: _Scale) -> tuple[str, ...]:
    """The straight pieces from the baseline through the targets, or the level, or both ends of the range to hold."""
    record = metric.record
    if not record.targets or record.better is None:
        return ()
    last = record.targets[-1]
    if last.value is None or last.keep or record.baseline is None or record.covers == "year-to-date":
        ends = (last.low, last.high) if last.value is None else (last.value,)
        return tuple(f"0,{_round(scale.y(end))} 100,{_round(scale.y(end))}" for end in ends if end is not None)
    days = [record.baseline.period.end, *(target.by for target in record.targets if target.by < scale.end), scale.end]
    return (" ".join(f"{_round(scale.x(day))},{_round(scale.y(expected_at(record, day)))}" for day in days),)


def _levels(metric: Metric, scale: _Scale) -> list[float]:
    """Three to six round numbers within the scale; of yes and no there are just the two."""
    if metric.record.kind == "yes-no":
        return [0.0, 1.0]
    rough = (scale.high - scale.low) / 4
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    first = math.ceil(scale.low / step)
    return [level * step for level in range(first, math.floor(scale.high / step + 1e-9) + 1)]


def _times(scale: _Scale) -> tuple[Mark, ...]:
    """The years, each named at its middle, thinned out so that their names do not touch on a phone."""
    middles = [dt.date(year, 7, 1) for year in range(scale.start.year, scale.end.year + 1)]
    seen = [day for day in middles if scale.start <= day <= scale.end]
    step = max(math.ceil(len(seen) / 5), 1)
    return tuple(scale.mark(day, scale.low, str(day.year)) for day in seen[::step])


def _description(metric: Metric, values: list[tuple[dt.date, float]]) -> str:
    record = metric.record
    (first_day, first), (last_day, last) = values[0], values[-1]
    low, high = min(value for _, value in values), max(value for _, value in values)
    return (
        f"{len(values)} values from {words.date(first_day)} to {words.date(last_day)}. "
        f"First {words.value(record, first)}, last {words.value(record, last)}, "
        f"lowest {words.plain(record, low)}, highest {words.plain(record, high)}."
    )


def _round(value: float) -> float:
    return round(value, 2)
