"""Counts that a percent or rate shares with another metric: they can only be those of a count or a sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from safety_plan.plan.withholding.counts import COUNTED
from safety_plan.problems import Problem, one_of, shown
from safety_plan.reading.schema.metrics import Metric


def shared_count_problems(metrics: Mapping[str, Metric]) -> Iterator[Problem]:
    """`part_from` and `of_from` that name the metric itself, or one that counts nothing. `metrics` are all by id."""
    for id, metric in metrics.items():
        for key, other in (("part_from", metric.part_from), ("of_from", metric.of_from)):
            # That there is no such metric is told where all references are looked at.
            if other is not None and other in metrics and (other == id or metrics[other].kind not in COUNTED):
                yield _problem(metrics, id, key, other)


def _problem(metrics: Mapping[str, Metric], id: str, key: str, other: str) -> Problem:
    what = "the metric itself" if other == id else f"a metric of the kind {metrics[other].kind}"
    counts = [name for name, one in metrics.items() if one.kind in COUNTED and name != id]
    column = "part" if key == "part_from" else "whole"
    return Problem(
        metrics[id].at(key),
        f'found "{shown(other)}" for "{key}", {what}',
        allowed=f"the id of another metric of the kind count or sum: {one_of(counts)}" if counts else "nothing yet",
        fix=f"write the id of the metric that counts the {column}, or delete this line.",
    )
