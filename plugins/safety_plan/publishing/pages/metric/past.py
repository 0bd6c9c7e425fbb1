"""How a measure went: its status as of each value so far, by the targets of today."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.exact import expected_plain, more_exact, ratio
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.results.line import expected_at, has_path
from safety_plan.results.past import PastStatus
from safety_plan.results.status import Status
from safety_plan.rules import Rules

_SHOWN = 12
"""How many values stand in the open; older ones follow folded up, so that a phone is not full of years long past."""

_FEWEST = 2


@dataclass(frozen=True)
class _Row:
    period: str
    value: str
    status: Status
    expected: str
    ratio: str
    old_way: bool


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs; no rows where the latest value is all there is."""
    result = studio.results.metrics[metric.id]
    found = result.past if len(result.past) >= _FEWEST else ()
    rows = [_row(metric, one, studio.plan.rules) for one in found]
    return {
        "past": rows[:_SHOWN],
        "past_expected": any(row.expected for row in rows),
        "older": rows[_SHOWN:],
        "past_counts": Counter(one.status for one in found),
        "past_moved": words.date(result.moved[0].change.on) if result.moved else "",
    }


def _expected(record: MetricRecord, one: PastStatus, number: float) -> str:
    """Where it should have been, also where the status did not hang on it; empty where nothing says so."""
    if record.kind == "yes-no":
        return ""
    expected, day = one.expected, one.observation.period.end
    if expected is None and has_path(record) and record.baseline and day >= record.baseline.period.end:
        expected = expected_at(record, day)
    return "" if expected is None else expected_plain(record, expected, number)


def _row(metric: Metric, one: PastStatus, rules: Rules) -> _Row:
    record, number = metric.record, one.observation.number
    assert number is not None
    return _Row(
        period=words.observation_period(record, one.observation),
        value=more_exact(record, number),
        status=one.status,
        expected=_expected(record, one, number),
        ratio="" if one.ratio is None else ratio(one.ratio, rules),
        old_way=one.old_way,
    )
