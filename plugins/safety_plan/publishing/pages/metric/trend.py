"""Whether a measure gets better: the answer in words, and the working that a reader can check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safety_plan.plan.things import Metric
from safety_plan.publishing import direction, words
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.results.trend import Limits, Trend
from safety_plan.rules import Rules

_MOST_SIGNS = 12
"""How many signs are listed, the newest first; the chart marks the others."""


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    record, result = metric.record, studio.results.metrics[metric.id]
    trend = result.trend
    signs = sorted(trend.signals, key=lambda signal: signal.points[-1], reverse=True)
    return {
        "trend_sentences": direction.sentences(record, result),
        "trend_arrow": direction.arrow(trend),
        "trend_working": _working(record, trend, trend.limits, studio.plan.rules) if trend.limits else [],
        "trend_signs": [
            _Row(direction.span(trend, one), direction.sign_words(one), one in trend.newest)
            for one in signs[:_MOST_SIGNS]
        ],
        "trend_signs_more": max(len(signs) - _MOST_SIGNS, 0),
        "unstable": direction.unstable_words(result.unstable) if result.unstable else "",
    }


@dataclass(frozen=True)
class _Row:
    """One sign: when it was, what it was, and whether it takes in the newest value."""

    when: str
    what: str
    newest: bool


def _working(metric: MetricRecord, trend: Trend, limits: Limits, rules: Rules) -> list[tuple[str, str]]:
    """The numbers behind the limits, with enough decimals that a reader can do the sums."""
    finer = direction.finer(metric, 2)
    first, last = (words.short_period(one.period) for one in (trend.values[0], trend.values[-1]))
    out = f"; {words.count(limits.left_out, 'large step')} left out" if limits.left_out else ""
    rows = [
        ("Values used", f"{words.number(len(trend.values))}, from {first} to {last}"),
        ("Mean of the values", words.value(finer, limits.mean)),
        ("Mean step from one value to the next", f"{words.value(finer, limits.step)}, from {limits.steps} steps{out}"),
    ]
    for name, sign, limit in (("Upper limit", "+", limits.upper), ("Lower limit", "−", limits.lower)):
        beyond = "" if direction.natural(metric, limit) == limit else " (no value can go that far)"
        sum_ = f"mean {sign} {rules.trend_limit_factor:g} × mean step = {words.value(finer, limit)}"
        rows.append((name, f"{sum_}{beyond}"))
    return rows
