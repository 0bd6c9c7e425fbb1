"""What the calendar says of days that have passed, and of the numbers that a measure owes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from safety_plan.reading.periods import Grain, Period, first_period_from
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Frequency
from safety_plan.reading.schema.plan import PlanDocument

_STEP: dict[Frequency, Grain] = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}


def days_past(day: dt.date | None, as_of: dt.date) -> int:
    """How many days a date has passed; 0 where it has not, or where there is none."""
    return 0 if day is None else max((as_of - day).days, 0)


def known_on(metric: Metric, as_of: dt.date) -> Metric:
    """The metric with only the values of time that is over on this day: what ends later has not happened on it.

    Of a period that is only partly covered, the part that is covered has to be over.
    """
    known = tuple(one for one in metric.observations if one.last_day <= as_of)
    return metric if len(known) == len(metric.observations) else metric.model_copy(update={"observations": known})


@dataclass(frozen=True)
class OwedValue:
    """A number that a metric has promised and not given: the time it is about, when it is due, and how late it is."""

    period: Period
    due: dt.date
    days_late: int


def next_value(metric: Metric, document: PlanDocument, as_of: dt.date) -> OwedValue:
    """The number that comes next, and how late it is on this day: the first of `coming_values`."""
    return next(coming_values(metric, document, as_of))


def coming_values(metric: Metric, document: PlanDocument, as_of: dt.date) -> Iterator[OwedValue]:
    """The number that comes next, and those that follow it, without an end; each with how late it is on this day.

    They are counted from the newest whole period that has a value or a reason for having none: a period that is only
    partly covered is still owed in full. Where there is no whole period yet, the first number owed is the one after the
    starting point; without a starting point, that of the first period of the plan. A period of which it is said ahead
    of time that there will be no number is not owed.
    """
    given, step = _given(known_on(metric, as_of)), _STEP[metric.frequency]
    none_to_come = {one.period for one in metric.observations if one.missing is not None}
    period = given[-1].next(step) if given else _first_owed(metric, document.period.start)
    while True:
        if period not in none_to_come:
            yield _owed(metric, period, document, as_of)
        period = period.next(step)


def skipped_values(metric: Metric, document: PlanDocument, as_of: dt.date) -> tuple[OwedValue, ...]:
    """The numbers that never came although a later one did, without a reason in their place; the oldest first.

    A yearly number may come in another season than that of the year before: only whole years can be skipped.
    """
    return tuple(
        _owed(metric, period, document, as_of)
        for before, after in pairwise(_given(known_on(metric, as_of)))
        for period in _between(before, after, _STEP[metric.frequency])
    )


def _given(metric: Metric) -> list[Period]:
    """The whole periods of which there is a value or a reason for having none, the oldest first."""
    return sorted(one.period for one in metric.observations if not one.partial_until)


def _between(before: Period, after: Period, step: Grain) -> Iterator[Period]:
    period = before.next(step)
    while period.year_start < after.year_start if step == "year" else period < after:
        yield period
        period = period.next(step)


def _first_owed(metric: Metric, plan_starts: dt.date) -> Period:
    step = _STEP[metric.frequency]
    if metric.baseline is None:
        fiscal = next((one.period.fiscal_start for one in metric.observations), None)
        return first_period_from(plan_starts, step, fiscal)
    start = metric.baseline.period
    if step in (start.grain, "year"):
        # A yearly survey is dated by the season in which it was held, and comes in the same one again.
        return start.next(step)
    return first_period_from(start.end + dt.timedelta(days=1), step, start.fiscal_start)


def _owed(metric: Metric, period: Period, document: PlanDocument, as_of: dt.date) -> OwedValue:
    due = period.end + dt.timedelta(days=metric.due_within_days or document.numbers_due_within_days)
    return OwedValue(period, due, days_past(due, as_of))
