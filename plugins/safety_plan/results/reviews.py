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
    """The reviews that should have been held by this day and were not, oldest quarter first: each quarter has one.

    The review of a quarter was due by the end of the quarter after it, or on the day set for the next review where that
    is the review of this quarter. Where a new day was not set once the last review was held, the review that was to
    come next is owed since. A plan that publishes no reviews owes just that one.
    """
    following, passed = plan.document.next_review, plan.document.next_review < as_of
    if not plan.reviews:
        return (OwedReview(None, following),) if passed else ()
    reviewed = {review.record.period for review in plan.reviews}
    waiting = [quarter for quarter in _quarters_over(plan, as_of) if quarter not in reviewed]
    meant = _meant(waiting, max(reviewed), following) if passed else None
    owed = [
        OwedReview(quarter, following if quarter == meant else quarter.next().end)
        for quarter in waiting
        if quarter == meant or quarter.next().end < as_of
    ]
    return (*owed, OwedReview(None, following)) if passed and meant is None else tuple(owed)


def _meant(waiting: list[Period], reviewed: Period, day: dt.date) -> Period | None:
    """The quarter without a review that was to be reviewed on a day that has passed; None where it is not over yet.

    It is the newest that was over by that day. Where that one was reviewed before, the day was never moved on to the
    quarter after the last one reviewed.
    """
    over = [quarter for quarter in waiting if reviewed < quarter and quarter.end < day]
    later = [quarter for quarter in waiting if reviewed < quarter]
    return over[-1] if over else min(later, default=None)


def newest_quarter_due(plan: Plan, as_of: dt.date) -> Period | None:
    """The newest quarter of the plan whose review was due before this day, whether it was held or not."""
    following, owed = plan.document.next_review, quarters_without_review(plan, as_of)
    due = (one for one in _quarters_over(plan, as_of) if one.next().end < as_of or one.end < following < as_of)
    return max((*due, *owed), default=None)


def _quarters_over(plan: Plan, as_of: dt.date) -> Iterator[Period]:
    """The quarters of the plan that were over before this day, oldest first."""
    span = plan.document.period
    before = min(as_of, span.end + dt.timedelta(days=1))
    quarter = period_from(f"{span.start.year}-Q{(span.start.month + 2) // 3}")
    assert quarter is not None
    while quarter.end < before:
        yield quarter
        quarter = quarter.next()


def decision_days_late(decision: Decision, as_of: dt.date) -> int:
    """How many days a decision that is not carried out is past its date; 0 where it has no date or is done."""
    return 0 if decision.done else days_past(decision.by, as_of)
