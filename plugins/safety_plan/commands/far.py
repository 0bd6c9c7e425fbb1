"""Numbers that stand far from all others of their kind: perhaps a digit, the point or the unit is wrong."""

from __future__ import annotations

from collections.abc import Collection

from safety_plan.publishing import words
from safety_plan.reading.schema.metrics import Metric

_ENOUGH = 3
"""How many other numbers there must be before one can stand far from them."""

_FAR = 2
"""So many times the largest, or a part of the smallest, is far."""


def can_be_far(metric: Metric, others: Collection[float]) -> bool:
    """Whether there are enough other numbers, and such as allow to say what is far from them."""
    return len(others) >= _ENOUGH and metric.kind != "yes-no" and min(others) > 0


def far_from(metric: Metric, number: float, others: Collection[float]) -> str:
    """That a number is far from the others of its measure and group, in words; "" where it is not."""
    if not can_be_far(metric, others) or min(others) / _FAR <= number <= max(others) * _FAR:
        return ""
    low, high = (words.plain(metric, other) for other in (min(others), max(others)))
    return f"far from all its other numbers, which go from {low} to {high}"
