"""The trend of a measure and the stability of a rate: the rules, and an example worked out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from safety_plan.language import later, say
from safety_plan.plan.plan import Plan
from safety_plan.plan.things import Metric
from safety_plan.publishing import direction, words
from safety_plan.publishing.view import Studio
from safety_plan.results import written
from safety_plan.results.results import MetricResult, Results
from safety_plan.results.trend import Direction, trend_rules
from safety_plan.rules import Rules


def part(studio: Studio) -> dict[str, Any]:
    """What the template of this part needs."""
    plan, results, rules = studio.plan, studio.results, studio.plan.rules
    return {
        "trend_rules": trend_rules(rules),
        "trend_words": [(word, say(_MEANINGS[word]), _used(plan, results, word)) for word in Direction],
        "trend_without": sum(results.metrics[metric.id].trend.direction is None for metric in plan.metrics),
        "trend_needed": written.number(rules.trend_points_needed),
        "trend_example": _example(plan, results),
        "unstable_from": written.percent(rules.unstable_rse_from),
        "unstable_events": _most_events(rules),
        "unstable_share": _unstable_share(rules),
        "unstable_now": [metric for metric in plan.metrics if results.metrics[metric.id].unstable],
    }


_MEANINGS = {
    Direction.IMPROVING: later("A sign takes in the newest value, and it points to the better side."),
    Direction.GETTING_WORSE: later("A sign takes in the newest value, and it points to the worse side."),
    Direction.RISING: later("The newest values go up each time, which for this measure is neither good nor bad."),
    Direction.FALLING: later("The newest values go down each time, which for this measure is neither good nor bad."),
    Direction.HIGHER: later("Another sign points up, which for this measure is neither good nor bad."),
    Direction.LOWER: later("Another sign points down, which for this measure is neither good nor bad."),
    Direction.NO_CLEAR_CHANGE: later("No sign takes in the newest value, or two signs point different ways."),
}
"""What each word means, to be said. A word without an entry stops the build: none is used without being explained."""


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
    if not most:
        return say("none")
    error = words.percent(words.number(100 / math.sqrt(most), 1))
    return say("{events} events or fewer; {events} have an error of {share}", events=words.number(most), share=error)


_EXAMPLE = 50
"""How many cases the example of an unstable percent has."""


def _unstable_share(rules: Rules) -> str:
    """How small a share of a few cases may be before it is unstable: of 50 cases, 9 (18%) or fewer."""
    # The root of (1 - p) / (p n) is at least the limit where p is at most 1 / (1 + limit squared x n).
    most = math.floor(_EXAMPLE / (1 + rules.unstable_rse_from**2 * _EXAMPLE))
    return say("of {cases} cases, {most} or fewer", cases=words.number(_EXAMPLE), most=words.number(most))
