"""The lines of a metric that hold numbers, whatever table they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.plan.withholding.counts import COUNTED, column_of, window_of
from safety_plan.plan.withholding.forms import WHOLE, Scope, Window
from safety_plan.reading.periods import MONTHS, Grain, Period
from safety_plan.reading.schema.base import Path
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Frequency, Observation

BASELINE: Path = ("baseline",)
"""The way from a metric to its starting point."""

_GRAIN_OF: dict[Frequency, Grain] = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}
_SHARES = ("percent", "rate")


@dataclass(frozen=True)
class Entry:
    """A line with numbers: the way to it from the metric on, and what it says.

    `values` holds the counts it shows by their columns. `rounded` is the percent or rate it shows; where `mean_of` is
    above 0, it is the mean of so many periods of a count.
    """

    path: Path
    period: Period
    window: Window
    scope: Scope
    values: dict[str, int]
    rounded: float | None
    small: bool
    withheld: bool = False
    missing: bool = False
    mean_of: int = 0


def entries_of(metric: Metric, below: int) -> tuple[Entry, ...]:
    """Every line of a metric that holds a number, or says why it holds none.

    `below` is the smallest count that may be shown; 0 where all may.
    """
    return (*_observations(metric, below), *_baseline(metric, below))


def columns_of(metric: Metric, entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """The columns of a metric that count something, in the order of the data format.

    What another metric counts as well is known from there, though no line of this metric shows it.
    """
    used = {column for entry in entries for column in entry.values}
    used |= {"part"} if metric.part_from else set()
    used |= {"of"} if metric.of_from else set()
    if metric.kind in COUNTED:
        used.add("value")
    if (metric.kind == "percent" and used) or (metric.kind == "rate" and "of" in used):
        used |= {"part", "of"}
    return tuple(column for column in ("value", "part", "of", "n") if column in used)


def _observations(metric: Metric, below: int) -> Iterator[Entry]:
    for path, scope, one in _written(metric):
        values = _counts(metric, one)
        covers = "period" if path[0] == "annual" else metric.covers
        shown: list[float] = [*values.values()]
        if metric.kind in COUNTED:
            shown += [] if one.value is None else [one.value]
        if metric.protect_rest and one.part is not None and one.of is not None:
            shown.append(one.of - one.part)
        yield Entry(
            path,
            one.period,
            window_of(one.period, covers, one.partial_until),
            scope,
            values,
            one.value if metric.kind in _SHARES else None,
            small=any(0 < number < below for number in shown),
            withheld=one.withheld,
            missing=one.missing is not None and not values,
        )


def _baseline(metric: Metric, below: int) -> Iterator[Entry]:
    baseline = metric.baseline
    if baseline is None or metric.kind not in (*COUNTED, *_SHARES):
        return
    counted = metric.kind in COUNTED
    periods = MONTHS[baseline.period.grain] // MONTHS[_GRAIN_OF[metric.frequency]]
    mean_of = periods if counted and metric.covers == "period" and periods > 1 else 0
    exact = counted and not mean_of and _is_count(baseline.value)
    yield Entry(
        BASELINE,
        baseline.period,
        window_of(baseline.period, metric.covers),
        WHOLE,
        {"value": int(baseline.value)} if exact else {},
        None if counted and not mean_of else baseline.value,
        small=counted and 0 < baseline.value < below,
        mean_of=mean_of,
    )


def _written(metric: Metric) -> Iterator[tuple[Path, Scope, Observation]]:
    for number, one in enumerate(metric.observations):
        yield ("observations", number), WHOLE, one
    for number, one in enumerate(metric.annual):
        yield ("annual", number), WHOLE, one
    for position, breakdown in enumerate(metric.breakdowns):
        for number, of_group in enumerate(breakdown.observations):
            path = ("breakdowns", position, "observations", number)
            yield path, Scope(breakdown.by, of_group.group), of_group


def _counts(metric: Metric, one: Observation) -> dict[str, int]:
    """The counts that a line shows, by the columns that say what they count."""
    written = {"part": one.part, "of": one.of, "n": one.n}
    found = {column_of(metric, column): count for column, count in written.items() if count is not None}
    if metric.kind in COUNTED and one.value is not None and _is_count(one.value):
        found["value"] = int(one.value)
    return found


def _is_count(value: float) -> bool:
    return value >= 0 and float(value).is_integer()
