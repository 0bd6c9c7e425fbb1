"""How a measure went: its status as of each value so far, by the targets of today."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.pages.metric.sums import more_exact
from safety_plan.publishing.view import Studio
from safety_plan.results.past import PastStatus
from safety_plan.results.status import Status

_SHOWN = 12
"""How many values stand in the open; older ones follow folded up, so that a phone is not full of years long past."""

_FEWEST = 2


@dataclass(frozen=True)
class _Row:
    period: str
    value: str
    status: Status
    old_way: bool


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs; no rows where the latest value is all there is."""
    result = studio.results.metrics[metric.id]
    found = result.past if len(result.past) >= _FEWEST else ()
    rows = [_row(metric, one) for one in found]
    return {
        "past": rows[:_SHOWN],
        "older": rows[_SHOWN:],
        "past_counts": Counter(one.status for one in found),
        "past_moved": words.date(result.moved[0].change.on) if result.moved else "",
    }


def _row(metric: Metric, one: PastStatus) -> _Row:
    assert one.observation.number is not None
    period = words.observation_period(metric.record, one.observation)
    return _Row(period, more_exact(metric.record, one.observation.number), one.status, one.old_way)
