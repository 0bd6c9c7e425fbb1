"""Rates and percents that rest on few cases, which chance alone can move a lot."""

from __future__ import annotations

import math
from dataclasses import dataclass

from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.rules import RULES, Rules


@dataclass(frozen=True)
class Unstable:
    """A rate or percent from few cases: how many, and its relative standard error as a share (0.3 is 30%).

    `events` are the events of a rate, and of a percent the cases that count, to the nearest whole one; `of` is all the
    cases of a percent, and None for a rate. No event at all has no such error: chance could have brought a few just
    as well.
    """

    events: int
    error: float | None
    of: int | None = None


def unstable(metric: Metric, observation: Observation | None, rules: Rules = RULES) -> Unstable | None:
    """Why a rate or percent is unstable; None where it is stable, of another kind, or does not say its cases.

    The events of a rate are taken for a Poisson count: its standard error is its root, so the relative one is 1 / root
    of it. That of a share p of n cases is the root of p (1 - p) / n, so the relative one is that of (1 - p) / (p n).
    """
    if observation is None or observation.number is None:
        return None
    if metric.kind == "percent":
        return _percent(observation, observation.number, rules)
    if metric.kind != "rate":
        return None
    events = observation.n if observation.part is None else observation.part
    if events is None:
        return None
    error = 1 / math.sqrt(events) if events else None
    return Unstable(events, error) if error is None or error >= rules.unstable_rse_from else None


def _percent(observation: Observation, percent: float, rules: Rules) -> Unstable | None:
    """Why a percent is unstable. None of so many cases is no share to be wrong about, and so has no error."""
    of = observation.n if observation.of is None else observation.of
    if not of or not percent:
        return None
    share = percent / _WHOLE
    error = math.sqrt((1 - share) / (share * of))
    return Unstable(round(share * of), error, of) if error >= rules.unstable_rse_from else None


_WHOLE = 100
"""A whole, in percent."""
