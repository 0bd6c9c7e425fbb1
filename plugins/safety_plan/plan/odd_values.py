"""Values that were probably mistyped: nobody can be sure, so that staff are told and nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.plan.plan import Plan
from safety_plan.problems import Problem
from safety_plan.reading.guesses import may_be_a_share
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation


def odd_value_doubts(plan: Plan) -> Iterator[Problem]:
    """Percents that look like shares, and values below zero where all others lie above it."""
    for metric in plan.metrics:
        values = [one for one in metric.record.every_observation if one.value is not None]
        for one in values:
            others = [other.value for other in values if other is not one and other.value is not None]
            yield from _of(metric.record, one, others)


def _of(metric: Metric, one: Observation, others: list[float]) -> Iterator[Problem]:
    value = one.value or 0.0
    if metric.kind == "percent" and may_be_a_share(value, others):
        yield Problem(
            one.at("value"),
            f"found {value:g} for a percent; {value:g} looks like a share",
            allowed=f"{100 * value:.10g} if that is meant, or {value:g} where it is less than one percent",
            fix="correct the number, or leave it if it is right.",
        )
    if value < 0 < min(others, default=0.0):
        yield Problem(
            one.at("value"),
            f"found {value:g}, below zero, where all other values of the measure are above it",
            allowed="a value like the others",
            fix="correct the number, or leave it if it is right.",
        )
