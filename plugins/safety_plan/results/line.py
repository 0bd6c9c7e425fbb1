"""The straight line from the starting point through the targets, and how numbers are compared with it.

Nothing here depends on the unit: the same measure in seconds and in minutes gets the same answers, and no finite number
is too large or too small.
"""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from safety_plan.reading.schema.metrics import Baseline, Metric
from safety_plan.reading.schema.targets import Target

_CLOSE = 1e-9
"""Numbers that differ by less than this part of themselves are the same: they differ by rounding."""


def same(one: float, other: float) -> bool:
    """Whether two numbers differ by no more than rounding."""
    return math.isclose(one, other, rel_tol=_CLOSE)


def at_least(value: float, least: float) -> bool:
    """Whether a value is as large as another, or smaller by no more than rounding."""
    return value >= least or same(value, least)


@dataclass(frozen=True)
class Time:
    """The time from a starting day to a target date, and the day up to which it has gone by."""

    begin: dt.date
    day: dt.date
    end: dt.date

    @property
    def gone(self) -> int:
        """Days gone by; negative before the starting day."""
        return (self.day - self.begin).days

    @property
    def whole(self) -> int:
        """Days in all; at least one, so that there is always something to take a share of."""
        return max((self.end - self.begin).days, 1)

    @property
    def share(self) -> float:
        """Share of the time gone by: 0 on the starting day, 1 on the target date."""
        return self.gone / self.whole


@dataclass(frozen=True)
class Leg:
    """One straight piece of the way: from a value on one day to a value on another."""

    begin: dt.date
    start: float
    end: dt.date
    aim: float

    def time(self, day: dt.date) -> Time:
        """The time of this piece, up to a day."""
        return Time(self.begin, day, self.end)

    def expected(self, day: dt.date) -> float:
        """The value that the piece asks for on a day; its start before it begins, its aim once it is over."""
        share = min(max(self.time(day).share, 0.0), 1.0)
        power, (start, aim) = _below_one(self.start, self.aim)
        found = start + (aim - start) * share
        # Rounding must not lead beyond the ends.
        return math.ldexp(min(max(found, min(start, aim)), max(start, aim)), power)


def leg_at(baseline: Baseline, targets: Sequence[Target], day: dt.date) -> Leg:
    """The piece of the way that a day lies on; after the last target date the last one.

    `targets` are those of a measure with values to reach, in the order of their dates, and at least one.
    """
    begin, start = baseline.period.end, baseline.value
    leg: Leg | None = None
    for target in targets:
        assert target.value is not None
        leg = Leg(begin, start, target.by, target.value)
        if day <= target.by:
            break
        begin, start = target.by, target.value
    assert leg is not None
    return leg


@dataclass(frozen=True)
class Course:
    """Where the straight line has a measure by a day, and the change so far as a part of the change it asks for.

    `ratio` is None where the line asks for no change in the better direction by then.
    """

    leg: Leg
    expected: float
    ratio: float | None


def course(metric: Metric, day: dt.date, value: float) -> Course | None:
    """How a value of a day stands to the line; None where no line leads from a baseline to a target with a value."""
    if metric.baseline is None or metric.better not in ("higher", "lower") or metric.covers == "year-to-date":
        return None
    if not metric.targets or any(target.value is None for target in metric.targets):
        return None
    start = metric.baseline.value
    leg = leg_at(metric.baseline, metric.targets, day)
    expected = leg.expected(day)
    asks = expected > start if metric.better == "higher" else expected < start
    asks = asks and not same(expected, start)
    return Course(leg, expected, change_ratio(start, expected, value) if asks else None)


def has_path(record: Metric) -> bool:
    """Whether there is a way from a baseline to a target, on which each period has its place.

    Between no and yes there is none to be shown, though the change is judged as if no were 0 and yes 1.
    """
    return bool(
        record.kind != "yes-no"
        and record.baseline
        and record.targets
        and record.better in ("higher", "lower")
        and not record.targets[-1].keep
        and record.covers != "year-to-date"
    )


def expected_at(metric: Metric, day: dt.date) -> float:
    """The value the path from the baseline through the interim targets asks for on a day.

    Needs a baseline and targets with values; before the baseline's end it is the baseline, after the last target that.
    """
    assert metric.baseline is not None
    return leg_at(metric.baseline, metric.targets, day).expected(day)


def change_ratio(start: float, expected: float, value: float) -> float:
    """The change from `start` to `value` as a part of the change to `expected`, which must differ from the start."""
    asked_power, (begin, aim) = _below_one(start, expected)
    made_power, (origin, now) = _below_one(start, value)
    ratio = (now - origin) / (aim - begin)
    try:
        return finite(math.ldexp(ratio, made_power - asked_power))
    except OverflowError:
        return finite(math.copysign(math.inf, ratio))


def part_of(value: float, whole: float) -> float:
    """A value as a part of another that is not zero."""
    return finite(value / whole)


def finite(number: float) -> float:
    """The number itself, or the largest there is in its place where it is too large to be written down.

    Zero has no sign: nothing of a fall is not less than nothing of a rise.
    """
    return min(max(number, -sys.float_info.max), sys.float_info.max) + 0.0


def _below_one(*numbers: float) -> tuple[int, tuple[float, ...]]:
    """The numbers divided by the same power of two, so that all are below one: differences then stay finite.

    A power of two changes no digit of them. Gives the power, too.
    """
    power = max(math.frexp(number)[1] for number in numbers)
    return power, tuple(math.ldexp(number, -power) for number in numbers)
