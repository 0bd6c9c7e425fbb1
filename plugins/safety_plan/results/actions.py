"""How each action stands, and how late: from its dates. Only a pause or an end is written down, with its reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safety_plan.language import later
from safety_plan.reading.schema.goals import Action, Milestone
from safety_plan.results.dates import days_past
from safety_plan.results.state import State


class ActionState(State):
    """How an action stands, computed from its dates."""

    NOT_STARTED = (later("not started"), "neutral")
    STARTS_LATE = (later("not started, past its start date"), "warning")
    ON_SCHEDULE = (later("under way"), "good")
    OVERDUE = (later("overdue"), "bad")
    DONE = (later("done"), "good")
    DONE_LATE = (later("done, later than planned"), "good")
    PAUSED = (later("paused"), "warning")
    CANCELLED = (later("cancelled"), "neutral")


MEANINGS = {
    ActionState.NOT_STARTED: later("Its start date has not passed, and nothing is done yet."),
    ActionState.STARTS_LATE: later("Its start date has passed, and nothing is done yet."),
    ActionState.ON_SCHEDULE: later("Some of it is done, and its due date has not passed."),
    ActionState.OVERDUE: later("Its due date has passed, and it is not done."),
    ActionState.DONE: later("It was done by its due date."),
    ActionState.DONE_LATE: later("It was done, but after its due date."),
    ActionState.PAUSED: later(
        "Work has stopped for a while; the reason is given. A pause moves no date: where one passes, "
        "the action is paused and late."
    ),
    ActionState.CANCELLED: later("It was given up; the reason is given. Nothing of it is late any more."),
}
"""What each state means, as `action_state` tells them apart; to be said."""


def action_state(action: Action, as_of: dt.date) -> ActionState:
    """How an action stands on this day. What is dated later than the day has not happened on it."""
    if action.cancelled and action.cancelled.since <= as_of:
        return ActionState.CANCELLED
    if is_done(action, as_of):
        return ActionState.DONE_LATE if days_past(action.due, action.done or as_of) else ActionState.DONE
    if action.paused and action.paused.since <= as_of:
        return ActionState.PAUSED
    if as_of > action.due:
        return ActionState.OVERDUE
    if action.progress == 0:
        return ActionState.STARTS_LATE if as_of > action.start else ActionState.NOT_STARTED
    return ActionState.ON_SCHEDULE


def is_done(work: Action | Milestone, as_of: dt.date) -> bool:
    """Whether an action or a milestone was done by the end of this day."""
    return work.done is not None and work.done <= as_of


def is_open(action: Action, as_of: dt.date) -> bool:
    """Whether an action still has to be done on this day; a paused one has."""
    return action_state(action, as_of) not in (ActionState.DONE, ActionState.DONE_LATE, ActionState.CANCELLED)


def days_late(action: Action, as_of: dt.date) -> int:
    """How many days an open action is past its due date, whether it is paused or not; else 0."""
    return days_past(action.due, as_of) if is_open(action, as_of) else 0


def start_days_late(action: Action, as_of: dt.date) -> int:
    """How many days an open action of which nothing is done is past its start date; else 0."""
    return days_past(action.start, as_of) if is_open(action, as_of) and action.progress == 0 else 0


@dataclass(frozen=True)
class Delay:
    """How late an action is on a day: its state, and the days since its due date and its start date that matter."""

    state: ActionState
    days_late: int
    start_days_late: int

    @property
    def overdue(self) -> bool:
        """Whether being late is all there is to say of it; of a paused action it is not."""
        return self.state is ActionState.OVERDUE


def delay_of(action: Action, as_of: dt.date) -> Delay:
    """How late an action is on this day."""
    return Delay(action_state(action, as_of), days_late(action, as_of), start_days_late(action, as_of))


def milestone_days_late(action: Action, milestone: Milestone, as_of: dt.date) -> int:
    """How many days a milestone that is not reached is past its date, while its action is open; else 0."""
    waits = is_open(action, as_of) and not is_done(milestone, as_of)
    return days_past(milestone.due, as_of) if waits else 0


def action_reason(action: Action, as_of: dt.date) -> str:
    """Why an action is in its state on this day: the dates that decide, in a sentence."""
    state, due = action_state(action, as_of), f"it was due on {action.due}"
    late = days_late(action, as_of)
    if state in (ActionState.DONE, ActionState.DONE_LATE):
        over = (
            f", {_days(days_past(action.due, action.done or as_of))} before" if state is ActionState.DONE_LATE else ""
        )
        return f"It was done on {action.done}; {due}{over}."
    since = {ActionState.PAUSED: action.paused, ActionState.CANCELLED: action.cancelled}.get(state)
    if since is not None:
        stopped = "paused" if state is ActionState.PAUSED else "given up"
        return f"It was {stopped} on {since.since}" + (f"; {due}, {_days(late)} ago." if late else ".")
    if late:
        return f"It was due on {action.due}, {_days(late)} ago, and is not done."
    if state is ActionState.STARTS_LATE:
        return f"It was to start on {action.start}, {_days(start_days_late(action, as_of))} ago; nothing of it is done."
    if state is ActionState.NOT_STARTED:
        return f"It is to start on {action.start}."
    return f"{action.progress} percent of it is done; it is due on {action.due}."


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
