"""Everything the plan says on one day, computed once for all pages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Action, Goal, Metric, Requirement, Risk
from safety_plan.reading.schema.categories import Band
from safety_plan.results.dates import ActionState, DutyState, NextValue, action_state, days_past, duty_state, next_value
from safety_plan.results.late import LateItem, late_items
from safety_plan.results.status import Assessment, Status, assess


@dataclass(frozen=True)
class MetricResult:
    """What a metric says: its status, and the next value it owes."""

    assessment: Assessment
    next: NextValue | None
    step_days_late: int

    @property
    def status(self) -> Status:
        """The status of the latest value."""
        return self.assessment.status


@dataclass(frozen=True)
class RiskResult:
    """What a risk says: its scores, their bands, and whether it was looked at in the newest quarter reviewed."""

    before: int
    now: int
    after: int
    previous: int | None
    band: str
    reviewed: bool
    days_late: int

    @property
    def change(self) -> str:
        """How the score moved since the review before."""
        return change_between(self.previous, self.now)


def change_between(before: int | None, now: int) -> str:
    """How a score moved from one rating to the next."""
    if before is None:
        return "first rating"
    if before == now:
        return "unchanged"
    return "up" if now > before else "down"


@dataclass(frozen=True)
class Results:
    """All results of a plan on the day `as_of`, by the ids of what they are about."""

    as_of: dt.date
    metrics: Mapping[str, MetricResult]
    actions: Mapping[str, ActionState]
    duties: Mapping[str, DutyState]
    risks: Mapping[str, RiskResult]
    late: tuple[LateItem, ...]

    def status_counts(self, metrics: Iterable[Metric]) -> Counter[Status]:
        """How many of these metrics have each status."""
        return Counter(self.metrics[metric.id].status for metric in metrics)

    def action_counts(self, actions: Iterable[Action]) -> Counter[ActionState]:
        """How many of these actions are in each state."""
        return Counter(self.actions[action.id] for action in actions)

    def duty_counts(self, requirements: Iterable[Requirement]) -> Counter[DutyState]:
        """How many of these legal duties are in each state."""
        return Counter(self.duties[requirement.id] for requirement in requirements)


def metrics_of(plan: Plan, goal: Goal) -> tuple[Metric, ...]:
    """The metrics of a goal's objectives, each once."""
    ids = [id for objective in plan.objectives_of(goal) for id in objective.record.metrics]
    return tuple(plan.metric(id) for id in dict.fromkeys(ids))


def actions_of(plan: Plan, goal: Goal) -> tuple[Action, ...]:
    """The actions of a goal's objectives."""
    return tuple(action for objective in plan.objectives_of(goal) for action in plan.actions_of(objective))


def preventive(plan: Plan) -> tuple[Action, ...]:
    """The actions that prevent harm, apart from those that respond to it or enforce a rule."""
    return tuple(action for action in plan.actions if action.record.approach == "prevention")


def band_of(score: int, bands: Iterable[Band]) -> str:
    """The name of the band a risk score falls in."""
    return next(band.name for band in bands if score <= band.up_to)


def compute(plan: Plan, as_of: dt.date) -> Results:
    """Everything the plan says on this day."""
    days = plan.document.numbers_due_within_days
    metrics = {
        metric.id: MetricResult(
            assess(metric.record, plan.rules),
            next_value(metric.record, days, as_of),
            days_past(metric.record.next_step.by if metric.record.next_step else None, as_of),
        )
        for metric in plan.metrics
    }
    actions = {action.id: action_state(action.record, as_of) for action in plan.actions}
    duties = {requirement.id: duty_state(requirement.record, as_of, plan.rules) for requirement in plan.requirements}
    newest = max((risk.record.history[-1].quarter for risk in plan.risks), default=None)
    risks = {
        risk.id: _risk(risk, plan.categories.risk_bands, newest == risk.record.history[-1].quarter, as_of)
        for risk in plan.risks
    }
    late = late_items(plan, {id: result.next for id, result in metrics.items()}, as_of)
    return Results(as_of, metrics, actions, duties, risks, late)


def _risk(risk: Risk, bands: Iterable[Band], reviewed: bool, as_of: dt.date) -> RiskResult:
    record = risk.record
    scores = [review.likelihood * review.consequence for review in record.history]
    before, after = record.before_controls, record.after_treatment
    return RiskResult(
        before=before.likelihood * before.consequence,
        now=scores[-1],
        after=after.likelihood * after.consequence,
        previous=scores[-2] if len(scores) > 1 else None,
        band=band_of(scores[-1], bands),
        reviewed=reviewed,
        days_late=days_past(record.review_by, as_of),
    )
