"""What the calendar says of the quarterly reviews: quarters that went without one, and decisions that wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safety_plan.plan.plan import Plan
from safety_plan.reading.periods import Period, period_from
from safety_plan.reading.schema.reviews import Decision
from safety_plan.results.dates import days_past


def quarters_without_review(plan: Plan, as_of: dt.date) -> tuple[Period, ...]:
    """The quarters since the plan began that should have been reviewed by now and were not, oldest first.

    The newest quarter that is over is only missing once the day set for its review has passed.
    """
    return tuple(owed.quarter for owed in reviews_owed(plan, as_of) if owed.quarter is not None)


@dataclass(frozen=True)
class OwedReview:
    """A review that should have been held, and the day it was due; without a quarter, the one that was to come next."""

    quarter: Period | None
    due: dt.date


def reviews_owed(plan: Plan, as_of: dt.date) -> tuple[OwedReview, ...]:
    """The reviews that should have been held by this day and were not, oldest quarter first.

    The review of the newest quarter that is over was due on the day set for the next review, that of an older one by
    the end of the quarter after it. Where a new day was not set once the last review was held, the review that was to
    come next is owed since. A plan that publishes no reviews owes just that one.
    """
    document, reviewed = plan.document, {review.record.period for review in plan.reviews}
    over = [*_quarters_over(document.period.start, min(as_of, document.period.end + dt.timedelta(days=1)))]
    newest = over[-1] if over else None
    owed = [
        OwedReview(quarter, quarter.next().end)
        for quarter in over
        if plan.reviews and quarter not in reviewed and quarter != newest
    ]
    if document.next_review >= as_of:
        return tuple(owed)
    is_of_newest = newest is not None and newest not in reviewed and newest.end < document.next_review
    return (*owed, OwedReview(newest if plan.reviews and is_of_newest else None, document.next_review))


def _quarters_over(start: dt.date, before: dt.date) -> Iterator[Period]:
    quarter = period_from(f"{start.year}-Q{(start.month + 2) // 3}")
    assert quarter is not None
    while quarter.end < before:
        yield quarter
        quarter = quarter.next()


def decision_days_late(decision: Decision, as_of: dt.date) -> int:
    """How many days a decision that is not carried out is past its date; 0 where it has no date or is done."""
    return 0 if decision.done else days_past(decision.by, as_of)
