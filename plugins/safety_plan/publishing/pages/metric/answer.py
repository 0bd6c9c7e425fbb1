"""The answer box of a measure: where it stands, whether it gets better, who answers for it, and what was changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safety_plan.language import say, say_n
from safety_plan.plan.things import Metric
from safety_plan.publishing import direction, words
from safety_plan.publishing.figures import latest
from safety_plan.publishing.kinds import of_hundred
from safety_plan.publishing.pages.metric.values import anchor
from safety_plan.publishing.sentences import capital, joined
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
        "latest": say("Not shown") if withheld else _value(metric, studio),
        "sentence": _standing(record, assessment),
        "better": direction.verdict(record, result),
        "not_given": _not_given(record, result),
        "corrections": list(_corrections(record, result, studio.results.as_of)),
    }


def _value(metric: Metric, studio: Studio) -> str:
    """The latest value; of a question that is answered with yes or no the answer, with its time: Yes, in 2025."""
    newest = studio.results.metrics[metric.id].assessment.latest
    text = latest(metric, studio.results)
    if metric.record.kind != "yes-no" or newest is None or newest.number is None:
        return text
    when = words.observation_period(metric.record, newest)
    return say("{answer}, in {period}.", answer=capital(text), period=when)


def _standing(record: MetricRecord, found: Assessment) -> str:
    """What the value above it means, and where it should be, in a few plain sentences."""
    if found.latest is None:
        return say("There is no number to show yet.")
    if found.latest.number is None:
        return ""
    said = [] if record.kind == "yes-no" else [capital(words.observation_period(record, found.latest))]
    if of_hundred(record):
        said.append(capital(of_hundred(record)))
    return joined([*said, _aim(record, found, found.latest.number)], ". ")


def _aim(record: MetricRecord, found: Assessment, number: float) -> str:
    """Where the value should be in the end, and by now."""
    if found.target is None:
        return say("It has no target and is shown for information.")
    brief = words.brief(record)
    target = words.target_by(brief, found.target)
    if found.expected is None or record.kind == "yes-no":
        return say("The target is {target}.", target=target)
    expected = words.value(*_expected(brief, number, found.expected))
    if record.covers == "year-to-date" and record.better == "lower":
        return say("The target is {target}; by now it may be at most {value}.", target=target, value=expected)
    return say("The target is {target}; by now it should be {value}.", target=target, value=expected)


def _expected(record: MetricRecord, number: float, expected: float) -> tuple[MetricRecord, float]:
    """The value on the way to the target, with one decimal more where it would else look like the latest value."""
    finer = direction.finer(record, 1)
    alike = words.plain(record, expected) == words.plain(record, number)
    if record.shown_as == "number" and alike and words.plain(finer, expected) != words.plain(finer, number):
        return finer, expected
    return record, words.rounded(record, expected)


def _not_given(record: MetricRecord, result: MetricResult) -> str:
    """For which times there is no number, and no reason either; empty where there is no such time."""
    if not result.skipped:
        return ""
    times = words.listed([words.for_period(one.period, record.covers) for one in result.skipped])
    return say_n(
        "Not given, and nobody said why: the number {times}.",
        "Not given, and nobody said why: the numbers {times}.",
        len(result.skipped),
        times=times,
    )


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
