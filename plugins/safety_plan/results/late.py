"""What was promised for a day and has not come: every promise of the plan, held against the calendar.

Nothing here is typed by anybody. A promise is kept when the plan says so (a value, a date done); until then it is late
from the day after it was due. What counts as a promise, and when it is kept, says `promises`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Action, Thing
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.accessibility import Accessibility
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.compliance import LawChange
from safety_plan.reading.schema.engagement import Event
from safety_plan.reading.schema.people import Training
from safety_plan.reading.schema.resources import Agreement
from safety_plan.reading.schema.reviews import Decision
from safety_plan.results.actions import is_done, is_open
from safety_plan.results.dates import OwedValue, days_past
from safety_plan.results.duties import AnswerState, answer_state, applies
from safety_plan.results.promises import Promise
from safety_plan.results.reviews import reviews_owed


@dataclass(frozen=True)
class LateItem:
    """Something promised that has not come: the thing it is about, what of it is owed, and who owes it.

    `kind` and `id` name a thing of the plan; the kind "page" names a page (with an anchor after #), for what has no
    place of its own. `days` is how long it is overdue, 0 where it is not late yet. `owner` is the id of the role that
    owes it; None where no role does, so that the town as a whole owes it. `parts` are the roles that do the work or
    take part without answering for it. `detail` is what is late within the thing, such as the title of a milestone or
    the text of a next step; `period` the time that a number or a review is about.
    """

    promise: Promise
    kind: str
    id: str
    owner: str | None
    due: dt.date
    days: int = 0
    parts: tuple[str, ...] = ()
    detail: str = ""
    period: Period | None = None

    @property
    def what(self) -> str:
        """What is late, in a word or two."""
        return self.promise.one


def late_items(plan: Plan, owed: Mapping[str, tuple[OwedValue, ...]], as_of: dt.date) -> tuple[LateItem, ...]:
    """Everything late on this day, the longest overdue first. `owed` are the values that each metric owes."""
    promised = (replace(one, days=days_past(one.due, as_of)) for one in open_promises(plan, owed, as_of))
    return tuple(sorted((one for one in promised if one.days), key=lambda item: (-item.days, item.kind, item.id)))


def by_promise(late: tuple[LateItem, ...]) -> dict[Promise, list[LateItem]]:
    """What is late by kind of promise. Within a kind, and from kind to kind, the longest overdue comes first."""
    found: dict[Promise, list[LateItem]] = {}
    for item in late:
        found.setdefault(item.promise, []).append(item)
    return found


def open_promises(plan: Plan, owed: Mapping[str, tuple[OwedValue, ...]], as_of: dt.date) -> Iterator[LateItem]:
    """Every promise not kept by this day, whether its date has passed or not; of the reviews only those that are late.

    `owed` are the values that each metric owes. How late they are is left open: see `late_items`.
    """
    yield from _of_metrics(plan, owed)
    for action in plan.actions:
        if is_open(action.record, as_of):
            yield from _of_action(action, as_of)
    yield from _of_duties(plan, as_of)
    yield from _of_risks(plan)
    yield from _of_people(plan)
    for agreement in plan.all(Agreement):
        record = agreement.record
        yield from _by(Promise.AGREEMENT, agreement, record.owner, record.review_by)
    yield from _of_the_whole(plan, as_of)


def _by(promise: Promise, thing: Thing[Record], owner: str | None, due: dt.date | None) -> Iterator[LateItem]:
    """The promise of a thing, where it has a date."""
    if due is not None:
        yield LateItem(promise, thing.kind, thing.id, owner, due)


def _of_metrics(plan: Plan, owed: Mapping[str, tuple[OwedValue, ...]]) -> Iterator[LateItem]:
    for metric in plan.metrics:
        owner, step = metric.record.source.owner, metric.record.next_step
        for one in owed[metric.id]:
            yield LateItem(Promise.NUMBER, "metric", metric.id, owner, one.due, period=one.period)
        if step is not None:
            yield LateItem(Promise.NEXT_STEP, "metric", metric.id, step.owner, step.by, detail=step.what)


def _of_action(action: Action, as_of: dt.date) -> Iterator[LateItem]:
    """What an open action promises. A pause moves no date: otherwise pausing would be a way off this list."""
    record = action.record
    found = [*_by(Promise.ACTION, action, record.owner, record.due)]
    # Once the whole action is overdue, that it never began says nothing new.
    if record.progress == 0 and as_of <= record.due:
        found += _by(Promise.START, action, record.owner, record.start)
    for milestone in record.milestones:
        # Where the whole action is overdue for as long, its last milestone says nothing new.
        if not is_done(milestone, as_of) and milestone.due != record.due:
            due = _by(Promise.MILESTONE, action, record.owner, milestone.due)
            found += (replace(item, detail=milestone.title) for item in due)
    for item in found:
        yield replace(item, parts=record.responsible)


def _of_duties(plan: Plan, as_of: dt.date) -> Iterator[LateItem]:
    for requirement in plan.requirements:
        duty, proof = requirement.record, requirement.record.evidence
        if not applies(duty, as_of):
            continue
        yield from _by(Promise.DUTY, requirement, duty.owner, duty.next_due)
        if proof.next_due != duty.next_due:
            yield from _by(Promise.DOCUMENT, requirement, duty.owner, proof.next_due)
    for change in plan.all(LawChange):
        answered = answer_state(change.record, as_of) is AnswerState.ANSWERED
        due = None if answered else change.record.due
        yield from _by(Promise.ANSWER, change, change.record.owner, due)


def _of_risks(plan: Plan) -> Iterator[LateItem]:
    for risk in plan.risks:
        record = risk.record
        yield from _by(Promise.RISK_REVIEW, risk, record.owner, record.review_by)
        if record.treatment is not None:
            yield from _by(Promise.TREATMENT, risk, record.owner, record.treatment.by)


def _of_people(plan: Plan) -> Iterator[LateItem]:
    """Trainings, what leaders want to learn, and events: no role of the plan answers for one of these alone."""
    for training in plan.all(Training):
        record = training.record
        for item in _by(Promise.TRAINING, training, None, record.next):
            yield replace(item, parts=record.audience)
    for goal in plan.people.learning_goals:
        yield LateItem(Promise.LEARNING, "page", "people#learning-goals", None, goal.by, detail=goal.goal)
    for event in plan.all(Event):
        yield from _by(Promise.EVENT, event, None, event.record.on if event.record.people is None else None)


def _of_the_whole(plan: Plan, as_of: dt.date) -> Iterator[LateItem]:
    """What concerns the plan as a whole. Whoever led the newest review is the one to call the next."""
    chair = plan.reviews[-1].record.chaired_by if plan.reviews else None
    for decision in plan.all(Decision):
        due = None if decision.record.done else decision.record.by
        yield from _by(Promise.DECISION, decision, decision.record.owner, due)
    page = "reviews" if "reviews" in plan.pages else "plan"
    for owed in reviews_owed(plan, as_of):
        yield LateItem(Promise.REVIEW, "page", page, chair, owed.due, period=owed.quarter)
    yield LateItem(Promise.REASSESSMENT, "page", "plan", chair, plan.document.full_reassessment.next)
    known = plan.one(Accessibility)
    for limit in known.limits if known else ():
        if limit.until is not None:
            yield LateItem(Promise.BARRIER, "page", "accessibility#limits", None, limit.until, detail=limit.what)
