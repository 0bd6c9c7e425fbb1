"""How the status of a measure is worked out: in words, and as a sum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safety_plan.language import later, say
from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.exact import expected_value, ratio
from safety_plan.publishing.pages.metric import grown, sums
from safety_plan.publishing.pages.metric.sums import Row
from safety_plan.publishing.sentences import joined
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.reading.schema.observations import Observation
from safety_plan.results.dates import known_on
from safety_plan.results.growth import Growth, growth_method
from safety_plan.results.status import GROWTH, Assessment, Status
from safety_plan.results.status_rules import method
from safety_plan.rules import Rules


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    result, rules = studio.results.metrics[metric.id], studio.plan.rules
    return {
        "working": _Working.of(known_on(metric.record, studio.results.as_of), result.assessment, rules),
    }


@dataclass(frozen=True)
class _Working:
    """How a status came about. `anchor` and `name` are the rule that applied, `remarks` what a reader must know."""

    sentence: str
    rows: tuple[Row, ...]
    anchor: str
    name: str
    rule: str
    remarks: tuple[str, ...]

    @classmethod
    def of(cls, record: MetricRecord, found: Assessment, rules: Rules) -> _Working:
        steps = method(rules)
        anchor = "growth-no-target" if found.growth and found.rule == "information" else found.rule
        number = next((at for at, (name, _, _) in enumerate(steps, 1) if name == anchor), None)
        applies, gives = next((one[1], one[2]) for one in (*steps, *growth_method(rules)) if one[0] == anchor)
        return cls(
            sentence=explained(record, found, rules),
            rows=(*sums.rows(record, found, rules), *_grown(record, found, rules)),
            anchor=anchor,
            name=say("Step {number} of the rules", number=number) if number else say("Rule of the growth rate"),
            rule=f"{applies}: {gives}",
            remarks=tuple(_remarks(record, found)),
        )


def _grown(record: MetricRecord, found: Assessment, rules: Rules) -> Iterator[Row]:
    if found.growth is not None:
        yield from grown.rows(record, found, found.growth, rules)


def explained(record: MetricRecord, found: Assessment, rules: Rules) -> str:
    """Why the measure has its status, in a sentence or two."""
    if found.rule == "value":
        return _no_number(found)
    if found.rule == "information":
        return _no_status(record, found)
    if record.kind == "yes-no":
        return _of_an_answer(record, found)
    if found.method == "year-to-date":
        return _of_the_year(record, found, rules)
    if found.rule in ("meeting", "level"):
        return _of_a_level(record, found)
    return _on_the_way(record, found, rules)


def _no_number(found: Assessment) -> str:
    if found.latest is not None and found.latest.withheld:
        return say("It has no status: its newest number is not shown.")
    return say("It has no status: {reason}.", reason=found.reason)


def _no_status(record: MetricRecord, found: Assessment) -> str:
    growth = found.growth
    if growth is None:
        return (
            say("It has no target, so it has no status and is shown for information.")
            if record.better
            else say("More of it is neither better nor worse, so it has no status and is shown for information.")
        )
    why = (
        say("It has no target, so it has no status.")
        if record.better
        else say("More of it is neither better nor worse, so it has no status.")
    )
    grew = later("Since {date} it grew by {rate} a year: {progress}. That compares two values and is no forecast.")
    fell = later("Since {date} it fell by {rate} a year: {progress}. That compares two values and is no forecast.")
    since, rate = words.date(growth.start.day), _rate(record, growth.observed)
    moved = say(grew if growth.observed >= 0 else fell, date=since, rate=rate, progress=growth.progress.words)
    return joined((why, moved))


def _rate(record: MetricRecord, growth: float) -> str:
    """A growth or a fall; of a percent it is said what it is a part of, for 9% more of 50% are 4.5 points."""
    rate = words.percent(words.number(abs(100 * growth), 1))
    return say("{rate} of itself", rate=rate) if record.kind == "percent" else rate


def _due(record: MetricRecord, found: Assessment) -> str:
    assert found.expected is not None
    return expected_value(record, found.expected, found.latest.number if found.latest else None)


_OF_A_CAP = {
    Status.MEETING: later("By now the year’s target allows for {due}. It is not above that: {status}."),
    Status.AT_RISK: later(
        "By now the year’s target allows for {due}. It is above that, but within the whole year’s: {status}."
    ),
    Status.OFF_TRACK: later(
        "By now the year’s target allows for {due}. It is above the target for the whole year: {status}."
    ),
}
"""What a count of which less is better says, by its status."""


def _of_the_year(record: MetricRecord, found: Assessment, rules: Rules) -> str:
    status = found.status.words
    if found.rule == "meeting":
        return say("The target for the whole year is reached already: {status}.", status=status)
    if found.rule == "missed":
        return say("The year is over, and its target is not reached: {status}.", status=status)
    if found.rule == "early":
        return _early(found, rules)
    due = _due(record, found)
    if record.better == "lower":
        return say(_OF_A_CAP[found.status], due=due, status=status)
    if found.ratio is None:
        less = later("By now the year’s target asks for {due}. It has reached less of that: {status}.")
        return say(less, due=due, status=status)
    share = ratio(found.ratio, rules)
    reached = later("By now the year’s target asks for {due}. It has reached {share} of that: {status}.")
    return say(reached, due=due, share=share, status=status)


def _of_an_answer(record: MetricRecord, found: Assessment) -> str:
    assert found.latest is not None
    assert found.latest.number is not None
    when, answer = words.observation_period(record, found.latest), words.plain(record, found.latest.number)
    said = say("In {period} the answer was {answer}: {status}.", period=when, answer=answer, status=found.status.words)
    return joined((said, say("In the rule, yes counts as 1 and no as 0."))) if found.rule == "line" else said


def _of_a_level(record: MetricRecord, found: Assessment) -> str:
    status = found.status.words
    if found.rule == "meeting":
        if record.better == "within":
            return say("The latest value is within the range: {status}.", status=status)
        return say("The latest value is at the target or better: {status}.", status=status)
    missed = (
        say("The latest value misses it within the miss that is allowed for: {status}.", status=status)
        if found.status is Status.AT_RISK
        else say("The latest value misses it by more than is allowed for: {status}.", status=status)
    )
    return joined((_held(found), missed))


def _held(found: Assessment) -> str:
    """Why the target is a level to hold."""
    if found.target is None or found.target.keep or found.target.value is None:
        return say("It is a level to hold.")
    if found.baseline is None:
        return say("There is no starting point, so the target is taken as a level to hold.")
    return say("It started at the target or better, so the target is a level to hold.")


def _gone(found: Assessment) -> str:
    return words.percent(words.number(100 * (found.share or 0.0), 1))


def _early(found: Assessment, rules: Rules) -> str:
    return say(
        "{share} of the time has gone by. Up to {limit} we do not judge: {status}.",
        share=_gone(found),
        limit=words.percent(words.number(100 * rules.too_early_up_to)),
        status=found.status.words,
    )


def _on_the_way(record: MetricRecord, found: Assessment, rules: Rules) -> str:
    """Between the starting point and the target."""
    status = found.status.words
    if found.rule == "missed":
        return say("The target date has come, and the target is not reached: {status}.", status=status)
    if found.rule == "early":
        return _early(found, rules)
    if found.growth is not None and found.ratio is not None:
        return joined((*_growth_so_far(record, found.growth), _part(found, found.ratio, rules)))
    gone = say(
        "{share} of the time has gone by, so it should be at {due} by now.",
        share=_gone(found),
        due=_due(record, found),
    )
    if found.ratio is not None:
        return joined((gone, _part(found, found.ratio, rules)))
    if found.status is Status.ON_TRACK:
        return joined((gone, say("No change is asked for yet. It is there or better: {status}.", status=status)))
    return joined((gone, say("No change is asked for yet. It is worse than that: {status}.", status=status)))


def _part(found: Assessment, part: float, rules: Rules) -> str:
    """Which part of what is asked for was made so far."""
    status = found.status.words
    if part < 0:
        return say("It has moved the wrong way: {status}.", status=status)
    made = ratio(part, rules)
    if found.growth is not None:
        return say("It has made {ratio} of the growth asked for: {status}.", ratio=made, status=status)
    return say("It has made {ratio} of the change asked for: {status}.", ratio=made, status=status)


def _growth_so_far(record: MetricRecord, growth: Growth) -> tuple[str, str]:
    """How fast it grew, and how fast it would have to."""
    assert growth.asked is not None
    so_far, asked = _rate(record, growth.observed), _rate(record, growth.asked)
    grew, fell = later("So far it grew by {rate} a year."), later("So far it fell by {rate} a year.")
    grow = later("To reach the target in time it has to grow by {rate} a year.")
    fall = later("To reach the target in time it has to fall by {rate} a year.")
    moved = say(grew if growth.observed >= 0 else fell, rate=so_far)
    return moved, say(grow if growth.asked >= 0 else fall, rate=asked)


def _remarks(record: MetricRecord, found: Assessment) -> Iterator[str]:
    """What the status leaves out, and what it stands on."""
    if found.not_used:
        yield say(_instead(found), reason=found.not_used)
    if found.latest is None:
        return
    for one in sorted(record.observations, key=lambda one: one.period):
        if one.period > found.latest.period:
            yield _left_out(record, one)
    if found.method == GROWTH and len(record.targets) > 1:
        yield say("The growth rate looks at the last target only, not at those on the way.")
    started = _started(found)
    for change in record.definition_changes:
        if started and change.since and started < change.since.end <= found.latest.period.end:
            since = words.period(change.since, record.covers)
            yield say(
                "The starting point was measured in the old way, the values from {period} on in a new one.",
                period=since,
            )


def _instead(found: Assessment) -> str:
    """What is done where the growth rate does not fit."""
    if found.target is None:
        return later("The growth rate was to be used here. It does not fit, because {reason}; no growth is shown.")
    if found.method == "straight-line":
        return later(
            "The growth rate was to be used here. It does not fit, because {reason}; the straight line is used instead."
        )
    return later(
        "The growth rate was to be used here. It does not fit, because {reason}; it is judged by its own rule."
    )


def _left_out(record: MetricRecord, one: Observation) -> str:
    """Why a value newer than the one that is judged does not count."""
    when = words.period(one.period, record.covers)
    if one.partial_until:
        return say("Left out of the status: {period}, because that time is not over yet.", period=when)
    missing = one.missing
    return say("Left out of the status: {period}, because there is no value ({reason}).", period=when, reason=missing)


def _started(found: Assessment) -> dt.date | None:
    """The day of the value that the latest one is compared with; None where it is compared with a target alone."""
    if found.growth is not None:
        return found.growth.start.day
    return found.baseline.period.end if found.baseline and found.method == "straight-line" else None
