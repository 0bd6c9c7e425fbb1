"""Which metrics hang together, and from which count on each may show its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from safety_plan.plan.withholding.ledger import Ledger, ledger_of
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.town import Town


def smallest_shown(metric: Metric, town: Town) -> int:
    """The smallest count above zero that a metric may show; 0 where it counts things, which are never withheld."""
    if metric.counts == "things":
        return 0
    rule = town.small_numbers
    return rule.health_below if metric.health and rule.health_below is not None else rule.below


def ledgers(metrics: Mapping[str, Metric], town: Town) -> Iterator[Ledger]:
    """A ledger for each set of metrics that count the same, where any of them counts people or cases."""
    below = {name: smallest_shown(metric, town) for name, metric in metrics.items()}
    for names in _together(metrics):
        if any(below[name] for name in names):
            yield ledger_of({name: metrics[name] for name in names}, {name: below[name] for name in names})


def _together(metrics: Mapping[str, Metric]) -> list[list[str]]:
    """The names of the metrics, sorted, in sets of those that name each other, directly or through others."""
    sets = {name: {name} for name in sorted(metrics)}
    for name, metric in metrics.items():
        for other in (metric.part_from, metric.of_from):
            if other in sets:
                joined = sets[name] | sets[other]
                sets.update(dict.fromkeys(joined, joined))
    return [sorted(names) for name, names in sets.items() if name == min(names)]
