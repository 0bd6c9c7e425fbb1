"""What the calendar says of days that have passed, and of the next number that a measure owes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safety_plan.reading.periods import Grain, Period
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Frequency

_STEP: dict[Frequency, Grain] = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}


def days_past(day: dt.date | None, as_of: dt.date) -> int:
    """How many days a date has passed; 0 where it has not, or where there is none."""
    return 0 if day is None else max((as_of - day).days, 0)


@dataclass(frozen=True)
class NextValue:
    """The next number that a metric has promised."""

    period: Period
    due: dt.date
    days_late: int


def next_value(metric: Metric, due_within_days: int, as_of: dt.date) -> NextValue | None:
    """The next value owed, and how late it is on this day; None where there is no value yet to count from.

    A period that is only partly covered is still owed in full.
    """
    whole = [observation for observation in metric.observations if not observation.partial_until]
    if not whole:
        return None
    newest = max(whole, key=lambda observation: observation.period)
    period = newest.period.next(_STEP[metric.frequency])
    due = period.end + dt.timedelta(days=metric.due_within_days or due_within_days)
    return NextValue(period, due, days_past(due, as_of))
