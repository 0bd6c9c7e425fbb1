"""Live figures: the numbers that prose names instead of holding them."""

from __future__ import annotations

from collections.abc import Callable

from safety_plan.language import say, unmarked
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Goal, Metric
from safety_plan.publishing import words
from safety_plan.publishing.prose import fill
from safety_plan.publishing.rollups import in_a_sentence
from safety_plan.reading.live import Mention
from safety_plan.reading.schema import compliance, models, people
from safety_plan.reading.schema import metrics as schema
from safety_plan.results.results import Results, preventive
from safety_plan.results.rollup import of_goal

_COUNTS: dict[str, Callable[[Plan, Results], int]] = {
    "goals": lambda plan, _: len(plan.goals),
    "objectives": lambda plan, _: len(plan.objectives),
    "actions": lambda plan, _: len(plan.actions),
    "preventive-actions": lambda plan, _: len(preventive(plan)),
    "metrics": lambda plan, _: len(plan.metrics),
    "headline-metrics": lambda plan, _: sum(metric.record.headline for metric in plan.metrics),
    "metrics-with-target": lambda plan, _: sum(bool(metric.record.targets) for metric in plan.metrics),
    "metrics-on-track-or-met": lambda plan, results: sum(
        results.metrics[metric.id].status.group == "good" for metric in plan.metrics
    ),
    "risks": lambda plan, _: len(plan.risks),
    "requirements": lambda plan, _: len(plan.all(compliance.Requirement)),
    "roles": lambda plan, _: len(plan.all(people.Role)),
    "reviews": lambda plan, _: len(plan.reviews),
    "exercises": lambda plan, _: len(plan.all(people.Exercise)),
    "models": lambda plan, _: len(plan.all(models.PlanningModel)),
    "languages": lambda plan, _: len(plan.town.languages),
    "withheld-below": lambda plan, _: plan.town.small_numbers.below,
}


def figure(mention: Mention, plan: Plan, results: Results) -> str:
    """The text of a live figure whose words and id have been checked; it is plain text, without any marks."""
    return unmarked(_figure(mention, plan, results))


def _figure(mention: Mention, plan: Plan, results: Results) -> str:
    if mention.kind == "count":
        return words.number(_COUNTS[mention.id](plan, results))
    if mention.kind == "goal":
        goal = next(goal for goal in plan.goals if goal.id == mention.id)
        return goal_summary(plan, results, goal)
    if mention.kind == "score":
        return words.number(_score(plan, mention))
    metric = plan.metric(mention.id)
    return _past(mention, metric.record) if mention.period else _metric_figure(mention.kind, metric, results)


def in_plain_text(line: str, plan: Plan, results: Results) -> str:
    """A line as plain text, with its live figures filled in."""
    return fill(line, lambda mention: figure(mention, plan, results), lambda mention: f"{mention.kind}:{mention.id}")


def _score(plan: Plan, mention: Mention) -> int:
    """The score of a risk in one quarter's review, or in the newest one."""
    history = next(risk.record.history for risk in plan.risks if risk.id == mention.id)
    review = next((one for one in history if str(one.quarter) == mention.period), history[-1])
    return review.likelihood * review.consequence


def _past(mention: Mention, record: schema.Metric) -> str:
    """What a metric said of one period, or had said before it was corrected."""
    observation = next(one for one in record.observations if str(one.period) == mention.period)
    number = observation.was if mention.kind == "was" else observation.number
    assert number is not None
    text = words.value(record, number)
    if mention.kind != "metric":
        return text
    return say("{value} ({time})", value=text, time=words.observation_period(record, observation))


def _metric_figure(verb: str, metric: Metric, results: Results) -> str:
    record = metric.record
    if verb == "status":
        return results.metrics[metric.id].status.words
    if verb == "former-target":
        return words.aim(record, results.metrics[metric.id].moved[0].before)
    if verb == "target":
        return words.aim(record, record.targets[-1]) if record.targets else say("no target")
    if verb == "baseline":
        return words.value(record, record.baseline.value) if record.baseline else say("no baseline")
    return (
        latest(metric, results)
        if verb == "value"
        else say("{value}, {status}", value=latest_with_period(metric, results), status=_status(metric, results))
    )


def _status(metric: Metric, results: Results) -> str:
    return results.metrics[metric.id].status.words


def latest(metric: Metric, results: Results) -> str:
    """The latest value with its unit, or why there is none."""
    assessment = results.metrics[metric.id].assessment
    if assessment.latest is None:
        return say("no number ({reason})", reason=assessment.reason)
    if assessment.latest.number is None:
        return say("not shown")
    return words.value(metric.record, assessment.latest.number)


def latest_with_period(metric: Metric, results: Results) -> str:
    """The latest value and the time it covers."""
    newest = results.metrics[metric.id].assessment.latest
    if newest is None:
        return latest(metric, results)
    number = latest(metric, results) if newest.number is None else words.measured(metric.record, newest.number)
    return say("{value} ({time})", value=number, time=words.observation_period(metric.record, newest))


def goal_summary(plan: Plan, results: Results, goal: Goal) -> str:
    """How a goal is going, in one sentence made from counts."""
    return in_a_sentence(of_goal(plan, results, goal))
