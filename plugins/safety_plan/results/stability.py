"""Rates that rest on few events, which chance alone can move a lot."""

from __future__ import annotations

import math
from dataclasses import dataclass

from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import Observation
from safety_plan.rules import RULES, Rules


@dataclass(frozen=True)
class Unstable:
    """A rate from few events: how many, and its relative standard error as a share (0.3 is 30%).

    No event at all has no such error: chance could have brought a few just as well.
    """

    events: int
    error: float | None


def unstable(metric: Metric, observation: Observation | None, rules: Rules = RULES) -> Unstable | None:
    """Why a rate is unstable; None where it is stable, is no rate, or does not say how many events it rests on.

    The events are taken for a Poisson count: its standard error is its root, so the relative one is 1 / root of it.
    """
    if metric.kind != "rate" or observation is None or observation.number is None:
        return None
    events = observation.n if observation.part is None else observation.part
    if events is None:
        return None
    error = 1 / math.sqrt(events) if events else None
    return Unstable(events, error) if error is None or error >= rules.unstable_rse_from else None
