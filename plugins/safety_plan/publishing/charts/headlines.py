"""The sentence above a chart: how the newest value stands to where it should be, or what moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from safety_plan.language import later, say
from safety_plan.publishing import words
from safety_plan.publishing.charts.paths import short_value
from safety_plan.publishing.direction import finer
from safety_plan.publishing.kinds import is_wait
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.comparison import added
from safety_plan.results.line import expected_at, has_path
from safety_plan.results.results import MetricResult
from safety_plan.results.status import Status

_Manner = Literal["wait", "share", "count", "sum", "level"]


@dataclass(frozen=True)
class _Sentences:
    """What is said of values of one manner that lie above and below where they should be, and somewhat so."""

    above: str
    below: str
    nearly_above: str
    nearly_below: str


_PLANNED: dict[_Manner, _Sentences] = {
    "wait": _Sentences(
        later("Slower than planned: {value} against an expected {expected}"),
        later("Faster than planned: {value} against an expected {expected}"),
        later("A little slower than planned: {value} against an expected {expected}"),
        later("A little faster than planned: {value} against an expected {expected}"),
    ),
    "share": _Sentences(
        later("A larger share than planned: {value} against an expected {expected}"),
        later("A smaller share than planned: {value} against an expected {expected}"),
        later("A slightly larger share than planned: {value} against an expected {expected}"),
        later("A slightly smaller share than planned: {value} against an expected {expected}"),
    ),
    "count": _Sentences(
        later("More than planned: {value} against an expected {expected}"),
        later("Fewer than planned: {value} against an expected {expected}"),
        later("A few more than planned: {value} against an expected {expected}"),
        later("A few less than planned: {value} against an expected {expected}"),
    ),
    "sum": _Sentences(
        later("More than planned: {value} against an expected {expected}"),
        later("Less than planned: {value} against an expected {expected}"),
        later("A little more than planned: {value} against an expected {expected}"),
        later("A little less than planned: {value} against an expected {expected}"),
    ),
    "level": _Sentences(
        later("Higher than planned: {value} against an expected {expected}"),
        later("Lower than planned: {value} against an expected {expected}"),
        later("A little higher than planned: {value} against an expected {expected}"),
        later("A little lower than planned: {value} against an expected {expected}"),
    ),
}
"""Held against the way to the target. "A little" stands where the rules find the value good enough all the same."""

_AIMED: dict[_Manner, tuple[str, str]] = {
    "wait": (
        later("Slower than it should be: {value} against a target of {target}"),
        later("Faster than it should be: {value} against a target of {target}"),
    ),
    "share": (
        later("Higher than it should be: {value} against a target of {target}"),
        later("Lower than it should be: {value} against a target of {target}"),
    ),
    "count": (
        later("More than there should be: {value} against a target of {target}"),
        later("Fewer than there should be: {value} against a target of {target}"),
    ),
    "sum": (
        later("More than it should be: {value} against a target of {target}"),
        later("Less than it should be: {value} against a target of {target}"),
    ),
    "level": (
        later("Higher than it should be: {value} against a target of {target}"),
        later("Lower than it should be: {value} against a target of {target}"),
    ),
}
"""Held against the target itself: above it, below it."""


def headline(record: Metric, result: MetricResult) -> str:
    """The sentence above the chart of a measure that has values, without a full stop.

    `record` holds the measure as far as it is known on the day of the results.
    """
    latest = result.assessment.latest
    if latest is None:
        return say("No number of a whole period yet")
    if latest.number is None:
        return say("The newest number is not shown")
    if result.assessment.target is None:
        return _moved(record, result, latest)
    if record.kind == "yes-no":
        return _answer(record, result, latest)
    if record.better == "within":
        return _range(record, result, latest.number)
    return _aimed(record, result, latest, latest.number)


def _manner(record: Metric) -> _Manner:
    if is_wait(record):
        return "wait"
    manners: dict[str, _Manner] = {"percent": "share", "count": "count", "sum": "sum"}
    return manners.get(record.kind, "level")


def _aimed(record: Metric, result: MetricResult, latest: Observation, number: float) -> str:
    target, expected = result.assessment.target, _expected(record, result, latest)
    assert target is not None
    assert target.value is not None
    cap = record.covers == "year-to-date" and record.better == "lower"
    if result.status is Status.MEETING and not cap:
        return say("Target met: {value} against a target of {target}", value=short_value(record, number),
                   target=words.target(words.brief(record), target))  # fmt: skip
    if expected is None:
        above, below = _AIMED[_manner(record)]
        return say(above if number > target.value else below, value=short_value(record, number),
                   target=short_value(record, target.value))  # fmt: skip
    return _planned(record, result, number, expected)


def _expected(record: Metric, result: MetricResult, latest: Observation) -> float | None:
    """Where the value should be by its time; None where only the target itself can be held against it."""
    found = result.assessment
    if found.rule in ("level", "missed"):
        return None
    if found.expected is not None:
        return found.expected
    return expected_at(record, latest.period.end) if has_path(record) else None


def _planned(record: Metric, result: MetricResult, number: float, expected: float) -> str:
    good = result.status.group == "good"
    if _alike(record, number, expected) and (good or number == expected or record.shown_as != "number"):
        return say("As planned: {value}, as expected by now", value=short_value(record, number))
    # Two numbers that look alike are shown more exactly, so that a reader can see which one is higher.
    shown = finer(record, 2) if _alike(record, number, expected) else record
    value, due = short_value(shown, number), short_value(shown, expected)
    if result.status is Status.TOO_EARLY:
        return say("Too early to say: {value} against an expected {expected}", value=value, expected=due)
    said, up = _PLANNED[_manner(record)], number > expected
    worse = up == (record.better == "lower")
    if worse and good:
        return say(said.nearly_above if up else said.nearly_below, value=value, expected=due)
    return say(said.above if up else said.below, value=value, expected=due)


def _alike(record: Metric, one: float, other: float) -> bool:
    return words.plain(record, one) == words.plain(record, other)


def _range(record: Metric, result: MetricResult, number: float) -> str:
    target = result.assessment.target
    assert target is not None
    assert target.low is not None
    assert target.high is not None
    value, range_ = short_value(record, number), words.aim(words.brief(record), target)
    if number < target.low and result.status is not Status.MEETING:
        return say("Below the range of {range}: {value}", value=value, range=range_)
    if number > target.high and result.status is not Status.MEETING:
        return say("Above the range of {range}: {value}", value=value, range=range_)
    return say("Within the range of {range}: {value}", value=value, range=range_)


def _answer(record: Metric, result: MetricResult, latest: Observation) -> str:
    period = words.observation_period(record, latest)
    if latest.number:
        return say("Yes in {period}", period=period)
    if result.status is Status.MEETING:
        return say("No in {period}, as it should be", period=period)
    return say("No in {period}: it should be yes", period=period)


def _moved(record: Metric, result: MetricResult, latest: Observation) -> str:
    """What moved, of a measure that has no target: two values, and no claim of a trend."""
    assert latest.number is not None
    if record.kind == "yes-no":
        return _answer_alone(record, latest)
    total = added(record, latest)
    if total is not None:
        return say("{added} more in the last 12 months: {value} in all", added=short_value(record, total.amount),
                   value=short_value(record, latest.number))  # fmt: skip
    earlier = result.comparison.earlier if result.comparison else _first(record)
    assert earlier.number is not None
    now, then = short_value(record, latest.number), short_value(record, earlier.number)
    when = words.period(earlier.period, record.covers)
    if now == then:
        return say("The same as in {period}: {value}", period=when, value=now)
    if latest.number > earlier.number:
        return say("Up from {then} ({period}) to {now}", then=then, period=when, now=now)
    return say("Down from {then} ({period}) to {now}", then=then, period=when, now=now)


def _answer_alone(record: Metric, latest: Observation) -> str:
    period = words.observation_period(record, latest)
    return say("Yes in {period}", period=period) if latest.number else say("No in {period}", period=period)


def _first(record: Metric) -> Observation:
    values = (one for one in record.observations if one.number is not None and not one.partial_until)
    return min(values, key=lambda one: one.period)
