"""The latest value beside that of the same time of an earlier year: two numbers, and no claim of a trend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.trend import since_changed

Change = Literal["higher", "lower", "the same"]


@dataclass(frozen=True)
class Comparison:
    """The latest value, an earlier one, how many years lie between them, and how the latest compares with it.

    `better` is None where the two are the same, or where neither direction is the better one.
    """

    latest: Observation
    earlier: Observation
    years: int
    change: Change
    better: bool | None


@dataclass(frozen=True)
class Added:
    """What a running total grew by in the 12 months up to its latest value, and in the 12 months before these.

    Both are in the measure's unit; `before` is None where no value says where those months began.
    """

    latest: Observation
    amount: float
    before: float | None


def added(metric: Metric, latest: Observation | None) -> Added | None:
    """What was added to a running total in a year; None for other measures, and without a value of a year before."""
    if metric.covers != "running-total" or latest is None or latest.number is None:
        return None
    year, two = _earlier(metric, latest, 1), _earlier(metric, latest, 2)
    if year is None or year.number is None:
        return None
    before = None if two is None or two.number is None else year.number - two.number
    return Added(latest, latest.number - year.number, before)


def compare(metric: Metric, latest: Observation | None) -> Comparison | None:
    """The latest value beside an earlier one that shares no day with it; None where there is none that compares."""
    if latest is None or latest.number is None or metric.covers == "running-total":
        return None
    years = 3 if metric.covers == "rolling-36-months" else 1
    earlier = _earlier(metric, latest, years)
    if earlier is None or earlier.number is None:
        return None
    if latest.number == earlier.number:
        return Comparison(latest, earlier, years, "the same", None)
    change: Change = "higher" if latest.number > earlier.number else "lower"
    better = change == metric.better if metric.better in ("higher", "lower") else None
    return Comparison(latest, earlier, years, change, better)


def _earlier(metric: Metric, latest: Observation, years: int) -> Observation | None:
    return next((one for one in since_changed(metric, metric.observations) if _before(one, latest, years)), None)


def _before(one: Observation, latest: Observation, years: int) -> bool:
    """Whether an observation covers the same months, so many years before."""
    start, end = one.period.start, one.period.end
    wanted = latest.period
    return (start.year + years, start.month, end.year + years, end.month) == (
        wanted.start.year, wanted.start.month, wanted.end.year, wanted.end.month,
    )  # fmt: skip
