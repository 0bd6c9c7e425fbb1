"""The answer box of a measure: where it stands, whether it gets better, who answers for it, and what was changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safety_plan.plan.things import Metric
from safety_plan.publishing import direction, words
from safety_plan.publishing.figures import latest
from safety_plan.publishing.kinds import of_hundred
from safety_plan.publishing.pages.metric.values import anchor
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.results import MetricResult
from safety_plan.results.status import Assessment


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    result, record = studio.results.metrics[metric.id], metric.record
    assessment = result.assessment
    withheld = assessment.latest is not None and assessment.latest.withheld
    return {
        "withheld": withheld,
        "latest": "Not shown" if withheld else _value(metric, studio),
        "sentence": _standing(record, assessment),
        "better": direction.verdict(record, result),
        "corrections": list(_corrections(record, result, studio.results.as_of)),
    }


def _value(metric: Metric, studio: Studio) -> str:
    """The latest value; of a question that is answered with yes or no the answer, with its time: Yes, in 2025."""
    newest = studio.results.metrics[metric.id].assessment.latest
    text = latest(metric, studio.results)
    if metric.record.kind != "yes-no" or newest is None or newest.number is None:
        return text
    return f"{text.capitalize()}, in {words.observation_period(metric.record, newest)}."


def _standing(record: MetricRecord, found: Assessment) -> str:
    """What the value above it means, and where it should be, in a few plain sentences."""
    if found.latest is None:
        return "There is no number to show yet."
    if found.latest.number is None:
        return ""
    said = [] if record.kind == "yes-no" else [_capital(words.observation_period(record, found.latest))]
    if of_hundred(record):
        said.append(_capital(of_hundred(record)))
    if found.target is None:
        return ". ".join([*said, "It has no target and is shown for information."])
    brief = words.brief(record)
    aim = f"The target is {words.target_by(brief, found.target)}"
    if found.expected is not None and record.kind != "yes-no":
        cap = record.covers == "year-to-date" and record.better == "lower"
        should = "it may be at most" if cap else "it should be"
        aim += f"; by now {should} {words.value(*_expected(brief, found.latest.number, found.expected))}"
    return ". ".join([*said, f"{aim}."])


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _expected(record: MetricRecord, number: float, expected: float) -> tuple[MetricRecord, float]:
    """The value on the way to the target, with one decimal more where it would else look like the latest value."""
    finer = direction.finer(record, 1)
    alike = words.plain(record, expected) == words.plain(record, number)
    if record.shown_as == "number" and alike and words.plain(finer, expected) != words.plain(finer, number):
        return finer, expected
    return record, words.rounded(record, expected)


@dataclass(frozen=True)
class _Correction:
    """A value that was corrected not long ago: for which time, on which day, and where it stands on the page."""

    when: str
    on: dt.date
    anchor: str


def _corrections(record: MetricRecord, result: MetricResult, as_of: dt.date) -> Iterator[_Correction]:
    """The corrections of the last year, and that of the latest value whenever it was made; the newest value first."""
    year_before = as_of - dt.timedelta(days=_DAYS)
    for one in sorted(record.observations, key=lambda one: one.period, reverse=True):
        if one.corrected is not None and (one.corrected > year_before or _is(one, result.assessment.latest)):
            when = words.for_period(one.period, record.covers)
            yield _Correction(when, one.corrected, f"values-{anchor(one)}")


_DAYS = 365
"""The days of a year: a correction older than that is no news, and stands in the table only."""


def _is(one: Observation, latest: Observation | None) -> bool:
    return latest is not None and one.period == latest.period
