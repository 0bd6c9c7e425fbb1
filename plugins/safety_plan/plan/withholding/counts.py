"""Which count each number of a metric is, and which days it covers."""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from safety_plan.plan.withholding.forms import Count, Window
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Covers, Metric

COUNTED = ("count", "sum")
"""The kinds of metric whose value is itself a count."""

_YEARS: dict[Covers, int] = {"rolling-12-months": 1, "rolling-36-months": 3}
_DAY = dt.timedelta(days=1)


def column_of(metric: Metric, column: str) -> str:
    """The column that says the same: the n of a percent is its whole, the n of a rate is what happened."""
    if column != "n":
        return column
    return {"percent": "of", "rate": "part"}.get(metric.kind, "n")


def main_column(metric: Metric) -> str:
    """The column that another metric means when it says that it counts the same."""
    if metric.kind in COUNTED:
        return "value"
    return "part" if metric.kind in ("percent", "rate") else "n"


def count_of(metrics: Mapping[str, Metric], name: str, column: str) -> Count:
    """What a column of a metric counts, which may be what another metric counts."""
    seen = {Count(name, column)}
    while True:
        one = metrics[name]
        # What a count or a sum counts the same as stands under the same key as the part of a percent.
        source = {"part": one.part_from, "value": one.part_from, "of": one.of_from}.get(column)
        if source is None or source not in metrics:
            return Count(name, column)
        name, column = source, main_column(metrics[source])
        if Count(name, column) in seen:
            # Metrics that name each other in a ring count the same, under whichever name comes first.
            return min(seen)
        seen.add(Count(name, column))


def window_of(period: Period, covers: Covers, until: dt.date | None = None) -> Window:
    """The days that a value of a period covers; `until` is the last one counted where the period is not over."""
    end = until or period.end
    if covers == "running-total":
        return Window(dt.date.min, end)
    if covers == "year-to-date":
        return Window(period.year_start, end)
    if covers in _YEARS:
        after = period.end + _DAY
        return Window(after.replace(year=after.year - _YEARS[covers]), end)
    return Window(period.start, end)


class Timeline:
    """The days of one count, cut wherever a published number starts or ends.

    What does not add up over time, such as the people who live in a town, is not cut: each stretch has its own count.
    """

    def __init__(self, windows: Iterable[Window], adds_up: bool = True) -> None:
        self._adds_up = adds_up
        self._cuts = sorted({cut for window in windows for cut in (window.start, window.end + _DAY)})

    def pieces(self, window: Window) -> tuple[Window, ...]:
        """The shortest stretches that a window is made of."""
        if not self._adds_up:
            return (window,)
        first, last = bisect_left(self._cuts, window.start), bisect_left(self._cuts, window.end + _DAY)
        cuts = self._cuts[first : last + 1]
        return tuple(Window(start, end - _DAY) for start, end in itertools.pairwise(cuts))
