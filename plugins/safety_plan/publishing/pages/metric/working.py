"""Where a measure stands and where it should be, and how its status is worked out: in words, and as a sum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.kinds import of_hundred
from safety_plan.publishing.pages.metric import sums
from safety_plan.publishing.pages.metric.sums import Row
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.results.growth import growth_method
from safety_plan.results.results import MetricResult
from safety_plan.results.status import GROWTH, Assessment, Status, method
from safety_plan.rules import Rules


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    result, rules = studio.results.metrics[metric.id], studio.plan.rules
    return {
        "sentence": sentence(metric, result),
        "working": _Working.of(metric.record, result.assessment, rules),
    }


def sentence(metric: Metric, result: MetricResult) -> str:
    """Where the measure stands and where it should be, in one or two plain sentences."""
    record, assessment = metric.record, result.assessment
    if assessment.latest is not None and assessment.latest.withheld:
        return "There is a number, but it is not published."
    if assessment.latest is None or assessment.latest.number is None:
        return "There is no number to show yet."
    when, what = words.observation_period(record, assessment.latest), words.measured(record, assessment.latest.number)
    start = f"In {when} it was {what}."
    if record.covers != "period":
        start = f"{when[0].upper()}{when[1:]}: {what}."
    if of_hundred(record):
        start = f"{start[:-1]}: {of_hundred(record)}."
    if assessment.target is None:
        return f"{start} It has no target and is shown for information."
    aim = f"The target is {words.target_by(record, assessment.target)}."
    if assessment.expected is not None:
        aim += f" By now it should be {words.value(record, words.rounded(record, assessment.expected))}."
    return f"{start} {aim}"


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
            sentence=_explained(record, found, rules),
            rows=tuple(sums.rows(record, found, rules)),
            anchor=anchor,
            name=f"Step {number} of the rules" if number else "Rule of the growth rate",
            rule=f"{applies}: {gives}",
            remarks=tuple(_remarks(record, found)),
        )


def _explained(record: MetricRecord, found: Assessment, rules: Rules) -> str:
    """Why the measure has its status, in a sentence or two."""
    if found.rule == "value":
        return f"It has no status: {found.reason}."
    if found.rule == "information":
        return _no_status(record, found)
    if found.method == "year-to-date":
        return _of_the_year(record, found, rules)
    if found.rule in ("meeting", "level"):
        return _of_a_level(found)
    return _on_the_way(record, found, rules)


def _no_status(record: MetricRecord, found: Assessment) -> str:
    why = "It has no target" if record.better else "More of it is neither better nor worse"
    if found.growth is None:
        return f"{why}, so it has no status and is shown for information."
    moved = ("grew" if found.growth.observed >= 0 else "fell") + _by(found.growth.observed)
    return (
        f"{why}, so it has no status. Since {words.date(found.growth.start.day)} it {moved} a year: "
        f"{found.growth.progress.value}. That compares two values and is no forecast."
    )


def _by(growth: float) -> str:
    return f" by {words.number(abs(100 * growth), 1)}%"


def _about(record: MetricRecord, amount: float) -> str:
    """A value with one decimal more than elsewhere: enough to tell it from others, and still easy to read."""
    more = record.model_copy(update={"shown_as": "number", "decimals": record.decimals + 1})
    return f"about {words.value(more, amount)}"


def _of_the_year(record: MetricRecord, found: Assessment, rules: Rules) -> str:
    status = found.status.words
    if found.rule == "meeting":
        return f"The target for the whole year is reached already: {status}."
    if found.rule == "missed":
        return f"The year is over, and its target is not reached: {status}."
    if found.rule == "early":
        return _early(found, rules)
    assert found.expected is not None
    due = _about(record, found.expected)
    if record.better == "lower":
        than = {Status.MEETING: "It is not above that", Status.AT_RISK: "It is above that, but within the whole year’s"}
        said = than.get(found.status, "It is above the target for the whole year")
        return f"By now the year’s target allows for {due}. {said}: {status}."
    share = "less" if found.ratio is None else sums.ratio(found.ratio, rules)
    return f"By now {due} of the year’s target are due. It has reached {share} of that: {status}."


def _of_a_level(found: Assessment) -> str:
    if found.rule == "meeting":
        return f"The latest value is at the target or better: {found.status.words}."
    held = "It is a level to hold"
    if found.target is not None and not found.target.keep and found.target.value is not None:
        held = (
            "There is no starting point, so the target is taken as a level to hold"
            if found.baseline is None
            else "It started at the target or better, so the target is a level to hold"
        )
    missed = "within the miss that is allowed for" if found.status is Status.AT_RISK else "by more than is allowed for"
    return f"{held}. The latest value misses it {missed}: {found.status.words}."


def _early(found: Assessment, rules: Rules) -> str:
    share = words.number(100 * (found.share or 0.0), 1)
    limit = f"{rules.too_early_up_to:.0%}"
    return f"{share}% of the time has gone by. Up to {limit} we do not judge: {found.status.words}."


def _on_the_way(record: MetricRecord, found: Assessment, rules: Rules) -> str:
    """Between the starting point and the target."""
    status = found.status.words
    if found.rule == "missed":
        return f"The target date has come, and the target is not reached: {status}."
    if found.rule == "early":
        return _early(found, rules)
    if found.growth is not None and found.ratio is not None:
        return f"{_growth_so_far(found)} {_part(found.ratio, 'growth', rules)}: {status}."
    assert found.expected is not None
    share = words.number(100 * (found.share or 0.0), 1)
    due = _about(record, found.expected)
    gone = f"{share}% of the time has gone by, so it should be at {due} by now."
    if found.ratio is None:
        good = found.status is Status.ON_TRACK
        return f"{gone} No change is asked for yet. It is {'there or better' if good else 'worse than that'}: {status}."
    return f"{gone} {_part(found.ratio, 'change', rules)}: {status}."


def _part(ratio: float, what: str, rules: Rules) -> str:
    if ratio < 0:
        return "It has moved the wrong way"
    return f"It has made {sums.ratio(ratio, rules)} of the {what} asked for"


def _growth_so_far(found: Assessment) -> str:
    growth = found.growth
    assert growth is not None
    assert growth.asked is not None
    so_far = ("grew" if growth.observed >= 0 else "fell") + _by(growth.observed)
    asked = ("grow" if growth.asked >= 0 else "fall") + _by(growth.asked)
    return f"So far it {so_far} a year. To reach the target in time it had to {asked} a year."


def _remarks(record: MetricRecord, found: Assessment) -> Iterator[str]:
    """What the status leaves out, and what it stands on."""
    if found.not_used:
        own = "the straight line is used instead" if found.method == "straight-line" else "it is judged by its own rule"
        own = own if found.target is not None else "no growth is shown"
        yield f"The growth rate was to be used here. It does not fit, because {found.not_used}; {own}."
    if found.latest is None:
        return
    for one in sorted(record.observations, key=lambda one: one.period):
        if one.period > found.latest.period:
            when = words.period(one.period, record.covers)
            why = "that time is not over yet" if one.partial_until else f"there is no value ({one.missing})"
            yield f"Left out of the status: {when}, because {why}."
    if found.method == GROWTH and len(record.targets) > 1:
        yield "The growth rate looks at the last target only, not at those on the way."
    started = _started(found)
    for change in record.definition_changes:
        if started and change.since and started < change.since.end <= found.latest.period.end:
            since = words.period(change.since, record.covers)
            yield f"The starting point was measured in the old way, the values from {since} on in a new one."


def _started(found: Assessment) -> dt.date | None:
    """The day of the value that the latest one is compared with; None where it is compared with a target alone."""
    if found.growth is not None:
        return found.growth.start.day
    return found.baseline.period.end if found.baseline and found.method == "straight-line" else None
