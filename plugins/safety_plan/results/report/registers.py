"""What the report says of actions, risks, legal duties and changes in the law, and of all that is late."""

from __future__ import annotations

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Action, LawChange, Requirement, Risk
from safety_plan.reading.schema.goals import Action as ActionRecord
from safety_plan.results.actions import ActionState, action_reason, days_late, milestone_days_late, start_days_late
from safety_plan.results.dates import days_past
from safety_plan.results.duties import AnswerState, changes_of, duty_days_late, duty_reason
from safety_plan.results.late import LateItem
from safety_plan.results.report.plain import Entry, Text, day, line
from safety_plan.results.results import Results
from safety_plan.results.risks import Change, Score


def action_entry(action: Action, results: Results, text: Text) -> Entry:
    """An action with its state, its dates, and its milestones."""
    record, state, as_of = action.record, results.actions[action.id], results.as_of
    objective = action.parent
    return {
        "id": action.id,
        "ref": action.ref or None,
        "title": text(record.title),
        "objective": objective.id if objective else None,
        "owner": record.owner,
        "state": state.words,
        "counted_as": state.group,
        "reason": text(action_reason(record, as_of)),
        "reason_given": _reason_given(record, state, text),
        "start": day(record.start),
        "due": day(record.due),
        "done": day(record.done),
        "progress": record.progress,
        "late_days": days_late(record, as_of),
        "start_late_days": start_days_late(record, as_of),
        "milestones": [
            {
                "title": text(one.title),
                "due": day(one.due),
                "done": day(one.done),
                "late_days": milestone_days_late(record, one, as_of),
            }
            for one in record.milestones
        ],
    }


def _reason_given(record: ActionRecord, state: ActionState, text: Text) -> str:
    """The reason that is on record for a pause, an end or a delay; empty where there is none."""
    stop = {ActionState.CANCELLED: record.cancelled, ActionState.PAUSED: record.paused}.get(state)
    written = stop.reason if stop else record.late_because
    return line(written, text) or ""


def risk_entry(risk: Risk, results: Results, text: Text) -> Entry:
    """A risk with its three scores, how the score moved, and what is late about it."""
    record, found = risk.record, results.risks[risk.id]
    return {
        "id": risk.id,
        "ref": risk.ref or None,
        "title": text(record.title),
        "kind": record.kind,
        "owner": record.owner,
        "state": found.now.band,
        "counted_as": found.now.group,
        "reason": text(found.history[0].note),
        "before_controls": _score(found.before),
        "now": _score(found.now),
        "after_treatment": _score(found.after),
        "change": _change(found.change),
        "rated_for": str(found.history[0].quarter),
        "newest_quarter": str(found.newest),
        "reviewed_in_newest_quarter": found.reviewed,
        "review_by": day(record.review_by),
        "late_days": found.days_late,
        "treatment_by": day(record.treatment.by) if record.treatment else None,
        "treatment_late_days": found.treatment_days_late,
        "history": [{"quarter": str(one.quarter), **_score(one.score)} for one in found.history],
    }


def _score(score: Score) -> Entry:
    return {
        "likelihood": score.likelihood,
        "consequence": score.consequence,
        "score": score.points,
        "band": score.band,
    }


def _change(change: Change) -> Entry:
    return {
        "direction": change.direction,
        "from": change.before,
        "since": str(change.since) if change.since else None,
    }


def requirement_entry(plan: Plan, duty: Requirement, results: Results, text: Text) -> Entry:
    """A legal duty with its state, its dates, and the changes in the law that touch it. Never a legal finding."""
    record, state = duty.record, results.duties[duty.id]
    return {
        "id": duty.id,
        "ref": duty.ref or None,
        "title": text(record.title),
        "level": record.level,
        "domain": record.domain,
        "owner": record.owner,
        "state": state.words,
        "counted_as": state.group,
        "reason": text(duty_reason(record, state, plan.rules)),
        "last_done": day(record.last_done),
        "due": day(record.next_due),
        "late_days": duty_days_late(record, results.as_of),
        "law_changes": [change.id for change in changes_of(plan, duty)],
    }


def law_change_entry(change: LawChange, results: Results, text: Text) -> Entry:
    """A change in the law: whether it is answered, and the duties it touches."""
    record, state = change.record, results.answers[change.id]
    return {
        "id": change.id,
        "title": text(record.title),
        "owner": record.owner,
        "state": state.words,
        "counted_as": state.group,
        "due": day(record.due),
        "answered": day(record.answered),
        "late_days": days_past(record.due, results.as_of) if state is AnswerState.LATE else 0,
        "requirements": list(record.affects),
    }


def late_entry(item: LateItem, text: Text) -> Entry:
    """A promise whose date has passed; without an owner, the town as a whole owes it."""
    return {
        "what": item.what,
        "detail": text(item.detail),
        "period": str(item.period) if item.period else None,
        "about": item.kind,
        "id": item.id,
        "owner": item.owner,
        "due": day(item.due),
        "late_days": item.days,
    }
