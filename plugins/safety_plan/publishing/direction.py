"""Where a measure is going, in words: a trend where the rules see one, else two values side by side."""

from __future__ import annotations

from typing import Literal

from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.comparison import Comparison
from safety_plan.results.results import MetricResult
from safety_plan.results.signals import Sign, Signal
from safety_plan.results.stability import Unstable
from safety_plan.results.trend import Limits, Trend

Arrow = Literal["up", "down", "level"]


def arrow(trend: Trend) -> Arrow:
    """Where the numbers go, apart from whether that is good."""
    ups = {signal.up for signal in trend.newest}
    return "level" if len(ups) != 1 else "up" if ups.pop() else "down"


def sentences(metric: Metric, result: MetricResult) -> list[str]:
    """The answer to "is it getting better?": what the rules for a trend say, then the same time of an earlier year."""
    found = _of_trend(metric, result.trend)
    if result.comparison is not None:
        found.append(_compared(metric, result.comparison))
    return found


def _of_trend(metric: Metric, trend: Trend) -> list[str]:
    # One more decimal than usual: else a value could seem to lie on the very limit that it is beyond.
    metric = finer(metric, 1)
    limits, newest = trend.limits, trend.newest
    if trend.direction is None or limits is None:
        return [f"We do not name a trend: {trend.reason}."]
    if not limits.step:
        return [f"All {words.number(len(trend.values))} values are the same."]
    if not newest:
        lower, upper = natural(metric, limits.lower), natural(metric, limits.upper)
        between = f"{words.plain(metric, lower)} and {words.value(metric, upper)}"
        last = [f"What stood out last: {_said(metric, trend, limits, _last(trend))}."] if trend.signals else []
        return [f"The newest value lies where chance alone may put it, between {between}. It is part of no run.", *last]
    said = words.listed([_said(metric, trend, limits, signal) for signal in newest])
    if arrow(trend) == "level":
        return [f"Two signs point different ways, so nothing is clear: {said}."]
    return [f"What stands out: {said}. Chance alone would hardly bring that."]


def _last(trend: Trend) -> Signal:
    """The newest sign that has ended; of several, the one that the rules try first."""
    return max(trend.signals, key=lambda signal: signal.points[-1])


def span(trend: Trend, signal: Signal) -> str:
    """The periods of a sign: 2026 Q2, Apr 2025 to Jul 2026."""
    first, last = (words.short_period(trend.values[at].period) for at in (signal.points[0], signal.points[-1]))
    return first if len(signal.points) == 1 else f"{first} to {last}"


_SIGNS = {
    (Sign.OUTSIDE, True): "above the upper limit",
    (Sign.OUTSIDE, False): "below the lower limit",
    (Sign.MOVES, True): "in a row, each higher than the one before",
    (Sign.MOVES, False): "in a row, each lower than the one before",
    (Sign.NEAR, True): "in a row near the upper limit",
    (Sign.NEAR, False): "in a row near the lower limit",
    (Sign.RUN, True): "in a row above the mean",
    (Sign.RUN, False): "in a row below the mean",
}


def sign_words(signal: Signal) -> str:
    """What a sign is: 16 values in a row below the mean, 2 of 3 values in a row near the upper limit."""
    return f"{_how_many(signal)} {_SIGNS[signal.sign, signal.up]}"


def _how_many(signal: Signal) -> str:
    """How many values a sign has; where it leaves out one between them, of how many."""
    count, among = len(signal.points), signal.points[-1] - signal.points[0] + 1
    return words.count(count, "value") if count == among else f"{count} of {words.count(among, 'value')}"


def _said(metric: Metric, trend: Trend, limits: Limits, signal: Signal) -> str:
    """What stands out about the newest values, with the number they are held against, and when."""
    limit = limits.upper if signal.up else limits.lower
    against = {Sign.OUTSIDE: limit, Sign.NEAR: limit, Sign.RUN: limits.mean}.get(signal.sign)
    level = "" if against is None else f" of {words.value(metric, against)}"
    return f"{sign_words(signal)}{level} ({span(trend, signal)})"


def natural(metric: Metric, level: float) -> float:
    """A limit as far as a value can go: a count is never below 0, and a percent is never above 100.

    The rules use the limit as it is worked out; only where it is drawn does nature have a say.
    """
    if metric.kind in ("count", "percent", "rate"):
        level = max(level, 0.0)
    return min(level, 100.0) if metric.kind == "percent" else level


def finer(metric: Metric, decimals: int) -> Metric:
    """The measure with more decimals than usual and times as plain numbers, so that readers can do a sum themselves."""
    return metric.model_copy(update={"decimals": metric.decimals + decimals, "shown_as": "number"})


def _compared(metric: Metric, comparison: Comparison) -> str:
    """The latest value beside that of an earlier year, in a sentence."""
    assert comparison.earlier.number is not None
    when, value = words.observation_period(metric, comparison.earlier), words.value(metric, comparison.earlier.number)
    change, better = _as_shown(metric, comparison)
    verdict = {True: ", which is better", False: ", which is worse", None: ""}[better]
    return (
        f"Compared with {_years(comparison)} before ({when}: {value}), the latest value is {change}{verdict}. "
        "These are just two values, not a trend."
    )


def _as_shown(metric: Metric, comparison: Comparison) -> tuple[str, bool | None]:
    """How two values compare as readers see them: a difference that nobody can see is none."""
    latest, earlier = comparison.latest.number, comparison.earlier.number
    assert latest is not None
    assert earlier is not None
    now = words.plain(metric, latest)
    if now == words.plain(metric, earlier):
        return "the same", None
    return now if metric.kind == "yes-no" else comparison.change, comparison.better


def _years(comparison: Comparison) -> str:
    return "a year" if comparison.years == 1 else words.count(comparison.years, "year")


def short(metric: Metric, comparison: Comparison | None) -> str:
    """The same for a cell of a table, where there is no trend to show."""
    if comparison is None:
        return "trend not known yet"
    change, better = _as_shown(metric, comparison)
    verdict = {True: " (better)", False: " (worse)", None: ""}[better]
    than = "unlike" if metric.kind == "yes-no" else "than"
    return f"{change} {'as' if change == 'the same' else than} {_years(comparison)} before{verdict}"


def unstable_words(found: Unstable) -> str:
    """Why a rate is unstable, in a sentence."""
    return f"Unstable: it rests on {_events(found)}, so chance alone can move it a lot."


def unstable_remark(found: Unstable) -> str:
    """The same for a cell of a table."""
    return f"Unstable: {_events(found)}."


def _events(found: Unstable) -> str:
    return f"only {words.count(found.events, 'event')}" if found.events else "no event at all"
