"""Dates that cannot be, seen against each other: values from the future, duties due before they were done and such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from safety_plan.plan.work import work_problems
from safety_plan.problems import Problem
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.compliance import Requirement
from safety_plan.reading.schema.goals import Action
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.reviews import Review


def calendar_problems(record: Record, data_as_of: dt.date) -> Iterator[Problem]:
    """What the calendar speaks against in one record. `data_as_of` is the last day that the plan's numbers cover."""
    if isinstance(record, Metric):
        yield from _values_ahead(record, data_as_of)
    elif isinstance(record, Requirement):
        done, due = record.last_done, record.next_due
        if done is not None and due is not None and due <= done:
            yield Problem(
                record.at("next_due"),
                f"found the next due date {due}, not after {done}, when it was last done",
                allowed="a date after last_done",
                fix="check both dates.",
            )
    elif isinstance(record, Review) and record.held <= record.period.end:
        yield Problem(
            record.at("held"),
            f"found a review of {record.period} held on {record.held}, before the quarter was over",
            allowed=f"a date after {record.period.end}",
            fix="check the quarter and the date.",
        )
    elif isinstance(record, Action):
        yield from work_problems(record)


def _values_ahead(metric: Metric, data_as_of: dt.date) -> Iterator[Problem]:
    for one in metric.every_observation:
        if one.last_day > data_as_of and not one.missing:
            yield Problem(
                one.at("period"),
                f"found a number for {one.period}, which is not over on {data_as_of}, the plan's data_as_of",
                allowed=f"periods that end by {data_as_of}, or partial_until with the last day covered",
                fix="check the year; if the number is right, write the new date for data_as_of in plan.yml.",
            )
