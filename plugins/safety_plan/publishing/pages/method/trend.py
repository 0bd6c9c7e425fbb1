"""The trend of a measure and the stability of a rate: the rules, and an example worked out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric
from safety_plan.publishing import direction
from safety_plan.publishing.view import Studio
from safety_plan.results.results import MetricResult, Results
from safety_plan.results.trend import Direction, trend_rules
from safety_plan.rules import Rules


def part(studio: Studio) -> dict[str, Any]:
    """What the template of this part needs."""
    plan, results, rules = studio.plan, studio.results, studio.plan.rules
    return {
        "trend_rules": trend_rules(rules),
        "trend_words": [(word, _MEANINGS[word], _used(plan, results, word)) for word in Direction],
        "trend_without": sum(results.metrics[metric.id].trend.direction is None for metric in plan.metrics),
        "trend_needed": f"{rules.trend_points_needed:g}",
        "trend_example": _example(plan, results),
        "unstable_from": f"{100 * rules.unstable_rse_from:g}%",
        "unstable_events": _most_events(rules),
        "unstable_share": _unstable_share(rules),
        "unstable_now": [metric for metric in plan.metrics if results.metrics[metric.id].unstable],
    }


_MEANINGS = {
    Direction.IMPROVING: "A sign takes in the newest value, and it points to the better side.",
    Direction.GETTING_WORSE: "A sign takes in the newest value, and it points to the worse side.",
    Direction.RISING: "The newest values go up each time, which for this measure is neither good nor bad.",
    Direction.FALLING: "The newest values go down each time, which for this measure is neither good nor bad.",
    Direction.HIGHER: "Another sign points up, which for this measure is neither good nor bad.",
    Direction.LOWER: "Another sign points down, which for this measure is neither good nor bad.",
    Direction.NO_CLEAR_CHANGE: "No sign takes in the newest value, or two signs point different ways.",
}
"""What each word means. A word without an entry stops the build: none is used that is not explained here."""


def _used(plan: Plan, results: Results, word: Direction) -> int:
    return sum(results.metrics[metric.id].trend.direction is word for metric in plan.metrics)


@dataclass(frozen=True)
class _Example:
    """A measure of the plan that has limits, with its answer in words."""

    metric: Metric
    result: MetricResult
    arrow: direction.Arrow
    sentences: str


def _example(plan: Plan, results: Results) -> _Example | None:
    """The first measure with a trend, one that changes if possible, a headline one before others."""
    found = [metric for metric in plan.metrics if results.metrics[metric.id].trend.limits]
    found.sort(key=lambda metric: (not results.metrics[metric.id].trend.newest, not metric.record.headline))
    for metric in found:
        result = results.metrics[metric.id]
        sentences = " ".join((direction.verdict(metric.record, result), *direction.sentences(metric.record, result)))
        return _Example(metric, result, direction.arrow(result.trend), sentences)
    return None


def _most_events(rules: Rules) -> str:
    """The most events behind a rate that is marked as unstable, with its error: 11 events (30.2%)."""
    most = math.floor(1 / rules.unstable_rse_from**2)
    return f"{most} events or fewer; {most} have an error of {1 / math.sqrt(most):.1%}" if most else "none"


_EXAMPLE = 50
"""How many cases the example of an unstable percent has."""


def _unstable_share(rules: Rules) -> str:
    """How small a share of a few cases may be before it is unstable: of 50 cases, 9 (18%) or fewer."""
    # The root of (1 - p) / (p n) is at least the limit where p is at most 1 / (1 + limit squared x n).
    most = math.floor(_EXAMPLE / (1 + rules.unstable_rse_from**2 * _EXAMPLE))
    return f"of {_EXAMPLE} cases, {most} or fewer"
