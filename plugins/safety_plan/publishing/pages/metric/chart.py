"""The chart of a measure, and what its lines and marks mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from safety_plan.plan.things import Metric
from safety_plan.publishing import charts, words
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.results.status import GROWTH, Method


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    result = studio.results.metrics[metric.id]
    chart = charts.trend(metric, result.trend, result.moved, tuple(one.period for one in result.skipped))
    legend = list(_legend(metric.record, chart, result.assessment.method)) if chart else []
    return {"chart": chart, "legend": legend}


def _legend(record: MetricRecord, chart: charts.Trend, method: Method) -> Iterator[str]:
    """A sentence for each kind of line and mark that the chart has, without the full stop at its end."""
    if chart.paths:
        yield _path(record, method)
    if chart.benchmarks:
        yield "The dotted line is for scale"
    if chart.partial:
        yield "The hollow point is not the whole period yet"
    if chart.old_paths:
        yield "The faint dashed line is for the target of before"
    if chart.changes:
        moved = [f"the target was {'moved' if record.targets else 'dropped'}"] if record.target_changes else []
        counted = ["a new way of counting began"] if record.definition_changes else []
        yield f"An upright line marked “changed” is the day {' or '.join([*moved, *counted])}"
    if chart.gaps:
        yield "A dotted upright line is a time without a number"
    if chart.withheld:
        yield "A dotted upright line with a small box at its foot is a time whose number is withheld"
    if chart.limits:
        yield (
            "Of the thin lines the middle one is the mean; the outer two are the limits between which chance alone "
            "keeps nearly all values"
        )
        if chart.signals:
            yield "A diamond is a value that stands out"


def _path(record: MetricRecord, method: Method) -> str:
    """What the dashed lines of the chart are."""
    if record.better == "within":
        return "It should stay between the dashed lines"
    if record.covers == "year-to-date":
        start = words.month(record.year_starts)
        return f"The dashed line is the target for each year; the count starts anew each {start}"
    if method == GROWTH:
        return "The dashed line is the straight way to the target; the status goes by yearly growth instead"
    hold = bool(record.targets) and record.targets[-1].keep
    return "The dashed line is the level to hold" if hold else "The dashed line is the way to the target"
