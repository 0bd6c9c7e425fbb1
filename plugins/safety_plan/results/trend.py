"""Whether a measure gets better: limits and signs of change on an XmR chart (individual values and moving ranges).

Each value is held against the mean of all of them, and against limits that follow from the steps between neighbouring
periods. Only what chance alone would hardly bring is called a change, and only where it takes in the newest value: a
change that has ended is history. The rules are those of NHSRplotthedots; see `rules.py` for their numbers.

All sums are exact: the numbers are taken as they are written, not as a computer rounds them. So another unit changes
nothing, a value on the mean lies on it, and no number is too large to add.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from safety_plan.language import later, say, say_n
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.metrics import Covers, Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.results import written
from safety_plan.results.signals import Row, Sign, Signal, exact, find_signals
from safety_plan.results.state import State
from safety_plan.rules import RULES, Rules


class Direction(State):
    """Where a measure is going.

    Without a better direction no change is good or bad news. Then it is called a rise only where each value is higher
    than the one before; values that just stay high are higher than usual, and may have stopped rising.
    """

    IMPROVING = (later("improving"), "good")
    GETTING_WORSE = (later("getting worse"), "bad")
    RISING = (later("rising"), "neutral")
    FALLING = (later("falling"), "neutral")
    HIGHER = (later("higher than usual"), "neutral")
    LOWER = (later("lower than usual"), "neutral")
    NO_CLEAR_CHANGE = (later("no clear change"), "neutral")


@dataclass(frozen=True)
class Limits:
    """The mean of the values, the mean step from one period to the next, and the limits; all in the measure's unit.

    `steps` is the number of steps that the mean step is made from; `left_out` is how many more were too large for it.
    The limits are as the rule gives them, even where a value cannot go that far.
    """

    mean: float
    step: float
    lower: float
    upper: float
    steps: int
    left_out: int


@dataclass(frozen=True)
class Trend:
    """Where a measure is going, with everything it was worked out from.

    `direction` is None where it cannot be judged; `reason` says why in words. `values` are the observations used, the
    oldest first, and `signals` every sign among them, in the order of the rules.
    """

    direction: Direction | None
    reason: str = ""
    values: tuple[Observation, ...] = ()
    limits: Limits | None = None
    signals: tuple[Signal, ...] = ()

    @property
    def newest(self) -> tuple[Signal, ...]:
        """The signs that take in the newest value: only these decide."""
        return tuple(signal for signal in self.signals if signal.points[-1] == len(self.values) - 1)


def find_trend(metric: Metric, rules: Rules = RULES) -> Trend:
    """Where a metric is going. The order in which its observations are given plays no part."""
    observations = sorted(metric.observations, key=lambda observation: observation.period)
    if reason := _unfit(metric, observations):
        return Trend(None, reason)
    values = tuple(one for one in since_changed(metric, observations) if one.number is not None)
    if len(values) < rules.trend_points_needed:
        return Trend(None, _too_few(len(values), bool(_changed(metric)), rules), values)
    row = Row(
        [exact(one.number) for one in values if one.number is not None],
        [False, *(_follows(metric, before.period, one.period) for before, one in pairwise(values))],
    )
    if len(row.steps) < rules.trend_steps_needed:
        return Trend(None, _too_few_steps(len(row.steps), rules), values)
    return _judged(metric, values, row, rules)


def since_changed(metric: Metric, observations: Sequence[Observation]) -> list[Observation]:
    """The whole periods that were measured as the newest one is: those before a new definition do not compare."""
    changed = _changed(metric)
    whole = [one for one in observations if not one.partial_until]
    return [one for one in whole if one.period.start >= changed.start] if changed else whole


def _changed(metric: Metric) -> Period | None:
    return max((change.since for change in metric.definition_changes if change.since), default=None)


_OVERLAP: dict[Covers, str] = {
    "year-to-date": later("each value counts on from the one before until the year ends"),
    "running-total": later("each value holds all that came before it"),
    "rolling-12-months": later("each value covers 12 months and shares most of them with the one before"),
    "rolling-36-months": later("each value covers 3 years and shares most of them with the one before"),
}
"""Why neighbouring values are not independent, which the rules need: a shared number would look like a run."""

_WHOLE_YEARS: tuple[Covers, ...] = ("year-to-date", "rolling-12-months")
"""What covers a year and no more, and so does not overlap where it is given once a year."""


def _unfit(metric: Metric, observations: list[Observation]) -> str:
    """Why the rules cannot be used on a metric; empty where they can."""
    if metric.kind == "yes-no":
        return say("it can only be yes or no")
    apart = metric.frequency == "yearly" and metric.covers in _WHOLE_YEARS
    if metric.covers in _OVERLAP and not apart:
        return say(_OVERLAP[metric.covers])
    known = [one for one in observations if not one.missing and not one.partial_until]
    return say("the newest value is withheld") if known and known[-1].withheld else ""


def _too_few(count: int, changed: bool, rules: Rules) -> str:
    needed, found = written.number(rules.trend_points_needed), written.number(count)
    if not count and changed:
        return say("there is no value since the measure was changed; a trend needs {needed}", needed=needed)
    if not count:
        return say("there is no value so far; a trend needs {needed}", needed=needed)
    if changed:
        return say_n(
            "there is {n} value since the measure was changed; a trend needs {needed}",
            "there are {n} values since the measure was changed; a trend needs {needed}",
            count,
            n=found,
            needed=needed,
        )
    return say_n(
        "there is {n} value so far; a trend needs {needed}",
        "there are {n} values so far; a trend needs {needed}",
        count,
        n=found,
        needed=needed,
    )


def _too_few_steps(count: int, rules: Rules) -> str:
    return say_n(
        "only {n} value follows right after another; a trend needs {needed}",
        "only {n} values follow right after another; a trend needs {needed}",
        count,
        n=written.number(count),
        needed=written.number(rules.trend_steps_needed),
    )


def _follows(metric: Metric, before: Period, period: Period) -> bool:
    """Whether no period is missing between two. A yearly survey may be held a season earlier or later."""
    if metric.frequency == "yearly":
        return period.year_start.year - before.year_start.year <= 1
    return before.next() == period


def _judged(metric: Metric, values: tuple[Observation, ...], row: Row, rules: Rules) -> Trend:
    mean, steps = _mean(row.numbers), row.steps
    # A single leap, such as that to a new level, must not widen the limits so far that nothing shows any more.
    most = exact(rules.trend_screen_factor) * _mean(steps)
    kept = [step for step in steps if step < most]
    if not any(kept):
        # Without its leaps a measure that else stands still would have no limits at all.
        kept = steps
    step = _mean(kept)
    if not step and any(row.numbers[0] != number for number in row.numbers):
        return Trend(
            None, say("the values stay the same between neighbouring periods and differ only across gaps"), values
        )
    reach = exact(rules.trend_limit_factor) * step
    try:
        limits = Limits(
            float(mean), float(step), float(mean - reach), float(mean + reach), len(kept), len(steps) - len(kept)
        )
    except OverflowError:
        return Trend(None, say("the numbers are too far apart to draw limits"), values)
    signals = tuple(find_signals(row, mean, reach, rules))
    trend = Trend(None, "", values, limits, signals)
    return Trend(_direction(metric, trend.newest), "", values, limits, signals)


def _direction(metric: Metric, newest: tuple[Signal, ...]) -> Direction:
    """What the signs at the newest value say together. Where two of them disagree, nothing is clear."""
    ups = {signal.up for signal in newest}
    if len(ups) != 1:
        return Direction.NO_CLEAR_CHANGE
    up = ups.pop()
    if metric.better in (None, "within"):
        if any(signal.sign is Sign.MOVES for signal in newest):
            return Direction.RISING if up else Direction.FALLING
        return Direction.HIGHER if up else Direction.LOWER
    return Direction.IMPROVING if up == (metric.better == "higher") else Direction.GETTING_WORSE


def _mean(numbers: list[Fraction]) -> Fraction:
    return sum(numbers, Fraction()) / len(numbers)


def trend_rules(rules: Rules = RULES) -> tuple[tuple[str, str, str], ...]:
    """The rules for a trend in words: (name, what it is about, what it says)."""
    number, among = written.number, written.number(rules.trend_near_among)
    return (
        (
            "fits",
            say("Which measures"),
            say(
                "Those whose values share no time with each other: no rolling windows, no counts that grow through the "
                "year and no running totals. Yes or no has no trend either."
            ),
        ),
        (
            "enough",
            say("How many values"),
            say(
                "At least {values}, with at least {steps} steps from one period to the next.",
                values=number(rules.trend_points_needed),
                steps=number(rules.trend_steps_needed),
            ),
        ),
        (
            "limits",
            say("Limits"),
            say(
                "The mean of all values, plus and minus {factor} times the mean step from one period to the next. "
                "Steps of {screen} times the mean step or more are left out of it, unless all others are 0.",
                factor=number(rules.trend_limit_factor),
                screen=number(rules.trend_screen_factor),
            ),
        ),
        (
            Sign.OUTSIDE.value,
            say("Sign: outside"),
            say("A value lies above the upper limit or below the lower one."),
        ),
        (
            Sign.MOVES.value,
            say("Sign: on the move"),
            say(
                "{values} values in a row go up each time, or go down each time.",
                values=number(rules.trend_moves),
            ),
        ),
        (
            Sign.NEAR.value,
            say("Sign: near a limit"),
            say(
                "{near} of {among} values in a row lie more than {thirds} thirds of the way from the mean to a limit, "
                "but not outside, and all {among} lie on the same side of the mean.",
                near=number(rules.trend_near_count),
                among=among,
                thirds=number(rules.trend_near_thirds),
            ),
        ),
        (
            Sign.RUN.value,
            say("Sign: one side"),
            say("{values} values in a row lie on the same side of the mean.", values=number(rules.trend_run)),
        ),
        (
            "decides",
            say("What decides"),
            say(
                "The signs that take in the newest value. Where two of them point different ways, we say: {words}.",
                words=Direction.NO_CLEAR_CHANGE.words,
            ),
        ),
    )
