"""What the calendar says of the quarterly reviews: quarters that went without one, and decisions that wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from safety_plan.plan.plan import Plan
from safety_plan.reading.periods import Period, period_from
from safety_plan.reading.schema.reviews import Decision
from safety_plan.results.dates import days_past


def quarters_without_review(plan: Plan, as_of: dt.date) -> tuple[Period, ...]:
    """The quarters since the plan began that should have been reviewed by now and were not, oldest first.

    The newest quarter that is over is only missing once the day set for its review has passed.
    """
    reviewed = {review.record.period for review in plan.reviews}
    over = [*_quarters_over(plan.document.period.start, min(as_of, plan.document.period.end + dt.timedelta(days=1)))]
    return tuple(
        quarter
        for quarter in over
        if quarter not in reviewed and (quarter != over[-1] or quarter.end < plan.document.next_review < as_of)
    )


def _quarters_over(start: dt.date, before: dt.date) -> Iterator[Period]:
    quarter = period_from(f"{start.year}-Q{(start.month + 2) // 3}")
    assert quarter is not None
    while quarter.end < before:
        yield quarter
        quarter = quarter.next()


def decision_days_late(decision: Decision, as_of: dt.date) -> int:
    """How many days a decision that is not carried out is past its date; 0 where it has no date or is done."""
    return 0 if decision.done else days_past(decision.by, as_of)
