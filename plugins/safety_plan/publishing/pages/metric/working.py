"""Where a measure stands and where it should be, in words."""

from __future__ import annotations

from typing import Any

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.view import Studio
from safety_plan.results.results import MetricResult


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    return {"sentence": sentence(metric, studio.results.metrics[metric.id])}


def sentence(metric: Metric, result: MetricResult) -> str:
    """Where the measure stands and where it should be, in one or two plain sentences."""
    record, assessment = metric.record, result.assessment
    if assessment.latest is None or assessment.latest.number is None:
        return "There is no number to show yet."
    when, what = words.observation_period(record, assessment.latest), words.value(record, assessment.latest.number)
    start = f"In {when} it was {what}."
    if record.covers != "period":
        start = f"{when[0].upper()}{when[1:]}: {what}."
    if assessment.target is None:
        return f"{start} It has no target and is shown for information."
    aim = f"The target is {words.target_by(record, assessment.target)}."
    if assessment.expected is not None:
        aim += f" By now it should be {words.value(record, round(assessment.expected, record.decimals))}."
    return f"{start} {aim}"
