"""How the status of a measure is worked out: in words, and as a sum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.exact import expected_value, ratio
from safety_plan.publishing.pages.metric import grown, sums
from safety_plan.publishing.pages.metric.sums import Row
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.results.dates import known_on
from safety_plan.results.growth import growth_method
from safety_plan.results.status import GROWTH, Assessment, Status, method
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
            name=f"Step {number} of the rules" if number else "Rule of the growth rate",
            rule=f"{applies}: {gives}",
            remarks=tuple(_remarks(record, found)),
        )


def _grown(record: MetricRecord, found: Assessment, rules: Rules) -> Iterator[Row]:
    if found.growth is not None:
        yield from grown.rows(record, found, found.growth, rules)


def explained(record: MetricRecord, found: Assessment, rules: Rules) -> str:
    """Why the measure has its status, in a sentence or two."""
    if found.rule == "value":
        shown = found.latest is None or not found.latest.withheld
        return f"It has no status: {found.reason if shown else 'its newest number is not shown'}."
    if found.rule == "information":
        return _no_status(record, found)
    if record.kind == "yes-no":
        return _of_an_answer(record, found)
    if found.method == "year-to-date":
        return _of_the_year(record, found, rules)
    if found.rule in ("meeting", "level"):
        return _of_a_level(record, found)
    return _on_the_way(record, found, rules)


def _no_status(record: MetricRecord, found: Assessment) -> str:
    why = "It has no target" if record.better else "More of it is neither better nor worse"
    if found.growth is None:
        return f"{why}, so it has no status and is shown for information."
    moved = ("grew" if found.growth.observed >= 0 else "fell") + _by(record, found.growth.observed)
    return (
        f"{why}, so it has no status. Since {words.date(found.growth.start.day)} it {moved} a year: "
        f"{found.growth.progress.value}. That compares two values and is no forecast."
    )


def _by(record: MetricRecord, growth: float) -> str:
    """A growth; of a percent it is said what it is a part of, for 9% more of 50% are 4.5 points."""
    return f" by {words.number(abs(100 * growth), 1)}%{' of itself' if record.kind == 'percent' else ''}"


def _due(record: MetricRecord, found: Assessment) -> str:
    assert found.expected is not None
    return expected_value(record, found.expected, found.latest.number if found.latest else None)


def _of_the_year(record: MetricRecord, found: Assessment, rules: Rules) -> str:
    status = found.status.words
    if found.rule == "meeting":
        return f"The target for the whole year is reached already: {status}."
    if found.rule == "missed":
        return f"The year is over, and its target is not reached: {status}."
    if found.rule == "early":
        return _early(found, rules)
    due = _due(record, found)
    if record.better == "lower":
        than = {Status.MEETING: "It is not above that", Status.AT_RISK: "It is above that, but within the whole year’s"}
        said = than.get(found.status, "It is above the target for the whole year")
        return f"By now the year’s target allows for {due}. {said}: {status}."
    share = "less" if found.ratio is None else ratio(found.ratio, rules)
    return f"By now the year’s target asks for {due}. It has reached {share} of that: {status}."


def _of_an_answer(record: MetricRecord, found: Assessment) -> str:
    assert found.latest is not None
    assert found.latest.number is not None
    when, answer = words.observation_period(record, found.latest), words.plain(record, found.latest.number)
    counted = " In the rule, yes counts as 1 and no as 0." if found.rule == "line" else ""
    return f"In {when} the answer was {answer}: {found.status.words}.{counted}"


def _of_a_level(record: MetricRecord, found: Assessment) -> str:
    if found.rule == "meeting":
        where = "within the range" if record.better == "within" else "at the target or better"
        return f"The latest value is {where}: {found.status.words}."
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
        return f"{_growth_so_far(record, found)} {_part(found.ratio, 'growth', rules)}: {status}."
    share = words.number(100 * (found.share or 0.0), 1)
    due = _due(record, found)
    gone = f"{share}% of the time has gone by, so it should be at {due} by now."
    if found.ratio is None:
        good = found.status is Status.ON_TRACK
        return f"{gone} No change is asked for yet. It is {'there or better' if good else 'worse than that'}: {status}."
    return f"{gone} {_part(found.ratio, 'change', rules)}: {status}."


def _part(part: float, what: str, rules: Rules) -> str:
    if part < 0:
        return "It has moved the wrong way"
    return f"It has made {ratio(part, rules)} of the {what} asked for"


def _growth_so_far(record: MetricRecord, found: Assessment) -> str:
    growth = found.growth
    assert growth is not None
    assert growth.asked is not None
    so_far = ("grew" if growth.observed >= 0 else "fell") + _by(record, growth.observed)
    asked = ("grow" if growth.asked >= 0 else "fall") + _by(record, growth.asked)
    return f"So far it {so_far} a year. To reach the target in time it has to {asked} a year."


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
