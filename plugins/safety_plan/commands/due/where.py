"""Where a promise stands in the plan's files, and what is to be written there once it is kept."""

from __future__ import annotations

from typing import cast

from safety_plan.plan.plan import Plan
from safety_plan.problems import Place
from safety_plan.reading.schema.accessibility import Accessibility
from safety_plan.reading.schema.base import Path, Record
from safety_plan.reading.schema.goals import Action
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.late import LateItem
from safety_plan.results.promises import Promise

_WHERE: dict[Promise, Path] = {
    Promise.NEXT_STEP: ("next_step", "by"),
    Promise.ACTION: ("due",),
    Promise.START: ("progress",),
    Promise.DUTY: ("next_due",),
    Promise.DOCUMENT: ("evidence", "next_due"),
    Promise.ANSWER: ("due",),
    Promise.RISK_REVIEW: ("review_by",),
    Promise.TREATMENT: ("treatment", "by"),
    Promise.REVIEW: ("next_review",),
    Promise.DECISION: ("by",),
    Promise.TRAINING: ("next",),
    Promise.EVENT: ("on",),
    Promise.AGREEMENT: ("review_by",),
    Promise.REASSESSMENT: ("full_reassessment", "next"),
}
"""The key that holds the date of each kind of promise, within the record; those that stand in lists are found below."""

_WRITE: dict[Promise, str] = {
    Promise.NUMBER: "Add a line to the observations with the number, or with the reason why there is none.",
    Promise.NEXT_STEP: 'Write the new next step, or delete "next_step" where none is needed any more.',
    Promise.ACTION: 'Add "done:" with the day it was finished, and set "progress:" to 100.',
    Promise.START: 'Set "progress:" to how much of it is done, in percent.',
    Promise.MILESTONE: 'Add "done:" with the day it was reached.',
    Promise.DUTY: 'Set "last_done:" to the day it was done, and "next_due:" to the next day it is due.',
    Promise.DOCUMENT: 'Set "dated:" to the day of the new document, and "next_due:" to the day of the one after it.',
    Promise.ANSWER: 'Add "answered:" with the day it was finished.',
    Promise.RISK_REVIEW: 'Add the new rating to "history", and set "review_by:" to the next day.',
    Promise.TREATMENT: 'Write what is to be done next, or delete "treatment" where the work is done.',
    Promise.REVIEW: 'Write the review into a file of its own in reviews/, and set "next_review:" to the next day.',
    Promise.DECISION: 'Add "done:" with the day it was carried out.',
    Promise.TRAINING: 'Set "last:" to the day it was held, and "next:" to the next one.',
    Promise.LEARNING: "Delete the goal where it is reached, or write the next one.",
    Promise.EVENT: 'Add "people:" with how many came or answered, or "withheld: true" where they were too few to tell.',
    Promise.AGREEMENT: 'Set "review_by:" to the next day, once it was reviewed.',
    Promise.REASSESSMENT: 'Set "last:" to the day it was done, and "next:" to the next one.',
    Promise.BARRIER: "Delete the entry where it works for everyone by now.",
}
"""What to write for each kind of promise once it is kept."""


_COMMAND: dict[Promise, str] = {
    Promise.ACTION: "safety-plan done {id}",
    Promise.DUTY: "safety-plan done {id} --next YYYY-MM-DD",
    Promise.DECISION: "safety-plan done {id}",
    Promise.REVIEW: "safety-plan new review",
}
"""The line to type in place of that, where there is one; for numbers, see below."""


def place_of(plan: Plan, item: LateItem) -> Place:
    """The line to change once a promise is kept."""
    if item.promise is Promise.NUMBER:
        metric = cast(Metric, plan.thing(item.kind, item.id).record)
        return metric.observations[-1].at() if metric.observations else metric.at("observations")
    record, path = _entry(plan, item)
    return record.at(*path)


def what_to_write(item: LateItem) -> str:
    """What to write there once a promise is kept, in a sentence."""
    return _WRITE[item.promise]


def command_for(plan: Plan, item: LateItem) -> str:
    """The line to type in place of writing into the file; empty where there is none.

    A number is given in the way in which the newest one of the measure was.
    """
    if item.promise is not Promise.NUMBER:
        return _COMMAND.get(item.promise, "").format(id=item.id)
    metric = cast(Metric, plan.thing(item.kind, item.id).record)
    newest = next((one for one in reversed(metric.observations) if one.number is not None), None)
    number = "--part NUMBER --of NUMBER" if newest is not None and newest.part is not None else "NUMBER"
    cases = " --n CASES" if newest is not None and newest.n is not None else ""
    return f"safety-plan record {item.id} {item.period} {number}{cases}"


def _entry(plan: Plan, item: LateItem) -> tuple[Record, Path]:
    """The record that holds the date of a promise, and the way to the date within it."""
    if item.promise is Promise.MILESTONE:
        action = cast(Action, plan.thing(item.kind, item.id).record)
        same = ((one.title, one.due) == (item.detail, item.due) for one in action.milestones)
        return action, ("milestones", list(same).index(True), "due")
    if item.promise is Promise.LEARNING:
        goals = [(goal.goal, goal.by) for goal in plan.people.learning_goals]
        return plan.people, ("learning_goals", goals.index((item.detail, item.due)), "by")
    if item.promise is Promise.BARRIER:
        known = cast(Accessibility, plan.one(Accessibility))
        limits = [(limit.what, limit.until) for limit in known.limits]
        return known, ("limits", limits.index((item.detail, item.due)), "until")
    record = plan.document if item.kind == "page" else plan.thing(item.kind, item.id).record
    return record, _WHERE[item.promise]
