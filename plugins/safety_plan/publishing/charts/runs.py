"""The unbroken runs of a measure's values: what a line may join, and where it must stop."""

from __future__ import annotations

from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation


def runs(record: Metric, skipped: tuple[Period, ...] = ()) -> list[list[Observation]]:
    """The unbroken runs of whole values, the oldest first.

    A value that is missing, withheld or was never given (`skipped`) breaks a run; so does a count that starts anew, or
    a new way of counting.
    """
    found: list[list[Observation]] = [[]]
    new_ways = {one.since for one in record.definition_changes if one.since}
    yearly = record.covers == "year-to-date"
    for one in sorted(record.observations, key=lambda observation: observation.period):
        anew = yearly and found[-1] and found[-1][-1].period.year_end < one.period.year_end
        if one.number is None or anew or any(_starts(way, found[-1], one) for way in (*new_ways, *skipped)):
            found.append([])
        if one.number is not None and not one.partial_until:
            found[-1].append(one)
    return [run for run in found if run]


def _starts(way: Period, run: list[Observation], one: Observation) -> bool:
    """Whether a value is the first one from this period on, after a run of values before it."""
    return bool(run) and run[-1].period < way <= one.period
