"""Which metrics hang together, and from which count on each may show its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
            yield from ledger_of(mine, below, replace(reading, residents=town.population)).apart()


def other_ledgers(metrics: Mapping[str, Metric], town: Town) -> Iterator[tuple[Reading, Ledger]]:
    """The ledgers of whatever can be read in another way as well, with the way in which it is read.

    These are releases before a correction, and starting points that may be a sum as well as a mean.
    """
    for reading, is_read in ((Reading(earlier=True), _is_corrected), (Reading(sums=True), mean_periods)):
        for names in _together(metrics):
            mine = {name: metrics[name] for name in names}
            if any(is_read(one) for one in mine.values()):
                for ledger in ledgers(mine, town, reading):
                    if any(row.entry.corrected or row.entry.path == BASELINE for row in ledger.rows):
                        yield reading, ledger


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
