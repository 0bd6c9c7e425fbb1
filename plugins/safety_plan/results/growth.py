"""The growth-rate method: yearly growth so far, compared with the yearly growth that the target asks for.

This is the progress measure of Open SDG, made by Statistics Canada after Eurostat's, under its own names:

    observed  CAGR_i = (y_i / y_0) ^ (1 / (t_i - t_0)) - 1
    asked     CAGR_T = (y_T / y_0) ^ (1 / (t_T - t_0)) - 1
    ratio     R = d * CAGR_i / |CAGR_T|, where d is 1 when higher is better and -1 when lower is

Without a target d * CAGR_i itself is judged, by cut points that a natural limit nearby lowers. Here the method applies
to numbers above zero only, so that neither the sign for negative numbers nor the stand-in for zero is needed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import sys
from dataclasses import dataclass
from enum import Enum

from safety_plan.language import later, say, say_n
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results import written
from safety_plan.results.line import at_least, part_of, same
from safety_plan.rules import RULES, Rules


class Progress(Enum):
    """What a growth is called. Against a target each stands for a status; see `safety_plan.results.status`."""

    SUBSTANTIAL = later("substantial progress")
    MODERATE = later("moderate progress")
    LIMITED = later("limited progress")
    AWAY = later("movement in the wrong direction")

    @property
    def words(self) -> str:
        """The progress as residents read it."""
        return say(self.value)


@dataclass(frozen=True)
class Point:
    """A value, and the last day it covers."""

    day: dt.date
    value: float


@dataclass(frozen=True)
class Growth:
    """How fast a measure has grown, and what that is called.

    Growth is per year: 0.02 is 2 percent a year, below zero is a fall. `asked`, `years_in_all` and `ratio` are None
    where there is no target. `limit` is the natural limit, where it plays a part, and `limit_factor` is C: what it
    multiplies the cut points by, when near. `cuts` are the yearly growths from which on it is substantial and moderate
    progress where there is no target. `score` goes from -5 to 5.
    """

    start: Point
    years: float
    observed: float
    progress: Progress
    score: float
    years_in_all: float | None = None
    asked: float | None = None
    ratio: float | None = None
    limit: float | None = None
    limit_factor: float = 1.0
    cuts: tuple[float, float] | None = None


def growth_method(rules: Rules = RULES) -> tuple[tuple[str, str, str], ...]:
    """The rules of the method for residents: (name, when it applies, what it gives)."""
    number, percent, years = written.number, written.percent, rules.growth_years_needed
    return (
        (
            "growth-use",
            say_n(
                "The starting point, the latest value and all targets are above zero; the starting point is not the "
                "target; the latest value is at least {years} year after the starting point; it is not a level to "
                "hold, not yes or no, and does not count up",
                "The starting point, the latest value and all targets are above zero; the starting point is not the "
                "target; the latest value is at least {years} years after the starting point; it is not a level to "
                "hold, not yes or no, and does not count up",
                written.plural(years),
                years=number(years),
            ),
            say("the growth rate is used. Else the page of the measure says why not, and the straight line is used"),
        ),
        (
            "growth",
            say(
                "With a target: the yearly growth so far, in the better direction, is at least {share} of the yearly "
                "growth that the target asks for",
                share=percent(rules.on_track_from),
            ),
            say(
                "on track; from {share}: at risk; less: off track; the wrong direction: off track, getting worse",
                share=percent(rules.at_risk_from),
            ),
        ),
        (
            "growth-no-target",
            say(
                "Without a target: the yearly growth so far, in the better direction, is at least {share}",
                share=percent(rules.growth_substantial_from),
            ),
            say(
                "substantial progress; from {share}: moderate progress; less: limited progress; the wrong direction: "
                "movement in the wrong direction. None of these is a status",
                share=percent(rules.growth_moderate_from),
            ),
        ),
        (
            "growth-limit",
            say("Without a target, but with a natural limit, such as 100 percent"),
            say(
                "these two cut points are multiplied by 1 − (start ÷ limit) to the power of {power}; above the limit "
                "(2 × limit − start) ÷ limit takes the place of start ÷ limit; from twice the limit on they stay as "
                "they are",
                power=number(rules.growth_limit_exponent),
            ),
        ),
        ("growth-score", say("The score, in straight lines between these points"), _score_in_words(rules)),
    )


def _score_in_words(rules: Rules) -> str:
    number, percent, most = written.number, written.percent, rules.growth_score_most
    return say(
        "with a target {lowest} at {ratio_for_lowest} of the growth asked for, {low} at 0%, 0 at {at_risk}, {high} at "
        "{on_track}, {highest} at {ratio_for_highest} and when the target is met; without a target {lowest} at "
        "{growth_for_lowest} a year, {low} at 0%, 0 and {high} at the two cut points, {highest} at "
        "{growth_for_highest}",
        lowest=number(-most),
        low=number(-most / 2),
        high=number(most / 2),
        highest=number(most),
        ratio_for_lowest=percent(rules.growth_ratio_for_least),
        ratio_for_highest=percent(rules.growth_ratio_for_most),
        at_risk=percent(rules.at_risk_from),
        on_track=percent(rules.on_track_from),
        growth_for_lowest=percent(rules.growth_for_least),
        growth_for_highest=percent(rules.growth_for_most),
    )


def why_not(metric: Metric, start: Point, latest: Point, target: Point | None, rules: Rules = RULES) -> str:
    """Why the method does not apply, as the end of a sentence; empty where it does."""
    if metric.kind == "yes-no":
        return say("yes and no do not grow")
    if metric.covers in ("year-to-date", "running-total"):
        return say("the numbers are sums that grow by themselves")
    aims = [one.value for one in metric.targets if one.value is not None] if target else []
    if min(start.value, latest.value, *aims) <= 0:
        return say("a rate of growth needs numbers above zero")
    needed = rules.growth_years_needed
    if years_between(start.day, latest.day) < needed:
        return say_n(
            "less than {years} year lies between the starting point and the latest value",
            "less than {years} years lies between the starting point and the latest value",
            written.plural(needed),
            years=written.number(needed),
        )
    return _not_for_target(start, target) if target else ""


def _not_for_target(start: Point, target: Point) -> str:
    if target.day <= start.day:
        return say("the target date is not after the starting point")
    if same(start.value, target.value):
        return say("the starting point and the target are the same")
    if abs(_rate(start, target)) >= sys.float_info.max:
        return say("the growth asked for is too large to be worked out")
    return ""


def growth_to_target(higher: bool, start: Point, latest: Point, target: Point, rules: Rules = RULES) -> Growth:
    """The growth so far against the growth that the target asks for.

    `higher` says that higher is better. Needs `why_not` to have found nothing. A target that is met gets the highest
    score.
    """
    direction = 1 if higher else -1
    observed, asked = _rate(start, latest), _rate(start, target)
    ratio = part_of(direction * observed, abs(asked))
    met = at_least(direction * latest.value, direction * target.value)
    most, half = rules.growth_score_most, rules.growth_score_most / 2
    return Growth(
        start=start,
        years=years_between(start.day, latest.day),
        observed=observed,
        progress=_progress(ratio, rules.on_track_from, rules.at_risk_from),
        score=most
        if met
        else _between(
            ratio,
            (rules.growth_ratio_for_least, -most),
            (0.0, -half),
            (rules.at_risk_from, 0.0),
            (rules.on_track_from, half),
            (rules.growth_ratio_for_most, most),
        ),
        years_in_all=years_between(start.day, target.day),
        asked=asked,
        ratio=ratio,
    )


def growth_without_target(metric: Metric, start: Point, latest: Point, rules: Rules = RULES) -> Growth:
    """The growth so far against fixed cut points; lower ones where a natural limit is near."""
    direction = 1 if metric.better == "higher" else -1
    observed = _rate(start, latest)
    factor = limit_factor(start.value, metric.natural_limit, rules)
    gained = direction * observed
    substantial, moderate = rules.growth_substantial_from * factor, rules.growth_moderate_from * factor
    return Growth(
        start=start,
        years=years_between(start.day, latest.day),
        observed=observed,
        progress=_progress(gained, substantial, moderate),
        score=_score_without_target(gained, factor, rules),
        limit=metric.natural_limit,
        limit_factor=factor,
        cuts=(substantial, moderate),
    )


def limit_factor(start: float, limit: float | None, rules: Rules = RULES) -> float:
    """C: what multiplies the cut points where there is no target, from 0 at a natural limit to 1 far away from it."""
    if limit is None or start - limit >= limit:
        return 1.0
    near = (start if start <= limit else limit - (start - limit)) / limit
    return float(1 - near**rules.growth_limit_exponent)


def years_between(begin: dt.date, end: dt.date) -> float:
    """Years from one day to another: whole years, and the days of the year begun as a part of that year."""
    whole = end.year - begin.year
    if _years_after(begin, whole) > end:
        whole -= 1
    last, following = _years_after(begin, whole), _years_after(begin, whole + 1)
    return whole + (end - last).days / (following - last).days


def _years_after(day: dt.date, years: int) -> dt.date:
    """The same day of another year, or the last day of its February."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _rate(start: Point, end: Point) -> float:
    """The compound yearly growth from one value above zero to another."""
    times = end.value / start.value if start.value else math.inf
    # Far apart, their quotient leaves the numbers that can be written down; their logarithms do not.
    logarithm = math.log(times) if 0 < times < math.inf else math.log(end.value) - math.log(start.value)
    try:
        return math.expm1(logarithm / years_between(start.day, end.day))
    except OverflowError:
        return sys.float_info.max


def _progress(gained: float, substantial: float, moderate: float) -> Progress:
    if at_least(gained, substantial):
        return Progress.SUBSTANTIAL
    if at_least(gained, moderate):
        return Progress.MODERATE
    return Progress.LIMITED if gained >= 0 else Progress.AWAY


def _score_without_target(gained: float, factor: float, rules: Rules) -> float:
    most, half = rules.growth_score_most, rules.growth_score_most / 2
    if gained < 0:
        return _between(gained, (rules.growth_for_least, -most), (0.0, -half))
    if factor == 0:
        # It started at its natural limit, and it has not lost ground.
        return most
    return _between(
        gained / factor,
        (0.0, -half),
        (rules.growth_moderate_from, 0.0),
        (rules.growth_substantial_from, half),
        (rules.growth_for_most, most),
    )


def _between(x: float, *corners: tuple[float, float]) -> float:
    """The height at `x` of the line through the corners, given from left to right; level beyond its ends."""
    (left, low), *rest = corners
    if x <= left:
        return low
    for right, high in rest:
        if x < right:
            return low + (high - low) * (x - left) / (right - left)
        left, low = right, high
    return low
