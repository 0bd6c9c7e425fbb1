"""Who owes what by when: what is late, what falls due soon, and the numbers to ask departments for.

No date is worked out here: what is promised says `late`, which number comes next says `dates`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric
from safety_plan.reading.periods import Period
from safety_plan.results.dates import OwedValue, coming_values, days_past, skipped_values
from safety_plan.results.late import LateItem, open_promises
from safety_plan.results.promises import Promise


def owed_by(plan: Plan, as_of: dt.date, until: dt.date) -> tuple[LateItem, ...]:
    """Every promise not kept by the day `as_of` and due by the day `until`, the one that was due first coming first.

    Everything that `late_items` calls late is in it. Of a measure that owes several numbers in a row each one is: each
    has to be written down. `days` is 0 for what is not late yet.
    """
    owed = {metric.id: _numbers(plan, metric, as_of, until) for metric in plan.metrics}
    found = [one for one in open_promises(plan, owed, as_of) if one.due <= until]
    # Which reviews are still to come is known by looking from the first day on which they would all be late.
    after = until + dt.timedelta(days=1)
    found += (one for one in open_promises(plan, owed, after) if one.promise is Promise.REVIEW and as_of <= one.due)
    late = (replace(one, days=days_past(one.due, as_of)) for one in found)
    return tuple(sorted(late, key=lambda one: (one.due, one.kind, one.id, one.promise.slug, one.detail)))


def _numbers(plan: Plan, metric: Metric, as_of: dt.date, until: dt.date) -> tuple[OwedValue, ...]:
    coming = coming_values(metric.record, plan.document, as_of)
    return (
        *skipped_values(metric.record, plan.document, as_of),
        *takewhile(lambda one: one.due <= until, coming),
    )


@dataclass(frozen=True)
class AskedValue:
    """A number that a department is asked for: the measure, the time it is about, and what is owed for it.

    `owed` is None where the plan has the number already, or a reason why there is none: then it is asked for in case it
    was wrong.
    """

    metric: Metric
    period: Period
    owed: OwedValue | None


def asked_on(plan: Plan, as_of: dt.date) -> tuple[AskedValue, ...]:
    """The numbers to ask for on a day: each one not given whose time is over, or more than half over.

    So a quarter is asked for from its middle on, and at the start of the next one it is still the newest.
    """
    return tuple(
        AskedValue(metric, one.period, one)
        for metric in plan.metrics
        for one in (
            *skipped_values(metric.record, plan.document, as_of),
            *takewhile(lambda one: _half_over(one.period, as_of), coming_values(metric.record, plan.document, as_of)),
        )
    )


def asked_for(plan: Plan, span: Period, as_of: dt.date) -> tuple[AskedValue, ...]:
    """The numbers of all times that end within a period, given or not: of a quarter also those of its months."""
    return tuple(value for metric in plan.metrics for value in _within(plan, metric, span, as_of))


def _half_over(period: Period, as_of: dt.date) -> bool:
    return (as_of - period.start).days * 2 > (period.end - period.start).days + 1


def _within(plan: Plan, metric: Metric, span: Period, as_of: dt.date) -> Iterator[AskedValue]:
    coming = takewhile(lambda one: one.period.end <= span.end, coming_values(metric.record, plan.document, as_of))
    owed = {one.period: one for one in (*skipped_values(metric.record, plan.document, as_of), *coming)}
    given = {one.period for one in metric.record.observations if not one.partial_until and one.period not in owed}
    for period in sorted({*owed, *given}):
        if span.start <= period.end <= span.end:
            yield AskedValue(metric, period, owed.get(period))
