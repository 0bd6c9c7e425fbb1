"""Everything staff should look at that keeps nothing from being published: gaps, doubts, and what does not agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from safety_plan.plan.coverage import gaps
from safety_plan.plan.plan import Plan
from safety_plan.plan.work import doubts
from safety_plan.problems import Problem
from safety_plan.reading.schema.base import Path
from safety_plan.reading.schema.goals import Action
from safety_plan.results.mirrors import COUNTED, Mirror, mirror
from safety_plan.results.results import Results
from safety_plan.results.unexplained import unexplained


def warnings(plan: Plan, results: Results) -> tuple[Problem, ...]:
    """All warnings about a plan, in the order of its files and their lines.

    None of them comes because time goes by: what is late stands on a page of its own.
    """
    found = [*gaps(plan), *doubts(plan), *ahead(plan, results.as_of), *unexplained(plan, results), *disagreeing(plan)]
    return tuple(sorted(found))


def ahead(plan: Plan, as_of: dt.date) -> Iterator[Problem]:
    """Dates of what has happened to the work that lie after this day, and work done before it could begin."""
    for action in plan.actions:
        record = action.record
        for path, day in _happened(record):
            if day > as_of:
                yield Problem(
                    record.at(*path),
                    f'found the date {day} in the action "{action.id}" for something that has happened, but it lies '
                    f"after {as_of}, the day that counts as today",
                    allowed=f"dates up to {as_of}",
                    fix="check the year; write the date down once it has come.",
                )
        if record.progress and record.start > as_of:
            yield Problem(
                record.at("progress"),
                f'found {record.progress} for "progress" in the action "{action.id}", which starts on {record.start}',
                allowed=f"0 until the start date has come, seen from {as_of}",
                fix="if the work has begun, write the day it began as its start.",
            )


def _happened(action: Action) -> Iterator[tuple[Path, dt.date]]:
    if action.done:
        yield ("done",), action.done
    if action.paused:
        yield ("paused", "since"), action.paused.since
    if action.cancelled:
        yield ("cancelled", "since"), action.cancelled.since
    for number, milestone in enumerate(action.milestones):
        if milestone.done:
            yield ("milestones", number, "done"), milestone.done


_HELD_IN = {
    "duties-current": "compliance.yml",
    "actions-on-schedule": "the files in goals/",
    "exercises-held": "people.yml",
}
"""Where each register is kept."""


def disagreeing(plan: Plan) -> Iterator[Problem]:
    """Measures that show another number than the register they are taken from gave at the end of the period."""
    for metric in plan.metrics:
        found = mirror(plan, metric)
        if found is None or found.agrees:
            continue
        observation = next(one for one in metric.record.observations if one.period == found.period)
        yield Problem(
            observation.at("value"),
            f'found {found.typed:g} for {found.period} in the metric "{metric.id}", but its register, '
            f"{_HELD_IN[found.register]}, gives {_given(found, metric.record.decimals)} on {found.day}",
            allowed=f"what the register gives, counted as: {COUNTED[found.register]}",
            fix=f"correct the number, or the dates in {_HELD_IN[found.register]}.",
        )


def _given(found: Mirror, decimals: int) -> str:
    values = list(dict.fromkeys(f"{value:.{decimals}f}" for value in found.possible))
    tally = found.tally
    counted = "" if tally.of is None else f" ({tally.number} of {tally.of})"
    if not tally.unknown:
        return f"{values[0]}{counted}"
    return f"one of {', '.join(values)} ({tally.number} to {tally.number + tally.unknown} of {tally.of})"
