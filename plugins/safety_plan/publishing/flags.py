"""What stands in small words beside the status of a measure, the same on every page."""

from __future__ import annotations

from safety_plan.language import say, say_n
from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.results import MetricResult


def flags(metric: Metric, result: MetricResult) -> tuple[str, ...]:
    """What a reader must know together with a status; nothing where it can stand by itself."""
    latest = result.assessment.latest
    found = [say("unstable")] if result.unstable else []
    if latest is not None and latest.withheld:
        found.append(say("newest number withheld"))
    elif latest is not None and result.assessment.reason:
        found.append(say("newest number missing"))
    if result.next.days_late:
        found.append(say("number {days} late", days=words.days(result.next.days_late)))
    if result.skipped:
        skipped = len(result.skipped)
        number = words.number(skipped)
        found.append(say_n("{n} earlier number not given", "{n} earlier numbers not given", skipped, n=number))
    if result.status.owes_explanation and not metric.explanation:
        found.append(say("no explanation given yet"))
    return tuple(found)
