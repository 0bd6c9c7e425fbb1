"""The values of a measure: the table of them, and its breakdowns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safety_plan.plan.things import Metric
from safety_plan.publishing import words
from safety_plan.publishing.view import Studio
from safety_plan.reading.schema.metrics import Breakdown, Observation
from safety_plan.reading.schema.metrics import Metric as MetricRecord
from safety_plan.results.status import expected_at


def part(studio: Studio, metric: Metric) -> dict[str, Any]:
    """What the template of this part needs."""
    record = metric.record
    return {
        "rows": [_row(studio, metric, one) for one in _newest_first(record.observations)],
        "shows": _Shows.of(record),
        "breakdowns": [_breakdown(studio, metric, one) for one in record.breakdowns],
    }


def _newest_first(observations: tuple[Observation, ...]) -> list[Observation]:
    return sorted(observations, key=lambda observation: observation.period, reverse=True)


@dataclass(frozen=True)
class _Shows:
    """Which columns the table of values needs."""

    parts: bool
    n: bool
    expected: bool
    remarks: bool

    @classmethod
    def of(cls, record: MetricRecord) -> _Shows:
        observations = record.observations
        return cls(
            parts=any(one.part is not None for one in observations),
            n=any(one.n is not None for one in observations),
            expected=_has_path(record),
            remarks=any(one.note or one.corrected for one in observations),
        )


def _has_path(record: MetricRecord) -> bool:
    return bool(
        record.baseline
        and record.targets
        and record.better in ("higher", "lower")
        and not record.targets[-1].keep
        and record.covers != "year-to-date"
    )


@dataclass(frozen=True)
class _Row:
    period: str
    value: str | None
    nothing: str
    part: str
    of: str
    n: str
    expected: str
    remarks: str


def _row(studio: Studio, metric: Metric, one: Observation) -> _Row:
    record = metric.record
    below = studio.plan.town.small_numbers.below
    remarks = [one.note or ""]
    if one.was is not None and one.corrected:
        was = words.value(record, one.was)
        remarks.append(f"Corrected on {words.date(one.corrected)}; it was {was}. {one.because}")
    expected = ""
    if _has_path(record) and record.baseline and one.period.end >= record.baseline.period.end:
        expected = words.plain(record, round(expected_at(record, one.period.end), record.decimals))
    return _Row(
        period=words.observation_period(record, one),
        value=None if one.number is None else words.plain(record, one.number),
        nothing="" if one.number is not None else words.nothing(record, one, below),
        part="" if one.part is None else words.number(one.part),
        of="" if one.of is None else words.number(one.of),
        n="" if one.n is None else words.number(one.n),
        expected=expected,
        remarks=" ".join(remark for remark in remarks if remark),
    )


@dataclass(frozen=True)
class _Group:
    group: str
    cells: list[str]


@dataclass(frozen=True)
class _Split:
    by: str
    periods: list[str]
    rows: list[_Group]


_MOST_PERIODS = 5


def _breakdown(studio: Studio, metric: Metric, breakdown: Breakdown) -> _Split:
    """The newest periods of a breakdown, side by side, so that a table fits a phone."""
    periods = sorted({one.period for one in breakdown.observations}, reverse=True)[:_MOST_PERIODS]
    groups = dict.fromkeys(one.group for one in breakdown.observations)
    found = {(one.group, one.period): one for one in breakdown.observations}
    below = studio.plan.town.small_numbers.below
    partial = {one.period for one in breakdown.observations if one.partial_until}
    return _Split(
        breakdown.by,
        [words.short_period(period) + (" so far" if period in partial else "") for period in periods],
        [_Group(group, [_cell(metric, found.get((group, period)), below) for period in periods]) for group in groups],
    )


def _cell(metric: Metric, one: Observation | None, below: int) -> str:
    if one is None:
        return "not recorded"
    if one.number is None:
        return words.nothing(metric.record, one, below)
    text = words.plain(metric.record, one.number)
    if one.part is not None and one.of is not None:
        return f"{text} ({words.number(one.part)} of {words.number(one.of)})"
    return text if one.n is None else f"{text} ({words.number(one.n)} cases)"
