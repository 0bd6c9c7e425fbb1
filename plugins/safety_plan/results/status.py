"""The status of a metric by the straight-line method.

The method compares the latest value with the value a straight line from the baseline to the target asks for by then.
`method` words the rule for residents; the numbers in it are the ones the code uses.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safety_plan.reading.schema.metrics import Metric, Observation, Target
from safety_plan.results.state import State
from safety_plan.rules import RULES, Rules


class Status(State):
    """What the latest value says. Each has its words, and the group it is counted with."""

    MEETING = ("meeting target", "good")
    ON_TRACK = ("on track", "good")
    AT_RISK = ("at risk", "warning")
    OFF_TRACK = ("off track", "bad")
    GETTING_WORSE = ("off track, getting worse", "bad")
    MISSED = ("target missed", "bad")
    TOO_EARLY = ("too early to say", "neutral")
    INFORMATION = ("for information", "neutral")
    NONE = ("no status", "neutral")

    @property
    def owes_explanation(self) -> bool:
        """Whether residents are owed an explanation and a next step."""
        return self.group in ("warning", "bad")


@dataclass(frozen=True)
class Assessment:
    """A status with everything it was computed from.

    `expected` is E, `ratio` is R and `share` is e of the published rule; each is None where the rule that applied does
    not use it. `reason` says in words why there is no status, or which newer period has no value.
    """

    status: Status
    rule: str
    latest: Observation | None = None
    target: Target | None = None
    share: float | None = None
    expected: float | None = None
    ratio: float | None = None
    reason: str = ""


def method(rules: Rules = RULES) -> tuple[tuple[str, str, str], ...]:
    """The rules in the order in which they are tried: (name, when it applies, what it gives)."""
    return (
        ("value", "No value yet, or the newest one is withheld", "no status"),
        ("information", "No better direction, or no target", "for information"),
        (
            "year",
            "It counts up from the first day of the year: the value is compared with the share of the year's target "
            "that is due by then. Where less is better, up to that share is meeting the target",
            "the cut points below; where less is better, more than that share is at risk, and more than the whole "
            "year's target is off track",
        ),
        ("meeting", "The latest value is at the target or better", "meeting target"),
        (
            "level",
            "A level to hold, or no baseline: missed by no more than its tolerance",
            "at risk; missed by more: off track",
        ),
        ("missed", "The target date has come", "target missed (counted with off track)"),
        ("early", f"At most {rules.too_early_up_to:.0%} of the time has passed", "too early to say"),
        (
            "hold",
            "An interim target asks for no change yet, or allows a loss at first: the value is as good as the line",
            "on track; worse than the line: off track, getting worse",
        ),
        (
            "line",
            f"The change so far is at least {rules.on_track_from:.0%} of what the straight line asks for",
            f"on track; from {rules.at_risk_from:.0%}: at risk; less: off track; "
            "away from the target: off track, getting worse",
        ),
    )


def assess(metric: Metric, rules: Rules = RULES) -> Assessment:
    """The status of a metric from its latest value. The date of the build plays no part."""
    observations = sorted(metric.observations, key=lambda observation: observation.period)
    if not observations:
        return Assessment(Status.NONE, "value", reason="no value yet")
    newest = observations[-1]
    # A missing number keeps the status of the one before; a period that is not over has none to give yet.
    latest = next((one for one in reversed(observations) if not one.missing and not one.partial_until), None)
    if latest is None:
        return Assessment(Status.NONE, "value", reason=newest.missing or "no value of a whole period yet")
    if latest.number is None:
        return Assessment(Status.NONE, "value", reason="the newest value is withheld")
    reason = f"the newest number is missing: {newest.missing}" if newest.missing else ""
    if metric.better is None or not metric.targets:
        return Assessment(Status.INFORMATION, "information", latest, reason=reason)
    found = _assess_value(metric, latest.period.end, latest.number, rules)
    return Assessment(found.status, found.rule, latest, found.target, found.share, found.expected, found.ratio, reason)


def _assess_value(metric: Metric, day: dt.date, value: float, rules: Rules) -> Assessment:
    target, baseline = metric.targets[-1], metric.baseline
    within = metric.better == "within"
    if metric.covers == "year-to-date" and not within and not target.keep:
        return _year_to_date(metric, value, day, rules)
    if target.keep or within:
        target = next((one for one in metric.targets if one.by >= day), target)
    if _met(metric, target, value):
        return Assessment(Status.MEETING, "meeting", target=target)
    if target.keep or within or baseline is None or _met(metric, target, baseline.value):
        inside = _miss(target, value) <= (target.tolerance or 0) + _TINY
        return Assessment(Status.AT_RISK if inside else Status.OFF_TRACK, "level", target=target)
    share = _share(baseline.period.end, day, target.by)
    if day >= target.by:
        return Assessment(Status.MISSED, "missed", target=target, share=share)
    if share <= rules.too_early_up_to:
        return Assessment(Status.TOO_EARLY, "early", target=target, share=share)
    return _on_the_line(metric, target, day, value, rules)


def _on_the_line(metric: Metric, target: Target, day: dt.date, value: float, rules: Rules) -> Assessment:
    """The straight-line rule itself, between the baseline and the target date."""
    assert metric.baseline is not None
    baseline = metric.baseline.value
    share = _share(metric.baseline.period.end, day, target.by)
    expected = expected_at(metric, day)
    change = expected - baseline
    if metric.better == "lower":
        change = -change
    if change > _TINY:
        ratio = (value - baseline) / (expected - baseline)
        return Assessment(_by_ratio(ratio, rules), "line", target=target, share=share, expected=expected, ratio=ratio)
    # An interim target may ask to hold the baseline, or allow a loss at first: then there is no change to share out.
    enough = value >= expected - _TINY if metric.better == "higher" else value <= expected + _TINY
    status = Status.ON_TRACK if enough else Status.GETTING_WORSE
    return Assessment(status, "hold", target=target, share=share, expected=expected)


_TINY = 1e-9


def _met(metric: Metric, target: Target, value: float) -> bool:
    if metric.better == "within":
        assert target.low is not None
        assert target.high is not None
        return target.low - _TINY <= value <= target.high + _TINY
    assert target.value is not None
    if metric.better == "higher":
        return value >= target.value - _TINY
    return value <= target.value + _TINY


def _miss(target: Target, value: float) -> float:
    """How far the value is from the target, in the unit of the measure."""
    if target.value is not None:
        return abs(value - target.value)
    assert target.low is not None
    assert target.high is not None
    return max(target.low - value, value - target.high, 0.0)


def _share(start: dt.date, day: dt.date, end: dt.date) -> float:
    return (day - start).days / (end - start).days


def expected_at(metric: Metric, day: dt.date) -> float:
    """The value the path from the baseline through the interim targets asks for on a day.

    Needs a baseline and targets with values; before the baseline's end it is the baseline, after the last target that.
    """
    assert metric.baseline is not None
    before, value = metric.baseline.period.end, metric.baseline.value
    for target in metric.targets:
        assert target.value is not None
        if day <= target.by:
            return value + (target.value - value) * max(_share(before, day, target.by), 0.0)
        before, value = target.by, target.value
    return value


def _by_ratio(ratio: float, rules: Rules) -> Status:
    if ratio >= rules.on_track_from - _TINY:
        return Status.ON_TRACK
    if ratio >= rules.at_risk_from - _TINY:
        return Status.AT_RISK
    return Status.OFF_TRACK if ratio >= 0 else Status.GETTING_WORSE


def _year_to_date(metric: Metric, value: float, day: dt.date, rules: Rules) -> Assessment:
    """What counts up from January 1 is held against the part of the year's target that is due by then."""
    target = next((one for one in metric.targets if one.by >= day), metric.targets[-1])
    assert target.value is not None
    start = dt.date(day.year - 1, 12, 31)
    share = _share(start, day, dt.date(day.year, 12, 31))
    expected = target.value * share
    ratio = value / expected if expected else None

    def result(status: Status, rule: str = "year") -> Assessment:
        return Assessment(status, rule, target=target, share=share, expected=expected, ratio=ratio)

    if metric.better == "lower":
        if value <= expected + _TINY:
            return result(Status.MEETING)
        return result(Status.OFF_TRACK if value > target.value + _TINY else Status.AT_RISK)
    if _met(metric, target, value):
        return result(Status.MEETING, "meeting")
    if share >= 1:
        return result(Status.MISSED, "missed")
    if share <= rules.too_early_up_to or ratio is None:
        return result(Status.TOO_EARLY, "early")
    return result(_by_ratio(ratio, rules))
