"""The dates and the progress of an action, held against each other: what cannot be, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.plan.plan import Plan
from safety_plan.problems import Problem
from safety_plan.reading.schema.goals import Action, Milestone

_ALL = 100
"""The progress, in percent, of work that is done."""


def work_problems(action: Action) -> Iterator[Problem]:
    """What cannot be: an action that is done and not done, begun and not begun, or done before it began."""
    if action.done and action.progress < _ALL:
        yield Problem(
            action.at("progress"),
            f'found {action.progress} for "progress" in an action that was done on {action.done}',
            allowed=f'{_ALL} in an action with "done"',
            fix=f'write {_ALL}, or delete the line "done" if the work goes on.',
        )
    if action.progress == _ALL and not action.done:
        yield Problem(
            action.at("progress"),
            f'found {_ALL} for "progress" in an action without "done"',
            allowed=f'{_ALL} only with "done"; otherwise 0 to {_ALL - 1}',
            fix='add a line "done" with the day it was finished, or correct the number.',
        )
    if action.progress == 0 and any(milestone.done for milestone in action.milestones):
        yield Problem(
            action.at("progress"),
            'found 0 for "progress" in an action with a milestone that was reached',
            allowed="a number above 0 once a milestone is reached",
            fix='write how much of the work is done, or delete "done" from the milestone.',
        )
    if action.done and action.done < action.start:
        yield Problem(
            action.at("done"),
            f"found the date {action.done}, when the action was done, before its start {action.start}",
            allowed="a date that is not before the start",
            fix="check both dates.",
        )
    yield from _stops(action)


def _stops(action: Action) -> Iterator[Problem]:
    """An action stands in one way at a time: done, paused or given up."""
    given = [name for name in ("done", "paused", "cancelled") if getattr(action, name)]
    if len(given) > 1:
        both = " and ".join(f'"{name}"' for name in given)
        yield Problem(
            action.at(given[-1]),
            f"found an action with {both}",
            allowed='only one of "done", "paused" and "cancelled"',
            fix="keep the one that holds now.",
        )


def doubts(plan: Plan) -> Iterator[Problem]:
    """Milestones and pauses whose dates go ill with those of their action. They may be right: they stop nothing."""
    for action in plan.actions:
        record = action.record
        if record.paused and record.paused.since < record.start:
            yield Problem(
                record.at("paused", "since"),
                f'found the action "{action.id}" paused since {record.paused.since}, before its start {record.start}',
                allowed=f"dates from {record.start} on",
                fix="check both dates; work that begins later than planned is not paused.",
            )
        for milestone in action.record.milestones:
            yield from _doubts(action.record, milestone)


def _doubts(action: Action, milestone: Milestone) -> Iterator[Problem]:
    if not action.start <= milestone.due <= action.due:
        yield Problem(
            milestone.at("due"),
            f'found a milestone due on {milestone.due}, outside the time of the action "{action.id}"',
            allowed=f"dates from {action.start} to {action.due}",
            fix="check the dates of both.",
        )
    if milestone.done and milestone.done < action.start:
        yield Problem(
            milestone.at("done"),
            f'found a milestone reached on {milestone.done}, before the action "{action.id}" started',
            allowed=f"dates from {action.start} on",
            fix="check the date, or the action's start.",
        )
    if action.done and (milestone.done is None or milestone.done > action.done):
        reached = f"reached on {milestone.done}" if milestone.done else "not reached"
        yield Problem(
            milestone.at("done"),
            f'found a milestone {reached}, but the action "{action.id}" was done on {action.done}',
            allowed="milestones reached by the day the action was done",
            fix="write the day the milestone was reached, or check when the action was done.",
        )
