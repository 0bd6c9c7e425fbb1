"""Where a measure is going, in words: a trend where the rules see one, else two values side by side."""

from __future__ import annotations

from typing import Literal

from safety_plan.language import later, say, say_in
from safety_plan.publishing import words
from safety_plan.publishing.compared import side_by_side, with_time
from safety_plan.publishing.kinds import is_wait
from safety_plan.publishing.sentences import capital, joined
from safety_plan.reading.schema.metrics import Metric
from safety_plan.results.results import MetricResult
from safety_plan.results.signals import Sign, Signal
from safety_plan.results.stability import Unstable
from safety_plan.results.trend import Limits, Trend

Arrow = Literal["up", "down", "level"]


def arrow(trend: Trend) -> Arrow:
    """Where the numbers go, apart from whether that is good."""
    ups = {signal.up for signal in trend.newest}
    return "level" if len(ups) != 1 else "up" if ups.pop() else "down"


def verdict(metric: Metric, result: MetricResult) -> str:
    """The answer to "is it getting better?" in a sentence or two; for the place beside the word of the trend."""
    trend, latest = result.trend, result.assessment.latest
    if latest is None or latest.number is None:
        return ""
    if trend.direction is None or trend.limits is None:
        return side_by_side(metric, result) or _not_yet(metric)
    if not trend.limits.step:
        return say("All {n} values are the same.", n=words.number(len(trend.values)))
    if not trend.newest:
        return say("The newest value lies where chance alone may put it.")
    signs = joined((_said(metric, trend, trend.limits, signal) for signal in trend.newest), "; ")
    if arrow(trend) == "level":
        return say("Two signs point different ways: {signs}.", signs=signs)
    return say("{signs}. That is hardly chance.", signs=capital(signs))


def _not_yet(metric: Metric) -> str:
    if metric.better in ("higher", "lower"):
        return say("We cannot say yet whether it is getting better.")
    return say("We cannot say yet whether it is changing.")


def sentences(metric: Metric, result: MetricResult) -> list[str]:
    """What stands behind the answer: why no trend is named, or between which limits chance alone keeps the values."""
    latest, trend = result.assessment.latest, result.trend
    if latest is not None and latest.withheld:
        return [say("We cannot say: the newest number is not shown.")]
    found = [with_time(metric, result.comparison)] if result.comparison else []
    if trend.direction is None or trend.limits is None:
        return [*found, say("We do not name a trend: {reason}.", reason=trend.reason)]
    return [*_of_trend(metric, trend, trend.limits), *found]


def _of_trend(metric: Metric, trend: Trend, limits: Limits) -> list[str]:
    if not limits.step:
        return [say("Nothing has moved so far.")]
    # One more decimal than usual: else a value could seem to lie on the very limit that it is beyond.
    more = finer(metric, 1)
    lower, upper = natural(metric, limits.lower), natural(metric, limits.upper)
    low, high = words.plain(more, lower), words.value(more, upper)
    if metric.shown_as == "minutes-seconds":
        low, high = words.value(metric, lower), words.value(metric, upper)
    chance = say("Chance alone keeps nearly all values between {low} and {high}.", low=low, high=high)
    if trend.newest or not trend.signals:
        return [chance]
    last = _last(trend)
    return [chance, say("What stood out last: {sign} ({when}).", sign=sign_words(last), when=span(trend, last))]


def _last(trend: Trend) -> Signal:
    """The newest sign that has ended; of several, the one that the rules try first."""
    return max(trend.signals, key=lambda signal: signal.points[-1])


def span(trend: Trend, signal: Signal) -> str:
    """The periods of a sign: 2026 Q2, Apr 2025 to Jul 2026."""
    first, last = (words.short_period(trend.values[at].period) for at in (signal.points[0], signal.points[-1]))
    return first if len(signal.points) == 1 else say_in("months", "{first} to {last}", first=first, last=last)


_SIGNS = {
    (Sign.OUTSIDE, True): later("{values} above the upper limit"),
    (Sign.OUTSIDE, False): later("{values} below the lower limit"),
    (Sign.MOVES, True): later("{values} in a row, each higher than the one before"),
    (Sign.MOVES, False): later("{values} in a row, each lower than the one before"),
    (Sign.NEAR, True): later("{values} in a row near the upper limit"),
    (Sign.NEAR, False): later("{values} in a row near the lower limit"),
    (Sign.RUN, True): later("{values} in a row above the mean"),
    (Sign.RUN, False): later("{values} in a row below the mean"),
}


def sign_words(signal: Signal) -> str:
    """What a sign is: 16 values in a row below the mean, 2 of 3 values in a row near the upper limit."""
    return say(_SIGNS[signal.sign, signal.up], values=_how_many(signal))


