"""Whether a measure gets better: the answer in words, and the working that a reader can check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safety_plan.language import say, say_n
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
        "trend_signs_caption": _caption(max(len(signs) - _MOST_SIGNS, 0)),
        "unstable": direction.unstable_words(result.unstable) if result.unstable else "",
    }


def _caption(more: int) -> str:
    """What the table of signs is called; it says how many older ones it leaves out."""
    if not more:
        return say("Signs of more than chance, the newest first")
    return say_n(
        "Signs of more than chance, the newest first ({n} older one is not listed)",
        "Signs of more than chance, the newest first ({n} older ones are not listed)",
        more,
        n=words.number(more),
    )


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
    used = say("{n}, from {first} to {last}", n=words.number(len(trend.values)), first=first, last=last)
    factor = f"{rules.trend_limit_factor:g}"
    upper, lower = words.value(finer, limits.upper), words.value(finer, limits.lower)
    upper = say("mean + {factor} × mean step = {limit}", factor=factor, limit=upper)
    lower = say("mean − {factor} × mean step = {limit}", factor=factor, limit=lower)
    return [
        (say("Values used"), used),
        (say("Mean of the values"), words.value(finer, limits.mean)),
        (say("Mean step from one value to the next"), _mean_step(limits, words.value(finer, limits.step))),
        (say("Upper limit"), _reached(metric, limits.upper, upper)),
        (say("Lower limit"), _reached(metric, limits.lower, lower)),
    ]


def _mean_step(limits: Limits, step: str) -> str:
    steps = words.number(limits.steps)
    if not limits.left_out:
        return say("{value}, from {n} steps", value=step, n=steps)
    left_out = words.count(limits.left_out, "large step")
    return say("{value}, from {n} steps; {left_out} left out", value=step, n=steps, left_out=left_out)


def _reached(metric: MetricRecord, limit: float, sum_of: str) -> str:
    """The sum of a limit, and whether a value can get there."""
    if direction.natural(metric, limit) == limit:
        return sum_of
    return say("{sum} (no value can go that far)", sum=sum_of)
