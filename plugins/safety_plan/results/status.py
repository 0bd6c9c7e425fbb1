"""The status of a metric, by the straight line or by the growth rate.

The straight line compares the latest value with the value that a line from the baseline to the target asks for by then.
The rule is worded for residents in `safety_plan.results.status_rules`. The second method stands in
`safety_plan.results.growth`: it takes the place of the last step, and the steps before it are the same.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from safety_plan.language import later, say
from safety_plan.reading.schema.metrics import Baseline, Metric, StatusMethod
from safety_plan.reading.schema.observations import Observation
from safety_plan.reading.schema.targets import Target
from safety_plan.results.growth import Growth, Point, Progress, growth_to_target, growth_without_target, why_not
from safety_plan.results.line import Leg, Time, at_least, course, part_of
from safety_plan.results.state import State
from safety_plan.rules import RULES, Rules


class Status(State):
    """What the latest value says. Each has its words, and the group it is counted with."""

    MEETING = (later("meeting target"), "good")
    ON_TRACK = (later("on track"), "good")
    AT_RISK = (later("at risk"), "warning")
    OFF_TRACK = (later("off track"), "bad")
    GETTING_WORSE = (later("off track, getting worse"), "bad")
    MISSED = (later("target missed"), "bad")
    TOO_EARLY = (later("too early to say"), "neutral")
    INFORMATION = (later("for information"), "neutral")
    NONE = (later("no status"), "neutral")

    @property
    def owes_explanation(self) -> bool:
        """Whether residents are owed an explanation and a next step."""
        return self.group in ("warning", "bad")


Method = Literal["straight-line", "growth-rate", "level", "year-to-date", "none"]
"""How a value was judged. Without a target nothing is, unless a growth rate says at least how fast it moves."""

GROWTH: StatusMethod = "growth-rate"

_OF_PROGRESS = {
    Progress.SUBSTANTIAL: Status.ON_TRACK,
    Progress.MODERATE: Status.AT_RISK,
    Progress.LIMITED: Status.OFF_TRACK,
    Progress.AWAY: Status.GETTING_WORSE,
}


@dataclass(frozen=True)
class Assessment:
    """A status with everything it was computed from, so that a reader can do the sum again.

    `expected` is E, `ratio` is R and the share of `time` is e of the published rule; each is None where the rule that
    applied does not use it. `leg` is the straight piece on which the value is expected to be. `growth` is there where
    the growth rate was worked out; `not_used` says why it was not although it was asked for. `reason` says in words why
    there is no status, or which newer period has no value.
    """

    status: Status
    rule: str
    method: Method = "none"
    latest: Observation | None = None
    baseline: Baseline | None = None
    target: Target | None = None
    time: Time | None = None
    leg: Leg | None = None
    expected: float | None = None
    ratio: float | None = None
    growth: Growth | None = None
    not_used: str = ""
    reason: str = ""

    @property
    def share(self) -> float | None:
        """Share of the time that has gone by, from 0 to 1; None where the rule does not look at it."""
        return None if self.time is None else self.time.share


def assess(metric: Metric, rules: Rules = RULES, default: StatusMethod = "straight-line") -> Assessment:
    """The status of a metric from its latest value. The date of the build plays no part.

    `default` is the method of the whole plan; a metric may name its own.
    """
    # A period that is not over has no status to give yet; a missing number keeps the status of the one before.
    whole = sorted((one for one in metric.observations if not one.partial_until), key=lambda one: one.period)
    if not whole:
        reason = say("no value of a whole period yet") if metric.observations else say("no value yet")
        return Assessment(Status.NONE, "value", reason=reason)
    newest = whole[-1]
    latest = next((one for one in reversed(whole) if not one.missing), None)
    if latest is None:
        return Assessment(Status.NONE, "value", reason=newest.missing or "")
    if latest.number is None:
        return Assessment(Status.NONE, "value", latest=latest, reason=say("the newest value is withheld"))
    reason = say("the newest number is missing: {why}", why=newest.missing) if newest.missing else ""
    return replace(assess_at(metric, latest, rules, default), reason=reason)


def assess_at(
    metric: Metric, latest: Observation, rules: Rules = RULES, default: StatusMethod = "straight-line"
) -> Assessment:
    """The status of a metric if this value of a whole period were its latest, by the targets of today."""
    assert latest.number is not None
    value = Point(latest.period.end, latest.number)
    grows = (metric.status_method or default) == GROWTH
    if metric.better is None or not metric.targets:
        return _for_information(metric, latest, grows, rules)
    target, within = metric.targets[-1], metric.better == "within"
    if metric.covers == "year-to-date":
        return _year_to_date(metric, latest, grows, rules)
    if target.keep or within:
        target = _in_force(metric, value.day)
    baseline = metric.baseline
    if baseline is None or is_level(metric, target):
        return _level(metric, target, latest, grows)
    start, aim = Point(baseline.period.end, baseline.value), _point(target)
    not_used = why_not(metric, start, value, aim, rules) if grows else ""
    growth = growth_to_target(metric.better == "higher", start, value, aim, rules) if grows and not not_used else None
    found = Assessment(
        Status.MEETING,
        "meeting",
        "growth-rate" if growth else "straight-line",
        latest=latest,
        baseline=baseline,
        target=target,
        time=Time(start.day, value.day, aim.day),
        growth=growth,
        not_used=not_used,
    )
    return found if is_met(metric, target, value.value) else _on_the_way(metric, found, value, rules)


def _for_information(metric: Metric, latest: Observation, grows: bool, rules: Rules) -> Assessment:
    """No status. Where the growth rate is asked for, it says how fast the measure moves; that is no status, either."""
    found = Assessment(Status.INFORMATION, "information", latest=latest, baseline=metric.baseline)
    if not grows or metric.targets or metric.better not in ("higher", "lower"):
        return found
    assert latest.number is not None
    value, start = Point(latest.period.end, latest.number), _first(metric)
    if start is None or start.day >= value.day:
        return replace(found, not_used=say("there is no earlier value to start from"))
    not_used = why_not(metric, start, value, None, rules)
    if not_used:
        return replace(found, not_used=not_used)
    return replace(found, method="growth-rate", growth=growth_without_target(metric, start, value, rules))


def _first(metric: Metric) -> Point | None:
    """Where growth without a target starts: at the baseline, or else at the first value there is."""
    if metric.baseline is not None:
        return Point(metric.baseline.period.end, metric.baseline.value)
    points = [
        Point(one.period.end, one.number)
        for one in metric.observations
        if one.number is not None and not one.partial_until
    ]
    return min(points, key=lambda point: point.day, default=None)


def _in_force(metric: Metric, day: dt.date) -> Target:
    """The target whose time has not passed by a day; after them all the last."""
    return next((one for one in metric.targets if one.by >= day), metric.targets[-1])


def _point(target: Target) -> Point:
    assert target.value is not None
    return Point(target.by, target.value)


def _level(metric: Metric, target: Target, latest: Observation, grows: bool) -> Assessment:
    """A level is held, missed within its tolerance, or missed."""
    assert latest.number is not None
    found = Assessment(Status.MEETING, "meeting", "level", latest=latest, baseline=metric.baseline, target=target)
    if grows:
        held = say("it is a level to hold, not one to reach")
        found = replace(found, not_used=say("there is no starting point") if metric.baseline is None else held)
    if is_met(metric, target, latest.number):
        return found
    inside = is_met(metric, target, latest.number, target.tolerance or 0.0)
    return replace(found, status=Status.AT_RISK if inside else Status.OFF_TRACK, rule="level")


def is_level(metric: Metric, target: Target) -> bool:
    """Whether a target is a level to hold: by its own word, as a range, or for want of a way that leads to it."""
    if metric.covers == "year-to-date":
        return False
    held = target.keep is not None or metric.better == "within"
    return held or metric.baseline is None or is_met(metric, target, metric.baseline.value)


def is_met(metric: Metric, target: Target, value: float, tolerance: float = 0.0) -> bool:
    """Whether a value is at a target or better, or misses it by no more than a tolerance."""
    low = target.value if metric.better == "higher" else target.low
    high = target.value if metric.better == "lower" else target.high
    return (low is None or at_least(value, low - tolerance)) and (high is None or at_least(high + tolerance, value))


def _on_the_way(metric: Metric, found: Assessment, value: Point, rules: Rules) -> Assessment:
    """Between the starting point and a target that is not met."""
    assert found.time is not None
    if value.day >= found.time.end:
        return replace(found, status=Status.MISSED, rule="missed")
    if found.time.share <= rules.too_early_up_to:
        return replace(found, status=Status.TOO_EARLY, rule="early")
    if found.growth is not None:
        status = _OF_PROGRESS[found.growth.progress]
        return replace(found, status=status, rule="growth", ratio=found.growth.ratio)
    return _on_the_line(metric, found, value, rules)


def _on_the_line(metric: Metric, found: Assessment, value: Point, rules: Rules) -> Assessment:
    """The straight-line rule itself, between the baseline and the target date."""
    line = course(metric, value.day, value.value)
    assert line is not None
    found = replace(found, leg=line.leg, expected=line.expected, ratio=line.ratio)
    if line.ratio is not None:
        return replace(found, status=_by_ratio(line.ratio, rules), rule="line")
    # An interim target may ask to hold the baseline, or allow a loss at first: then there is no change to share out.
    higher = metric.better == "higher"
    enough = at_least(value.value, line.expected) if higher else at_least(line.expected, value.value)
    return replace(found, status=Status.ON_TRACK if enough else Status.GETTING_WORSE, rule="hold")


def _by_ratio(ratio: float, rules: Rules) -> Status:
    if at_least(ratio, rules.on_track_from):
        return Status.ON_TRACK
    if at_least(ratio, rules.at_risk_from):
        return Status.AT_RISK
    return Status.OFF_TRACK if ratio >= 0 else Status.GETTING_WORSE


def _year_to_date(metric: Metric, latest: Observation, grows: bool, rules: Rules) -> Assessment:
    """What counts up from the first day of the year is held against the part of the year's target due by then."""
    assert latest.number is not None
    value, target = latest.number, _in_force(metric, latest.period.end)
    aim = _point(target).value
    time = Time(latest.period.year_start - dt.timedelta(days=1), latest.period.end, latest.period.year_end)
    expected = aim * time.share
    found = Assessment(
        Status.MEETING,
        "year",
        "year-to-date",
        latest=latest,
        target=target,
        time=time,
        expected=expected,
        # Of nothing, or of less than nothing, there is no part to take.
        ratio=part_of(value, expected) if expected > 0 else None,
        not_used=say("it counts up from the start of each year") if grows else "",
    )
    if metric.better == "lower":
        found = replace(found, rule="year-less")
        if at_least(expected, value):
            return found
        return replace(found, status=Status.AT_RISK if at_least(aim, value) else Status.OFF_TRACK)
    if is_met(metric, target, value):
        return replace(found, rule="meeting")
    if time.gone >= time.whole:
        return replace(found, status=Status.MISSED, rule="missed")
    if time.share <= rules.too_early_up_to:
        return replace(found, status=Status.TOO_EARLY, rule="early")
    return replace(found, status=Status.OFF_TRACK if found.ratio is None else _by_ratio(found.ratio, rules))
