"""What was promised for a day and has not come: every promise of the plan, held against the calendar.

Nothing here is typed by anybody. A promise is kept when the plan says so (a value, a date done); until then it is late
from the day after it was due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from safety_plan.plan.plan import Plan
from safety_plan.reading.schema.compliance import LawChange
from safety_plan.reading.schema.people import Training
from safety_plan.reading.schema.resources import Agreement
from safety_plan.reading.schema.reviews import Decision
from safety_plan.results.dates import NextValue, days_past


@dataclass(frozen=True)
class LateItem:
    """Something promised that has not come in time: the thing it is about, what is late about it, and who owes it.

    `kind` and `id` name a thing of the plan; the kind "page" names a page, for what concerns the plan as a whole.
    `owner` is the id of a role; None where a promise belongs to nobody in particular, as a training does.
    """

    kind: str
    id: str
    what: str
    owner: str | None
    due: dt.date
    days: int


@dataclass(frozen=True)
class _Promise:
    kind: str
    id: str
    what: str
    owner: str | None
    due: dt.date | None


def late_items(plan: Plan, next_values: Mapping[str, NextValue | None], as_of: dt.date) -> tuple[LateItem, ...]:
    """Everything late on this day, the longest overdue first."""
    found = [
        LateItem(one.kind, one.id, one.what, one.owner, one.due, days_past(one.due, as_of))
        for one in _promises(plan, next_values)
        if one.due is not None and days_past(one.due, as_of)
    ]
    return tuple(sorted(found, key=lambda item: (-item.days, item.kind, item.id)))


def _promises(plan: Plan, next_values: Mapping[str, NextValue | None]) -> Iterator[_Promise]:
    yield from _of_metrics(plan, next_values)
    yield from _of_actions(plan)
    for requirement in plan.requirements:
        duty = requirement.record
        if not duty.does_not_apply:
            yield _Promise("requirement", requirement.id, "legal duty", duty.owner, duty.next_due)
    for change in plan.all(LawChange):
        due = None if change.record.answered else change.record.due
        yield _Promise("law-change", change.id, "answer to a change in the law", change.record.owner, due)
    for risk in plan.risks:
        yield _Promise("risk", risk.id, "risk review", risk.record.owner, risk.record.review_by)
    for decision in plan.all(Decision):
        due = None if decision.record.done else decision.record.by
        yield _Promise("decision", decision.id, "decision", decision.record.owner, due)
    for agreement in plan.all(Agreement):
        record = agreement.record
        yield _Promise("agreement", agreement.id, "review of an agreement", record.owner, record.review_by)
    for training in plan.all(Training):
        yield _Promise("training", training.id, "training", None, training.record.next)
    document = plan.document
    yield _Promise("page", "reviews" if "reviews" in plan.pages else "plan", "review", None, document.next_review)
    yield _Promise("page", "plan", "full reassessment of the plan", None, document.full_reassessment.next)


def _of_metrics(plan: Plan, next_values: Mapping[str, NextValue | None]) -> Iterator[_Promise]:
    for metric in plan.metrics:
        owed = next_values[metric.id]
        yield _Promise("metric", metric.id, "number", metric.record.source.owner, owed.due if owed else None)
        step = metric.record.next_step
        if step is not None:
            yield _Promise("metric", metric.id, "next step", step.owner, step.by)


def _of_actions(plan: Plan) -> Iterator[_Promise]:
    for action in plan.actions:
        record = action.record
        # A paused action is shown as paused, with its reason: it promises nothing until it goes on.
        if record.done or record.paused or record.cancelled:
            continue
        yield _Promise("action", action.id, "action", record.owner, record.due)
        for milestone in record.milestones:
            due = None if milestone.done else milestone.due
            # Where the whole action is overdue for as long, its last milestone says nothing new.
            if due != record.due:
                yield _Promise("action", action.id, f"milestone “{milestone.title}”", record.owner, due)
