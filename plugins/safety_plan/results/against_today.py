"""What was written down against the day that counts as today: events that lie ahead of it, and reasons for nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from safety_plan.plan.plan import Plan
from safety_plan.problems import Place, Problem
from safety_plan.reading.schema.base import Path
from safety_plan.reading.schema.goals import Action
from safety_plan.results.actions import ActionState, action_state, delay_of, milestone_days_late


def against_today(plan: Plan, as_of: dt.date) -> Iterator[Problem]:
    """Dates of what has happened that lie after this day, work done before it could begin, and delays that are none."""
    for place, what, day in _happened(plan):
        if day > as_of:
            yield Problem(
                place,
                f"found the date {day} in {what} for something that has happened, but it lies after {as_of}, the day "
                "that counts as today",
                allowed=f"dates up to {as_of}",
                fix="check the year; write the date down once it has come.",
            )
    for action in plan.actions:
        yield from _progress_ahead(action.record, as_of)
        yield from _reason_for_nothing(action.record, as_of)


def _happened(plan: Plan) -> Iterator[tuple[Place, str, dt.date]]:
    """Every date of the plan by which something has happened, with its place and the thing that holds it."""
    document = plan.document
    yield document.at("data_as_of"), "data_as_of", document.data_as_of
    for metric in plan.metrics:
        record = metric.record
        named: tuple[tuple[str, tuple[dt.date, ...]], ...] = (
            ("target_changes", tuple(one.on for one in record.target_changes)),
            ("definition_changes", tuple(one.on for one in record.definition_changes)),
        )
        for key, days in named:
            for number, day in enumerate(days):
                yield record.at(key, number, "on"), f'the metric "{metric.id}"', day
    for duty in plan.requirements:
        if duty.record.last_done:
            yield duty.record.at("last_done"), f'the legal duty "{duty.id}"', duty.record.last_done
    for action in plan.actions:
        for path, day in _of_action(action.record):
            yield action.record.at(*path), f'the action "{action.id}"', day


def _of_action(action: Action) -> Iterator[tuple[Path, dt.date]]:
    if action.done:
        yield ("done",), action.done
    if action.paused:
        yield ("paused", "since"), action.paused.since
    if action.cancelled:
        yield ("cancelled", "since"), action.cancelled.since
    for number, milestone in enumerate(action.milestones):
        if milestone.done:
            yield ("milestones", number, "done"), milestone.done


def _progress_ahead(action: Action, as_of: dt.date) -> Iterator[Problem]:
    if action.progress and action.start > as_of:
        yield Problem(
            action.at("progress"),
            f'found {action.progress} for "progress" in the action "{action.id}", which starts on {action.start}',
            allowed=f"0 until the start date has come, seen from {as_of}",
            fix="if the work has begun, write the day it began as its start.",
        )


def _reason_for_nothing(action: Action, as_of: dt.date) -> Iterator[Problem]:
    """The reason for a delay, where nothing of the action is or was late; a late end keeps its reason."""
    state, delay = action_state(action, as_of), delay_of(action, as_of)
    late = delay.days_late or delay.start_days_late or state is ActionState.DONE_LATE
    milestones = any(milestone_days_late(action, one, as_of) for one in action.milestones)
    reached_late = any(one.done and one.done > one.due for one in action.milestones)
    if action.late_because and not (late or milestones or reached_late):
        yield Problem(
            action.at("late_because"),
            f'found "late_because" in the action "{action.id}", of which nothing is late on {as_of}',
            allowed='"late_because" only where the action, its start or a milestone is late',
            fix="delete the line, or correct the date that has moved.",
        )
