"""Everything the plan says on one day, computed once for all pages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Action, Goal, Metric, Requirement
from safety_plan.reading.schema.compliance import LawChange
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.results.actions import ActionState, action_state
from safety_plan.results.comparison import Comparison, compare
from safety_plan.results.dates import OwedValue, days_past, known_on, next_value, skipped_values
from safety_plan.results.duties import AnswerState, DutyState, answer_state, duty_state
from safety_plan.results.late import LateItem, late_items
from safety_plan.results.past import MovedTarget, PastStatus, moved_targets, past_statuses
from safety_plan.results.risks import RiskResult, risk_results
from safety_plan.results.stability import Unstable, unstable
from safety_plan.results.status import Assessment, Status, assess
from safety_plan.results.trend import Trend, find_trend


@dataclass(frozen=True)
class MetricResult:
    """What a metric says: its status, where it is going, and the values it owes.

    `next` is the value that comes next; `skipped` are those that never came although a later one did. `past` is the
    status of each value so far, newest first; `moved` what it would be under the targets before. `unstable` says that
    the latest value is one that chance can move a lot; `comparison` holds it against an earlier year.
    """

    assessment: Assessment
    next: OwedValue
    skipped: tuple[OwedValue, ...]
    step_days_late: int
    trend: Trend
    comparison: Comparison | None
    unstable: Unstable | None
    past: tuple[PastStatus, ...]
    moved: tuple[MovedTarget, ...]

    @property
    def status(self) -> Status:
        """The status of the latest value."""
        return self.assessment.status

    @property
    def owed(self) -> tuple[OwedValue, ...]:
        """Every value it owes, the oldest first."""
        return (*self.skipped, self.next)

    @property
    def numbers_late(self) -> int:
        """How many of the values it owes are late."""
        return sum(one.days_late > 0 for one in self.owed)


@dataclass(frozen=True)
class Results:
    """All results of a plan on the day `as_of`, by the ids of what they are about."""

    as_of: dt.date
    metrics: Mapping[str, MetricResult]
    actions: Mapping[str, ActionState]
    duties: Mapping[str, DutyState]
    answers: Mapping[str, AnswerState]
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


def _metric_result(plan: Plan, written: MetricRecord, as_of: dt.date) -> MetricResult:
    record, default = known_on(written, as_of), plan.document.status_method
    assessment = assess(record, plan.rules, default)
    return MetricResult(
        assessment=assessment,
        next=next_value(written, plan.document, as_of),
        skipped=skipped_values(written, plan.document, as_of),
        step_days_late=days_past(record.next_step.by if record.next_step else None, as_of),
        trend=find_trend(record, plan.rules),
        comparison=compare(record, assessment.latest),
        unstable=unstable(record, assessment.latest, plan.rules),
        past=past_statuses(record, plan.rules, default),
        moved=moved_targets(record, plan.rules, default),
    )


def compute(plan: Plan, as_of: dt.date) -> Results:
    """Everything the plan says on this day."""
    metrics = {metric.id: _metric_result(plan, metric.record, as_of) for metric in plan.metrics}
    actions = {action.id: action_state(action.record, as_of) for action in plan.actions}
    duties = {requirement.id: duty_state(requirement.record, as_of, plan.rules) for requirement in plan.requirements}
    answers = {change.id: answer_state(change.record, as_of) for change in plan.all(LawChange)}
    owed = {id: result.owed for id, result in metrics.items()}
    late = late_items(plan, owed, as_of)
    return Results(as_of, metrics, actions, duties, answers, risk_results(plan, as_of), late)
