"""The chart of a measure, the words around it, and its statuses in a strip below."""

from __future__ import annotations

from typing import Any

from safety_plan.language import Original
from safety_plan.plan.things import Metric
from safety_plan.publishing.charts import key, trend
from safety_plan.publishing.charts.headlines import headline
from safety_plan.publishing.charts.strips import strip
from safety_plan.publishing.view import Studio
from safety_plan.results.dates import known_on


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs; no chart where it cannot be drawn, and no strip of a single status."""
    record, result = metric.record, studio.results.metrics[metric.id]
    chart = trend.trend(metric, result.trend, result.moved, tuple(one.period for one in result.skipped))
    return {
        "chart": chart,
        "chart_title": str(record.name),
        "chart_language": record.name.lang if isinstance(record.name, Original) else "",
        "headline": headline(known_on(record, studio.results.as_of), result) if chart else "",
        "subtitle": key.subtitle(record),
        "key": tuple(key.key(record, chart, result.assessment.method)) if chart else (),
        "chart_notes": key.notes(record),
        "credit": key.credit(record),
        "strip": strip(record, result.past),
    }
