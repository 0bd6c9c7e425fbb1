"""How many measures and actions stand where: counts of a part of the plan, never an average."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Action, Goal, Metric, Objective
from safety_plan.results.actions import ActionState
from safety_plan.results.results import Results, actions_of, metrics_of
from safety_plan.results.status import Status


@dataclass(frozen=True)
class Rollup:
    """The counts of a part of the plan.

    `aimed` holds the measures with a target by their status; `without_target` is how many have none, `late_numbers` of
    how many the next number is late. `actions` holds the actions by their state.
    """

    aimed: Counter[Status]
    without_target: int
    late_numbers: int
    actions: Counter[ActionState]

    @property
    def measures(self) -> int:
        """How many measures there are."""
        return self.aimed.total() + self.without_target


def rollup(results: Results, metrics: Iterable[Metric], actions: Iterable[Action]) -> Rollup:
    """The counts of these measures and actions. A measure or an action that is given twice is counted once."""
    measures = tuple(dict.fromkeys(metrics))
    aimed = [metric for metric in measures if metric.record.targets]
    return Rollup(
        aimed=results.status_counts(aimed),
        without_target=len(measures) - len(aimed),
        late_numbers=sum(results.metrics[metric.id].numbers_late for metric in measures),
        actions=results.action_counts(dict.fromkeys(actions)),
    )


def of_plan(plan: Plan, results: Results) -> Rollup:
    """The counts of the whole plan."""
    return rollup(results, plan.metrics, plan.actions)


def of_goal(plan: Plan, results: Results, goal: Goal) -> Rollup:
    """The counts of a goal: of the measures and actions of its objectives."""
    return rollup(results, metrics_of(plan, goal), actions_of(plan, goal))


def of_objective(plan: Plan, results: Results, objective: Objective) -> Rollup:
    """The counts of an objective."""
    return rollup(results, map(plan.metric, objective.record.metrics), plan.actions_of(objective))