def _how_many(signal: Signal) -> str:
    """How many values a sign has; where it leaves out one between them, of how many."""
    count, among = len(signal.points), signal.points[-1] - signal.points[0] + 1
    if count == among:
        return words.count(count, "value")
    return say("{n} of {values}", n=words.number(count), values=words.count(among, "value"))


_Comparative = Literal["slower", "faster", "higher", "lower"]

_MOVES: dict[_Comparative, str] = {
    "slower": later("the last {n} values were each slower than the one before"),
    "faster": later("the last {n} values were each faster than the one before"),
    "higher": later("the last {n} values were each higher than the one before"),
    "lower": later("the last {n} values were each lower than the one before"),
}
_RUN: dict[_Comparative, str] = {
    "slower": later("the last {n} values were all slower than the average of {mean}"),
    "faster": later("the last {n} values were all faster than the average of {mean}"),
    "higher": later("the last {n} values were all higher than the average of {mean}"),
    "lower": later("the last {n} values were all lower than the average of {mean}"),
}
_NEWEST_OUTSIDE: dict[_Comparative, str] = {
    "slower": later("the newest value is slower than chance alone would bring (limit: {limit})"),
    "faster": later("the newest value is faster than chance alone would bring (limit: {limit})"),
    "higher": later("the newest value is higher than chance alone would bring (limit: {limit})"),
    "lower": later("the newest value is lower than chance alone would bring (limit: {limit})"),
}
_LAST_OUTSIDE: dict[_Comparative, str] = {
    "slower": later("the last {n} values are slower than chance alone would bring (limit: {limit})"),
    "faster": later("the last {n} values are faster than chance alone would bring (limit: {limit})"),
    "higher": later("the last {n} values are higher than chance alone would bring (limit: {limit})"),
    "lower": later("the last {n} values are lower than chance alone would bring (limit: {limit})"),
}


def _said(metric: Metric, trend: Trend, limits: Limits, signal: Signal) -> str:
    """What stands out about the newest values, in plain words and with the number they are held against."""
    number = trend.values[-1].number
    assert number is not None
    count, among = len(signal.points), signal.points[-1] - signal.points[0] + 1
    n, than = words.number(count), _comparative(metric, up=signal.up)
    if signal.sign is Sign.MOVES:
        return say(_MOVES[than], n=n)
    if signal.sign is Sign.RUN:
        return say(_RUN[than], n=n, mean=_told_apart(metric, limits.mean, number))
    limit = _told_apart(metric, limits.upper if signal.up else limits.lower, number)
    if signal.sign is Sign.NEAR:
        near = words.number(among)
        return say("{n} of the last {among} values came close to the limit of {limit}", n=n, among=near, limit=limit)
    return say((_NEWEST_OUTSIDE if count == 1 else _LAST_OUTSIDE)[than], n=n, limit=limit)


def _comparative(metric: Metric, *, up: bool) -> _Comparative:
    if is_wait(metric):
        return "slower" if up else "faster"
    return "higher" if up else "lower"


_MOST_DECIMALS = 4


def _told_apart(metric: Metric, level: float, number: float) -> str:
    """A level with its unit, and with as many decimals as tell it from the value beside it.

    Else a value shown as 7.8 could be said to lie below a limit shown as 7.8.
    """
    if metric.shown_as == "minutes-seconds" and words.plain(metric, level) != words.plain(metric, number):
        return words.value(metric, level)
    shown = round(number, metric.decimals)
    for more in range(_MOST_DECIMALS):
        rounded = round(level, metric.decimals + more)
        if (rounded > shown) if level > number else (rounded < shown):
            return words.value(finer(metric, more), level)
    return words.value(finer(metric, _MOST_DECIMALS), level)


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


def unstable_words(found: Unstable) -> str:
    """Why a rate or percent is unstable, in a sentence."""
    if found.of is not None:
        cases = words.count(found.of, "case")
        return say("Unstable: it rests on few of {cases}, so chance alone can move it a lot.", cases=cases)
    if not found.events:
        return say("Unstable: it rests on no event at all, so chance alone can move it a lot.")
    events = words.count(found.events, "event")
    return say("Unstable: it rests on only {events}, so chance alone can move it a lot.", events=events)


def unstable_remark(found: Unstable) -> str:
    """The same for a cell of a table."""
    if found.of is not None:
        return say("Unstable: few of {cases}.", cases=words.count(found.of, "case"))
    if not found.events:
        return say("Unstable: no event at all.")
    return say("Unstable: only {events}.", events=words.count(found.events, "event"))
