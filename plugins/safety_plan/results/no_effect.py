"""Settings of a measure that change nothing: whoever wrote them believes that they do."""

from __future__ import annotations

from collections.abc import Iterator

from safety_plan.plan.plan import Plan
from safety_plan.problems import Problem
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.results import Results
from safety_plan.results.status import GROWTH, Assessment, Method


def without_effect(plan: Plan, results: Results) -> Iterator[Problem]:
    """Each growth rate that a metric asks for and cannot have, and each natural limit that no rule looks at."""
    for metric in plan.metrics:
        record, found = metric.record, results.metrics[metric.id].assessment
        if record.status_method == GROWTH:
            yield from _no_growth(metric.id, record, found)
        if record.natural_limit is not None:
            method = record.status_method or plan.document.status_method
            yield from _no_limit(metric.id, record, grows=method == GROWTH)


_INSTEAD: dict[Method, str] = {
    "straight-line": "the straight line is used",
    "level": "it is judged as a level to hold",
    "year-to-date": "it is held against the target of the year",
    "none": "it has no status",
}
"""What happens where the growth rate cannot be used, by the method that takes its place."""


def _no_growth(id: str, metric: Metric, found: Assessment) -> Iterator[Problem]:
    why = found.not_used
    if metric.better is None or (metric.better == "within" and not metric.targets):
        why = 'it does not say "better: higher" or "better: lower"'
    if why and found.growth is None:
        yield Problem(
            metric.at("status_method"),
            f'found "growth-rate" in the metric "{id}", where it cannot be used: {why}; {_INSTEAD[found.method]}',
            allowed="growth-rate for values above zero, with a way that is better and a year between two of them",
            fix="delete this line, or mend what keeps the rate from being used.",
        )


def _no_limit(id: str, metric: Metric, *, grows: bool) -> Iterator[Problem]:
    if grows and not metric.targets:
        return
    why = "a target, which decides alone" if metric.targets else 'no "status_method: growth-rate"'
    yield Problem(
        metric.at("natural_limit"),
        f'found "natural_limit" in the metric "{id}", where it has no effect: the metric has {why}',
        allowed='"natural_limit" with "status_method: growth-rate" and without a target',
        fix="delete this line.",
    )
