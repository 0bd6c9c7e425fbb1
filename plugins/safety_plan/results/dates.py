"""What the calendar says: numbers overdue, work late, duties due. Nothing of it is typed; it follows from dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safety_plan.reading.periods import Grain, Period
from safety_plan.reading.schema.compliance import LawChange, Requirement
from safety_plan.reading.schema.goals import Action
from safety_plan.reading.schema.metrics import Frequency, Metric
from safety_plan.results.state import State
from safety_plan.rules import RULES, Rules

_STEP: dict[Frequency, Grain] = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}


def days_past(day: dt.date | None, as_of: dt.date) -> int:
    """How many days a date has passed; 0 where it has not, or where there is none."""
    return 0 if day is None else max((as_of - day).days, 0)


@dataclass(frozen=True)
class NextValue:
    """The next number that a metric has promised."""

    period: Period
    due: dt.date
    days_late: int


def next_value(metric: Metric, due_within_days: int, as_of: dt.date) -> NextValue | None:
    """The next value owed, and how late it is on this day; None where there is no value yet to count from.

    A period that is only partly covered is still owed in full.
    """
    whole = [observation for observation in metric.observations if not observation.partial_until]
    if not whole:
        return None
    newest = max(whole, key=lambda observation: observation.period)
    period = newest.period.next(_STEP[metric.frequency])
    due = period.end + dt.timedelta(days=metric.due_within_days or due_within_days)
    return NextValue(period, due, days_past(due, as_of))


class ActionState(State):
    """How an action stands, computed from its dates."""

    NOT_STARTED = ("not started", "neutral")
    STARTS_LATE = ("not started, past its start date", "warning")
    ON_SCHEDULE = ("under way", "good")
    OVERDUE = ("overdue", "bad")
    DONE = ("done", "good")
    DONE_LATE = ("done, later than planned", "good")
    PAUSED = ("paused", "warning")
    CANCELLED = ("cancelled", "neutral")


def action_state(action: Action, as_of: dt.date) -> ActionState:
    """How an action stands on this day."""
    if action.cancelled:
        return ActionState.CANCELLED
    if action.done:
        return ActionState.DONE_LATE if action.done > action.due else ActionState.DONE
    if action.paused:
        return ActionState.PAUSED
    if as_of > action.due:
        return ActionState.OVERDUE
    if action.progress == 0:
        return ActionState.STARTS_LATE if as_of > action.start else ActionState.NOT_STARTED
    return ActionState.ON_SCHEDULE


class DutyState(State):
    """How a legal duty stands, computed from its dates. Never a legal finding."""

    CURRENT = ("current", "good")
    DUE_SOON = ("due soon", "warning")
    OVERDUE = ("overdue", "bad")
    NOT_YET_DUE = ("not yet due", "neutral")
    NEVER_DONE = ("never done", "bad")
    DOES_NOT_APPLY = ("does not apply", "neutral")
    NOT_KNOWN = ("not known", "neutral")


def duty_state(requirement: Requirement, as_of: dt.date, rules: Rules = RULES) -> DutyState:
    """How a legal duty stands on this day."""
    done, due = requirement.last_done, requirement.next_due
    if requirement.does_not_apply:
        return DutyState.DOES_NOT_APPLY
    if due is not None and as_of > due:
        return DutyState.OVERDUE if done else DutyState.NEVER_DONE
    if due is not None and (due - as_of).days <= rules.due_soon_days:
        return DutyState.DUE_SOON
    if done is not None:
        return DutyState.CURRENT
    return DutyState.NOT_YET_DUE if due else DutyState.NOT_KNOWN


def answer_state(change: LawChange, as_of: dt.date) -> str:
    """Whether the town has answered a change in the law, in words."""
    if change.answered:
        return "answered"
    if change.due and as_of > change.due:
        return "answer late"
    return "being answered"
