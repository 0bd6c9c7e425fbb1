"""Counts of people, and of cases about people, that are too small to stand in a folder that everyone can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from safety_plan.plan.withholding.counts import COUNTED
from safety_plan.plan.withholding.links import smallest_shown_by_all
from safety_plan.plan.withholding.releases import UNCORRECT
from safety_plan.problems import Place, Problem
from safety_plan.reading.schema.base import Record
from safety_plan.reading.schema.engagement import Event, Theme
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.town import Town

_WITHHOLD = 'write "withheld: true" in place of the numbers of this period.'


def small_number_problems(record: Record, town: Town) -> Iterator[Problem]:
    """Every count of a record that could point to someone. Those of metrics hang on other metrics: see below."""
    below = town.small_numbers.below
    if isinstance(record, Theme):
        yield from _too_small(record, ("mentions",), below, 'write "withheld: true" instead of "mentions".')
    elif isinstance(record, Event):
        yield from _too_small(record, ("people",), below, 'write "withheld: true" instead of "people".')


def small_counts_of_metrics(metrics: Mapping[str, Metric], town: Town) -> Iterator[Problem]:
    """Every count of metrics that could point to someone. Metrics that count the same keep to the strictest rule."""
    below = smallest_shown_by_all(metrics, town)
    for id, metric in metrics.items():
        yield from _of_metric(metric, below[id])


def _of_metric(metric: Metric, below: int) -> Iterator[Problem]:
    counted = metric.kind in COUNTED
    columns = ("value", "part", "of", "n") if counted else ("part", "of", "n")
    for one in metric.every_observation:
        small = [*_too_small(one, columns, below, _WITHHOLD)]
        small += _too_small(one, ("was",), below, UNCORRECT) if counted else ()
        yield from small or (_small_rest(one, below) if metric.protect_rest else ())
    if counted and metric.baseline is not None:
        yield from _too_small(
            metric.baseline, ("value",), below, "leave the baseline out, or start from another period."
        )


def _too_small(record: Record, columns: tuple[str, ...], below: int, fix: str) -> Iterator[Problem]:
    """The first count that is too small: all numbers of an observation are withheld together."""
    for column in columns:
        value = getattr(record, column)
        if value is not None and 0 < value < below:
            # What the number is stays unsaid: what a check finds may be read by everyone, and longer than the file.
            small = f'found a number from 1 to {below - 1} for "{column}"'
            yield _problem(record.at(column), f"{small}, a count so small that it could point to someone", below, fix)
            return


def _small_rest(one: Observation, below: int) -> Iterator[Problem]:
    """Who is not among the part can be pointed to as well."""
    if one.part is not None and one.of is not None and 0 < one.of - one.part < below:
        found = f'found a "part" that leaves 1 to {below - 1} of "of", so few that it could point to someone'
        yield _problem(one.at("part"), found, below, _WITHHOLD)


def _problem(place: Place, found: str, below: int, fix: str) -> Problem:
    return Problem(place, found, allowed=f"0, or {below} and more, because everyone can read this folder", fix=fix)
