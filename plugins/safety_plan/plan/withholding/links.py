"""Which metrics hang together, and from which count on each may show its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from safety_plan.plan.withholding.entries import BASELINE, PLAIN, Reading, mean_periods
from safety_plan.plan.withholding.ledger import Ledger, ledger_of
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.town import Town


def smallest_shown(metric: Metric, town: Town) -> int:
    """The smallest count above zero that a metric may show; 0 where it counts things, which are never withheld."""
    if metric.counts == "things":
        return 0
    rule = town.small_numbers
    return rule.health_below if metric.health and rule.health_below is not None else rule.below


def smallest_shown_by_all(metrics: Mapping[str, Metric], town: Town) -> dict[str, int]:
    """The smallest count above zero that each metric may show: of metrics that count the same, the strictest rule.

    What one of them withholds could be read from any other.
    """
    found: dict[str, int] = {}
    for names in _together(metrics):
        found |= dict.fromkeys(names, max(smallest_shown(metrics[name], town) for name in names))
    return found


def ledgers(metrics: Mapping[str, Metric], town: Town, reading: Reading = PLAIN) -> Iterator[Ledger]:
    """A ledger for all counts that hang together in metrics that count the same, where any counts people or cases."""
    below = smallest_shown_by_all(metrics, town)
    for names in _together(metrics):
        if any(below[name] for name in names):
            mine = {name: metrics[name] for name in names}
            yield from ledger_of(mine, below, replace(reading, residents=town.population or 0)).apart()


def earlier_ledgers(metrics: Mapping[str, Metric], town: Town) -> Iterator[Ledger]:
    """The ledgers of the release before values were corrected, as far as a corrected value has a part in them."""
    for ledger in _read_so(metrics, town, Reading(earlier=True), _is_corrected):
        if any(row.entry.corrected for row in ledger.rows):
            yield ledger


def sum_ledgers(metrics: Mapping[str, Metric], town: Town) -> Iterator[Ledger]:
    """The ledgers of metrics with a starting point that may be a sum as well as a mean, when it is read as a sum."""
    for ledger in _read_so(metrics, town, Reading(sums=True), mean_periods):
        if any(row.entry.path == BASELINE for row in ledger.rows):
            yield ledger


def _read_so(
    metrics: Mapping[str, Metric], town: Town, reading: Reading, concerns: Callable[[Metric], object]
) -> Iterator[Ledger]:
    for names in _together(metrics):
        if any(concerns(metrics[name]) for name in names):
            yield from ledgers({name: metrics[name] for name in names}, town, reading)


def _is_corrected(metric: Metric) -> bool:
    return any(one.was is not None for one in metric.every_observation)


def _together(metrics: Mapping[str, Metric]) -> list[list[str]]:
    """The names of the metrics, sorted, in sets of those that name each other, directly or through others."""
    sets = {name: {name} for name in sorted(metrics)}
    for name, metric in metrics.items():
        for other in (metric.part_from, metric.of_from):
            if other in sets:
                joined = sets[name] | sets[other]
                sets.update(dict.fromkeys(joined, joined))
    return [sorted(names) for name, names in sets.items() if name == min(names)]
