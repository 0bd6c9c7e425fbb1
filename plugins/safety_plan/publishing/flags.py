"""What stands in small words beside the status of a measure, the same on every page."""

from __future__ import annotations

from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.results import MetricResult


def flags(metric: Metric, result: MetricResult) -> tuple[str, ...]:
    """What a reader must know together with a status; nothing where it can stand by itself."""
    latest = result.assessment.latest
    found = ["unstable"] if result.unstable else []
    if latest is not None and latest.withheld:
        found.append("newest number withheld")
    elif latest is not None and result.assessment.reason:
        found.append("newest number missing")
    if result.next.days_late:
        found.append(f"number {words.days(result.next.days_late)} late")
    if result.skipped:
        found.append(f"{words.count(len(result.skipped), 'earlier number')} not given")
    if result.status.owes_explanation and not metric.explanation:
        found.append("no explanation given yet")
    return tuple(found)
